"""Which patterns a sentence has the words for: patterns as bits of numbers, so that one operation asks for hundreds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from healthlint.article import BlockKind
from healthlint.rules.model import Needs

Member = TypeVar("Member", str, BlockKind)


class _Entry(NamedTuple):
    """One pattern: its rule, its number there, and the groups of words that its bits say nothing of."""

    rule: str
    number: int
    others: Sequence[frozenset[str]]


class WordIndex:
    """The patterns of many rules by what a sentence must have for each of them."""

    def __init__(self, rules: Iterable[tuple[str, Sequence[Needs]]]) -> None:
        self._entries: list[_Entry] = []
        places: dict[frozenset[BlockKind], int] = {}
        # By group of words: the patterns of which it is the rarest group, and of which it is the second rarest.
        first: dict[frozenset[str], int] = {}
        second: dict[frozenset[str], int] = {}
        self._no_second = 0
        for rule, needs in rules:
            for number, need in enumerate(needs):
                bit = 1 << len(self._entries)
                rarest, *others = need.words
                self._entries.append(_Entry(rule, number, others[1:]))
                first[rarest] = first.get(rarest, 0) | bit
                if others:
                    second[others[0]] = second.get(others[0], 0) | bit
                else:
                    self._no_second |= bit
                places[need.kinds] = places.get(need.kinds, 0) | bit
        self._kinds = _by_member(places)
        self._first, self._second = _by_member(first), _by_member(second)
        self._words = frozenset(self._first)

    def __bool__(self) -> bool:
        return bool(self._entries)

    def fitting(self, words: frozenset[str], kind: BlockKind) -> Iterator[tuple[str, int]]:
        """The rule and the number of each pattern that a sentence in such a block has all words for, in order."""
        possible, second = 0, self._no_second
        for word in words & self._words:
            possible |= self._first[word]
        possible &= self._kinds.get(kind, 0)
        if not possible:
            return
        for word in words:
            second |= self._second.get(word, 0)
        possible &= second
        while possible:
            lowest = possible & -possible
            possible ^= lowest
            rule, number, others = self._entries[lowest.bit_length() - 1]
            if not any(map(words.isdisjoint, others)):
                yield rule, number


def _by_member(groups: Mapping[frozenset[Member], int]) -> dict[Member, int]:
    found: dict[Member, int] = {}
    for group, bits in groups.items():
        for member in group:
            found[member] = found.get(member, 0) | bits
    return found
