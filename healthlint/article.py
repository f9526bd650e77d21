"""An article as healthlint sees it: typed blocks of prose, links and metadata, all with a way back to the source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from healthlint.ranges import TextRange


class BlockKind(StrEnum):
    """What a block of prose is to a reader."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_CELL = "table_cell"
    QUOTE = "quote"
    QUESTION = "question"
    REFERENCE = "reference"
    RELATED_LINK = "related_link"
    CAPTION = "caption"


# What heads an article or a part of it: a question of an FAQ does, too.
HEADS = frozenset({BlockKind.TITLE, BlockKind.HEADING})
HEADINGS = HEADS | {BlockKind.QUESTION}
# What leads to other people's words, or to other articles.
POINTERS = frozenset({BlockKind.REFERENCE, BlockKind.RELATED_LINK})
# What surrounds a block that stands beside the article (see `Block.within`).
APART = frozenset({"header", "aside", "footer"})


class Segment(NamedTuple):
    """A run of prose and the run of source it was made from.

    With equal lengths offsets correspond one to one; otherwise (an entity, a line break with its quote marks)
    the source run is atomic.
    """

    prose: int
    source: int
    prose_length: int
    source_length: int


def _prose_end(segment: Segment) -> int:
    return segment.prose + segment.prose_length


class SourceMap:
    """Maps offsets of a block's prose to offsets of the source. Prose outside every segment has no source."""

    __slots__ = ("segments",)

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments

    def to_source(self, start: int, end: int) -> TextRange:
        """The source range of prose[start:end]; an empty prose range gives an empty source range."""
        segments = self.segments
        if not segments:
            return TextRange(0, 0)
        prose, source, length, source_length = segments[0]
        last = segments[-1]
        if start == 0 and end >= last.prose + last.prose_length:  # the whole, which is asked for most
            return TextRange(source, max(source, last.source + last.source_length))
        if len(segments) == 1 and length == source_length:  # most blocks are one piece of source
            first = source + min(max(start - prose, 0), length)
            return TextRange(first, max(first, source + min(end - prose, length)))
        first = self._start_of(start)
        if end <= start:
            return TextRange(first, first)
        return TextRange(first, max(first, self._end_of(end)))

    def _start_of(self, offset: int) -> int:
        at = bisect_right(self.segments, offset, key=_prose_end)  # the first segment that ends after the offset
        if at == len(self.segments):
            last = self.segments[-1]
            return last.source + last.source_length
        segment = self.segments[at]
        if offset <= segment.prose or segment.prose_length != segment.source_length:
            return segment.source
        return segment.source + offset - segment.prose

    def _end_of(self, offset: int) -> int:
        at = bisect_left(self.segments, (offset,)) - 1  # the last segment that begins before the offset
        if at < 0:
            return self.segments[0].source
        segment = self.segments[at]
        inside = offset - segment.prose
        if inside >= segment.prose_length or segment.prose_length != segment.source_length:
            return segment.source + segment.source_length
        return segment.source + inside


@dataclass(slots=True)
class Block:
    """One stretch of prose: a paragraph, a heading, a list item …

    `level` is the heading level (1–6) or the depth of a list item (1 …). `within` names what surrounds the block:
    "quote", "list", "table", "footer", "aside", "header", "callout", "summary" (the title of what is folded away),
    "metadata" (it stands in front matter or <head>).
    `prose` has entities decoded, markup and code removed and line breaks turned into single spaces.
    """

    kind: BlockKind
    prose: str
    map: SourceMap
    level: int = 0
    within: frozenset[str] = frozenset()

    def range(self, start: int = 0, end: int | None = None) -> TextRange:
        """The source range of prose[start:end], by default of the whole block."""
        return self.map.to_source(start, len(self.prose) if end is None else end)


class Link(NamedTuple):
    """A link of the article. `block` is the index of its block, -1 where it stands in metadata.

    `start` and `end` are offsets of the anchor text in the block's prose; `range` is the anchor text in the source.
    """

    text: str
    target: str
    range: TextRange
    block: int = -1
    start: int = 0
    end: int = 0


class Value(NamedTuple):
    """A metadata value and where it stands; the range is empty where the source has no single place for it."""

    text: str
    range: TextRange


class RelatedReference(NamedTuple):
    """A related article named in metadata: its title (may be empty) and its target (may be empty)."""

    text: str
    target: str
    range: TextRange


@dataclass(slots=True)
class Metadata:
    """What front matter, <head> and JSON-LD say about the article. See the README's field map for the names read."""

    title: Value | None = None
    description: Value | None = None
    authors: tuple[Value, ...] = ()
    reviewers: tuple[Value, ...] = ()
    published: Value | None = None
    reviewed: Value | None = None
    updated: Value | None = None
    references: tuple[Value, ...] = ()
    related: tuple[RelatedReference, ...] = ()
    language: str = ""
    draft: bool = False
    disclaimer: Value | None = None
    disable: tuple[Value, ...] = ()
    meaningless: tuple[Value, ...] = ()  # keys, or a text, under `healthlint` that say nothing to it
    raw: Mapping[str, Any] = field(default_factory=dict)


class Comment(NamedTuple):
    """An author's comment in the source (`<!-- … -->`, `{/* … */}`, a `#` line of plain text): its inner text."""

    text: str
    range: TextRange


class Problem(NamedTuple):
    """Something in the file that could not be read as meant, reported under the id `rule`: broken front matter …

    `variant` is a name in the rule's `severity-when`, where the problem weighs more or less than others of the rule.
    """

    rule: str
    message: str
    range: TextRange
    variant: str = ""


@dataclass(slots=True)
class Article:
    """One article: its decoded source and everything read from it. Blocks stand in source order and never overlap."""

    path: str
    source: str
    format: str
    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    metadata: Metadata = field(default_factory=Metadata)
    comments: list[Comment] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def title_block(self) -> Block | None:
        """The block that shows the title, if the article has one."""
        return next((b for b in self.blocks if b.kind is BlockKind.TITLE), None)

    @property
    def title(self) -> str:
        """The title as readers see it, or an empty string."""
        block = self.title_block
        if block is not None:
            return block.prose
        return self.metadata.title.text if self.metadata.title else ""
