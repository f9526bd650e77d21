"""Chains: pieces of a sentence that follow one another, each at most so many characters after the last.

A chain says in short pieces what one long regular expression would say: many chains share pieces such as “not” or “this
page”, which are compiled once and looked for once in a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from healthlint.analysis.expressions import Expression

Span = tuple[int, int]


class Gap(NamedTuple):
    """How far apart two pieces may stand, in characters, and whether in one clause: with no full stop or semicolon between."""

    most: int
    in_clause: bool = False


class Heard:
    """One folded sentence, the beginning that it leans on (“” or text that ends in a space), and what was found in it."""

    __slots__ = ("_first", "_whole", "lead", "text", "whole")

    def __init__(self, text: str, lead: str = "") -> None:
        self.text, self.lead, self.whole = text, lead, lead + text
        self._first: dict[Expression, bool] = {}
        self._whole: dict[Expression, bool] = {}

    def holds(self, piece: Expression) -> bool:
        """Whether a piece stands in the sentence; looked for once."""
        if piece not in self._first:
            self._first[piece] = piece.may_hold(self.text) and piece.search(self.text) is not None
        return self._first[piece]

    def whole_holds(self, piece: Expression) -> bool:
        """The same of the sentence with its beginning."""
        if not self.lead:
            return self.holds(piece)
        if piece not in self._whole:
            self._whole[piece] = piece.search(self.whole) is not None
        return self._whole[piece]


class Chain:
    """Pieces in order, and the gaps between them."""

    __slots__ = ("gaps", "pieces")

    def __init__(self, pieces: Sequence[Expression], gaps: Sequence[Gap]) -> None:
        self.pieces, self.gaps = tuple(pieces), tuple(gaps)

    def spans(self, text: str) -> Iterator[Span]:
        """Where it stands in a folded text, from the first piece's start to the last one's end, by ascending start."""
        for found in self.pieces[0].finditer(text):
            end = self._end(text, 1, found.end())
            if end is not None:
                yield found.start(), end

    def _end(self, text: str, number: int, at: int) -> int | None:
        # Where the pieces from this number on end, if they follow on `at`.
        if number == len(self.pieces):
            return at
        piece, (most, in_clause) = self.pieces[number].compiled, self.gaps[number - 1]
        found = piece.search(text, at)
        while found and found.start() - at <= most:
            if in_clause and any(mark in text[at : found.start()] for mark in ".;"):
                return None
            end = self._end(text, number + 1, found.end())
            if end is not None:
                return end
            found = piece.search(text, found.start() + 1)
        return None
