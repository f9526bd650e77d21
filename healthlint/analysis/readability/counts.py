"""One count of a text, from which every readability formula takes its numbers.

A word's facts are found once per process and remembered, so an article costs one look-up for each word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from healthlint.analysis.memo import Memo
from healthlint.analysis.readability import syllables
from healthlint.analysis.sentences.abbreviations import UNITS
from healthlint.analysis.sentences.segment import spans


@dataclass(frozen=True, slots=True)
class Counts:
    """What the formulas need, as whole numbers that can be added and taken away.

    The counts of sentences add up to those of their blocks, and those of blocks to the article's, so "the grade without
    these sentences" is the grade of a difference.

    - `words`: readability words, see `segment`
    - `syllables`: of all words, figures as they are read aloud
    - `polysyllables`: words of three syllables or more; figures and doses never are (guides to plain language ask for
      figures, and nobody can write them shorter)
    - `complex_words`: polysyllables as Gunning counts them: without names, compounds of easy words, and words that
      reach three syllables by -es, -ed or -ing
    - `unfamiliar`: words outside the Dale–Chall list, regular inflections of its words counted as inside
    - `unfamiliar_long`: those of them with two syllables or more (for Spache)
    - `letters`: alphabetic characters; `characters`: letters and digits
    """

    sentences: int = 0
    words: int = 0
    syllables: int = 0
    polysyllables: int = 0
    complex_words: int = 0
    unfamiliar: int = 0
    unfamiliar_long: int = 0
    letters: int = 0
    characters: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.sentences + other.sentences,
            self.words + other.words,
            self.syllables + other.syllables,
            self.polysyllables + other.polysyllables,
            self.complex_words + other.complex_words,
            self.unfamiliar + other.unfamiliar,
            self.unfamiliar_long + other.unfamiliar_long,
            self.letters + other.letters,
            self.characters + other.characters,
        )

    def __sub__(self, other: Counts) -> Counts:
        return Counts(
            self.sentences - other.sentences,
            self.words - other.words,
            self.syllables - other.syllables,
            self.polysyllables - other.polysyllables,
            self.complex_words - other.complex_words,
            self.unfamiliar - other.unfamiliar,
            self.unfamiliar_long - other.unfamiliar_long,
            self.letters - other.letters,
            self.characters - other.characters,
        )


# A word's facts are one number, so that those of a text are one sum: syllables, polysyllable, complex, unfamiliar,
# unfamiliar and long, letters, characters, with room for the sum of each.
_SHIFTS = range(0, 7 * 40, 40)
_ROOM = (1 << 40) - 1
_FIGURE = re.compile(r"[$€£]?\d|https?://|www\.|.*@")
_INFLECTED = re.compile(r"(?:es|ed|ing)$")


def count(text: str) -> Counts:
    """Return the counts of one block of prose."""
    found = spans(text)
    return count_words(forms_of([its_words for _, _, its_words in found]), len(found))


def count_per_sentence(text: str) -> list[tuple[int, int, Counts]]:
    """Return (start, end, counts) of each sentence of one block; they add up to `count(text)`."""
    return [(start, end, count_words(forms(its_words), 1)) for start, end, its_words in spans(text)]


def count_words(forms: Sequence[str], sentences: int) -> Counts:
    """Return the counts of words as written, in this many sentences."""
    total = sum(map(_FACTS.__getitem__, forms))
    return Counts(sentences, len(forms), *[total >> shift & _ROOM for shift in _SHIFTS])


def forms(its_words: list[str]) -> list[str]:
    """Return the words of one sentence; its first without the capital that only the place gives it."""
    return forms_of([its_words])


def forms_of(sentences: Iterable[list[str]]) -> list[str]:
    """Return the `forms` of the words of some sentences, all in one list."""
    found: list[str] = []
    for its_words in sentences:
        first = len(found)
        found += its_words
        if found[first].istitle():
            found[first] = found[first].lower()
    return found


def is_figure(form: str) -> bool:
    """Tell whether a word is a figure, a dose or an address, whose syllables say nothing about how hard it is."""
    return _FIGURE.match(form) is not None or form.lower().rstrip(".") in _SYMBOLS


# Read aloud they are long ("mil-li-grams"), but they are written as symbols and cannot be made plainer.
_SYMBOLS = UNITS | {"mmhg", "bpm", "mph", "e.g", "etc", "approx"}


def _packed(form: str) -> int:
    return sum(fact << shift for fact, shift in zip(_facts(form), _SHIFTS, strict=True))


_FACTS = Memo(_packed, most=100_000)  # these are dear: syllables, and endings held against a list


def _facts(form: str) -> tuple[int, ...]:
    number = syllables.count(form)
    letters = sum(map(str.isalpha, form))
    characters = sum(map(str.isalnum, form))
    if is_figure(form):
        return number, 0, 0, 0, 0, letters, characters
    hard = not _is_easy(form.lower().replace("’", "'"))
    poly = number >= 3
    return number, poly, poly and _is_complex(form), hard, hard and number >= 2, letters, characters


def _is_complex(form: str) -> bool:
    """Tell whether a word of three syllables is one of Gunning's hard words."""
    if form[0].isupper() and form[1:].islower():
        return False  # a name: see `forms` for first words
    if "-" in form:
        return any(syllables.count(part) >= 3 for part in form.split("-"))
    ending = _INFLECTED.search(form)
    if ending is None or syllables.count(form) > 3:
        return True
    return syllables.count(form[:-3] if ending[0] == "ing" else form[:-1]) >= 3


def _is_easy(word: str) -> bool:
    """Tell whether a word is on the Dale–Chall list or a regular inflection of one that is."""
    easy = easy_words()
    if word in easy:
        return True
    if "-" in word:
        return all(part in easy or _is_easy(part) for part in word.split("-"))
    if word.endswith("'s") and word[:-2] in easy:
        return True
    for ending, *replacements in _INFLECTIONS:
        if word.endswith(ending):
            stem = word[: len(word) - len(ending)]
            if any(stem + replacement in easy for replacement in replacements):
                return True
            if len(stem) > 3 and stem[-1] == stem[-2] and ending in _DOUBLING and stem[:-1] in easy:
                return True  # "stopped", "running"
    return False


_DOUBLING = frozenset(("ed", "ing", "er", "est"))
_INFLECTIONS = (
    ("ies", "y"),
    ("es", "", "e"),
    ("s", ""),
    ("ied", "y"),
    ("ed", "", "e"),
    ("ing", "", "e"),
    ("ier", "y"),
    ("iest", "y"),
    ("er", "", "e"),
    ("est", "", "e"),
    ("ily", "y"),
    ("ly", "", "le"),
)


@cache
def easy_words() -> frozenset[str]:
    """Return the Dale–Chall list of familiar words (Dale and Chall 1948; 2,940 forms).

    It is the list in the textstat package, read from its folder: importing the package would cost half a second.
    Raises RuntimeError if the package or its list is missing.
    """
    spec = find_spec("textstat")
    if spec is not None and spec.submodule_search_locations:
        for folder in spec.submodule_search_locations:
            path = Path(folder) / "resources" / "en" / "easy_words.txt"
            if path.is_file():
                return frozenset(path.read_text(encoding="utf-8").lower().split())
    raise RuntimeError("The list of familiar words is missing. Reinstall textstat 0.7 (pip install -U textstat).")
