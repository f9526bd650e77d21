"""Finds the parts of a disclaimer: sentences that fill a slot, under conditions on what stands before them.

Which wordings fill which slot is data: a rule file holds them. This module only knows how to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from healthlint.analysis.expressions import Expression, ExpressionIndex
from healthlint.article import BlockKind
from healthlint.ranges import TextRange

if TYPE_CHECKING:
    from healthlint.analysis import Analysis


@dataclass(frozen=True, slots=True)
class Wording:
    """Patterns over folded sentences, one of which fills a slot, and the conditions under which it does.

    `after` must be found, and `not_after` must not, between the sentence's beginning and the match;
    `without` must not be found anywhere in the sentence, and `within` must. Where a sentence begins with a pronoun, the
    sentence before it counts as its beginning. `cues` are groups of literals: a sentence without one of each group
    cannot match, which is quick to tell.
    """

    match: Expression
    after: Expression | None = None
    not_after: Expression | None = None
    without: Expression | None = None
    within: Expression | None = None
    cues: tuple[tuple[str, ...], ...] = ()


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


class Wordings(tuple[Wording, ...]):
    """All wordings of a slot."""

    @cached_property
    def gate(self) -> ExpressionIndex:
        """Tells which of them a sentence may hold."""
        return ExpressionIndex([wording.match for wording in self])


def fill(text: Analysis, passage: Sequence[int], slot: str, wordings: Wordings) -> Filled | None:
    """Where a passage first fills a slot, or None."""
    for block in passage:
        before = ""
        for index in text.sentences_of(block):
            sentence = text.folded_sentence(index)
            for number in wordings.gate.at(text, index):
                span = match_in(sentence, wordings[number], before)
                if span is not None:
                    return Filled(slot, block, text.range(index, *span))
            before = f"{before} {sentence}" if _PRONOUN.match(sentence) else sentence
    return None


def has_cues(folded: str, wording: Wording) -> bool:
    """Whether a folded text holds one literal of each group of the wording's cues."""
    return all(any(cue in folded for cue in group) for group in wording.cues)


def match_in(sentence: str, wording: Wording, before: str = "") -> tuple[int, int] | None:
    """Where a folded sentence fills a slot by this wording, or None. `before` is the sentence before it."""
    if not has_cues(sentence, wording) or sentence.rstrip("\")' ").endswith("?"):
        return None
    # “This page was written by volunteers. It does not replace …”: the subject stands in the sentence before.
    lead = f"{before} " if before and _PRONOUN.match(sentence) else ""
    for found in wording.match.finditer(sentence):
        head = lead + sentence[: found.start()]
        if wording.not_after and wording.not_after.search(head):
            continue
        if wording.after and not wording.after.search(head):
            continue
        if wording.within and not wording.within.search(lead + sentence):
            return None
        return None if wording.without and wording.without.search(sentence) else found.span()
    return None


def disclaimer_blocks(text: Analysis) -> tuple[int, ...]:
    """Indices of blocks that hold a disclaimer's core wording: boilerplate, for those who compare or count prose."""
    return tuple(
        i
        for i, folded in enumerate(text.folded)
        if text.blocks[i].kind not in (BlockKind.RELATED_LINK, BlockKind.REFERENCE) and _CORE.search(folded)
    )
