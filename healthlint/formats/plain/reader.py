"""Reads plain text without markup: title, headings, questions, lists and closing links are inferred from the lines."""

from __future__ import annotations

import re
from collections.abc import Set

from healthlint.article import Article, BlockKind
from healthlint.formats.blocks import NOWHERE, Blocks
from healthlint.formats.plain.bylines import join_bylines
from healthlint.formats.plain.chrome import chrome, without
from healthlint.formats.plain.lines import CAPITAL, ITEM_LENGTH, TITLE_LENGTH, Line, is_prose, logical_lines, title_case
from healthlint.formats.plain.related import FOOT, aside, mark_related
from healthlint.formats.plain.titles import narrow, says
from healthlint.formats.sections import OWN_LINE, REFERENCES, RELATED, classify, names_faq

_ORDINAL = re.compile(r"\(?\d{1,3}[.)]$")
_ASKS = re.compile(r"(?:Q|Question)(?:\s*\d{1,2})?\s*[:.)]\s+(?=\S)")
_ANSWERS = re.compile(r"(?:A|Answer)(?:\s*\d{1,2})?\s*[:)]\s+(?=\S)")
_SOURCE = re.compile(r"\b(?:19|20)\d\d\b|https?://|www\.|^\[\d{1,3}\]|\bet al\b|\baccessed\b", re.IGNORECASE)
_LABEL = re.compile(r"(?:note|warning|tip|important|caution)\s*:", re.IGNORECASE)
# What a page shows beside its title, and what sells: no headings.
_DATED = re.compile(
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?, (?:19|20)\d\d\b|\d{1,2} [A-Z][a-z]{2,8}\.? (?:19|20)\d\d\b|"
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b|.{1,40} [·|•] \d+ min)"
)
_CREDIT = re.compile(
    r"(?:photo|image|picture|illustration|credit)s?(?: (?:by|credit|courtesy of)\b|:)|"
    r".*\b(?:getty images|shutterstock|istock|unsplash|pexels|adobe stock)\W*$",
    re.IGNORECASE,
)
_BUTTON = re.compile(
    r"(?:(?:shop|buy|order|book|try it|get it|start|join|subscribe|call) (?:now|today|here|online)|"
    r"get started(?: now)?|(?:check|see|view) (?:the )?(?:price|deal)s?(?: (?:on|at) \w+)?|add to (?:cart|basket|bag)|"
    r"(?:read|learn) more|toggle)\W*",
    re.IGNORECASE,
)
_HEADER, _FOOTER, _LIST = frozenset({"header"}), frozenset({"footer"}), frozenset({"list"})
_HEADING_LENGTH, _PARAGRAPH_LENGTH = 100, 90


def read(article: Article, body: int) -> None:
    """Fills an article from plain text, from offset `body` on."""
    every = join_bylines(logical_lines(article.source, body, article.comments))
    above, below, contents, title = chrome(every)
    above |= contents
    lines = without(every, above | below)
    if title and lines:
        narrow(lines[0], title)
    kinds = iter(_Lines(lines, {every[i].text.lower() for i in contents}, title).kinds())
    sink = Blocks()
    for index, line in enumerate(every):
        if index in above or index in below:
            _emit(sink, article.source, line, BlockKind.PARAGRAPH, _HEADER if index in above else _FOOTER)
        else:
            _emit(sink, article.source, line, next(kinds))
    article.blocks, article.links = sink.blocks, sink.links
    classify(article.blocks, article.links, sink.strong)


def _emit(sink: Blocks, source: str, line: Line, kind: BlockKind, within: frozenset[str] = NOWHERE) -> None:
    if kind is BlockKind.RELATED_LINK:
        sink.open_link("")
    last = -1
    for start, end in line.spans:
        if last >= 0:
            sink.add(" ", last, start - last)
        sink.add(source[start:end], start, end - start)
        last = end
    if kind is BlockKind.RELATED_LINK:
        sink.close_link()
    level = {BlockKind.TITLE: 1, BlockKind.HEADING: 2, BlockKind.QUESTION: 3, BlockKind.LIST_ITEM: 1}.get(kind, 0)
    sink.flush(kind, level, _LIST if kind is BlockKind.LIST_ITEM else within)


