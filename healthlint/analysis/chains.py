"""Chains: pieces of a sentence that follow one another, each at most so many characters after the last.

A chain says in short pieces what one long regular expression would say: many chains share pieces such as “not” or “this
page”, which are compiled once and looked for once in a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from healthlint.analysis.bits import in_each, members
from healthlint.analysis.expressions import Expression

Span = tuple[int, int]


class Gap(NamedTuple):
    """How far apart two pieces may stand, in characters; `in_clause`: with no full stop or semicolon between them."""

    most: int
    in_clause: bool = False


class Heard:
    """A folded sentence, the beginning that it leans on (“” or text that ends in a space), what was found in it.

    `earlier` gives what its paragraph says before it, where it may speak of that.
    """

    __slots__ = ("_before", "_earlier", "_first", "_near", "_whole", "lead", "text", "whole")

    def __init__(self, text: str, lead: str = "", earlier: Callable[[str], str] | None = None) -> None:
        self.text, self.lead, self.whole = text, lead, lead + text
        self._earlier, self._before = earlier, ""
        self._first: dict[Expression, bool] = {}
        self._whole: dict[Expression, bool] = {}
        self._near: dict[Expression, bool] = {}

    def holds(self, piece: Expression) -> bool:
        """Whether a piece stands in the sentence; looked for once."""
        if piece not in self._first:
            self._first[piece] = piece.stands_in(self.text)
        return self._first[piece]

    def whole_holds(self, piece: Expression) -> bool:
        """The same of the sentence with its beginning."""
        if not self.lead:
            return self.holds(piece)
        if piece not in self._whole:
            self._whole[piece] = piece.stands_in(self.whole)
        return self._whole[piece]

    def near_holds(self, piece: Expression) -> bool:
        """Whether a piece stands in the sentence or in what it may speak of."""
        if self.holds(piece):
            return True
        if self._earlier:
            self._before, self._earlier = self._earlier(self.text), None
        if piece not in self._near:
            self._near[piece] = bool(self._before) and piece.stands_in(self._before)
        return self._near[piece]


class Chain:
    """Pieces in order, the gaps between them, and groups of literals: it stands only where one of each group does.

    A piece takes the text that it matches first at a place; shorter and longer ones are not tried.
    """

    __slots__ = ("gaps", "groups", "pieces")

    def __init__(
        self, pieces: Sequence[Expression], gaps: Sequence[Gap], groups: Sequence[frozenset[str]] = ()
    ) -> None:
        self.pieces, self.gaps, self.groups = tuple(pieces), tuple(gaps), tuple(groups)

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


class ChainIndex:
    """Which of many chains a text may hold, told from one pass over it (Aho–Corasick over all their literals).

    A whole number has a bit for each group of each chain: those of all first groups, then those of all second ones …
    Each literal has the number of the groups that hold it.
    """

    def __init__(self, chains: Sequence[Chain]) -> None:
        self._count = len(chains)
        self._most = max((len(chain.groups) for chain in chains), default=0)
        self._missing = 0  # groups that a chain does not have
        groups: dict[frozenset[str], int] = {}  # many chains share one
        for i, chain in enumerate(chains):
            for place in range(self._most):
                bit = 1 << (place * self._count + i)
                if place < len(chain.groups):
                    groups[chain.groups[place]] = groups.get(chain.groups[place], 0) | bit
                else:
                    self._missing |= bit
        self._bits: dict[str, int] = {}
        for group, bits in groups.items():
            for literal in group:
                self._bits[literal] = self._bits.get(literal, 0) | bits
        self._automaton = AhoCorasick(list(self._bits), store_patterns=True) if self._bits else None

    def may_stand(self, folded: str) -> list[int]:
        """The numbers of the chains that may stand in a folded text, ascending."""
        if self._automaton is None:
            return list(range(self._count))
        present = self._automaton.find_matches_as_strings(folded, overlapping=True)
        bits = reduce(or_, map(self._bits.__getitem__, present), self._missing)
        return members(in_each(bits, self._count, self._most))
