"""A source of which parts are hidden from a parser, at the same length, so that every offset stays what it is."""

from __future__ import annotations

import re
from bisect import bisect_left

from healthlint.article import Comment
from healthlint.late import late

# Stands for a masked character inside a line: unlike a space it changes no indentation and no emphasis; prose drops it.
FILL = "\ue000"
BREAK = "\ue001"  # the same, where one block of prose ends and the next begins
TITLE = "\ue002"  # the same, where the rest of the line is the title of a box or a tab

_BACKTICKS = late(r"`+")
_NOT_BREAK = late(r"[^\r\n]")
_BLANK = FILL + BREAK + " \t\r\n"


class Mask:
    """A source under its mask. `text` has the source's length; `containers` are offsets of masked admonition marks."""

    def __init__(self, source: str, start: int) -> None:
        self.source, self.start = source, start
        self.text = source
        self.comments: list[Comment] = []
        self.containers: set[int] = set()
        self._cuts: list[tuple[int, int, str]] = []

    def hide(self, start: int, end: int, put: str = "", last: str = "") -> None:
        """Marks source[start:end] as no prose, with another text of that length in its place. Calls come in order.

        `last` is put in the place of the last character alone.
        """
        put = put or _NOT_BREAK.sub(FILL, self.source[start:end])
        self._cuts.append((start, end, put[:-1] + last if last else put))

    def applied(self) -> Mask:
        """Itself with the mask written: a line with nothing else on it becomes blank, anything else is filled."""
        if not self._cuts:
            return self
        source, at = self.source, 0
        out: list[str] = []
        for start, end, put in self._cuts:
            out += (source[at:start], put)
            at = end
        out.append(source[at:])
        text = "".join(out)
        pieces: list[str] = []
        at = seen = 0  # everything before `seen` has been looked at
        for start, end, put in self._cuts:
            if start < seen or put[0] != FILL:
                continue
            first = text.rfind("\n", seen, start) + 1 or seen
            last = text.find("\n", end)
            seen = last = len(text) if last < 0 else last
            stretch = text[first:last]
            if not stretch.strip(_BLANK):
                pieces += (text[at:first], stretch.replace(FILL, " ").replace(BREAK, " "))
                at = last
        pieces.append(text[at:])
        self.text = "".join(pieces)
        return self


class Code:
    """Finds where code ends. Each paragraph's backticks are looked at once."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._paragraph = -1  # where the paragraph ends whose backticks are known
        self._runs: dict[int, list[int]] = {}

    def end(self, match: re.Match[str]) -> int:
        """Where the fenced block or code span ends that this match opens; the end of the match if it is not closed."""
        source, end = self._source, match.end()
        if match.lastgroup == "fence":
            mark = match[0].lstrip(" \t>")
            fence = rf"^[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*\r?$"
            close = re.compile(fence, re.MULTILINE).search(source, end)
            return close.end() if close else len(source)
        if match.start() >= self._paragraph:
            stop = source.find("\n\n", end)
            self._paragraph = len(source) if stop < 0 else stop
            self._runs = {}
            for run in _BACKTICKS.finditer(source, match.start(), self._paragraph):
                self._runs.setdefault(len(run[0]), []).append(run.start())
        length = end - match.start()
        starts = self._runs.get(length, [])
        at = bisect_left(starts, end)
        return starts[at] + length if at < len(starts) else end
