"""A choice between parts of a pattern, made for word lists: hundreds of alternatives are one look-up, not a search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from healthlint.analysis.patterns_nodes import Node, Run, Word, cost

_RANKS = 3


@dataclass(eq=False)
class Choice(Node):
    """One of several alternatives."""

    parts: list[Node]

    def __post_init__(self) -> None:
        anchors = [part.anchor for part in self.parts]
        self.anchor = frozenset().union(*(a for a in anchors if a)) if all(anchors) else None
        # A list of hundreds of entries is asked by the words of the sentence, not entry by entry.
        self._enough: set[str] = set()
        self._others: list[Node] = []
        self._by_word: dict[str, list[Node]] = {}
        for part in self.parts:
            if part.anchor is None:
                self._others.append(part)
            elif isinstance(part, Word):
                self._enough |= part.texts
            else:
                for word in part.anchor:
                    self._by_word.setdefault(word, []).append(part)

    def may(self, words: frozenset[str]) -> bool:
        if self.anchor is not None and words.isdisjoint(self.anchor):
            return False
        if not words.isdisjoint(self._enough) or any(part.may(words) for part in self._others):
            return True
        return any(part.may(words) for word in words & self._by_word.keys() for part in self._by_word[word])

    def needs(self) -> Iterable[frozenset[str]]:
        # The rarest word of each alternative, then the next (or the same), then the one after that.
        if self.anchor is None:
            return
        ranked = [sorted(part.needs(), key=cost) for part in self.parts]
        for rank in range(min(_RANKS, max(map(len, ranked)))):
            yield frozenset().union(*(groups[min(rank, len(groups) - 1)] for groups in ranked))

    def longest(self) -> int:
        return max(part.longest() for part in self.parts)

    def steps(self) -> Iterable[frozenset[str] | int]:
        around = self.longest() - 1  # its word may be the first or the last of an alternative
        return (around + 1,) if self.anchor is None else (around, self.anchor, around)

    def runs(self, tokens: Sequence[str], at: int) -> list[Run]:
        if at == len(tokens):
            return []
        ends: dict[int, Run] = {}
        by_token, always = self._entries
        numbers = by_token.get(tokens[at], ())
        for number in sorted((*numbers, *always)) if numbers and always else numbers or always:
            for run in self.parts[number].runs(tokens, at):
                ends.setdefault(run.end, run)
        return list(ends.values())

    @cached_property
    def _entries(self) -> tuple[dict[str, list[int]], list[int]]:
        # The numbers of the alternatives by the token they begin with, and of those that may begin with any.
        by_token: dict[str, list[int]] = {}
        always = []
        for number, part in enumerate(self.parts):
            firsts = part.firsts()
            if firsts is None:
                always.append(number)
            for token in firsts or ():
                by_token.setdefault(token, []).append(number)
        return by_token, always

    @cached_property
    def _firsts(self) -> frozenset[str] | None:
        by_token, always = self._entries
        return None if always else frozenset(by_token)

    def firsts(self) -> frozenset[str] | None:
        return self._firsts

    def leaves(self) -> Iterable[Node]:
        return chain.from_iterable(part.leaves() for part in self.parts)
