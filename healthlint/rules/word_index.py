"""Which patterns a sentence has the words for: groups of words as bits, so that one operation asks for many groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from healthlint.article import BlockKind
from healthlint.rules.model import Needs


class _Entry(NamedTuple):
    """One pattern: the bits of the groups it needs besides the one it is found by, its rule and its number there."""

    others: int
    kinds: frozenset[BlockKind]
    rule: str
    number: int


class WordIndex:
    """The patterns of many rules by what a sentence must have for each of them."""

    def __init__(self, rules: Iterable[tuple[str, Sequence[Needs]]]) -> None:
        self._bit: dict[frozenset[str], int] = {}
        by_group: dict[frozenset[str], list[_Entry]] = {}
        for rule, needs in rules:
            for number, need in enumerate(needs):
                rarest, *others = need.words
                bits = sum({self._bit_of(group) for group in others if group != rarest})
                by_group.setdefault(rarest, []).append(_Entry(bits, need.kinds, rule, number))
        self._groups: dict[str, int] = {}
        for group, bit in self._bit.items():
            for word in group:
                self._groups[word] = self._groups.get(word, 0) | bit
        self._entries: dict[str, list[list[_Entry]]] = {}
        for group, entries in by_group.items():
            for word in group:
                self._entries.setdefault(word, []).append(entries)
        self._words = frozenset(self._entries)

    def __bool__(self) -> bool:
        return bool(self._entries)

    def _bit_of(self, group: frozenset[str]) -> int:
        return self._bit.setdefault(group, 1 << len(self._bit))

    def fitting(self, words: frozenset[str], kind: BlockKind) -> Iterator[tuple[str, int]]:
        """The rule and the number of each pattern for which a sentence with some words has all; some of them twice."""
        found = words & self._words
        if not found:
            return
        present = 0
        for word in words:
            present |= self._groups.get(word, 0)
        for word in found:
            for entries in self._entries[word]:
                for others, kinds, rule, number in entries:
                    if others & present == others and kind in kinds:
                        yield rule, number
