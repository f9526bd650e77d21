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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import NamedTuple

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+|[!?;:]")
_START = "^"
MODELS = ("overclaims", "disclaimers")
LONGEST = 3  # words in a run
_TELLING = 6  # words that a message quotes


class Part(NamedTuple):
    """A word of a sentence as the model knows it (figures are all alike), and where it stands in the folded text."""

    text: str
    start: int
    end: int


def words(folded: str) -> list[str]:
    """The texts of `parts`, quicker."""
    return ["#" if word.isdigit() else word for word in _WORD.findall(folded)]


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


@dataclass(frozen=True)
class Model:
    """The weights of runs of words in steps of `scale`, and what a text without any of them has."""

    weights: dict[str, int]
    scale: float
    intercept: float

    def likelihood(self, texts: Sequence[str]) -> float:
        """How likely a text of these words is of the kind, from 0 to 1, among texts such as it was learnt from."""
        before = [_START, *texts]
        # The runs of `runs`, each once.
        pairs = map(" ".join, zip(before, texts, strict=False))
        triples = map(" ".join, zip(before, texts, texts[1:], strict=False))
        seen = {*texts, *pairs, *triples}
        weight = sum(self.weights[run] for run in self.weights.keys() & seen) * self.scale / math.sqrt(len(texts) + 1)
        return 1 / (1 + math.exp(-(weight + self.intercept)))

    def telling(self, texts: Sequence[str]) -> tuple[int, int]:
        """The stretch of at most six words, as places, that speaks most for the kind."""
        each = [0.0] * len(texts)
        for run, first, length in runs(texts):
            share = self.weights.get(run, 0) / length
            for at in range(first, first + length):
                each[at] += share
        sums = [0.0, *accumulate(each)]
        ends = range(1, len(texts) + 1)
        stretches = ((start, end) for end in ends for start in range(max(0, end - _TELLING), end))
        return max(stretches, key=lambda stretch: sums[stretch[1]] - sums[stretch[0]])


@cache
def model(name: str) -> Model:
    """A model of the package, read once a process. Raises KeyError for a name that is none of MODELS."""
    if name not in MODELS:
        raise KeyError(name)
    packed = files("healthlint").joinpath("data", f"{name}.bin").read_bytes()
    data = json.loads(zlib.decompress(packed))
    return Model(data["weights"], data["scale"], data["intercept"])
