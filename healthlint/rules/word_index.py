"""Which patterns a sentence has the words for: patterns as bits of numbers, so that one operation asks for hundreds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from healthlint.analysis.bits import members
from healthlint.analysis.sounds import Gate
from healthlint.article import BlockKind
from healthlint.rules.model import Needs


class WordGroups:
    """Groups of words by number. Many patterns need the same group, such as the names of illnesses: it is kept once.

    Kept as texts, with the numbers of a word's groups beside them: most groups are never asked for their words.
    """

    def __init__(self, groups: Iterable[str] = (), places: Mapping[str, str] | None = None) -> None:
        self._groups, self._places = list(groups), dict(places or {})
        self._sets: dict[int, frozenset[str]] = {}
        self._numbers: dict[frozenset[str], int] = {}

    def __getitem__(self, number: int) -> frozenset[str]:
        if number not in self._sets:
            self._sets[number] = frozenset(self._groups[number].split(" "))
        return self._sets[number]

    @property
    def words(self) -> Iterable[str]:
        """All words of all groups."""
        return self._places

    def holding(self, word: str) -> list[int]:
        """The numbers of the groups that a word is in."""
        return [int(number) for number in self._places.get(word, "").split()]

    def number(self, group: frozenset[str]) -> int:
        """The number of a group, a new one where it is new."""
        if group not in self._numbers:
            number = self._numbers[group] = len(self._groups)
            self._groups.append(" ".join(sorted(group)))
            for word in group:
                self._places[word] = f"{self._places.get(word, '')} {number}"
        return self._numbers[group]

    def as_data(self) -> tuple[list[str], dict[str, str]]:
        """What the constructor needs for the same groups with the same numbers."""
        return self._groups, self._places


class Patterns(NamedTuple):
    """The patterns of a rule: what each needs."""

    rule: str
    needs: Sequence[Needs]
    words: WordGroups


class _Entry(NamedTuple):
    """One pattern: its rule, its number there, and the groups of words that its bits say nothing of."""

    rule: str
    number: int
    words: WordGroups
    others: Sequence[int]


class _Bits(dict[str, int]):
    """By word, the patterns of which it is in a certain group; worked out when a sentence first has the word."""

    def __init__(self) -> None:
        super().__init__()
        self._of_groups: dict[int, tuple[WordGroups, dict[int, int]]] = {}

    def add(self, words: WordGroups, group: int, bit: int) -> None:
        """Note a group of a pattern."""
        bits = self._of_groups.setdefault(id(words), (words, {}))[1]
        bits[group] = bits.get(group, 0) | bit

    def __missing__(self, word: str) -> int:
        found = 0
        for words, bits in self._of_groups.values():
            for group in words.holding(word):
                found |= bits.get(group, 0)
        self[word] = found
        return found


class WordIndex:
    """The patterns of many rules by what a sentence must have for each of them."""

    def __init__(self, rules: Iterable[Patterns]) -> None:
        self._entries: list[_Entry] = []
        # The patterns of which a word is in the rarest group, and those of which it is in the second rarest.
        self._first, self._second = _Bits(), _Bits()
        self._no_second = 0
        self._kinds: dict[BlockKind, int] = {}
        self._others: dict[int, list[frozenset[str]]] = {}
        places: dict[frozenset[BlockKind], int] = {}
        known: dict[int, WordGroups] = {}
        self._gates: dict[Gate, int] = {}
        for rule, needs, words in rules:
            known[id(words)] = words
            for number, need in enumerate(needs):
                bit = 1 << len(self._entries)
                rarest, *others = need.groups
                self._entries.append(_Entry(rule, number, words, others[1:]))
                self._first.add(words, rarest, bit)
                if others:
                    self._second.add(words, others[0], bit)
                else:
                    self._no_second |= bit
                places[need.kinds] = places.get(need.kinds, 0) | bit
                for gate in need.gates:
                    self._gates[gate] = self._gates.get(gate, 0) | bit
        for kinds, bits in places.items():
            for kind in kinds:
                self._kinds[kind] = self._kinds.get(kind, 0) | bits
        self._words = frozenset().union(*(words.words for words in known.values()))

    def __bool__(self) -> bool:
        return bool(self._entries)

    def fitting(
        self, words: frozenset[str], kind: BlockKind, is_shut: Callable[[Gate], bool]
    ) -> Iterator[tuple[str, int]]:
        """The rule and the number of each pattern that a sentence in such a block has all words for, in order."""
        possible, second = 0, self._no_second
        known = words & self._words
        for word in known:
            possible |= self._first[word]
        possible &= self._kinds.get(kind, 0)
        if not possible:
            return
        for gate, bits in self._gates.items():
            if possible & bits and is_shut(gate):
                possible &= ~bits
        if not possible:
            return
        for word in known:
            second |= self._second[word]
        for at in members(possible & second):
            others = self._others.get(at)
            if others is None:
                others = self._others[at] = [self._entries[at].words[group] for group in self._entries[at].others]
            if not any(map(words.isdisjoint, others)):
                yield self._entries[at].rule, self._entries[at].number
