"""Syllables of English words: rules, and a packed table of the words that the rules get wrong.

The table is made by `tests/distill/make_syllables.py` from the CMU Pronouncing Dictionary (see
`healthlint/data/NOTICE-cmudict.txt`) and a hand-marked list of medicines, conditions and anatomy. It holds only
exceptions, so the rules decide for every other word, known or new. It is unpacked at the first word (28 kB, 4 ms).
"""

import re
import unicodedata
import zlib
from functools import cache

from healthlint.analysis.data_files import read_data

TABLE = "syllables.bin"
_MEMO: dict[str, int] = {}
_MEMO_LIMIT = 200_000
_own_table: dict[str, int] | None = None

_VOWELS = re.compile(r"[aeiouy]+")
# Pairs of vowels that are two syllables after all, and consonants that make one of their own.
_MORE = re.compile(
    r"""
    (?<![cstgx])i(?:a|o(?!us$|usly$|usness$)|um|us\b|ums)|(?<=[dnlrvbmhpk])iou     # me-di-a, ra-di-o, va-ri-ous
  | (?<=[cst])io(?=x|l[ou]g)|(?<=[cstgx])i(?:a(?:$|s$|t[ei])|um)  # fa-ci-a, ap-pre-ci-ate
  | ie(?:t[yiasu]|t$|nt|nce|ncy|st$|r$|rs$)(?<![ct]ient)(?<![ct]ience)(?<![ct]iency)  # so-ci-e-ty, di-et, ear-li-er
  | (?<=[aeiou])y[aeiou](?!$)|(?<=[aeou])yi                                         # play-er, roy-al
  | ^re(?=i[^dglnm]|in[^ds]|e[nv]|app|ass|acq|op)
  | (?<=[bcdfghlmnprstvw])y(?:ing|ist|o(?=[cglmpst])|a[lt])                         # cry-ing, my-o-car-di-um
  | (?<![gq])ua(?:l|t|r[iy]|b|c)|(?<![gq])u(?:ou|um|i(?:t[yi]|n[eg]|d))             # us-u-al, an-nu-i-ty
  | (?<!p)eo(?!u|us|n$|ns$|k)|(?<![cg])eou                                          # vid-e-o, sub-cu-ta-ne-ous
  | ea(?:$|s$|ti(?:on|v)|tor|tin)|(?<=cr)eate                                       # nau-se-a, cre-a-tor
  | (?<=[aeo])ic(?=$|al)|(?<=m)y(?:el|en|as)|oing$                            # mo-sa-ic, go-ing
  | oa$|oe[mst]|ao[rs](?=$|t)|ii|eii                                                # po-et, a-or-ta
  | [^aeiouyl]l(?=e$|es$|ed$)(?!e[a-z]{3})                                          # ta-ble, trou-bled
  | [bctg]re$                                                                       # li-tre
  | (?:is|as|ys|th)m(?=s?$)                                                         # asth-ma-tism, rhythm
  | ^mc(?=[^aeiouy])                                                                # Mc-Don-ald
  | (?:dn|sn)'?t$                                                                   # did-n't
    """,
    re.VERBOSE,
)
# Letters that look like a syllable and are none.
_FEWER = re.compile(
    r"""
    (?<=ic)al(?=ly$) | (?<=ll)i(?=ons?$)
  | [^aeiouy]e$ | [aeiouy](?<=u)e$(?<=[gq]ue)
  | [^aeiouy](?<![sxzcg])(?<!ch)(?<!sh)es$
  | (?<=[^aeiouydt])ed$
  | ^(?:for|som|hom|car|lif|tim|sid|fir|whol|saf|ston|hors|hous|mor)e(?=[bcdfghklmnpqtvw])
  | [aeiouy][bcdfghjklmnpqrstvwxyz]{1,2}e(?:ly|less|lessly|ness|ful|fully|ments?|some)$
    """,
    re.VERBOSE,
)
_JOINS = re.compile(r"[-/@_]|\.(?!\d)|(?<!\d)\.")
_RUNS = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W\d_]+")
_ONES = (2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2)  # ze-ro … sev-en … nine-teen
_SIBILANT = re.compile(r"(?:[sxz]|ch|sh|[cg]e|se|ze)$")


def count(word: str) -> int:
    """Return the number of syllables of one word as it is read aloud; at least 1 for anything with a letter in it.

    Case, accents and a possessive ending do not matter. A hyphenated word is the sum of its parts, an abbreviation
    without vowels is spelled out ("TNF" is three), a figure is read (see `figure`).
    """
    known = _MEMO.get(word)
    if known is None:
        if len(_MEMO) >= _MEMO_LIMIT:
            _MEMO.clear()
        known = _MEMO[word] = _count(word)
    return known


