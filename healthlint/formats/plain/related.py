"""The lines at the end of a plain text that lead to other articles."""

from __future__ import annotations

import re

from healthlint.article import BlockKind
from healthlint.formats.plain.lines import CAPITAL, TITLE_LENGTH, Line, is_prose, is_text, title_case
from healthlint.formats.sections import REFERENCES, RELATED, WEAK

_NOT_A_TEASER = re.compile(
    r"^(?:by|written|reviewed|medically|sources?|published|updated|last|copyright|photo|image|author|date|tags?|categor|posted|"
    r"share|note|disclaimer|call|contact|e-?mail|phone|visit|follow|subscribe|©)\b|https?://|www\.|@|©|\b(?:19|20)\d\d\b|\|",
    re.IGNORECASE,
)
# What a page ends in below its links, when it was copied with all that stands on it.
FOOT = re.compile(r"(?:©|copyright\b|\(c\) |share (?:this|on)\b|follow us\b|all rights reserved)", re.IGNORECASE)
_FEWEST = 4  # words of a title that stands apart
_ORGANISATION = re.compile(
    r"\b(?:Institutes?|Cent(?:er|re)s?|Department|Association|Society|Foundation|Administration|University|Hospital|Agency|"
    r"College|Council|Organi[sz]ation|Clinic|Academy|Service|Ministry|Library|NIH|CDC|NHS|WHO|FDA)\b"
)
_QUESTION_WORD = re.compile(r"\b(?:how|why|what|when|who|which|can|does|do|should|is|are)\b", re.IGNORECASE)


# “Read also: …” between two paragraphs leads to another article.
_ASIDE = re.compile(
    r"\[?(?:(?:you (?:may|might|can) )?(?:also )?(?:read|see|check out)(?: (?:also|more|next|this))?|also (?:read|see)|"
    r"related(?: (?:articles?|posts?|reading|stories|story|read))?|(?:more|next) (?:on this|reading)|don[’']t miss|"
    r"you (?:may|might) (?:also )?like|recommended(?: reading| for you)?|must[- ]read|up next|trending)"
    r"\s*(?::|\||–|—|>>|»)\s*(?=[A-Z\d“\"‘'])",
    re.IGNORECASE,
)


def aside(text: str) -> tuple[int, int] | None:
    """Where in a line such as “Read also: Ten Ways to Sleep” the title of the other article stands."""
    label = _ASIDE.match(text)
    if label is None or len(text) > TITLE_LENGTH:
        return None
    end = len(text) - (text[0] == "[" and text[-1] == "]")
    title = text[label.end() : end]
    if len(title.split()) < 3 or re.search(r"[.:;]$", title) or not CAPITAL.match(title):
        return None
    return label.end(), end


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
    """Whether lines stand under a line such as “Related articles”; they become links, until text follows."""
    any_found = False
    at = 1
    while at < len(lines) - 1:
        line = lines[at]
        if line.marker or (line.stopped and not line.text.endswith((":", "?"))) or not RELATED.match(line.text):
            at += 1
            continue
        end = _end_of_links(lines, at + 1)
        weak = WEAK.match(line.text) and any(map(is_text, lines[end:]))
        if end > at + 1 and not weak:
            found[at:end] = [BlockKind.HEADING, *[BlockKind.RELATED_LINK] * (end - at - 1)]
            any_found = True
        at = max(end, at + 1)
    return any_found


def _end_of_links(lines: list[Line], at: int) -> int:
    """The first line from `at` on that is no title of another article: text, or a heading with text below it."""
    grouped = not lines[at].blank  # under their heading without a gap: then a gap may end them
    while at < len(lines):
        line = lines[at]
        over = at + 1 < len(lines) and line.blank and is_text(lines[at + 1])
        if is_text(line) or len(line.text) > TITLE_LENGTH or over or RELATED.match(line.text) or "©" in line.text:
            break
        if grouped and line.blank and (len(line.text.split()) < _FEWEST or REFERENCES.match(line.text)):
            break
        at += 1
    return at


def _is_teaser(line: Line) -> bool:
    text, words = line.text, line.text.split()
    if not line.blank or line.marker or line.attached or not _FEWEST <= len(words) <= 24 or len(text) > TITLE_LENGTH:
        return False
    if (line.stopped and not text.endswith(("?", "!"))) or not CAPITAL.match(text) or _NOT_A_TEASER.search(text):
        return False
    if RELATED.match(text) or REFERENCES.match(text):
        return False
    return not (_ORGANISATION.search(text) and title_case(text) > 0.9 and not _QUESTION_WORD.search(text))
