"""The lines below the article of a saved web page: forms, footers, comments, links to its neighbours."""

from __future__ import annotations

import re

from healthlint.formats.plain.frame import EVIDENCE, frame_of, groups
from healthlint.formats.plain.lines import Line, is_prose, is_text
from healthlint.formats.plain.related import aside
from healthlint.formats.plain.words import ARROWED, BUTTON, COMMENTS, NEIGHBOUR, SPOKEN
from healthlint.formats.sections import OWN_LINE, REFERENCES, RELATED

_SOURCE = re.compile(r"\b(?:19|20)\d\d\b|https?://|www\.|\bdoi\b", re.IGNORECASE)
_PHONE = re.compile(r"\d{3}")
_SHORT = 50  # code points


def foot(lines: list[Line], first: int) -> frozenset[int]:
    """The indices of the lines below the article; `first` is the first line of its text."""
    return _below(lines, max(first, len(lines) // 3)) | _behind_sources(lines, first)


def _below(lines: list[Line], start: int) -> frozenset[int]:
    found = frame_of(lines, range(start, len(lines)))
    if not found:
        return frozenset()
    related = False
    found |= set(range(_talk(lines, start), len(lines)))
    navigated = next((i for i in range(start, len(lines)) if lines[i].text.lower() == "post navigation"), len(lines))
    found |= {i for i in range(navigated, min(navigated + 3, len(lines))) if ARROWED.fullmatch(lines[i].text)}
    for i in range(start, len(lines) - 1):
        if NEIGHBOUR.fullmatch(lines[i].text) and not is_text(lines[i + 1]):
            found |= {i, i + 1}
    for group in groups(lines, start, len(lines)):
        menu = False
        for i in group:
            line = lines[i]
            if i in found:
                menu = True
            elif RELATED.match(line.text) and not (line.marker or aside(line.text)):
                if related and BUTTON.fullmatch(line.text):
                    found.add(i)
                related, menu = True, False
            elif related and line.blank and is_text(line):
                related = menu = False  # apart from the links: the article goes on, or its disclaimer stands here
            elif (menu and _is_scrap(line)) or (related and (OWN_LINE.match(line.text) or is_text(line))):
                found.add(i)  # what stands under the title of another article, and the rest of a menu
            elif is_prose(line):
                menu = False
    return frozenset(found)


def _talk(lines: list[Line], start: int) -> int:
    """The line where readers begin to speak. A mere count of comments is a button, unless somebody speaks below it."""
    spoken = max((i for i in range(start, len(lines)) if SPOKEN.search(lines[i].text)), default=0)
    return next((i for i in range(start, spoken + 1) if COMMENTS.fullmatch(lines[i].text)), len(lines))


def _behind_sources(lines: list[Line], start: int) -> set[int]:
    """The short lines behind a numbered list of sources: a question to readers, a call to join, what others say."""
    head = next((i for i in range(start, len(lines) - 1) if REFERENCES.match(lines[i].text)), len(lines))
    first = next((i for i in range(head + 1, min(head + 3, len(lines))) if lines[i].marker[:-1].isdigit()), len(lines))
    at = next((i for i in range(first, len(lines)) if not lines[i].marker), len(lines))
    found: set[int] = set()
    if at - first < EVIDENCE:
        return found
    for i in range(at, len(lines)):
        text = lines[i].text
        if (
            RELATED.match(text)
            or _SOURCE.search(text)
            or (i + 1 < len(lines) and not is_text(lines[i]) and is_text(lines[i + 1]))
        ):
            break
        if not (is_text(lines[i]) or OWN_LINE.match(text) or lines[i].marker):
            found.add(i)
    return found


def _is_scrap(line: Line) -> bool:
    """Whether a line beside a footer's words can be one of them; who can be called stays in the article."""
    text = line.text
    return len(text) <= _SHORT and not (line.stopped or line.marker or _PHONE.search(text) or OWN_LINE.match(text))
