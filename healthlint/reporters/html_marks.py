"""From source ranges back to prose: where a finding's phrase stands in the blocks that a report shows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from healthlint.article import Article, Block
from healthlint.ranges import TextRange


class Span(NamedTuple):
    """A range of one block's prose."""

    block: int
    start: int
    end: int


class Mark(NamedTuple):
    """A marked range of a block's prose, and the number of its note; `also` for a second place of the same finding."""

    start: int
    end: int
    note: int
    also: bool = False


class Piece(NamedTuple):
    """A run of prose under the same marks, in one sentence or between sentences, in one link or in none.

    `sentence` and `link` are indices into the lists given to `pieces`, -1 for none; `ends` are the notes whose last
    mark in this block ends with the piece.
    """

    start: int
    end: int
    marks: tuple[Mark, ...]
    sentence: int
    link: int
    ends: tuple[int, ...]


class _Segments:
    """The segments of one block, ready to be looked up by source offset."""

    def __init__(self, block: Block) -> None:
        self.segments = block.map.segments
        self.starts = [s.source for s in self.segments]
        self.ends = [s.source + s.source_length for s in self.segments]

    def prose(self, span: TextRange) -> tuple[int, int] | None:
        """The prose that was made from a source range; None where none of it was."""
        first = bisect_right(self.ends, span.start)
        last = bisect_left(self.starts, span.end) - 1
        if first > last:
            return None
        head, tail = self.segments[first], self.segments[last]
        start, end = head.prose, tail.prose + tail.prose_length
        if head.prose_length == head.source_length:
            start += max(0, span.start - head.source)
        if tail.prose_length == tail.source_length:
            end -= max(0, tail.source + tail.source_length - span.end)
        return (start, end) if start < end else None


class ProseIndex:
    """Turns source ranges of one article into ranges of its blocks' prose."""

    def __init__(self, article: Article) -> None:
        self._blocks = article.blocks
        whole = [(block.range(), index) for index, block in enumerate(article.blocks) if block.map.segments]
        whole.sort()
        self._order = [index for _, index in whole]
        self._starts = [span.start for span, _ in whole]
        self._ends = [span.end for span, _ in whole]
        self._segments: dict[int, _Segments] = {}

    def spans(self, span: TextRange) -> Iterator[Span]:
        """The ranges of prose that a source range covers, one for each block it touches, in source order."""
        at = bisect_right(self._ends, span.start)
        while at < len(self._order) and self._starts[at] < span.end:
            block = self._order[at]
            segments = self._segments.get(block)
            if segments is None:
                segments = self._segments[block] = _Segments(self._blocks[block])
            found = segments.prose(span)
            if found:
                yield Span(block, *found)
            at += 1


def pieces(
    length: int, marks: Sequence[Mark], sentences: Sequence[tuple[int, int]], links: Sequence[tuple[int, int]]
) -> Iterator[Piece]:
    """Cuts prose of a length at every edge, so that marks may overlap each other, sentences and links.

    Sentences come in order and do not overlap, and so do links. Joined, the pieces are the whole prose.
    """
    edges = {0, length}
    for start, end, *_ in (*marks, *sentences, *links):
        edges.update((start, end))
    starting = sorted(marks)
    sentence_starts, link_starts = [start for start, _ in sentences], [start for start, _ in links]
    open_: list[Mark] = []
    last_end = {mark.note: mark.end for mark in sorted(marks, key=lambda m: m.end) if not mark.also}
    at = 0
    for start, end in pairwise(sorted(edge for edge in edges if 0 <= edge <= length)):
        open_ = [mark for mark in open_ if mark.end > start]
        while at < len(starting) and starting[at].start <= start:
            if starting[at].end > start:
                open_.append(starting[at])
            at += 1
        ends = tuple(m.note for m in open_ if not m.also and m.end == end == last_end[m.note])
        sentence, link = _holding(sentences, sentence_starts, start), _holding(links, link_starts, start)
        yield Piece(start, end, tuple(open_), sentence, link, ends)


def _holding(ranges: Sequence[tuple[int, int]], starts: Sequence[int], offset: int) -> int:
    """The index of the range that holds an offset, -1 for none."""
    at = bisect_right(starts, offset) - 1
    return at if at >= 0 and offset < ranges[at][1] else -1
