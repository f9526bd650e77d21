"""Regular expressions that are compiled when an article may match them, and not before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthlint.analysis import Analysis


class Expression:
    """A regular expression over folded text; `literals` are those of which one stands wherever it matches, if known."""

    __slots__ = ("_compiled", "literals", "pattern")

    def __init__(self, pattern: str, literals: frozenset[str] | None = None) -> None:
        self.pattern, self.literals = pattern, literals
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The compiled expression. Raises re.error for a wrong one."""
        if self._compiled is None:
            self._compiled = re.compile(self.pattern)
        return self._compiled

    def may_match(self, text: Analysis) -> bool:
        """Whether it can match anywhere in the article, as far as the prefilter knows."""
        return text.may_hold(self.literals)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text."""
        return self.compiled.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches in a text."""
        return self.compiled.finditer(text)
