"""Finds the parts of a disclaimer: sentences that fill a slot, under conditions on what stands before them.

Which wordings fill which slot is data: a rule file holds them. This module only knows how to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from healthlint.analysis.chains import Chain, ChainIndex, Heard, Span
from healthlint.analysis.expressions import Expression
from healthlint.article import BlockKind
from healthlint.ranges import TextRange

if TYPE_CHECKING:
    from healthlint.analysis import Analysis


@dataclass(frozen=True, slots=True)
class Wording:
    """Chains over folded sentences, one of which fills a slot, and the conditions under which it does.

    `after` must be found between the sentence's beginning and the chain; `not_after` must not, from the last semicolon
    on; `without` must not be found anywhere in the sentence; `within` must. Where a sentence begins with a pronoun, the
    sentence before it counts as its beginning.
    """

    chains: tuple[Chain, ...]
    after: Expression | None = None
    not_after: Expression | None = None
    without: Expression | None = None
    within: Expression | None = None

    def possible(self, heard: Heard, chain: Chain) -> bool:
        """Whether the sentence holds all that the chain and its conditions need, in whatever order."""
        return (
            all(map(heard.holds, chain.pieces))
            and all(heard.whole_holds(part) for part in (self.within, self.after) if part)
            and not (self.without and heard.holds(self.without))
        )

    def span(self, heard: Heard, chain: Chain) -> Span | None:
        """Where a sentence that may fills a slot by one of the chains, or None."""
        for start, end in chain.spans(heard.text):
            head = heard.lead + heard.text[:start]
            if self.not_after and self.not_after.search(head.rpartition("; ")[2]):
                continue
            if self.after and not self.after.search(head):
                continue
            return start, end
        return None


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot that a passage fills, and where."""

    slot: str
    block: int
    range: TextRange


# Sections that are a disclaimer as a whole, so that its parts may stand in several paragraphs.
_HEADING = re.compile(
    r"\bdisclaimer\b|\bmedical (?:advice )?notice\b|\bimportant (?:notice|note|information)\b|"
    r"\babout this (?:page|article|site|information)\b"
)
_PRONOUN = re.compile(
    r"\W*(?:(?:please|also|however|but|and|still|even so|so|yet|of course|remember|note|instead|that said|be aware)\b"
    r"(?: that\b)?\W*)*"
    r"(?:it|they|them|(?:this|these|that|those)"
    r"(?= (?:is|are|was|were|does|do|doesn't|don't|isn't|aren't|should|can|must|may|cannot)\b))\b"
)
_QUESTION = re.compile(r"\?[\")' ]*$")
# The core wordings, for those who only want to know which blocks are boilerplate.
_CORE_LITERALS = (
    "substitute", "replace", "constitute", "intended as", "medical advice", "purposes only", "purpose only",
    "been evaluated by",
)  # fmt: skip
_CORE = re.compile(
    r"\b(?:not|n't|nor|no|never|cannot)\b[^.;:]{0,60}"
    r"\b(?:substitute|replace\w*|constitute|intended as|medical advice)\b[^.;:]{0,50}"
    r"\b(?:advice|diagnosis|consultation|professional|doctor)\b"
    r"|\b(?:educational|informational|information) purposes? only\b|\bnot been evaluated by the (?:fda|food and drug)"
)


def passages(text: Analysis) -> Iterator[list[int]]:
    """Lists of block indices that are read as one: a paragraph each, a section headed “Disclaimer” as a whole.

    Related-link teasers, references and questions disclaim nothing.
    """
    section: list[int] | None = None
    for index, block in enumerate(text.blocks):
        if block.kind in (BlockKind.RELATED_LINK, BlockKind.REFERENCE):
            continue
        if block.kind in (BlockKind.HEADING, BlockKind.TITLE, BlockKind.QUESTION):
            if section:
                yield section
            section = [] if len(block.prose) <= 60 and _HEADING.search(text.folded[index]) else None
            if block.kind is not BlockKind.HEADING:
                continue
        if section is None:
            yield [index]
        else:
            section.append(index)
    if section:
        yield section


class Said(NamedTuple):
    """A sentence of a passage: its block, its index, and what is heard in it."""

    block: int
    sentence: int
    heard: Heard


def said_in(text: Analysis, passage: Sequence[int]) -> list[Said]:
    """The statements of a passage. Questions state nothing."""
    found = []
    for block in passage:
        before = ""
        for index in text.sentences_of(block):
            sentence = text.folded_sentence(index)
            # “This page was written by volunteers. It does not replace …”: the subject stands in the sentence before.
            leans = bool(_PRONOUN.match(sentence))
            if not _QUESTION.search(sentence):
                found.append(Said(block, index, Heard(sentence, f"{before} " if before and leans else "")))
            before = f"{before} {sentence}" if leans else sentence
    return found


class Wordings:
    """All wordings of a slot."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self.wordings = tuple(wordings)
        self._pairs = [(wording, chain) for wording in wordings for chain in wording.chains]

    @cached_property
    def _index(self) -> ChainIndex:
        return ChainIndex([chain for _, chain in self._pairs])

    def first(self, heard: Heard) -> Span | None:
        """Where a sentence first fills the slot, or None."""
        for number in self._index.may_stand(heard.text):
            wording, chain = self._pairs[number]
            if wording.possible(heard, chain) and (span := wording.span(heard, chain)) is not None:
                return span
        return None


def fill(text: Analysis, said: Sequence[Said], slot: str, wordings: Wordings) -> Filled | None:
    """Where a passage first fills a slot, or None."""
    for block, index, heard in said:
        span = wordings.first(heard)
        if span is not None:
            return Filled(slot, block, text.range(index, *span))
    return None


def disclaimer_blocks(text: Analysis) -> tuple[int, ...]:
    """Indices of blocks that hold a disclaimer's core wording: boilerplate, for those who compare or count prose."""
    return tuple(
        i
        for i in text.blocks_with(_CORE_LITERALS)
        if text.blocks[i].kind not in (BlockKind.RELATED_LINK, BlockKind.REFERENCE) and _CORE.search(text.folded[i])
    )
