"""The title of a saved web page, which often stands several times above the text."""

from __future__ import annotations

import re
from typing import NamedTuple

from healthlint.formats.plain.lines import TITLE_LENGTH, Line, is_prose
from healthlint.formats.plain.words import CRUMB
from healthlint.formats.sections import OWN_LINE

_WORD = re.compile(r"[^\W_]+")
_BEHIND = re.compile(r"\s*[|–—·•»-]\s*\S")  # what sets the name of the site off
_SITE = re.compile(r"\s+[|–—·•»-]\s+")
_WAY = re.compile(
    r"(?:back|return|go) to\b|(?:more|all|see|other)\b", re.IGNORECASE
)  # a link to where the page belongs
_LABELS = 6  # lines above a title
_TOP, _LONG, _FEWEST, _MOST_EXTRA = 60, 60, 4, 0.6  # lines, code points, words, of the title
_CUT = ("…", "...")


class Titles(NamedTuple):
    """The lines above the text that say its title, in order, and the title's words; none where it stands only once."""

    lines: tuple[int, ...]
    words: tuple[str, ...]


NONE = Titles((), ())


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in lower case; apostrophes part them, straight or curly."""
    return tuple(_WORD.findall(text.lower()))


def titles(lines: list[Line], apart: frozenset[int] = frozenset()) -> Titles:
    """The title that two lines or more above the text say: bare, with a label before it, or with the site's name.

    `apart` has the lines of a table of contents, which say headings.
    """
    said: dict[int, str] = {}
    for index, line in enumerate(lines[:_TOP]):
        if _is_text(line):
            break
        if index not in apart and _may_say(line):
            said[index] = line.text
    best = NONE
    tab = _SITE.split(said[0], maxsplit=1)[0] if 0 in said else ""  # the first line of a file is what the tab shows
    for words in dict.fromkeys(map(words_of, (tab, *said.values()))):
        if len(words) >= _FEWEST:
            same = tuple(i for i, text in said.items() if says(words, text) or (i == 0 and words == words_of(tab)))
            if len(same) >= 2 and (0 in same, len(same), len(words)) > (
                0 in best.lines,
                len(best.lines),
                len(best.words),
            ):
                best = Titles(same, words)
    return best


def below_site(lines: list[Line], end: int) -> int:
    """The line that names the page where it is not the first: as the way above it ends, or below a few short lines and
    right above a byline or a date; -1 where none is."""
    for index, line in enumerate(lines[:end]):
        way = CRUMB.split(line.text)
        if len(way) > 1 and (named := way[-1].lower()) and len(line.text) <= TITLE_LENGTH:
            found = next((i for i in range(index + 1, end) if lines[i].text.lower() == named), -1)
            if found >= 0:
                return found
    own = next((i for i in range(end) if OWN_LINE.match(lines[i].text)), 0)
    labels = all(len(line.text.split()) < _FEWEST and not line.stopped for line in lines[: own - 1])
    return own - 1 if 1 < own <= _LABELS + 1 and labels and len(words_of(lines[own - 1].text)) >= _FEWEST else -1


def _rank(found: Titles) -> tuple[bool, int, int]:
    return 0 in found.lines, len(found.lines), len(found.words)


def says(title: tuple[str, ...], text: str) -> bool:
    """Whether a line is the title: alone, behind a label, before the name of the site, or cut off."""
    words = words_of(text)
    size = len(title)
    if text.endswith(_CUT) and _FEWEST <= len(words) < size:
        return words == title[: len(words)]
    if not size <= len(words) <= size * (1 + _MOST_EXTRA):
        return False
    start, end = place_of(title, text)
    if start and _WAY.match(text):
        return False
    return end > start and (end == len(text) or _BEHIND.match(text, end) is not None)


def place_of(title: tuple[str, ...], text: str) -> tuple[int, int]:
    """Where in a line the title stands, with the marks it ends in; an empty place where it does not."""
    found = list(_WORD.finditer(text))
    words = tuple(match[0].lower() for match in found)
    at = next((i for i in range(len(words)) if words[i : i + len(title)] == title), -1)
    if at < 0:
        return 0, 0
    start, end = found[at].start(), found[at + len(title) - 1].end()
    while start and text[start - 1] in "\"“‘'(¿":
        start -= 1
    while end < len(text) and text[end] in "\"”’'?!.…)":
        end += 1
    return start, end


def _is_text(line: Line) -> bool:
    """Whether the text has begun: a long line, or a sentence that is no byline."""
    return is_prose(line) and len(line.text) > _LONG and not line.text.endswith("!") and not OWN_LINE.match(line.text)


def _may_say(line: Line) -> bool:
    text = line.text
    return not line.marker and len(text) <= TITLE_LENGTH * 2 and not CRUMB.search(text) and not OWN_LINE.match(text)


def narrow(line: Line, title: tuple[str, ...]) -> None:
    """Leaves of a line only the title, without a label and the name of the site."""
    start, end = place_of(title, line.text)
    if end and len(line.spans) == 1:
        at = line.spans[0][0]
        line.spans[0] = (at + start, at + end)
        line.text = line.text[start:end]