class _Lines:
    """The logical lines of one text, and the decisions about each."""

    def __init__(self, lines: list[Line], listed: Set[str], said: tuple[str, ...]) -> None:
        self.lines, self.listed = lines, listed  # `listed` in a table of contents, in lower case
        self.title, self.said = "", said  # `said` several times above the text, in words
        self.asked = any(_ASKS.match(line.text) for line in lines)
        self.listing = False  # inside a list that was introduced by a colon
        self.items: list[Line] = []
        self.references = self.below_heading = False

    def kinds(self) -> list[BlockKind]:
        """A kind for each line. Title first, then one by one, then the links at the end."""
        found: list[BlockKind] = []
        for index, line in enumerate(self.lines):
            if index == 0 and self._is_title(line):
                self.title = " ".join(line.text.lower().split())
                found.append(BlockKind.TITLE)
                continue
            kind = self._kind(index, line)
            if kind is BlockKind.HEADING:
                self.references = bool(REFERENCES.match(line.text))
            self.below_heading = kind is BlockKind.HEADING
            found.append(kind)
        mark_related(self.lines, found, self.references)
        return found

    def _is_title(self, line: Line) -> bool:
        text = line.text
        if line.underlined:
            return True
        if line.marker or len(self.lines) < 2 or len(text) > TITLE_LENGTH:
            return False
        return not line.stopped or text.endswith(("?", "!", "?”", "!”", '?"'))

    def _kind(self, index: int, line: Line) -> BlockKind:
        text = line.text
        if line.marker:
            self.listing = False
            return self._marked(index, line)
        place = aside(text)
        if place and not self.references:
            _shorten(line, *place)
            return BlockKind.RELATED_LINK
        ask = _ASKS.match(text)
        if ask and text.endswith("?"):
            _shorten(line, ask.end(), len(text))
            return BlockKind.QUESTION
        answer = _ANSWERS.match(text) if self.asked else None
        if answer:
            _shorten(line, answer.end(), len(text))
            return BlockKind.PARAGRAPH
        if self.said and says(self.said, text):
            return BlockKind.HEADING
        if REFERENCES.match(text) and index + 1 < len(self.lines) and self._opens_section(text, self.lines[index + 1]):
            self.listing = False
            return BlockKind.HEADING
        if self._in_list(index, line):
            self.items.append(line)
            return BlockKind.LIST_ITEM
        if self._is_heading(index, line):
            return BlockKind.HEADING
        return BlockKind.LIST_ITEM if self._in_run(index) and not OWN_LINE.match(text) else BlockKind.PARAGRAPH

    def _marked(self, index: int, line: Line) -> BlockKind:
        following = self.lines[index + 1] if index + 1 < len(self.lines) else None
        ordinal = bool(_ORDINAL.match(line.marker))
        if ordinal and line.text.lower() in self.listed:
            return BlockKind.HEADING
        if self.references or not ordinal:
            return BlockKind.LIST_ITEM
        if line.text.endswith("?"):
            return BlockKind.QUESTION
        alone = line.blank or index == 0
        if following and not following.marker and alone and not line.stopped and is_prose(following):
            return BlockKind.HEADING if len(line.text.split()) <= 12 else BlockKind.LIST_ITEM
        if following and alone and following.text.endswith("?") and names_faq(line.text):
            return BlockKind.HEADING
        return BlockKind.LIST_ITEM

    def _in_list(self, index: int, line: Line) -> bool:
        """Whether a line is an item of a list that a line ending in a colon introduced."""
        before = self.lines[index - 1] if index else None
        if before is None:
            return False
        if before.text.endswith(":") and not before.marker and not _LABEL.match(before.text) and not self.listing:
            indented = line.indent > before.indent
            run = line.attached and not line.stopped and len(line.text) <= ITEM_LENGTH
            self.listing = not line.blank or indented or (line.blank == 1 and run and not self._is_heading(index, line))
            self.items = []
        elif self.listing and line.blank:
            self.listing = bool(self.items) and line.indent > 0 and line.indent == self.items[0].indent
        if not self.listing:
            return False
        asks = line.text.endswith("?") and line.attached and is_prose(self.lines[index + 1])
        over = len(self.items) >= 2 and len(line.text) > _PARAGRAPH_LENGTH and line.stopped
        if asks or (over and not any(item.stopped or len(item.text) > ITEM_LENGTH for item in self.items)):
            self.listing = False
        return self.listing

    def _in_run(self, index: int) -> bool:
        """Whether a line is one of three or more short lines in a row without full stops."""
        first = last = index
        while first > 0 and not self.lines[first].blank and index - first < 3 and _is_item(self.lines[first - 1]):
            first -= 1
        while (
            last + 1 < len(self.lines)
            and self.lines[last].attached
            and last - index < 3
            and _is_item(self.lines[last + 1])
        ):
            last += 1
        return _is_item(self.lines[index]) and last - first >= 2

    def _is_heading(self, index: int, line: Line) -> bool:
        text = line.text
        if line.underlined or text.lower() in self.listed:
            return True
        asks = text.endswith("?")
        words = text.split()
        if OWN_LINE.match(text) or FOOT.match(text) or _DATED.match(text) or _BUTTON.fullmatch(text):
            return False
        if _CREDIT.match(text):
            return False
        if (
            self.title
            and not line.stopped
            and self.title in " ".join(text.lower().split())
            and len(text) <= 2 * TITLE_LENGTH
        ):
            return True  # the title once more, perhaps with a label before it
        if index + 1 == len(self.lines) or not CAPITAL.match(text) or (line.stopped and not asks) or text.endswith(","):
            return False
        if len(text) > _HEADING_LENGTH + 40 * asks or len(words) > 14 + 8 * asks:
            return False
        following = self.lines[index + 1]
        shouted = (
            self.references and text.isupper() and text.isalpha() and len(text) > 3
        )  # “HISTORY”, below the sources
        if shouted or (len(words) <= 6 and self._opens_section(text, following)):
            return True
        if self.references and not (len(words) <= 6 and is_prose(following) and not re.search(r"[\d,.:/]", text)):
            return bool(RELATED.match(text) or names_faq(text))
        starts = bool(line.blank) or index == 0
        if not line.attached:
            return starts and (len(words) <= 10 or asks or title_case(text) >= 0.6)
        if asks:
            return is_prose(following) or following.text.endswith(":")
        if not is_prose(following) or len(words) > 10:
            return False
        return (
            starts
            or self.below_heading
            or (self.lines[index - 1].stopped and (title_case(text) >= 0.6 or len(words) <= 4))
        )

    def _opens_section(self, text: str, following: Line) -> bool:
        """Whether a line names the sources or an FAQ, and the next line is the first of them; a menu has neither."""
        if names_faq(text):
            return following.text.endswith("?") and not self.references
        return bool(REFERENCES.match(text)) and bool(_SOURCE.search(following.text) or following.marker)


def _is_item(line: Line) -> bool:
    return not line.stopped and not line.marker and len(line.text) <= ITEM_LENGTH


def _shorten(line: Line, start: int, end: int) -> None:
    """Leaves of a line what stands behind a label such as “Q:”, up to an offset of its text."""
    first, (last, stop) = line.spans[0][0], line.spans[-1]
    line.spans[-1] = (last, stop - (len(line.text) - end))
    line.spans[0] = (first + start, line.spans[0][1])
    line.text = line.text[start:end]
