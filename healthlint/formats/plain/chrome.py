"""The lines of a saved web page that stand around the article: menus, cookie notices, share buttons, forms, footers."""

from __future__ import annotations

import re
from typing import NamedTuple

from healthlint.formats.plain.foot import foot
from healthlint.formats.plain.frame import EVIDENCE, frame_of, groups, is_path, weight
from healthlint.formats.plain.lines import CAPITAL, TITLE_LENGTH, Line, is_prose, is_text
from healthlint.formats.plain.titles import Titles, below_site, place_of, titles
from healthlint.formats.plain.words import (
    ADVERT,
    CONTENTS,
    CRUMB,
    MENU_LINE,
    PARTS,
    SCRAP,
    SHARED,
)
from healthlint.formats.sections import OWN_LINE

_TOP, _NEAR, _ROLE = 60, 10, 3  # lines; words of a name or of what somebody is
_UNFOLD = re.compile(r"toggle|show|hide", re.IGNORECASE)  # the button of a table of contents


class Chrome(NamedTuple):
    """The indices of the lines around an article: above it, below it, and in its table of contents.

    `title` has the words of a title that stands several times above the text.
    """

    above: frozenset[int]
    below: frozenset[int]
    contents: frozenset[int]
    title: tuple[str, ...]


def chrome(lines: list[Line]) -> Chrome:
    """The lines that stand around the article of a saved page; none above and below in other texts.

    A text is taken for a saved page where two lines or more of one end of it are nothing but a menu's words, a path
    such as “Home > Conditions > Gout”, a share button or a footer's words. What is left begins with the title.
    """
    first = next((i for i, line in enumerate(lines) if is_text(line) and not weight(line)), len(lines))
    contents = _contents(lines)
    named = titles(lines, contents)
    above = _above_repeated(lines, first, named) or _above(lines, min(first, _TOP))
    below = foot(lines, first) - above
    strewn = ADVERT if not (above or below) else SHARED
    among = {i for i in range(len(lines)) if not lines[i].marker and strewn.fullmatch(lines[i].text)}
    if above or named.lines:  # buttons and counts below the title
        near = range(max(above, default=0), min(first + _NEAR, len(lines)))
        among |= {i for i in near if weight(lines[i]) or SCRAP.fullmatch(lines[i].text)}
    return Chrome(above, below | (among - above), contents, named.words)


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


def _contents(lines: list[Line]) -> frozenset[int]:
    """The lines of a table of contents: two or more under its name, or three or more without one, that are headings
    further down, in the same order."""
    found: set[int] = set()
    places: dict[str, int] = {line.text.lower(): i for i, line in enumerate(lines)}  # of the last such line
    at = 0
    while at < len(lines):
        named = not lines[at].marker and CONTENTS.fullmatch(lines[at].text) is not None
        first = at + named
        if named and first < len(lines) and _UNFOLD.fullmatch(lines[first].text):
            first += 1
        end = first
        while end < len(lines) and (place := places[lines[end].text.lower()]) > end and _is_entry(lines[end]):
            if end > first and (place <= places[lines[end - 1].text.lower()] or (not named and lines[end].blank)):
                break
            end += 1
        if end - first >= EVIDENCE + (not named):
            found.update(range(at, end))
        at = max(end, at + 1)
    return frozenset(found)


def _is_entry(line: Line) -> bool:
    return len(line.text) <= TITLE_LENGTH and (not line.stopped or line.text.endswith("?"))


def _above_repeated(lines: list[Line], first: int, named: Titles) -> frozenset[int]:
    """The lines above and among those that say the title; of two, the first may be what the browser's tab said."""
    if not named.lines:
        return frozenset()
    top, last = named.lines[0], named.lines[-1]
    framed = any(weight(lines[i]) for i in range(top + 1, named.lines[1]))
    tab = len(named.lines) == 2 and (framed or place_of(named.words, lines[top].text)[1] < len(lines[top].text))
    title = named.lines[1] if tab else top
    end = max(first, last + 1)
    found = {i for i in range(title + 1, end) if weight(lines[i]) or SCRAP.fullmatch(lines[i].text)}
    found |= {i for i in range(title, last) if not is_prose(lines[i])}
    found = {i for i in found if i not in named.lines and not OWN_LINE.match(lines[i].text)} | set(range(title))
    return frozenset(found | _menus(lines, last + 1, end))


def _above(lines: list[Line], end: int) -> frozenset[int]:
    found = frame_of(lines, range(end))
    title = _title(lines, end, found) if found else None
    if title is None:
        below = below_site(lines, end)
        return frozenset(range(below)) if below > 0 else frozenset()
    return frozenset(found | set(range(title)) | _menus(lines, title + 1, end))


def _menus(lines: list[Line], start: int, end: int) -> set[int]:
    """The lines of the groups between the title and the text that are menus or a table of contents."""
    found: set[int] = set()
    for group in groups(lines, start, end):
        head = lines[group[0]].text
        menu = any(MENU_LINE.fullmatch(lines[i].text) for i in group)
        if menu or CONTENTS.fullmatch(head) or len(PARTS.split(head)) > EVIDENCE:
            found |= {i for i in group if not OWN_LINE.match(lines[i].text)}
    return found


def _title(lines: list[Line], end: int, found: set[int]) -> int | None:
    """The line among the first that names the page: as its path ends, right above the byline, or the last to do so."""
    fit = [i for i in range(end) if i not in found and _may_be_title(lines[i])]
    if not fit:
        return None
    paths = {CRUMB.split(lines[i].text)[-1].lower() for i in found if is_path(lines[i].text)}
    named = [at for at in fit if lines[at].text.lower() in paths]
    own = next((i for i in range(end) if OWN_LINE.match(lines[i].text)), 0)
    above = [at for at in fit if at < own]
    if named or above:
        return _first_of_it(lines, (named or above)[-1], fit, found)
    menus = {i for group in groups(lines, 0, end) if not found.isdisjoint(group) for i in group}
    outside = [at for at in fit if at not in menus and not _in_contents(lines, at)]
    long = [at for at in outside or fit if len(lines[at].text.split()) > _ROLE]
    return (long or outside or fit)[-1]


def _first_of_it(lines: list[Line], title: int, fit: list[int], found: set[int]) -> int:
    """The first line below the menus that says the same as the title: what stands twice is the page's own fault."""
    menus = [i for i in found if i < title and (is_path(lines[i].text) or MENU_LINE.fullmatch(lines[i].text))]
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
