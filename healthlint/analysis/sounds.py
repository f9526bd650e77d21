"""How the sentences of an article sound to a learnt model, and which are so plain that no claim is looked for there."""

from __future__ import annotations

import math
import re
from functools import cached_property
from typing import NamedTuple

from healthlint.analysis import PROSE_KINDS, Analysis
from healthlint.analysis.learned import SHORTEST, as_likelihood, model, words
from healthlint.article import BlockKind

_CLAUSE = re.compile(r"[,;:()–—]| (?:and|but|so|because|which|while) ")
_CLAUSE_LEAST = 8  # words
_SOBER = -math.log(2)  # a page halves the odds of a sentence at most: one that informs may hold a single promise


class _Heard(NamedTuple):
    """What the runs of words of a sentence weigh, how many words it has, and the log odds of the kind from both."""

    weight: int
    length: int
    odds: float


class Page(NamedTuple):
    """How a page is heard: what is `usual` speaks neither for nor against a sentence.

    `patience` is how many sentences of that likelihood are taken for granted before those that the page has.
    """

    usual: float
    patience: int


class Sounds:
    """How the sentences of one article sound to one model; each is listened to once."""

    def __init__(self, text: Analysis, name: str) -> None:
        self._text, self._model = text, model(name)
        self._heard: dict[int, _Heard] = {}

    @staticmethod
    def of(text: Analysis, name: str) -> Sounds:
        """Those of an article, made when they are first asked for."""
        return text.language.kept(("sounds", name), lambda: Sounds(text, name))

    def likelihood(self, sentence: int, other: int | None = None, leaning: float = 0.0) -> float:
        """How likely a sentence is of the kind, by itself or read together with another, on a page that leans so."""
        weight, length, odds = self._hear(sentence)
        if other is not None:
            more, longer, _ = self._hear(other)
            odds = self._model.log_odds(weight + more, length + longer)
        return as_likelihood(odds + leaning)

    def leaning(self, sentence: int, page: Page) -> float:
        """How much more (or less) likely one sentence is of the kind for the others of its article, in log odds.

        That is their mean, less what is usual; the fewer there are, the closer to 0. A sober page does not say much.
        """
        heard, usual = self._in_text, math.log(page.usual / (1 - page.usual))
        own = heard.get(sentence)
        total, many = self._total - (own or 0.0), len(heard) - (own is not None)
        return max(_SOBER, (total - many * usual) / (many + page.patience))

    @cached_property
    def _in_text(self) -> dict[int, float]:
        """The log odds of each sentence that is text."""
        text = self._text
        places = [at for i, b in enumerate(text.blocks) if b.kind in PROSE_KINDS for at in text.sentences_of(i)]
        return {at: heard.odds for at in places if (heard := self._hear(at)).length >= SHORTEST}

    @cached_property
    def _total(self) -> float:
        return sum(self._in_text.values())

    def long_enough(self, sentence: int) -> bool:
        """Whether a sentence has enough words to tell."""
        return self._hear(sentence).length >= SHORTEST

    def is_plain(self, sentence: int, below: float) -> bool:
        """Whether a sentence and each of its clauses are less likely than that: a claim may hide in a sober sentence.

        Never so for a sentence that is too short to tell.
        """
        _, length, odds = self._hear(sentence)
        if length < SHORTEST or as_likelihood(odds) >= below:
            return False
        if length < _CLAUSE_LEAST:  # so is each clause
            return True
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
        return self.likelihood(sentence, next((at for at in (sentence + 1, sentence - 1) if at in self._in_text), None))

    def _hear(self, sentence: int) -> _Heard:
        heard = self._heard.get(sentence)
        if heard is None:
            texts = self._text.plain_words[sentence] or words(self._text.folded_sentence(sentence))
            weight, length = self._model.weight(texts), len(texts)
            heard = self._heard[sentence] = _Heard(weight, length, self._model.log_odds(weight, length))
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
