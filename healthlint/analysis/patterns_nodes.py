"""The parts of a pattern as a tree: which words each needs, and which runs of tokens it matches.

A pattern names word lists with hundreds of entries. Held against the tokens of a sentence, a list is one look-up; as a
regular expression or as patterns of spaCy's Matcher, it is hundreds of alternatives, which take long to compile and
much memory to keep.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

WORD = re.compile(r"[^\W\d_]+|\d+")
ANY_WORD = r"[^\W_].*"
CLAUSE_ENDS = (".", ";", ":", "?", "!", "(", ")", '"')  # single tokens that no gap crosses
# Words that many sentences hold are not worth looking for; the numbers are rough costs.
_VERY_COMMON = (
    "a an and are as at be been but by can do for from had has have he her his i if in is it its more most my n't "
    "no not of on one or our people she so some than that the their them then there these they this those to up us "
    "was we were what when which who will with without you your"
)
_COMMON = (
    "able about after again age all also always amount another any around ask away back bad because before begin "
    "below best better between big blood body both brain bring call cannot care case cause causes chance change "
    "changes check children come common could day days did different doctor doctors does done down drink drug drugs "
    "during each early easy eat end even every everyone exercise eyes family feel few find first food foods found "
    "free full get gets give go goes good great group half hand hands happen hard head health healthy heart help "
    "helps here high home hot hour hours how important include includes increase inside into itself just keep know "
    "large last later learn least less let level levels life like likely line little live long longer look lot low "
    "lower made main make makes many may medical medicine medicines men might mind minutes month months morning "
    "much must name need needs never new next night normal nothing now number often old older once only open other "
    "others out over own pain part parts patient patients person place plan point possible problem problems put "
    "rare rarely rather read ready really reason reduce right risk safe said same say says see seen sense serious "
    "set several short should show shows side sign signs simple since size skin sleep small something soon start "
    "still stop stress strong study such sure symptom symptoms system take taken takes taking talk tell test tests "
    "thing things think though three through time times tired today together too top treat treated treatment "
    "treatments trial true try turn two type under until use used using usual usually very want warm water way ways "
    "week weeks weight well while whole why within woman women word words work works world worse would year years "
    "yet young"
)
_COSTS = dict.fromkeys(_COMMON.split(" "), 30) | dict.fromkeys(_VERY_COMMON.split(" "), 200)


class Run(NamedTuple):
    """Where a match of a part ends, and the tokens of it that are marked to be reported (-1 where none are)."""

    end: int
    mark_start: int = -1
    mark_end: int = -1


class Node:
    """A part of a pattern. `anchor`: words of which one stands wherever it matches; None where there is none."""

    anchor: frozenset[str] | None = None

    def may(self, words: frozenset[str]) -> bool:
        """Whether a sentence with these words can match; may err only by saying yes."""
        return True

    def needs(self) -> Iterable[frozenset[str]]:
        """Groups of words, of each of which one stands wherever it matches; quicker to ask than `may`, and weaker."""
        return () if self.anchor is None else (self.anchor,)

    def longest(self) -> int:
        """How many tokens it can match, at most."""
        return 1

    def steps(self) -> Iterable[frozenset[str] | int]:
        """In order: groups of words, of each of which one stands there, and how many tokens there may be in between."""
        return (self.longest(),) if self.anchor is None else (self.anchor,)

    def runs(self, tokens: Sequence[str], at: int) -> list[Run]:
        """Its matches that begin at a token, one for each end; what is optional is rather taken than left."""
        raise NotImplementedError

    def firsts(self) -> frozenset[str] | None:
        """The tokens that its matches can begin with; None where that may be any, or none."""
        return None

    def leaves(self) -> Iterable[Node]:
        """The words, regular expressions and gaps it is made of."""
        return (self,)


@dataclass(eq=False)
class Word(Node):
    """One token with one of some texts."""

    texts: frozenset[str]

    def __post_init__(self) -> None:
        plain = all(WORD.fullmatch(text) or text == "n't" for text in self.texts)
        self.anchor = self.texts if plain and self.texts else None

    def may(self, words: frozenset[str]) -> bool:
        return self.anchor is None or not words.isdisjoint(self.anchor)

    def runs(self, tokens: Sequence[str], at: int) -> list[Run]:
        return [Run(at + 1)] if at < len(tokens) and tokens[at] in self.texts else []

    def firsts(self) -> frozenset[str] | None:
        return self.texts


@dataclass(eq=False)
class Bare(Node):
    """A regular expression (`regex`), any word (neither), or up to `gap` tokens of whatever kind."""

    regex: str = ""
    gap: int = 0

    def longest(self) -> int:
        return self.gap or 1

    def runs(self, tokens: Sequence[str], at: int) -> list[Run]:
        if self.gap:
            end = at
            while end < len(tokens) and end - at < self.gap and tokens[end][0] not in CLAUSE_ENDS:
                end += 1
            return [Run(stop) for stop in range(end, at - 1, -1)]
        return [Run(at + 1)] if at < len(tokens) and self._expression.fullmatch(tokens[at]) else []

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        return re.compile(self.regex or ANY_WORD, re.DOTALL)


@dataclass(eq=False)
class Optional(Node):
    """A part that may be missing."""

    part: Node

    def longest(self) -> int:
        return self.part.longest()

    def runs(self, tokens: Sequence[str], at: int) -> list[Run]:
        found = self.part.runs(tokens, at)
        return found if any(run.end == at for run in found) else [*found, Run(at)]

    def leaves(self) -> Iterable[Node]:
        return self.part.leaves()


@dataclass(eq=False)
class Marked(Node):
    """The part to report."""

    part: Node

    def __post_init__(self) -> None:
        self.anchor = self.part.anchor

    def may(self, words: frozenset[str]) -> bool:
        return self.part.may(words)

    def needs(self) -> Iterable[frozenset[str]]:
        return self.part.needs()

    def longest(self) -> int:
        return self.part.longest()

    def steps(self) -> Iterable[frozenset[str] | int]:
        return self.part.steps()

    def runs(self, tokens: Sequence[str], at: int) -> list[Run]:
        return [Run(run.end, at, run.end) for run in self.part.runs(tokens, at)]

    def firsts(self) -> frozenset[str] | None:
        return self.part.firsts()

    def leaves(self) -> Iterable[Node]:
        return self.part.leaves()


@dataclass(eq=False)
class Sequence_(Node):  # noqa: N801 - the plain name is a typing term
    """Parts one after the other."""

    parts: list[Node]

    def __post_init__(self) -> None:
        anchors = [part.anchor for part in self.parts if part.anchor]
        self.anchor = min(anchors, key=cost, default=None)

    def may(self, words: frozenset[str]) -> bool:
        return all(part.may(words) for part in self.parts)

    def needs(self) -> Iterable[frozenset[str]]:
        return chain.from_iterable(part.needs() for part in self.parts)

    def longest(self) -> int:
        return sum(part.longest() for part in self.parts)

    def steps(self) -> Iterable[frozenset[str] | int]:
        return chain.from_iterable(part.steps() for part in self.parts)

    def runs(self, tokens: Sequence[str], at: int) -> list[Run]:
        reached = [Run(at)]
        for part in self.parts:
            ends: dict[int, Run] = {}
            for before in reached:
                for run in part.runs(tokens, before.end):
                    if run.end not in ends:
                        ends[run.end] = run if before.mark_start < 0 else Run(run.end, *before[1:])
            if not ends:
                return []
            reached = list(ends.values())
        return reached

    @cached_property
    def _firsts(self) -> frozenset[str] | None:
        found: frozenset[str] = frozenset()
        for part in self.parts:
            firsts = (part.part if isinstance(part, Optional) else part).firsts()
            if firsts is None:
                return None
            found |= firsts
            if not isinstance(part, Optional):
                return found
        return None

    def firsts(self) -> frozenset[str] | None:
        return self._firsts

    def leaves(self) -> Iterable[Node]:
        return chain.from_iterable(part.leaves() for part in self.parts)


def cost(words: frozenset[str]) -> int:
    """Roughly how many sentences hold one of some words."""
    return sum(_COSTS.get(word, 20 if len(word) < 4 else 1) for word in words)
