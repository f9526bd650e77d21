"""What of a line of a saved web page belongs to the page's frame, and which lines stand together."""

from __future__ import annotations

from collections.abc import Iterable

from healthlint.formats.plain.lines import TITLE_LENGTH, Line
from healthlint.formats.plain.words import CHROME, COOKIES, CRUMB, PARTS

EVIDENCE = 2  # lines of a frame that make a text a saved page


def weight(line: Line) -> int:
    """How many things of a page's frame a line is: 0 for a line of the article, several for a menu in one line."""
    text = line.text.strip(" >›»▾+")
    if len(text) > 300 or line.marker:
        return 0
    if CHROME.fullmatch(text) or is_path(text) or (not text.endswith(":") and COOKIES.search(text)):
        return 1
    parts = PARTS.split(text)
    known = sum(CHROME.fullmatch(part) is not None for part in parts)
    return known if known >= EVIDENCE and known * 2 >= len(parts) else 0


def is_path(text: str) -> bool:
    """Whether a line is the way to the page: “Home / Medicines / Sertraline”."""
    parts = CRUMB.split(text)
    if len(parts) < 2 or len(text) > TITLE_LENGTH or any(len(part) > 60 for part in parts):
        return False
    return parts[0].lower() in ("home", "homepage", "start") or (len(parts) > 2 and "/" not in text and "." not in text)


def frame_of(lines: list[Line], among: range) -> set[int]:
    """The lines that are nothing but a page's frame; none where there is too little of it to be sure."""
    weights = {i: found for i in among if (found := weight(lines[i]))}
    return set(weights) if sum(weights.values()) >= EVIDENCE else set()


def groups(lines: list[Line], start: int, end: int) -> Iterable[list[int]]:
    """The lines from `start` to `end` in groups without a blank line in between."""
    group: list[int] = []
    for i in range(start, end):
        if lines[i].blank and group:
            yield group
            group = []
        group.append(i)
    if group:
        yield group
