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
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, repeat
from typing import NamedTuple

from healthlint.analysis import PROSE_KINDS, Analysis
from healthlint.analysis.data_files import read_data
from healthlint.article import BlockKind

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+|[!?;:]")
_START = "^"
MODELS = ("overclaims", "disclaimers")
LONGEST = 3  # words in a run
SHORTEST = 5  # words; fewer are too few to tell
# Added to the number of words before a text is divided by its root: a few words alone shall not decide.
PATIENCE = 6
_CLAUSE = re.compile(r"[,;:()–—]| (?:and|but|so|because|which|while) ")
_CLAUSE_LEAST = 8  # words
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
        return self.likelihood_of(self.weight(texts), len(texts))

    def weight(self, texts: Sequence[str]) -> int:
        """What the runs of a text weigh in all, in steps of `scale`; each run counts once."""
        before = [_START, *texts]
        pairs = map(" ".join, zip(before, texts, strict=False))
        triples = map(" ".join, zip(before, texts, texts[1:], strict=False))
        return sum(map(self.weights.get, {*texts, *pairs, *triples}, repeat(0)))

    def likelihood_of(self, weight: int, length: int) -> float:
        """How likely a text of so many words with this weight is of the kind."""
        return 1 / (1 + math.exp(-(weight * self.scale / math.sqrt(length + PATIENCE) + self.intercept)))

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


class Sounds:
    """How the sentences of one article sound to one model; each is listened to once."""

    def __init__(self, text: Analysis, name: str) -> None:
        self._text, self._model = text, model(name)
        self._heard: dict[int, tuple[int, int]] = {}

    @staticmethod
    def of(text: Analysis, name: str) -> Sounds:
        """Those of an article that is asked about for the first time or again."""
        return text.language.kept(("sounds", name), lambda: Sounds(text, name))

    def likelihood(self, sentence: int, other: int | None = None) -> float:
        """How likely a sentence is of the kind, by itself or read together with another."""
        weight, length = self._hear(sentence)
        if other is not None:
            more, longer = self._hear(other)
            weight, length = weight + more, length + longer
        return self._model.likelihood_of(weight, length)

    def long_enough(self, sentence: int) -> bool:
        """Whether a sentence has enough words to tell."""
        return self._hear(sentence)[1] >= SHORTEST

    def is_plain(self, sentence: int, below: float) -> bool:
        """Whether a sentence and each of its clauses are less likely than that: a claim may hide in a sober sentence.

        Never so for a sentence that is too short to tell.
        """
        if not self.long_enough(sentence) or self.likelihood(sentence) >= below:
            return False
        clauses = _CLAUSE.split(self._text.folded_sentence(sentence))
        if len(clauses) == 1:
            return True
        heard = filter(lambda clause: len(clause) >= _CLAUSE_LEAST, map(words, clauses))
        return all(self._model.likelihood(clause) < below for clause in heard)

    def in_context(self, sentence: int) -> float:
        """How likely a sentence is of the kind, read together with the one after it: that may take it back.

        Where none follows, with the one before it. 1 for a sentence that is too short to tell.
        """
        if not self.long_enough(sentence):
            return 1.0
        return self.likelihood(sentence, next((at for at in (sentence + 1, sentence - 1) if self._is_text(at)), None))

    def _is_text(self, sentence: int) -> bool:
        sentences = self._text.sentences
        if not 0 <= sentence < len(sentences):
            return False
        return self._text.blocks[sentences[sentence].block].kind in PROSE_KINDS and self.long_enough(sentence)

    def _hear(self, sentence: int) -> tuple[int, int]:
        heard = self._heard.get(sentence)
        if heard is None:
            texts = words(self._text.folded_sentence(sentence))
            heard = self._heard[sentence] = self._model.weight(texts), len(texts)
        return heard


class Gate(NamedTuple):
    """Which sentences are not searched for claims: those in such blocks (in all, where there are none given) that are
    plain by a model (`Sounds.is_plain`)."""

    model: str
    below: float
    kinds: frozenset[BlockKind]

    def shuts_out(self, text: Analysis, sentence: int) -> bool:
        """Whether it is such a sentence."""
        if self.kinds and text.blocks[text.sentences[sentence].block].kind not in self.kinds:
            return False
        return Sounds.of(text, self.model).is_plain(sentence, self.below)


@cache
def model(name: str) -> Model:
    """A model of the package, read once a process. Raises KeyError for a name that is none of MODELS."""
    if name not in MODELS:
        raise KeyError(name)
    return unpacked(read_data(f"{name}.bin"))


def packed(learned: Model) -> bytes:
    """A model as it lies in the package: what one byte for each weight says, and the runs, in lines."""
    head = json.dumps({"scale": learned.scale, "intercept": learned.intercept})
    weights = array("b", learned.weights.values()).tobytes()
    return zlib.compress(weights + b"\0" + "\n".join([head, *learned.weights]).encode(), 9)


def unpacked(data: bytes) -> Model:
    """A model from `packed`. JSON would take three times as long to read."""
    weights, _, lines = zlib.decompress(data).partition(b"\0")  # no weight is nought
    head, *runs_ = lines.decode().split("\n")
    values = json.loads(head)
    return Model(dict(zip(runs_, array("b", weights), strict=True)), values["scale"], values["intercept"])
