"""A choice between parts of a pattern, made for word lists: hundreds of alternatives are one look-up, not a search."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from healthlint.analysis.memo import cached_fact
from healthlint.analysis.patterns.nodes import Node, Word, cost

if TYPE_CHECKING:
    from healthlint.analysis.tokens import Tokens

_RANKS = 3


class _Index(NamedTuple):
    """The alternatives of a choice by how they begin: single words, longer ones by first token, choices, the rest."""

    words: frozenset[str]
    by_token: dict[str, list[Node]]
    choices: list[Choice]
    others: list[Node]


class Choice(Node):
    """One of several alternatives, which are read when they are asked for: most word lists never are."""

    def __init__(self, read: Callable[[], list[Node]]) -> None:
        self._read = read
        # By the token that stands there: whether it is an alternative by itself, and the longer ones to try. Of other
        # words than its own nothing is kept: there is no end of them.
        self._plans: dict[str, tuple[bool, list[Node]]] = {}

    @cached_fact
    def parts(self) -> list[Node]:
        """The alternatives."""
        return self._read()

    @cached_fact
    def anchor(self) -> frozenset[str] | None:
        anchors = [part.anchor for part in self.parts]
        return frozenset().union(*(a for a in anchors if a)) if all(anchors) else None

    def needs(self) -> Iterable[frozenset[str]]:
        # The rarest word of each alternative, then the next (or the same), then the one after that.
        if self.anchor is None:
            return
        ranked = [sorted(part.needs(), key=cost) for part in self.parts]
        for rank in range(min(_RANKS, max(map(len, ranked)))):
            yield frozenset().union(*(groups[min(rank, len(groups) - 1)] for groups in ranked))

    def ends(self, tokens: Tokens, at: int) -> Collection[int]:
        token = tokens.texts[at]
        alone, longer = self._plans.get(token) or self._plan(token)
        found: Collection[int] = (at + 1,) if alone else ()
        if not longer:
            return found
        return {*found, *chain.from_iterable([part.ends(tokens, at) for part in longer])}

    def _plan(self, token: str) -> tuple[bool, list[Node]]:
        words, by_token, choices, others = self._index
        alone, longer = token in words, [*by_token.get(token, ()), *others]
        kept = alone or len(longer) > len(others)
        for choice in choices:
            its_own, its_longer = choice._plans.get(token) or choice._plan(token)
            alone, longer, kept = alone or its_own, longer + its_longer, kept or its_own or bool(its_longer)
        if kept:
            self._plans[token] = alone, longer
        return alone, longer

    @cached_fact
    def _index(self) -> _Index:
        words: set[str] = set()
        by_token: dict[str, list[Node]] = {}
        choices, others = [], []
        for part in self.parts:
            if isinstance(part, Word):
                words |= part.texts
            elif isinstance(part, Choice):
                choices.append(part)  # often a word list, whose own index serves every pattern that names it
            elif (firsts := part.firsts()) is None:
                others.append(part)
            else:
                for token in firsts:
                    by_token.setdefault(token, []).append(part)
        return _Index(frozenset(words), by_token, choices, others)

    @cached_fact
    def _firsts(self) -> frozenset[str] | None:
        words, by_token, choices, others = self._index
        inner = [choice.firsts() for choice in choices]
        if others or None in inner:
            return None
        return words.union(by_token, *(firsts for firsts in inner if firsts))

    def firsts(self) -> frozenset[str] | None:
        return self._firsts

    def leaves(self) -> Iterable[Node]:
        return chain.from_iterable(part.leaves() for part in self.parts)