def _count(word: str) -> int:
    plain = _plain(word)
    table = _packed_table() if _own_table is None else _own_table
    known = table.get(plain)
    if known is not None:
        return known
    parts = [part for part in _JOINS.split(plain) if part]
    if len(parts) > 1:
        if all(len(part) == 1 for part in parts):
            return sum(map(_spelled, parts))
        return sum(count(part) for part in parts)
    if not plain.isalpha() and any(c.isdecimal() or c == "°" for c in plain):
        return figure(plain)
    if len(word) > 1 and word.isupper() and not _VOWELS.search(plain):
        return _spelled(plain)
    if plain.endswith("'s"):
        base = plain[:-2]
        return count(base) + (1 if _SIBILANT.search(base) else 0)
    return _derived(plain, table) or count_by_rule(plain)


def figure(text: str) -> int:
    """Return the syllables of a figure as it is read aloud, 4 at most, with any letters glued to it.

    Flesch counts figures as they are read, and warns that lengthy ones spoil the estimate; hence the limit.
    """
    total = sum(_read_number(token) if token[0].isdigit() else count(token) for token in _RUNS.findall(text))
    total += 2 * sum(text.count(sign) for sign in "%$€£°")
    return max(1, min(4, total))


def _read_number(digits: str) -> int:
    whole, _, decimals = digits.replace(",", "").partition(".")
    total = 1 + sum(_ONES[int(d)] for d in decimals if d.isdigit()) if decimals else 0
    number = int(whole[-12:]) if whole.isdecimal() else 0
    if 1100 <= number <= 1999 and len(digits) == 4:  # a year, or read as hundreds
        return _below_thousand(number // 100) + _below_thousand(number % 100 or 100)
    while number >= 1000:
        total += 2 + _below_thousand(number % 1000) * bool(number % 1000)
        number //= 1000
    return total + _below_thousand(number)


def _below_thousand(number: int) -> int:
    total = 0
    if number >= 100:
        total, number = _ONES[number // 100] + 2, number % 100
        if not number:
            return total
    if number < 20:
        return total + _ONES[number]
    return total + (3 if number // 10 == 7 else 2) + (_ONES[number % 10] if number % 10 else 0)


def _spelled(letters: str) -> int:
    """Return the syllables of letters said one by one; only "w" has three."""
    return len(letters) + 2 * letters.lower().count("w")


def _plain(word: str) -> str:
    """Return the word in lower case, without accents, with one kind of apostrophe and hyphen."""
    if not word.isascii():
        word = word.replace("’", "'").replace("‑", "-").replace("‐", "-").replace("\u00ad", "").replace("ø", "o")
        word = word.replace("µ", "u").replace("μ", "u")
        word = word.replace("æ", "e").replace("œ", "e").replace("Œ", "E").replace("ß", "ss")
        word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return word.lower().strip("'-")


def _derived(word: str, table: dict[str, int]) -> int:
    """Return the count of a regular inflection or compound of an exception, or 0: the exception is inherited."""
    for ending, minus, plus in _ENDINGS:
        if word.endswith(ending):
            base = table.get(word[: len(word) - minus])
            if base is not None and len(word) - minus > 2:
                return base + plus
    return 0


# (ending, letters to take off to reach the base, syllables to add)
_ENDINGS = (
    ("ses", 1, 1),
    ("ces", 1, 1),
    ("ges", 1, 1),
    ("zes", 1, 1),
    ("xes", 2, 1),
    ("ches", 2, 1),
    ("shes", 2, 1),
    ("s", 1, 0),
    ("ted", 1, 1),
    ("ded", 1, 1),
    ("ed", 2, 0),
    ("d", 1, 0),
    ("ly", 2, 1),
    ("less", 4, 1),
    ("ness", 4, 1),
    ("ing", 3, 1),
)


def count_by_rule(word: str) -> int:
    """Return the number of syllables of a plain lower-case word by spelling alone.

    Vowel groups, plus pairs that are two syllables ("ra-di-o"), minus silent letters ("hope", "hoped", "hopeful").
    """
    total = len(_VOWELS.findall(word)) + len(_MORE.findall(word)) - len(_FEWER.findall(word))
    return max(1, total)


@cache
def _packed_table() -> dict[str, int]:
    """Return the exceptions, word → syllables: one line per count, "4 word word word"."""
    packed = read_data(TABLE)
    table: dict[str, int] = {}
    for line in zlib.decompress(packed).decode("ascii").splitlines():
        number, _, words = line.partition(" ")
        table.update(dict.fromkeys(words.split(" "), int(number)))
    return table


def use_table(table: dict[str, int] | None) -> None:
    """Count with these exceptions instead of the packed ones, or with the packed ones again; forget what was counted.

    For the script that makes the table.
    """
    global _own_table
    _own_table = table
    _MEMO.clear()
