"""How much a text sounds like texts of a kind: weights of words and their runs, learnt once from labelled texts.

A linear model (logistic regression) over runs of up to three words; `tests/distill/make_learned.py` makes one for the
tone of overclaims and one for disclaimers, from texts labelled for this project. Patterns say what a claim or a
disclaimer is; a model says that a text goes like those that careful editors marked, also where no pattern knows its
words.
"""

from __future__ import annotations

import json
import math
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from typing import NamedTuple

from healthlint.analysis.data_files import read_data
from healthlint.analysis.fold import plain_words

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+|[!?;:]")
_START = "^"
MODELS = ("overclaims", "disclaimers")
LONGEST = 3  # words in a run
SHORTEST = 5  # words; fewer are too few to tell
# Added to the number of words before a text is divided by its root: a few words alone shall not decide.
PATIENCE = 6
_TELLING = 6  # words that a message quotes


class Part(NamedTuple):
    """A word of a sentence as the model knows it (figures are all alike), and where it stands in the folded text."""

    text: str
    start: int
    end: int


def words(folded: str) -> list[str]:
    """The texts of `parts`, quicker."""
    found: list[str] = plain_words(folded) or _WORD.findall(folded)
    return ["#" if word.isdigit() else word for word in found] if any(map(str.isdigit, found)) else found


def parts(folded: str) -> list[Part]:
    """The words and telling marks of a folded sentence."""
    return [Part("#" if m[0].isdigit() else m[0], m.start(), m.end()) for m in _WORD.finditer(folded)]


def runs(texts: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Every run of up to three words, with the place of its first word and its length; the start counts as a word."""
    marked = [_START, *texts]
    for at in range(len(marked)):
        run = marked[at]
        if at:
            yield run, at - 1, 1
        for length in range(2, min(LONGEST, len(marked) - at) + 1):
            run = f"{run} {marked[at + length - 1]}"
            yield run, max(0, at - 1), length if at else length - 1


# What a run of words weighs, and the runs that are a word longer, by that word.
Run = tuple[int, dict[str, "Run"]]
_UNKNOWN: Run = (0, {})


class _Runs(dict[str, Run]):
    """Runs by their first word, read from its line when a text first has the word."""

    def __init__(self, lines: Mapping[str, str]) -> None:
        super().__init__()
        self._lines = lines

    def __missing__(self, word: str) -> Run:
        if word not in self._lines:
            return _UNKNOWN  # and not kept: there is no end of such words
        top: dict[str, Run] = {}
        for entry in self._lines[word].split("\t"):
            *before, last, weight = entry.split(" ")
            level = top
            for part in before:
                level = level.setdefault(part, (0, {}))[1]
            level[last] = int(weight), {}  # shorter runs stand before longer ones
        self[word] = top[word]
        return top[word]


@dataclass(frozen=True)
class Model:
    """The weights of runs of words in steps of `scale`, and what a text without any of them has.

    `lines` gives by word the runs that begin with it: each with its weight behind it, shorter ones first, tabs between.
    """

    lines: Mapping[str, str]
    scale: float
    intercept: float

    @classmethod
    def of(cls, weights: Mapping[str, int], scale: float, intercept: float) -> Model:
        """A model from what each run weighs."""
        lines: dict[str, list[str]] = {}
        for run in sorted(weights, key=str.split):
            lines.setdefault(run.split()[0], []).append(f"{run} {weights[run]}")
        return cls({word: "\t".join(entries) for word, entries in lines.items()}, scale, intercept)

    @cached_property
    def _runs(self) -> _Runs:
        return _Runs(self.lines)

    def likelihood(self, texts: Sequence[str]) -> float:
        """How likely a text of these words is of the kind, from 0 to 1, among texts such as it was learnt from."""
        return as_likelihood(self.log_odds(self.weight(texts), len(texts)))

    def weight(self, texts: Sequence[str]) -> int:
        """What the runs of a text weigh in all, in steps of `scale`; each run counts once."""
        found: dict[str | tuple[str, ...], int] = {}
        begun = self._runs
        for first, second, third in zip([_START, *texts], [*texts, ""], [*texts[1:], "", ""], strict=False):
            found[first], longer = begun[first]
            if second in longer:
                found[first, second], longer = longer[second]
                if third in longer:
                    found[first, second, third] = longer[third][0]
        return sum(found.values())

    def weight_of(self, run: str) -> int:
        """What one run of words weighs."""
        first, *others = run.split()
        found = self._runs[first]
        for word in others:
            found = found[1].get(word, _UNKNOWN)
        return found[0]

    def log_odds(self, weight: int, length: int) -> float:
        """How likely a text of so many words with this weight is of the kind, as the logarithm of its odds."""
        return weight * self.scale / math.sqrt(length + PATIENCE) + self.intercept

    def telling(self, texts: Sequence[str]) -> tuple[int, int]:
        """The stretch of at most six words, as places, that speaks most for the kind."""
        each = [0.0] * len(texts)
        for run, first, length in runs(texts):
            share = self.weight_of(run) / length
            for at in range(first, first + length):
                each[at] += share
        sums = [0.0, *accumulate(each)]
        ends = range(1, len(texts) + 1)
        stretches = ((start, end) for end in ends for start in range(max(0, end - _TELLING), end))
        return max(stretches, key=lambda stretch: sums[stretch[1]] - sums[stretch[0]])


def as_likelihood(log_odds: float) -> float:
    """How likely a text is of the kind, from the logarithm of its odds; those can be added."""
    return 1 / (1 + math.exp(-log_odds))


@cache
def model(name: str) -> Model:
    """A model of the package, read once a process. Raises KeyError for a name that is none of MODELS."""
    if name not in MODELS:
        raise KeyError(name)
    return unpacked(read_data(f"{name}.bin"))


def packed(learned: Model) -> bytes:
    """A model as it lies in the package: its figures, and its lines."""
    figures = json.dumps({"scale": learned.scale, "intercept": learned.intercept})
    return zlib.compress("\n".join([figures, *learned.lines.values()]).encode(), 9)


def unpacked(data: bytes) -> Model:
    """A model from `packed`. JSON would take three times as long to read."""
    figures, *lines = zlib.decompress(data).decode().split("\n")
    return Model({line[: line.index(" ")]: line for line in lines}, **json.loads(figures))
