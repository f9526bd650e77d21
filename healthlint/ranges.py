"""Where things stand in a source text: ranges of offsets, and offsets as lines and columns."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple


class TextRange(NamedTuple):
    """A half-open range of 0-based code-point offsets into a decoded source."""

    start: int
    end: int

    def overlaps(self, other: TextRange) -> bool:
        """Whether the two ranges share a character; an empty range overlaps where it lies strictly inside."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: TextRange) -> bool:
        """Whether every offset of `other` lies in this range."""
        return self.start <= other.start and other.end <= self.end

    def stripped(self, text: str) -> TextRange:
        """The range without the white space at its edges; where there is nothing else, an empty one."""
        shown = text[self.start : self.end]
        start = self.start + len(shown) - len(shown.lstrip())
        return TextRange(start, max(start, self.start + len(shown.rstrip())))

    def within(self, text: str) -> str:
        """The characters of `text` that this range spans."""
        return text[self.start : self.end]


class Position(NamedTuple):
    """A place as people count it: 1-based line, 1-based column in code points."""

    line: int
    column: int


class LineIndex:
    """Turns offsets of one source into lines and columns, in code points or UTF-8 bytes.

    Lines end at `\\n`; a `\\r` before it belongs to the line. Building is one pass, a lookup is a bisection.
    `mark` is how many bytes of the file stand before the source: its byte order mark.
    """

    __slots__ = ("_mark", "_source", "_starts")

    def __init__(self, source: str, mark: int = 0) -> None:
        self._source, self._mark = source, mark
        starts = [0]
        at = source.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = source.find("\n", at + 1)
        self._starts = starts

    @property
    def line_count(self) -> int:
        """Number of lines, at least 1."""
        return len(self._starts)

    def position(self, offset: int) -> Position:
        """The 1-based line and code-point column of an offset."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def line_range(self, line: int) -> TextRange:
        """The range of a 1-based line without its line end."""
        start = self._starts[line - 1]
        end = self._starts[line] - 1 if line < len(self._starts) else len(self._source)
        if end > start and self._source[end - 1] == "\r":
            end -= 1
        return TextRange(start, max(start, end))

    def byte_column(self, offset: int) -> int:
        """The 1-based column of an offset in UTF-8 bytes, as reviewdog counts."""
        line, _ = self.position(offset)
        before = self._mark if line == 1 else 0
        return before + len(self._source[self._starts[line - 1] : offset].encode("utf-8", "surrogatepass")) + 1
