"""Collects what a reader meets into blocks and links: text, links, note marks and picture texts, in source order."""

from __future__ import annotations

import re

from healthlint.article import Block, BlockKind, Link, Segment, SourceMap
from healthlint.formats.prose import Piece, Prose, is_clean
from healthlint.late import late
from healthlint.ranges import TextRange

NOWHERE: frozenset[str] = frozenset()

_URL = late(r"(?:https?://|www\.)[^\s<>\"“”]+")
# A note's mark: 1, 2,3, [4], *, †; and what must stand right before it.
_MARK = late(r"[\[(]?\s*(?:\d{1,3}|[a-z*†‡§])(?:\s*[,;–-]\s*\d{1,3})*\s*[\])]?", re.IGNORECASE)
_WORD_BEFORE = late(r"(?:[^\W\d_]{3,}|[.,;:)\]”\"’'])$")
_URL_TAIL = ".,;:!?)]}'’*_"


class Blocks:
    """The blocks and links of one article as its reader meets them, in source order."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.strong: set[int] = set()  # ids of the blocks whose whole text is bold
        self.bold = 0  # how many bold elements are open
        self.pending = False  # whether anything was added since the last block
        self._weak = False
        self._pieces: list[Piece] = []
        self._open: list[tuple[int, str]] = []
        self._spans: list[tuple[int, int, str, TextRange | None]] = []
        self._captions: list[list[Piece]] = []

    @property
    def blank(self) -> bool:
        """Whether nothing but whitespace has been added since the last block."""
        return not any(text.strip() for text, _, _ in self._pieces)

    def add(self, text: str, start: int, length: int) -> None:
        """Adds prose made from source[start:start+length]; equal lengths mean that offsets correspond one to one."""
        self._pieces.append((text, start, length))
        self.pending = True
        if not self.bold and not self._weak and not text.isspace():
            self._weak = True
        if self._captions and not text.isspace():
            self._captions.clear()  # a picture in the middle of a sentence: its text would cut the sentence in two

    def mark(self) -> int:
        """A place to cut back to with `cut`."""
        return len(self._pieces)

    def since(self, mark: int) -> str:
        """The raw text added since a mark."""
        return "".join(text for text, _, _ in self._pieces[mark:])

    def before(self, mark: int) -> str:
        """Up to three pieces of raw text before a mark."""
        return "".join(text for text, _, _ in self._pieces[max(0, mark - 3) : mark])

    def start_of(self, mark: int) -> int:
        """The source offset of the first visible piece since a mark, -1 where there is none."""
        return next((start for text, start, _ in self._pieces[mark:] if text.strip()), -1)

    def link_targets(self, mark: int) -> list[str]:
        """The targets of the links that were opened and closed since a mark."""
        found = []
        for first, _, target, _ in reversed(self._spans):
            if first < mark:
                break
            found.append(target)
        return found[::-1]

    def cut(self, mark: int) -> None:
        """Takes back everything added since a mark."""
        del self._pieces[mark:]
        while self._spans and self._spans[-1][0] >= mark and self._spans[-1][3] is None:
            self._spans.pop()

    def open_link(self, target: str) -> None:
        """From here on the text is the anchor of a link."""
        self._open.append((len(self._pieces), target))

    def close_link(self) -> None:
        """The anchor text of the innermost open link ends here. A bare number right after a word is a note's mark."""
        if not self._open:
            return
        first, target = self._open.pop()
        if 0 < len(self._pieces) - first <= 3 and self.mark_note(first, target):
            return
        self._spans.append((first, len(self._pieces), target, None))

    def mark_note(self, mark: int, target: str, sure: bool = False) -> bool:
        """Takes what was added since a mark out of the prose if it is the mark of a note, such as a raised number.

        Unless that is sure, it must follow a word, punctuation or another such mark without a space: units (m²) stay.
        """
        raised = self.since(mark).strip()
        start = self.start_of(mark)
        if start < 0 or not _MARK.fullmatch(raised):
            return False
        again = self._spans and self._spans[-1][3] is not None and self._spans[-1][0] >= mark - 1
        if again and mark > self._spans[-1][0] and not self._pieces[mark - 1][0].strip(" ,;–-"):
            mark -= 1  # the comma between two marks
        elif not sure and not _WORD_BEFORE.search(self.before(mark)):
            return False
        self.cut(mark)
        self.note(target, TextRange(start, start + len(raised)))
        return True

    def note(self, target: str, where: TextRange) -> None:
        """A footnote mark: a link without prose of its own."""
        self._spans.append((len(self._pieces), len(self._pieces), target, where))
        self.pending = True

    def caption(self, pieces: list[Piece], within: frozenset[str]) -> None:
        """The text of a picture. It becomes a block of its own unless it stands in the middle of a sentence."""
        if self.blank:
            self._pieces.clear()
            self._emit(BlockKind.CAPTION, pieces, 0, within)
        else:
            self._captions.append(pieces)

    def flush(self, kind: BlockKind, level: int = 0, within: frozenset[str] = NOWHERE) -> Block | None:
        """Ends the block in progress. Links that are still open go on in the next block."""
        if not self.pending:
            return None
        block = None
        if self._pieces:
            still_open = [(0, target) for _, target in self._open]
            while self._open:
                self.close_link()
            block = self._emit(kind, self._pieces, level, within)
            if block is not None and not self._weak:
                self.strong.add(id(block))
            self._open = still_open
            for pieces in self._captions:
                self._emit(BlockKind.CAPTION, pieces, 0, within)
            self._pieces = []
        self._spans.clear()
        self._captions.clear()
        self._weak = self.pending = False
        return block

    def _emit(self, kind: BlockKind, pieces: list[Piece], level: int, within: frozenset[str]) -> Block | None:
        text, start, length = pieces[0]
        prose = None  # of one clean piece it is made only for links
        if len(pieces) == 1 and is_clean(text):
            way = SourceMap((Segment(0, start, len(text), length),))
        else:
            prose = Prose(pieces)
            text, way = prose.text, prose.map()
        if not (text[:1].isalnum() or any(map(str.isalnum, text))):
            return None
        block = Block(kind, text, way, level, within)
        index = len(self.blocks)
        self.blocks.append(block)
        if (self._spans or "://" in text or "www." in text) and kind is not BlockKind.CAPTION:
            self._link(index, block, prose or Prose(pieces))
        return block

    def _link(self, index: int, block: Block, prose: Prose) -> None:
        text = block.prose
        found: list[Link] = []
        for first, last, target, where in self._spans:
            start, end = prose.offset(first), prose.offset(last)
            if where is None:
                while start < end and text[start] == " ":
                    start += 1
                while start < end and text[end - 1] == " ":
                    end -= 1
                if start == end:
                    continue
                where = block.range(start, end)
            found.append(Link(text[start:end], target, where, index, start, end))
        if "://" in text or "www." in text:
            taken = sorted((link.start, link.end) for link in found)
            found += _bare_urls(index, block, taken)
        if len(found) > 1:
            found.sort(key=lambda link: (link.start, link.end))
        self.links += found


def _bare_urls(index: int, block: Block, taken: list[tuple[int, int]]) -> list[Link]:
    """Web addresses written out in the prose, outside of the links it already has."""
    found = []
    at = 0
    for match in _URL.finditer(block.prose):
        start = match.start()
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        if at < len(taken) and taken[at][0] < match.end():
            continue
        target = match[0].rstrip(_URL_TAIL)
        end = start + len(target)
        found.append(Link(target, target, block.range(start, end), index, start, end))
    return found
