"""The lines of a saved web page that stand around the article: menus, cookie notices, share buttons, forms, footers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from healthlint.formats.plain_lines import CAPITAL, TITLE_LENGTH, Line, is_prose
from healthlint.formats.plain_words import (
    ADVERT,
    BUTTON,
    CHROME,
    COMMENTS,
    CONTENTS,
    COOKIES,
    CRUMB,
    MENU_LINE,
    PARTS,
    SHARED,
)
from healthlint.formats.sections import OWN_LINE, RELATED

_PHONE = re.compile(r"\d{3}")
_TOP, _SHORT, _EVIDENCE = 60, 50, 2


class Chrome(NamedTuple):
    """The indices of the lines around an article: above it, below it, and in its table of contents."""

    above: frozenset[int]
    below: frozenset[int]
    contents: frozenset[int]


def chrome(lines: list[Line]) -> Chrome:
    """The lines that stand around the article of a saved page; none above and below in other texts.

    A text is taken for a saved page where two lines or more of one end of it are nothing but a menu's words, a path
    such as “Home > Conditions > Gout”, a share button or a footer's words. What is left begins with the title.
    """
    first = next((i for i, line in enumerate(lines) if is_prose(line) and not _weight(line)), len(lines))
    above = _above(lines, min(first, _TOP))
    below = _below(lines, max(first, len(lines) // 3)) - above
    strewn = ADVERT if not (above or below) else SHARED
    among = {i for i in range(len(lines)) if not lines[i].marker and strewn.fullmatch(lines[i].text)}
    return Chrome(above, below | (among - above), _contents(lines))


def without(lines: list[Line], left_out: frozenset[int]) -> list[Line]:
    """The other lines; what stood around a line that is left out no longer touches."""
    kept: list[Line] = []
    gap = False
    for index, line in enumerate(lines):
        if index in left_out:
            gap = True
            if kept:
                kept[-1].attached = False
            continue
        if gap:
            line.blank = max(line.blank, 1)
        gap = False
        kept.append(line)
    return kept


def _weight(line: Line) -> int:
    """How many things of a page's frame a line is: 0 for a line of the article, several for a menu in one line."""
    text = line.text.strip(" >›»▾+")
    if len(text) > 300 or line.marker:
        return 0
    if CHROME.fullmatch(text) or _is_path(text) or (not text.endswith(":") and COOKIES.search(text)):
        return 1
    parts = PARTS.split(text)
    known = sum(CHROME.fullmatch(part) is not None for part in parts)
    return known if known >= _EVIDENCE and known * 2 >= len(parts) else 0


def _found(lines: list[Line], among: range) -> set[int]:
    """The lines that are nothing but a page's frame; none where there is too little of it to be sure."""
    weights = {i: weight for i in among if (weight := _weight(lines[i]))}
    return set(weights) if sum(weights.values()) >= _EVIDENCE else set()


def _contents(lines: list[Line]) -> frozenset[int]:
    """The lines of a table of contents: two or more under its name, or three or more without one, that are headings
    further down, in the same order."""
    found: set[int] = set()
    places: dict[str, int] = {line.text.lower(): i for i, line in enumerate(lines)}  # of the last such line
    at = 0
    while at < len(lines):
        named = not lines[at].marker and CONTENTS.fullmatch(lines[at].text) is not None
        end = first = at + named
        while end < len(lines) and (place := places[lines[end].text.lower()]) > end and _is_entry(lines[end]):
            if end > first and (place <= places[lines[end - 1].text.lower()] or (not named and lines[end].blank)):
                break
            end += 1
        if end - first >= _EVIDENCE + (not named):
            found.update(range(at, end))
        at = max(end, at + 1)
    return frozenset(found)


def _is_entry(line: Line) -> bool:
    return len(line.text) <= TITLE_LENGTH and (not line.stopped or line.text.endswith("?"))


def _is_path(text: str) -> bool:
    """Whether a line is the way to the page: “Home / Medicines / Sertraline”."""
    parts = CRUMB.split(text)
    if len(parts) < 2 or len(text) > TITLE_LENGTH or any(len(part) > 60 for part in parts):
        return False
    return parts[0].lower() in ("home", "homepage", "start") or (len(parts) > 2 and "/" not in text and "." not in text)


