"""Finds the parts of a disclaimer: sentences that fill a slot, under conditions on what stands before them.

Which wordings fill which slot is data: a rule file holds them. This module only knows how to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
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
# Sentences that speak of what the sentence before them names: “It is not …”, “Neither is …”, “Watching it does not …”,
# “Do not use it to …”.
_BE = r"(?:is|are|was|were|does|do|doesn't|don't|isn't|aren't|should|can|must|may|cannot)"
_LEANS = re.compile(
    r"\W*(?:(?:please|also|however|but|and|still|even so|so|yet|of course|remember|note|instead|that said|be aware)\b"
    r"(?: that\b)?\W*)*(?:"
    rf"(?:it|they|them|(?:this|these|that|those)(?= {_BE}\b))\b"
    rf"|(?:neither|none|nor)(?= {_BE}\b)|(?:neither|none|no part|nothing) (?:of|in) (?:it|this|that|these|those|them)\b"
    r"|(?:reading|watching|using|listening to|following|completing) (?:it|them|this|these|one|any)\b"
    r"|(?:(?:do not|don't|never|you should(?: not|n't)|we ask you not to) )"
    r"(?:use|treat|take|regard|see|read|view|let|mistake|rely on|act on|depend on|consider|trust|follow) "
    r"(?:it|them|this|these)\b)"
)
# A sentence that may speak of what was named before it.
_BACK = re.compile(
    r"\b(?:it|its|they|their|them|this|these|that|those|neither|either|none|we|our|i|my|me|us)\b"
    r"|\b(?:cannot|can't|can not)\W*$"
)
# What a reference has and a footnote that says something has not.
_CITED = re.compile(r"\b(?:19|20)\d\d\b|https?://|www\.|\bdoi\b|\bet al\b|\bpmid\b")
_QUESTION_ENDS = ("?", '"', "'", ")", " ")
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
    """Lists of block indices that are read as one: a paragraph or list item each, a section headed “Disclaimer”.

    Related-link teasers, references and questions disclaim nothing; a footnote that cites nothing may.
    """
    section: list[int] | None = None
    items: list[int] = []
    for index, block in enumerate(text.blocks):
        if items and block.kind is not BlockKind.LIST_ITEM:
            yield from _joined(text, items)
            items = []
        if block.kind is BlockKind.RELATED_LINK or _cites(text, index):
            continue
        if block.kind in (BlockKind.HEADING, BlockKind.TITLE, BlockKind.QUESTION):
            if section:
                yield section
            section = [] if len(block.prose) <= 60 and _HEADING.search(text.folded[index]) else None
            if block.kind is not BlockKind.HEADING:
                continue
        if section is not None:
            section.append(index)
        elif block.kind is BlockKind.LIST_ITEM:
            items.append(index)
        else:
            yield [index]
    yield from _joined(text, items)
    if section:
        yield section


def _joined(text: Analysis, items: list[int]) -> list[list[int]]:
    # “This page gives general information.” “It does not replace advice from your doctor.”
    groups: list[list[int]] = []
    for item in items:
        if groups and _LEANS.match(text.folded[item]):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def _cites(text: Analysis, index: int) -> bool:
    return text.blocks[index].kind is BlockKind.REFERENCE and _CITED.search(text.folded[index]) is not None


class Said(NamedTuple):
    """A sentence of a passage: its block, its index, and what is heard in it."""

    block: int
    sentence: int
    heard: Heard


def said_in(text: Analysis, passage: Sequence[int]) -> list[Said]:
    """The statements of a passage. Questions state nothing."""
    found = []
    before = ""
    read: list[int] = []
    for block in passage:
        for index in text.sentences_of(block):
            sentence = text.folded_sentence(index)
            # “This page was written by volunteers. It does not replace …”: the subject stands in the sentence before.
            leans = bool(read) and _LEANS.match(sentence) is not None
            if not sentence.endswith(_QUESTION_ENDS) or not _QUESTION.search(sentence):
                lead = f"{before} " if leans else ""
                found.append(Said(block, index, Heard(sentence, lead, partial(_earlier, text, read, len(read)))))
            before = f"{before} {sentence}" if leans else sentence
            read.append(index)
    return found


def _earlier(text: Analysis, read: Sequence[int], count: int, sentence: str) -> str:
    # What a paragraph says before a sentence, in its first so many, where that may speak of it.
    return " ".join(map(text.folded_sentence, read[:count])) if count and _BACK.search(sentence) else ""


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

    def first(self, heard: Heard, slot: str) -> Span | None:
        """Where a sentence first fills a slot, or None."""
        if heard.possible is None:  # one look for the chains of all slots
            heard.possible = self._index.may_stand(heard.text)
        for number in heard.possible:
            owner, wording, chain = self._pairs[number]
            if owner != slot or not wording.possible(heard, chain):
                continue
            span = wording.span(heard, chain)
            if span is not None:
                return None if any(map(heard.holds, self.skip)) else span
        return None

    def fill(self, text: Analysis, said: Sequence[Said], slot: str) -> Filled | None:
        """Where a passage first fills a slot, or None."""
        for block, index, heard in said:
            span = self.first(heard, slot)
            if span is not None:
                return Filled(slot, block, text.range(index, *span))
        return None


def disclaimer_blocks(text: Analysis) -> tuple[int, ...]:
    """Indices of blocks that hold a disclaimer's core wording: boilerplate, for those who compare or count prose."""
    return tuple(
        i
        for i in text.blocks_with(_CORE_LITERALS)
        if text.blocks[i].kind is not BlockKind.RELATED_LINK and _CORE.search(text.folded[i]) and not _cites(text, i)
    )
