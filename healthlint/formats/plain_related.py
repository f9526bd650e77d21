"""The lines at the end of a plain text that lead to other articles."""

from __future__ import annotations

import re

from healthlint.article import BlockKind
from healthlint.formats.plain_lines import CAPITAL, TITLE_LENGTH, Line, is_prose, title_case
from healthlint.formats.sections import REFERENCES, RELATED

_NOT_A_TEASER = re.compile(
    r"^(?:by|written|reviewed|medically|sources?|published|updated|last|copyright|photo|image|author|date|tags?|categor|posted|"
    r"share|note|disclaimer|call|contact|e-?mail|phone|visit|follow|subscribe|©)\b|https?://|www\.|@|©|\b(?:19|20)\d\d\b|\|",
    re.IGNORECASE,
)
# What a page ends in below its links, when it was copied with all that stands on it.
FOOT = re.compile(r"(?:©|copyright\b|\(c\) |share (?:this|on)\b|follow us\b|all rights reserved)", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"\b(?:Institutes?|Cent(?:er|re)s?|Department|Association|Society|Foundation|Administration|University|Hospital|Agency|"
    r"College|Council|Organi[sz]ation|Clinic|Academy|Service|Ministry|Library|NIH|CDC|NHS|WHO|FDA)\b"
)
_QUESTION_WORD = re.compile(r"\b(?:how|why|what|when|who|which|can|does|do|should|is|are)\b", re.IGNORECASE)


def mark_related(lines: list[Line], found: list[BlockKind], references: bool) -> None:
    """Changes `found`, a kind for each line, where the lines at the end lead to other articles.

    They are announced by a line such as “Related articles”, or are title-like lines after the last paragraph, each on
    its own between blank lines. `references` tells whether the text ends in its references.
    """
    end = len(lines)
    while end > 1 and FOOT.match(lines[end - 1].text):
        end -= 1
    if _announced(lines[:end], found):
        return
    at = end
    while at > 1 and _is_teaser(lines[at - 1]) and found[at - 1] in (BlockKind.HEADING, BlockKind.PARAGRAPH):
        at -= 1
    if at == end or at <= 1:
        return
    if references or not is_prose(lines[at - 1]):
        return
    teasers = lines[at:end]
    fitting = [line for line in teasers if title_case(line.text) >= 0.6 and len(line.text.split()) >= 5]
    if len(fitting) == len(teasers) or (len(teasers) > 1 and len(fitting) * 2 >= len(teasers)):
        found[at:end] = [BlockKind.RELATED_LINK] * len(teasers)


def _announced(lines: list[Line], found: list[BlockKind]) -> bool:
    """Whether the text ends in lines under a line such as “Related articles”; they become links."""
    for at in range(len(lines) - 1, 0, -1):
        line = lines[at]
        if len(line.text) > TITLE_LENGTH:
            break
        if RELATED.match(line.text) and not line.marker:
            below = len(lines) - at - 1
            if below:
                found[at : len(lines)] = [BlockKind.HEADING, *[BlockKind.RELATED_LINK] * below]
            return bool(below)
        if line.stopped and not line.text.endswith(("?", "!")):
            break
    return False


def _is_teaser(line: Line) -> bool:
    text, words = line.text, line.text.split()
    if not line.blank or line.marker or line.attached or not 4 <= len(words) <= 24 or len(text) > TITLE_LENGTH:
        return False
    if (line.stopped and not text.endswith(("?", "!"))) or not CAPITAL.match(text) or _NOT_A_TEASER.search(text):
        return False
    if RELATED.match(text) or REFERENCES.match(text):
        return False
    return not (_ORGANISATION.search(text) and title_case(text) > 0.9 and not _QUESTION_WORD.search(text))
