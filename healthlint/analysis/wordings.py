"""Wordings of a statement: chains that fill its slots, under conditions on what stands before them and around them.

Which wordings fill which slot is data: a rule file holds them. This module only knows how to look.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from healthlint.analysis.chains import Chain, ChainIndex, Heard, Span
from healthlint.analysis.expressions import Expression


class Wording(NamedTuple):
    """Chains over folded sentences, one of which fills a slot, and the conditions under which it does.

    Each condition is a list of expressions, of which one is enough. `after` must be found between the sentence's
    beginning and the chain; `not_after` must not, from the last semicolon on; `without` must not be found anywhere in
    the sentence; `within` must. Where a sentence begins with a pronoun, the sentence before it counts as its beginning.
    `near` must be found in the sentence or, if it has a pronoun anywhere, in those before it in its paragraph.
    """

    chains: tuple[Chain, ...]
    after: tuple[Expression, ...] = ()
    not_after: tuple[Expression, ...] = ()
    without: tuple[Expression, ...] = ()
    within: tuple[Expression, ...] = ()
    near: tuple[Expression, ...] = ()

    def possible(self, heard: Heard, chain: Chain) -> bool:
        """Whether the sentence holds all that the chain and its conditions need, in whatever order."""
        return (
            all(map(heard.holds, chain.pieces))
            and all(any(map(heard.whole_holds, parts)) for parts in (self.within, self.after) if parts)
            and not any(map(heard.holds, self.without))
            and (not self.near or any(map(heard.near_holds, self.near)))
        )

    def span(self, heard: Heard, chain: Chain) -> Span | None:
        """Where a sentence that may fills a slot by one of the chains, or None."""
        for start, end in chain.spans(heard.text):
            head = heard.lead + heard.text[:start]
            clause = head.rpartition("; ")[2]
            if any(part.stands_in(clause) for part in self.not_after):
                continue
            if self.after and not any(part.stands_in(head) for part in self.after):
                continue
            return start, end
        return None


class Wordings:
    """All wordings, by slot; a sentence with one of the `skip` patterns says nothing about the page itself."""

    def __init__(self, slots: Mapping[str, Sequence[Wording]], skip: Sequence[Expression] = ()) -> None:
        self.skip = skip
        self._pairs = [
            (slot, wording, chain)
            for slot, wordings in slots.items()
            for wording in wordings
            for chain in wording.chains
        ]

    @property
    def chains(self) -> list[Chain]:
        """The chains of all slots."""
        return [chain for _, _, chain in self._pairs]

    @cached_property
    def _index(self) -> ChainIndex:
        return ChainIndex(self.chains)

    def possible(self, folded: str) -> list[int]:
        """The numbers of the chains that may stand in a folded sentence."""
        return self._index.may_stand(folded)

    def slots(self, possible: Iterable[int]) -> set[str]:
        """The slots that chains of these numbers fill."""
        return {self._pairs[number][0] for number in possible}

    def first(self, heard: Heard, slot: str, possible: Iterable[int]) -> Span | None:
        """Where a sentence that may hold these chains first fills a slot, or None."""
        for number in possible:
            owner, wording, chain = self._pairs[number]
            if owner != slot or not wording.possible(heard, chain):
                continue
            span = wording.span(heard, chain)
            if span is not None:
                return None if any(map(heard.holds, self.skip)) else span
        return None
