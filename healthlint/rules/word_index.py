"""Which patterns a sentence has the words for: patterns as bits of numbers, so that one operation looks at hundreds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from healthlint.analysis.bits import in_each, members
from healthlint.analysis.memo import Memo
from healthlint.analysis.sounds import Gate
from healthlint.article import BlockKind
from healthlint.rules.model import Needs

_RANKS = 4  # groups of a pattern, the rarest, that the bits of words say something of


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


class RulePatterns(NamedTuple):
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


class WordIndex:
    """The patterns of many rules by what a sentence must have for each of them.

    Of n patterns, bit i of a word says that it is in the rarest group of pattern i, bit n + i that it is in the second
    rarest, and so on for `_RANKS` groups. A sentence has a word of each where all these bits are set by its words.
    """

    def __init__(self, rules: Iterable[RulePatterns]) -> None:
        needs = [(each.rule, number, need, each.words) for each in rules for number, need in enumerate(each.needs)]
        self._entries: list[_Entry] = []
        self._groups: dict[int, tuple[WordGroups, dict[int, int]]] = {}  # by group, the patterns it belongs to
        self._bits = Memo(self._bits_of)
        self._missing = 0  # groups that a pattern does not have
        self._kinds: dict[BlockKind, int] = {}
        self._gates: dict[Gate, int] = {}
        self._others: dict[int, list[frozenset[str]]] = {}
        places: dict[frozenset[BlockKind], int] = {}
        for at, (rule, number, need, words) in enumerate(needs):
            self._entries.append(_Entry(rule, number, words, need.groups[_RANKS:]))
            groups = self._groups.setdefault(id(words), (words, {}))[1]
            for rank in range(_RANKS):
                bit = 1 << (rank * len(needs) + at)
                if rank < len(need.groups):
                    groups[need.groups[rank]] = groups.get(need.groups[rank], 0) | bit
                else:
                    self._missing |= bit
            places[need.kinds] = places.get(need.kinds, 0) | 1 << at
            for gate in need.gates:
                self._gates[gate] = self._gates.get(gate, 0) | 1 << at
        for kinds, bits in places.items():
            for kind in kinds:
                self._kinds[kind] = self._kinds.get(kind, 0) | bits

    def __bool__(self) -> bool:
        return bool(self._entries)

    def _bits_of(self, word: str) -> int:
        # The groups of patterns that a word is in.
        known = (bits.get(group, 0) for words, bits in self._groups.values() for group in words.holding(word))
        return reduce(or_, known, 0)

    def fitting(
        self, words: frozenset[str], kind: BlockKind, is_shut: Callable[[Gate], bool]
    ) -> Iterator[tuple[str, int]]:
        """The rule and the number of each pattern that a sentence in such a block has all words for, in order."""
        if kind not in self._kinds:
            return
        bits = reduce(or_, filter(None, map(self._bits.__getitem__, words)), self._missing)
        possible = in_each(bits, len(self._entries), _RANKS) & self._kinds[kind]
        for gate, gated in self._gates.items():
            if possible & gated and is_shut(gate):
                possible &= ~gated
        for at in members(possible):
            others = self._others.get(at)
            if others is None:
                others = self._others[at] = [self._entries[at].words[group] for group in self._entries[at].others]
            if not others or not any(map(words.isdisjoint, others)):
                yield self._entries[at].rule, self._entries[at].number
