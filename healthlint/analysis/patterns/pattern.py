"""Patterns of rule files (their language: `reader.py`), held against the tokens of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from healthlint.analysis.fold import plain_words
from healthlint.analysis.memo import cached_fact
from healthlint.analysis.patterns.nodes import ANY_WORD, WORD, Bare, Node, Optional, Sequence_, Word, cost
from healthlint.analysis.patterns.reader import Reading, read

if TYPE_CHECKING:
    from healthlint.analysis.tokens import Tokens

_NEGATED = re.compile(r"([a-z]+)n't")
_ASCII_WORD = re.compile(r"[a-zA-Z]+|[0-9]+")  # WORD for text that holds nothing else: several times as fast


class Pattern:
    """A pattern as written, and as read, which is done when somebody asks."""

    def __init__(self, source: str, lists: Mapping[str, Node]) -> None:
        self.source, self._lists = source, lists

    @cached_fact
    def reading(self) -> Reading:
        """The pattern as read. Raises PatternError for syntax that makes no sense and for unknown lists."""
        return read(self.source, self._lists)

    @property
    def anchor(self) -> frozenset[str] | None:
        """Words of which one stands in every sentence it matches, or None."""
        return self.reading.node.anchor

    @cached_fact
    def needs(self) -> tuple[frozenset[str], ...]:
        """Groups of words, of each of which one stands in every sentence it matches; the rarest first."""
        return tuple(sorted(self.reading.node.needs(), key=cost))

    @cached_fact
    def _beginnings(self) -> list[frozenset[str]]:
        """For each part that has to be there, in order, the tokens it can begin with, where that is known."""
        node = self.reading.node
        parts = node.parts if isinstance(node, Sequence_) else [node]
        return [firsts for part in parts if not isinstance(part, Optional) and (firsts := part.firsts())]

    def spans(self, tokens: Tokens) -> list[tuple[int, int]]:
        """Every match in a sentence, as token offsets."""
        before = -1
        for beginning in self._beginnings:
            before = next((place for place in tokens.at(beginning) if place > before), -1)
            if before < 0:
                return []
        node, at_start, at_end, _ = self.reading
        firsts = node.firsts()
        starts: Iterable[int] = range(len(tokens)) if firsts is None else tokens.at(firsts)
        if at_start:
            starts = (start for start in starts if start <= tokens.first_word)
        least = tokens.after_last_word if at_end else 0
        return [(start, end) for start in starts for end in node.ends(tokens, start) if end > start and end >= least]

    def mark(self, tokens: Tokens, start: int, end: int) -> tuple[int, int]:
        """The part of a match to report, by the reading of the pattern that takes most."""
        if self.reading.marked is None:
            return start, end
        before, inner, after = self.reading.marked
        for first in sorted(before.ends(tokens, start) if before else (start,), reverse=True):
            for last in sorted(inner.ends(tokens, first), reverse=True):
                if end in (after.ends(tokens, last) if after else (last,)):
                    return first, last
        return start, end

    def can_touch(self, their_words: set[str], their_regexes: set[str]) -> bool:
        """Whether a token of a match of this can belong to a match of patterns with these tokens (`tokens_of`)."""
        words, regexes = tokens_of([self])
        return (
            not words.isdisjoint(their_words)
            or any(re.fullmatch(regex, word) for regex in regexes for word in their_words)
            or any(re.fullmatch(regex, word) for regex in their_regexes for word in words)
            or bool(regexes & their_regexes)
        )


def tokens_of(patterns: Iterable[Pattern]) -> tuple[set[str], set[str]]:
    """The words that matches of some patterns can hold, and the regular expressions for others."""
    words: set[str] = set()
    regexes: set[str] = set()
    for leaf in chain.from_iterable(pattern.reading.node.leaves() for pattern in patterns):
        if isinstance(leaf, Word):
            words |= leaf.texts
        elif isinstance(leaf, Bare) and not leaf.gap:
            regexes.add(leaf.regex or ANY_WORD)
    return words - {"-"}, regexes


def words_of(folded: str) -> frozenset[str]:
    """The words of a folded text, cut as anchors are: letters or digits only, “n't” and its verb apart."""
    words: list[str] = plain_words(folded) or (_ASCII_WORD if folded.isascii() else WORD).findall(folded)
    if "n't" in folded:
        words += [*_NEGATED.findall(folded), "n't"]
    if "cannot" in words:
        words += ["can", "not"]
    return frozenset(words)


def parse(source: str, lists: Mapping[str, Node]) -> Pattern:
    """Read a pattern. Raises PatternError for syntax that makes no sense and for unknown lists."""
    pattern = Pattern(source, lists)
    _ = pattern.reading
    return pattern
