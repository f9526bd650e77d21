"""The parts of a pattern as a tree: which words each needs, and which runs of tokens it matches.

A pattern names word lists with hundreds of entries. Held against the tokens of a sentence, a list is one look-up; as a
regular expression or as patterns of spaCy's Matcher, it is hundreds of alternatives, which take long to compile and
much memory to keep.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from healthlint.analysis.memo import cached_fact

if TYPE_CHECKING:
    from healthlint.analysis.tokens import Tokens

WORD = re.compile(r"[^\W\d_]+|\d+")
ANY_WORD = r"[^\W_].*"
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


class Node:
    """A part of a pattern."""

    @cached_fact
    def anchor(self) -> frozenset[str] | None:
        """Words of which one stands wherever it matches; None where there is none."""
        return None

    def needs(self) -> Iterable[frozenset[str]]:
        """Groups of words, of each of which one stands wherever it matches."""
        return () if self.anchor is None else (self.anchor,)

    def ends(self, tokens: Tokens, at: int) -> Collection[int]:
        """Where its matches that begin at a token end; the same end at most once, in no order."""
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

    @cached_fact
    def anchor(self) -> frozenset[str] | None:
        plain = all(WORD.fullmatch(text) or text == "n't" for text in self.texts)
        return self.texts if plain and self.texts else None

    def ends(self, tokens: Tokens, at: int) -> Collection[int]:
        return (at + 1,) if tokens.texts[at] in self.texts else ()

    def firsts(self) -> frozenset[str] | None:
        return self.texts


@dataclass(eq=False)
class Bare(Node):
    """A regular expression (`regex`), any word (neither), or up to `gap` tokens of whatever kind."""

    regex: str = ""
    gap: int = 0

    def ends(self, tokens: Tokens, at: int) -> Collection[int]:
        if self.gap:
            return range(at, min(tokens.stops[at], at + self.gap) + 1)
        token = tokens.texts[at]
        fits = self._expression.fullmatch(token) if self.regex else token[:1].isalnum()
        return (at + 1,) if fits and token else ()

    @cached_fact
    def _expression(self) -> re.Pattern[str]:
        return re.compile(self.regex, re.DOTALL)


@dataclass(eq=False)
class Optional(Node):
    """A part that may be missing."""

    part: Node

    def ends(self, tokens: Tokens, at: int) -> Collection[int]:
        found = self.part.ends(tokens, at)
        return found if at in found else (*found, at)

    def leaves(self) -> Iterable[Node]:
        return self.part.leaves()


class _Step(NamedTuple):
    """A part of a sequence together with the gap before it: where it may begin, and with which tokens."""

    gap: int
    firsts: frozenset[str] | None
    part: Node | None  # None: one token of `firsts`


@dataclass(eq=False)
class Sequence_(Node):  # noqa: N801 - the plain name is a typing term
    """Parts one after the other."""

    parts: list[Node]

    @cached_fact
    def anchor(self) -> frozenset[str] | None:
        anchors = [part.anchor for part in self.parts if part.anchor]
        return min(anchors, key=cost, default=None)

    def needs(self) -> Iterable[frozenset[str]]:
        return chain.from_iterable(part.needs() for part in self.parts)

    def ends(self, tokens: Tokens, at: int) -> Collection[int]:
        texts = tokens.texts
        if self._words is not None:
            for words in self._words:
                if texts[at] not in words:  # the end of the sentence is no word of any pattern, so it stops here
                    return ()
                at += 1
            return (at,)
        reached: Collection[int] = (at,)
        for gap, firsts, part in self._steps:
            if gap:
                stops = tokens.stops
                reached = {p for start in reached for p in range(start, min(stops[start], start + gap) + 1)}
            if firsts is not None:
                reached = [p for p in reached if texts[p] in firsts]
            if not reached:
                return ()
            reached = (
                {p + 1 for p in reached} if part is None else {end for p in reached for end in part.ends(tokens, p)}
            )
        return reached

    @cached_fact
    def _words(self) -> list[frozenset[str]] | None:
        # Most sequences are names of several words.
        words = [part.texts for part in self.parts if isinstance(part, Word)]
        return words if len(words) == len(self.parts) else None

    @cached_fact
    def _steps(self) -> list[_Step]:
        steps, gap = [], 0
        for part in self.parts:
            if isinstance(part, Bare) and part.gap:
                gap += part.gap
            else:
                steps.append(_Step(gap, part.firsts(), None if isinstance(part, Word) else part))
                gap = 0
        return [*steps, _Step(gap, None, _HERE)] if gap else steps

    @cached_fact
    def _firsts(self) -> frozenset[str] | None:
        found: frozenset[str] = frozenset()
        for part in self.parts:
            firsts = (part.part if isinstance(part, Optional) else part).firsts()
            if firsts is None:
                return None
            if not isinstance(part, Optional):
                return found | firsts if found else firsts
            found |= firsts
        return None

    def firsts(self) -> frozenset[str] | None:
        return self._firsts

    def leaves(self) -> Iterable[Node]:
        return chain.from_iterable(part.leaves() for part in self.parts)


class _Nothing(Node):
    """What stands after a gap at the end of a sequence."""

    def ends(self, tokens: Tokens, at: int) -> Collection[int]:
        return (at,)


_HERE = _Nothing()


def cost(words: frozenset[str]) -> int:
    """Roughly how many sentences hold one of some words."""
    return sum(_COSTS.get(word, 20 if len(word) < 4 else 1) for word in words)
