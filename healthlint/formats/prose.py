"""The prose of one block from pieces of source text, with the way back to the source."""

from __future__ import annotations

import re
from functools import partial

from healthlint.article import Segment, SourceMap

# Characters that no reader sees: controls, soft hyphen, zero-width space, word joiner, BOM, direction
# marks, and the fill of masked template syntax.
_UNSEEN = "\x00-\x08\x0e-\x1b\x7f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff\ue000-\ue002"
_ODD = re.compile(rf"\s\s|[^\S ]|[{_UNSEEN}]")
_PART = re.compile(rf"(?P<run>(?:[^\s{_UNSEEN}]|[ ](?=[^\s{_UNSEEN}]))+)|(?P<space>\s+)")
Piece = tuple[str, int, int]
_segment = partial(tuple.__new__, Segment)  # without the Python code of `Segment(…)`


def is_clean(text: str) -> bool:
    """Whether a text that is a block of its own is prose as it stands, as most are."""
    return text.isprintable() and "  " not in text and text.strip() == text


class Prose:
    """The prose of one block, built from pieces `(text, source offset, source length)`.

    Whitespace runs, also across pieces, become one space; both ends are trimmed; unseen characters are dropped.
    """

    __slots__ = ("bounds", "pieces", "segments", "text")

    def __init__(self, pieces: list[Piece]) -> None:
        out: list[str] = []
        segments: list[tuple[int, int, int, int]] = []
        bounds: list[int] = []  # the prose offset at which each piece begins
        at = 0
        spaced = True  # whether a further space would be swallowed
        for text, start, length in pieces:
            bounds.append(at)
            if not text:
                continue
            # What can be printed holds neither; this says so of most texts without a look at every character here.
            if (text.isprintable() and "  " not in text) or _ODD.search(text) is None:
                if spaced and text[0] == " ":
                    if len(text) == length:
                        start, length = start + 1, length - 1
                    text = text[1:]
                    if not text:
                        continue
                parts = [(text, start, length)]
            else:
                parts, spaced_after = _clean(text, start, length, spaced)
                if not parts:
                    spaced = spaced_after
                    continue
            for run, source, size in parts:
                if segments and len(run) == size:
                    p, s, pl, sl = segments[-1]
                    if pl == sl and s + sl == source and p + pl == at:
                        segments[-1] = (p, s, pl + size, sl + size)
                        out.append(run)
                        at += size
                        continue
                segments.append((at, source, len(run), size))
                out.append(run)
                at += len(run)
            spaced = out[-1][-1] == " "
        prose = "".join(out)
        if prose and prose[-1] == " ":
            prose = prose[:-1]
            p, s, pl, sl = segments.pop()
            if pl > 1:
                segments.append((p, s, pl - 1, sl - 1 if pl == sl else sl))
        self.pieces = pieces
        self.text = prose
        self.bounds = bounds
        self.segments = segments

    def offset(self, piece: int) -> int:
        """The prose offset at which the piece of this index begins; past the last piece, the end of the prose."""
        return min(self.bounds[piece], len(self.text)) if piece < len(self.bounds) else len(self.text)

    def map(self) -> SourceMap:
        """The way from the prose back to the source."""
        return SourceMap(tuple(map(_segment, self.segments)))


def _clean(text: str, start: int, length: int, spaced: bool) -> tuple[list[Piece], bool]:
    """Splits a piece with odd whitespace or unseen characters; an atomic piece stays whole."""
    parts: list[Piece] = []
    if len(text) != length:
        whole = "".join(m["run"] or " " for m in _PART.finditer(text))
        if spaced:
            whole = whole.lstrip(" ")
        return ([(whole, start, length)], whole[-1] == " ") if whole else ([], spaced)
    for match in _PART.finditer(text):
        run = match["run"]
        at, end = match.span()
        if run is None:
            if not spaced:
                parts.append((" ", start + at, end - at))
                spaced = True
            continue
        if spaced and run[0] == " ":
            run, at = run[1:], at + 1
        if run:
            parts.append((run, start + at, end - at))
            spaced = run[-1] == " "
    return parts, spaced
