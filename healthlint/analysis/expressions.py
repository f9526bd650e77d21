"""Regular expressions that are compiled when a text may match them, and not before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthlint.analysis import Analysis

Ways = tuple[tuple[frozenset[str], ...], ...]


class Expression:
    """A regular expression over folded text.

    `ways` are the ways in which it can match, each as groups of literals of which it needs one each; None where that
    is not known. The prefilter looks for all of them at once, and most expressions are never run.
    """

    __slots__ = ("_compiled", "_told", "_triggers", "pattern", "ways")

    def __init__(self, pattern: str, ways: Ways | None = None) -> None:
        self.pattern, self.ways = pattern, ways
        self._compiled: re.Pattern[str] | None = None
        self._triggers: frozenset[str] | None = None
        self._told: tuple[frozenset[str] | None, bool] = None, False  # what was asked for last; whether `literals` were

    @property
    def compiled(self) -> re.Pattern[str]:
        """The compiled expression. Raises re.error for a wrong one."""
        if self._compiled is None:
            self._compiled = re.compile(self.pattern)
        return self._compiled

    @property
    def literals(self) -> frozenset[str]:
        """All literals that the prefilter should look for."""
        return frozenset(literal for way in self.ways or () for group in way for literal in group)

    @property
    def triggers(self) -> frozenset[str] | None:
        """Literals of which one stands wherever it matches; None where that is not known."""
        if self._triggers is None and self.ways is not None:
            self._triggers = frozenset().union(*(way[0] for way in self.ways))
        return self._triggers

    def may_match(self, text: Analysis, sentence: int | None = None) -> bool:
        """Whether it can match in the article, or in one of its sentences, as far as the prefilter knows."""
        triggers = self._looked_for(text)
        if triggers is None or self.ways is None:
            return True
        present = text.present if sentence is None else text.present_at.get(sentence, _NONE)
        if triggers.isdisjoint(present):
            return False
        for way in self.ways:
            for group in way:
                if group.isdisjoint(present):
                    break
            else:
                return True
        return False

    def sentences(self, text: Analysis) -> Sequence[int]:
        """The sentences that hold one of its triggers, in order; all of them where the prefilter does not know."""
        triggers = self._looked_for(text)
        if triggers is None:
            return range(len(text.sentences))
        return sorted(sentence for sentence, here in text.present_at.items() if not triggers.isdisjoint(here))

    def _looked_for(self, text: Analysis) -> frozenset[str] | None:
        # Its triggers, where the prefilter looked for all its literals in the article.
        asked, told = self._told
        if asked is not text.asked:
            told = self.literals <= text.asked
            self._told = text.asked, told
        return self.triggers if told else None

    def stands_in(self, text: str) -> bool:
        """Whether it matches somewhere in a folded text; not compiled for texts that lack its literals."""
        if self._compiled is None and self.ways is not None and not self._may_stand_in(text):
            return False
        return self.compiled.search(text) is not None

    def _may_stand_in(self, text: str) -> bool:
        holds = text.__contains__
        for way in self.ways or ():
            for group in way:
                if not any(map(holds, group)):
                    break
            else:
                return True
        return False

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text."""
        return self.compiled.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches in a text."""
        return self.compiled.finditer(text)


_NONE: frozenset[str] = frozenset()
