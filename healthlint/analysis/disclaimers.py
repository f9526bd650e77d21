"""Finds the parts of a disclaimer: what an article says passage by passage, and the slots that a passage fills."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from healthlint.analysis.chains import Heard
from healthlint.analysis.fold import asks
from healthlint.analysis.memo import cached_fact
from healthlint.analysis.wordings import Wordings
from healthlint.article import HEADINGS, POINTERS, BlockKind
from healthlint.late import late
from healthlint.ranges import TextRange

if TYPE_CHECKING:
    from healthlint.analysis import Analysis


class Filled(NamedTuple):
    """A slot that a passage fills, and where."""

    slot: str
    block: int
    range: TextRange


# Sections that are a disclaimer as a whole, so that its parts may stand in several paragraphs.
_HEADING = late(
    r"\bdisclaimer\b|\bmedical (?:advice )?notice\b|\bimportant (?:notice|note|information)\b|"
    r"\babout this (?:page|article|site|information)\b"
)
# Sentences that speak of what the sentence before them names: “It is not …”, “Neither is …”, “Watching it does not …”,
# “Do not use it to …”.
_BE = r"(?:is|are|was|were|does|do|doesn't|don't|isn't|aren't|should|can|must|may|cannot)"
_LEANS = late(
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
_BACK = late(
    r"\b(?:it|its|they|their|them|this|these|that|those|neither|either|none|we|our|i|my|me|us)\b"
    r"|\b(?:cannot|can't|can not)\W*$"
)
# What a reference has and a footnote that says something has not.
_CITED = late(r"\b(?:19|20)\d\d\b|https?://|www\.|\bdoi\b|\bet al\b|\bpmid\b")
# The core wordings, for those who only want to know which blocks are boilerplate.
_CORE_LITERALS = (
    "substitute", "replace", "constitute", "intended as", "medical advice", "purposes only", "purpose only",
    "been evaluated by",
)  # fmt: skip
_CORE = late(
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
        kind = block.kind
        if items and kind is not BlockKind.LIST_ITEM:
            yield from _joined(text, items)
            items = []
        if kind in POINTERS and _speaks_of_others(text, index):
            continue
        if kind in HEADINGS:
            if section:
                yield section
            section = [] if len(block.prose) <= 60 and _HEADING.search(text.folded[index]) else None
            if kind is not BlockKind.HEADING:
                continue
        if section is not None:
            section.append(index)
        elif kind is BlockKind.LIST_ITEM:
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


def _speaks_of_others(text: Analysis, index: int) -> bool:
    kind = text.blocks[index].kind
    if kind is BlockKind.REFERENCE:
        return _CITED.search(text.folded[index]) is not None
    return kind is BlockKind.RELATED_LINK


class Said(NamedTuple):
    """A sentence of a passage: its block, its index, and what is heard in it."""

    block: int
    sentence: int
    heard: Heard


def said_in(text: Analysis, passage: Iterable[int]) -> list[Said]:
    """The statements of a passage. Questions state nothing."""
    found = []
    before = ""
    read: list[int] = []
    for block in passage:
        for index in text.sentences_of(block):
            sentence = text.folded_sentence(index)
            # “This page was written by volunteers. It does not replace …”: the subject stands in the sentence before.
            leans = bool(read) and _LEANS.match(sentence) is not None
            if not asks(sentence):
                lead = f"{before} " if leans else ""
                found.append(Said(block, index, Heard(sentence, lead, partial(_earlier, text, read, len(read)))))
            before = f"{before} {sentence}" if leans else sentence
            read.append(index)
    return found


def _earlier(text: Analysis, read: Sequence[int], count: int, sentence: str) -> str:
    # What a paragraph says before a sentence, in its first so many, where that may speak of it.
    return " ".join(map(text.folded_sentence, read[:count])) if count and _BACK.search(sentence) else ""


class Passage:
    """Blocks that are read as one, and the slots that they fill; nothing is looked for before somebody asks."""

    def __init__(self, text: Analysis, blocks: Sequence[int], wordings: Wordings) -> None:
        self._text, self._blocks, self._wordings = text, blocks, wordings
        self._filled: dict[str, Filled | None] = {}
        # The sentences that may hold a wording, and which.
        self._possible: dict[int, list[int]] = {}
        for block in blocks:
            for sentence in text.sentences_of(block):
                if possible := wordings.possible(text.folded_sentence(sentence)):
                    self._possible[sentence] = possible
        self._slots = wordings.slots(chain.from_iterable(self._possible.values()))

    @cached_fact
    def _said(self) -> list[Said]:
        return [said for said in said_in(self._text, self._blocks) if said.sentence in self._possible]

    def fill(self, slot: str) -> Filled | None:
        """Where it first fills a slot, or None."""
        if slot not in self._filled:
            self._filled[slot] = self._look_for(slot) if slot in self._slots else None
        return self._filled[slot]

    def _look_for(self, slot: str) -> Filled | None:
        for block, index, heard in self._said:
            span = self._wordings.first(heard, slot, self._possible[index])
            if span is not None:
                return Filled(slot, block, self._text.range(index, *span))
        return None

    def fills_one_of(self, combinations: Iterable[Sequence[str]]) -> bool:
        """Whether it fills all slots of a combination; a slot is read only when those before it are filled."""
        return any(self._slots.issuperset(slots) and all(map(self.fill, slots)) for slots in combinations)

    @property
    def statements(self) -> str:
        """What its sentences say. Questions state nothing."""
        sentences = chain.from_iterable(map(self._text.sentences_of, self._blocks))
        return " ".join(said for said in map(self._text.folded_sentence, sentences) if not asks(said))


def disclaimer_blocks(text: Analysis) -> tuple[int, ...]:
    """Indices of blocks that hold a disclaimer's core wording: boilerplate, for those who compare or count prose."""
    return tuple(
        i for i in text.blocks_with(_CORE_LITERALS) if _CORE.search(text.folded[i]) and not _speaks_of_others(text, i)
    )
