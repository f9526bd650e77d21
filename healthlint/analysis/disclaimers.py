"""Finds the parts of a disclaimer: sentences that fill a slot, under conditions on what stands before them.

Which wordings fill which slot is data: a rule file holds them. This module only knows how to look.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from healthlint.analysis.chains import Chain, Heard, Span
from healthlint.analysis.expressions import Expression
from healthlint.article import BlockKind
from healthlint.ranges import TextRange

if TYPE_CHECKING:
    from healthlint.analysis import Analysis


@dataclass(frozen=True, slots=True)
class Wording:
    """Chains over folded sentences, one of which fills a slot, and the conditions under which it does.

    `after` must be found between the sentence's beginning and the chain, `not_after` must not, from the last semicolon on;
    `without` must not be found anywhere in the sentence, and `within` must. Where a sentence begins with a pronoun, the
    sentence before it counts as its beginning.
    """

    chains: tuple[Chain, ...]
    after: Expression | None = None
    not_after: Expression | None = None
    without: Expression | None = None
    within: Expression | None = None

    def span(self, heard: Heard, chain: Chain) -> Span | None:
        """Where a sentence fills a slot by one of the chains, or None."""
        for start, end in chain.spans(heard.text):
            head = heard.lead + heard.text[:start]
            if self.not_after and self.not_after.search(head.rpartition("; ")[2]):
                continue
            if self.after and not self.after.search(head):
                continue
            if self.without and heard.holds(self.without):
                return None
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
    index: int
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


@dataclass(slots=True)
class _Node:
    """A part that all chains below it need."""

    part: Expression
    whole: bool  # whether it may stand in the sentence before that the sentence leans on
    below: list[_Node] = field(default_factory=list)
    here: list[tuple[Wording, Chain]] = field(default_factory=list)


class Wordings:
    """All wordings of a slot, and what a sentence needs for any of them."""

    def __init__(self, wordings: Sequence[Wording], needs: Sequence[Expression] = ()) -> None:
        self.wordings, self.needs = tuple(wordings), tuple(needs)

    @cached_property
    def _tree(self) -> list[_Node]:
        # What many chains need comes first: where it is missing, none of them is tried.
        needs = [(wording, chain, _needs(wording, chain)) for wording in self.wordings for chain in wording.chains]
        shared = Counter(need for _, _, found in needs for need in found)
        top: list[_Node] = []
        for wording, chain, found in needs:
            nodes = top
            for part, whole in sorted(found, key=lambda need: (-shared[need], need[0].pattern)):
                node = next((node for node in nodes if node.part is part and node.whole == whole), None)
                if node is None:
                    nodes.append(node := _Node(part, whole))
                nodes = node.below
            node.here.append((wording, chain))
        return top

    def first(self, heard: Heard) -> Span | None:
        """Where a sentence first fills the slot, or None."""
        if not all(heard.whole_holds(need) for need in self.needs):
            return None
        spans = (wording.span(heard, chain) for wording, chain in _possible(self._tree, heard))
        return next((span for span in spans if span is not None), None)


def _needs(wording: Wording, chain: Chain) -> list[tuple[Expression, bool]]:
    found = [(part, True) for part in (wording.after, wording.within) if part]
    return [*found, *((piece, False) for piece in dict.fromkeys(chain.pieces))]


def _possible(nodes: Iterable[_Node], heard: Heard) -> Iterator[tuple[Wording, Chain]]:
    for node in nodes:
        if heard.whole_holds(node.part) if node.whole else heard.holds(node.part):
            yield from node.here
            yield from _possible(node.below, heard)


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
        for i, folded in enumerate(text.folded)
        if text.blocks[i].kind not in (BlockKind.RELATED_LINK, BlockKind.REFERENCE) and _CORE.search(folded)
    )
