"""Chains: pieces of a sentence that follow one another, each at most so many characters after the last.

A chain says in short pieces what one long regular expression would say: many chains share pieces such as “not” or “this
page”, which are compiled once and looked for once in a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from healthlint.analysis.expressions import Expression

Span = tuple[int, int]


class Gap(NamedTuple):
    """How far apart two pieces may stand, in characters; `in_clause`: with no full stop or semicolon between them."""

    most: int
    in_clause: bool = False


class Heard:
    """A folded sentence, the beginning that it leans on (“” or text that ends in a space), what was found in it.

    `earlier` gives what its paragraph says before it, where it may speak of that. `possible` are the chains of an index
    that it may hold, once somebody has looked.
    """

    __slots__ = ("_before", "_earlier", "_first", "_near", "_whole", "lead", "possible", "text", "whole")

    def __init__(self, text: str, lead: str = "", earlier: Callable[[str], str] | None = None) -> None:
        self.text, self.lead, self.whole = text, lead, lead + text
        self.possible: list[int] | None = None
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
    """Which of many chains a text may hold, told from one pass over it (Aho–Corasick over all their literals)."""

    def __init__(self, chains: Sequence[Chain]) -> None:
        self._literals = sorted({literal for chain in chains for group in chain.groups for literal in group})
        number = {literal: i for i, literal in enumerate(self._literals)}
        self._always = [i for i, chain in enumerate(chains) if not chain.groups]
        self._starts: dict[int, list[int]] = {}
        self._others: list[list[frozenset[int]]] = []
        for i, chain in enumerate(chains):
            groups = [frozenset(number[literal] for literal in group) for group in chain.groups]
            self._others.append(groups[1:])
            for literal in groups[0] if groups else ():
                self._starts.setdefault(literal, []).append(i)
        self._automaton = AhoCorasick(self._literals) if self._literals else None

    def may_stand(self, folded: str) -> list[int]:
        """The numbers of the chains that may stand in a folded text, ascending."""
        if self._automaton is None:
            return self._always
        present = {hit[0] for hit in self._automaton.find_matches_as_indexes(folded, overlapping=True)}
        found = {i for literal in present for i in self._starts.get(literal, ())}
        others = self._others
        return sorted([*self._always, *(i for i in found if not any(map(present.isdisjoint, others[i])))])
