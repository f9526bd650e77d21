"""Bylines and dates that a saved page spreads over several lines: “By”, below it the name, below that the date."""

from __future__ import annotations

import re

from healthlint.formats.plain.lines import Line

_DID = r"(?:written|reviewed|checked|edited|posted|published|updated|modified|authored|created)"
_WHO = re.compile(
    rf"(?:(?:this \w+ was )?(?:last |first |originally )?(?:(?:medically|clinically|fact|expertly)[ -])?{_DID} )?by:?|"
    rf"(?:(?:medical|clinical) )?(?:author|reviewer|writer)s?:",
    re.IGNORECASE,
)
_WHEN = re.compile(
    rf"(?:date )?(?:last |first |originally )?(?:(?:medically|clinically|fact)[ -])?{_DID}(?: date)?(?: on)?:?|on|"
    rf"(?:date|last review(?:ed)?):?",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:\w{3,9}\.? \d{1,2}\b|\d{1,2}(?:st|nd|rd|th)? \w{3,9}\b|\d{1,4}[/.-]\d|\w{3,9}\.? (?:19|20)\d\d$)"
)
_NAME = re.compile(r"(?:(?:the|our) )?[A-ZÀ-Þ][\w.'’-]*(?:,? [\w.,'’&()-]+){0,9}")
_BY = re.compile(r"(?:\w+ ){0,3}by\b", re.IGNORECASE)
_LONGEST, _NAMES = 80, 4  # code points of a line, words of a name


def join_bylines(lines: list[Line]) -> list[Line]:
    """The lines, where a label such as “Written by” or “Updated on” and what it stands before are one."""
    found: list[Line] = []
    for line in lines:
        before = found[-1] if found else None
        if (
            before is not None
            and line.blank <= 1
            and not line.marker
            and not before.marker
            and _goes_with(before, line)
        ):
            before.spans += line.spans
            before.text = f"{before.text} {line.text}"
            before.attached = line.attached
        else:
            found.append(line)
    return found


def _goes_with(before: Line, line: Line) -> bool:
    text, label = line.text, before.text
    if len(text) > _LONGEST or len(label) > _LONGEST:
        return False
    if _WHO.fullmatch(label):
        sentence = text.endswith(".") and len(text.split()) > _NAMES
        return bool(_NAME.fullmatch(text)) and not (sentence or _WHEN.fullmatch(text))
    if _WHEN.fullmatch(label) or (label.endswith(" on") and _opens(label)):
        return bool(_DATE.match(text))
    return text.lower() == "on" and _opens(label)  # “Written by Ana”, below it “on”, below that the date


def _opens(text: str) -> bool:
    return _BY.match(text) is not None