def _above(lines: list[Line], end: int) -> frozenset[int]:
    found = _found(lines, range(end))
    title = _title(lines, end, found) if found else None
    if title is None:
        return frozenset()
    found |= set(range(title))
    for group in _groups(lines, title + 1, end):
        head = lines[group[0]].text
        menu = any(MENU_LINE.fullmatch(lines[i].text) for i in group)
        if menu or CONTENTS.fullmatch(head) or len(PARTS.split(head)) > _EVIDENCE:
            found |= {i for i in group if not OWN_LINE.match(lines[i].text)}
    return frozenset(found)


def _title(lines: list[Line], end: int, found: set[int]) -> int | None:
    """The line among the first that names the page: as its path ends, right above the byline, or the last to do so."""
    fit = [i for i in range(end) if i not in found and _may_be_title(lines[i])]
    if not fit:
        return None
    paths = {CRUMB.split(lines[i].text)[-1].lower() for i in found if _is_path(lines[i].text)}
    named = [at for at in fit if lines[at].text.lower() in paths]
    own = next((i for i in range(end) if OWN_LINE.match(lines[i].text)), 0)
    above = [at for at in fit if at < own]
    if named or above:
        return _first_of_it(lines, (named or above)[-1], fit, found)
    menus = {i for group in _groups(lines, 0, end) if not found.isdisjoint(group) for i in group}
    outside = [at for at in fit if at not in menus and not _in_contents(lines, at)]
    return (outside or fit)[-1]


def _first_of_it(lines: list[Line], title: int, fit: list[int], found: set[int]) -> int:
    """The first line below the menus that says the same as the title: what stands twice is the page's own fault."""
    menus = [i for i in found if i < title and (_is_path(lines[i].text) or MENU_LINE.fullmatch(lines[i].text))]
    same = lines[title].text.lower()
    return next(i for i in fit if i > max(menus, default=-1) and lines[i].text.lower() == same)


def _may_be_title(line: Line) -> bool:
    text = line.text
    if line.marker or len(text) > TITLE_LENGTH or not CAPITAL.match(text) or OWN_LINE.match(text):
        return False
    return (not line.stopped or text.endswith(("?", "!"))) and not CONTENTS.fullmatch(text)


def _in_contents(lines: list[Line], at: int) -> bool:
    while at > 0 and not lines[at].blank:
        at -= 1
    return bool(CONTENTS.fullmatch(lines[at].text))


def _is_scrap(line: Line) -> bool:
    """Whether a line beside a footer's words can be one of them; who can be called stays in the article."""
    text = line.text
    return len(text) <= _SHORT and not (line.stopped or line.marker or _PHONE.search(text) or OWN_LINE.match(text))


def _groups(lines: list[Line], start: int, end: int) -> Iterable[list[int]]:
    """The lines from `start` to `end` in groups without a blank line in between."""
    group: list[int] = []
    for i in range(start, end):
        if lines[i].blank and group:
            yield group
            group = []
        group.append(i)
    if group:
        yield group


def _below(lines: list[Line], start: int) -> frozenset[int]:
    found = _found(lines, range(start, len(lines)))
    if not found:
        return frozenset()
    related = False
    talk = next((i for i in range(start, len(lines)) if COMMENTS.fullmatch(lines[i].text)), len(lines))
    found |= set(range(talk, len(lines)))
    for group in _groups(lines, start, len(lines)):
        menu = False
        for i in group:
            line = lines[i]
            if i in found:
                menu = True
            elif RELATED.match(line.text) and not line.marker:
                if related and BUTTON.fullmatch(line.text):
                    found.add(i)
                related, menu = True, False
            elif (menu and _is_scrap(line)) or (related and (OWN_LINE.match(line.text) or is_prose(line))):
                found.add(i)  # what stands under the title of another article, and the rest of a menu
            elif is_prose(line):
                menu = False
    return frozenset(found)
