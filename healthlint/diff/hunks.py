"""Patches without context, read into line numbers."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import NamedTuple

LineSpans = tuple[tuple[int, int], ...]
WHOLE_FILE: LineSpans = ((1, 2**62),)

_HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb'\\([abtnvfr"\\]|[0-7]{3})')
_LETTERS = dict(zip(b'abtnvfr"\\', b'\a\b\t\n\v\f\r"\\', strict=True))


class Hunk(NamedTuple):
    """A change: `old_count` lines from `old` on became `new_count` lines from `new` on.

    Where a count is 0, its line is the one after which nothing stands (git's own convention).
    """

    old: int
    old_count: int
    new: int
    new_count: int


def parse_patch(patch: bytes, with_hunks: dict[str, list[Hunk]] | None = None) -> dict[str, LineSpans]:
    """For each file of a `git diff --unified=0`, by its new path, the spans of lines added or changed.

    Deleted files and pure renames have no lines and are left out. Of what git takes for binary, as it does UTF-16 and
    what .gitattributes call so, it is not known which lines changed: all count. `with_hunks` receives the hunks.
    """
    files: dict[str, list[Hunk]] = {} if with_hunks is None else with_hunks
    whole: dict[str, LineSpans] = {}
    lines = patch.split(b"\n")
    path: str | None = None
    renamed: str | None = None
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.startswith(b"diff --git "):
            path = renamed = None
        elif line.startswith((b"rename to ", b"copy to ")):
            renamed = _name(line.partition(b" to ")[2])
        elif line.startswith(b"Binary files ") and line.endswith(b" differ"):
            binary = _binary(line[len(b"Binary files ") : -len(b" differ")], renamed)
            whole |= {binary: WHOLE_FILE} if binary is not None else {}
        elif line.startswith(b"+++ "):
            path = _path(line[4:])
        elif path is not None and (found := _HUNK.match(line)):
            hunk = Hunk(*(1 if number is None else int(number) for number in found.groups()))
            files.setdefault(path, []).append(hunk)
            # Step over the content by its count: a line of an article may look like a header.
            at = _after_content(lines, at, hunk.old_count + hunk.new_count)
    return {name: _added(hunks) for name, hunks in files.items()} | whole


def carry_over(spans: LineSpans, hunks: Iterable[Hunk]) -> LineSpans:
    """Spans of lines, followed through later hunks of the same file. Lines that replace some of them count as them."""
    later = list(hunks)
    moved: list[tuple[int, int]] = []
    for first, last in spans:
        shift, at = 0, first
        for hunk in later:
            # git names the line before an insertion; the first old line after the hunk is this one either way.
            start = hunk.old if hunk.old_count else hunk.old + 1
            end = start + hunk.old_count
            if start > last:
                break
            if at < start:
                moved.append((at + shift, start - 1 + shift))
            if end > first and hunk.old_count and hunk.new_count:
                moved.append((hunk.new, hunk.new + hunk.new_count - 1))
            at = max(at, end)
            shift += hunk.new_count - hunk.old_count
        if at <= last:
            moved.append((at + shift, last + shift))
    return tuple(moved)


def _added(hunks: Iterable[Hunk]) -> LineSpans:
    return tuple((hunk.new, hunk.new + hunk.new_count - 1) for hunk in hunks if hunk.new_count)


def _after_content(lines: list[bytes], at: int, count: int) -> int:
    while count and at < len(lines):
        count -= not lines[at].startswith(b"\\")  # “\ No newline at end of file” is no line
        at += 1
    return at


def _path(field: bytes, prefix: str = "b/") -> str | None:
    """The path of a `+++` line, or None for /dev/null, which has no prefix. Names with a space end with a tab."""
    name = _name(field.removesuffix(b"\t"))
    return name.removeprefix(prefix) if name.startswith(prefix) else None


def _name(field: bytes) -> str:
    """A name as a patch has it: git quotes unusual ones like C."""
    if field.startswith(b'"') and field.endswith(b'"'):
        field = _ESCAPE.sub(lambda found: bytes([_unescape(found[1])]), field[1:-1])
    return os.fsdecode(field)


def _binary(fields: bytes, renamed: str | None) -> str | None:
    """The new path in “a/x and b/x”, where a name may hold an “ and ” itself; None for a file that was deleted."""
    at = fields.find(b" and ")
    while at >= 0:
        old, new = fields[:at], _path(fields[at + 5 :])
        if new is not None and (old == b"/dev/null" or new in (_path(old, "a/"), renamed)):
            return new
        at = fields.find(b" and ", at + 1)
    return None


def _unescape(code: bytes) -> int:
    return int(code, 8) if code.isdigit() else _LETTERS[code[0]]
