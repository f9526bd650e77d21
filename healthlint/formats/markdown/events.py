"""What pyromark tells of a Markdown text, event by event, as blocks and links of an article.

Paragraphs in block quotes have the kind QUOTE and stand within "quote". A quote that begins with a bold label
(“> **Note:** …”) or a `[!NOTE]` mark is the author's own box: its text is PARAGRAPH within "callout".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import Any

from healthlint.article import Article, BlockKind, Comment
from healthlint.formats.blocks import NOWHERE, Blocks
from healthlint.formats.byte_offsets import byte_converter
from healthlint.formats.html.reader import HtmlReader, is_caption
from healthlint.formats.markdown.parser import events
from healthlint.formats.masked import BREAK, FILL, TITLE, Mask
from healthlint.formats.prose import Piece
from healthlint.ranges import TextRange

_TARGET = re.compile(r"\]\(\s*<?(.*?)>?\s*\)$", re.DOTALL)
_CALLOUT = re.compile(r"\s*(?:>\s*)*(?:\*\*|__|\[![\w-]+\])")
_BREAKS = re.compile(f"([{BREAK}{TITLE}])")
_INLINE = frozenset({"Strong", "Link", "Image", "Emphasis", "Strikethrough", "Superscript", "Subscript"})
_INHERITED = frozenset({BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.REFERENCE, BlockKind.TABLE_CELL})

Context = tuple[BlockKind, int, frozenset[str]]


class Reader:
    """Walks pyromark's events once, from top to bottom."""

    def __init__(self, article: Article, sink: Blocks, under: Mask, mdx: bool) -> None:
        self.article, self.sink, self.under = article, sink, under
        self.text = under.text
        self.marks = sorted(under.containers)
        self.html = HtmlReader(article.source, sink, article.comments)
        self.mdx = mdx
        self.stack: list[Context] = []
        self.context: Context = (BlockKind.PARAGRAPH, 0, NOWHERE)
        self.depth = 0
        self.alt: list[Piece] | None = None
        self.images = 0
        self.code = False
        self.titled = False  # whether the line is the title of a box
        self.html_pieces: list[tuple[int, int]] = []

    def read(self, body: int) -> None:
        """Reads the masked text from offset `body` to its end."""
        text, add = self.text, self.sink.add
        rest = text[body:] if body else text
        convert = byte_converter(rest)
        wait = -1  # where a line break began that no text has followed yet
        html, marks, broken = self.html, self.under.containers, BREAK in rest or TITLE in rest
        value: Any
        for event, span in events(rest):
            name, value = (event, None) if event.__class__ is str else event.popitem()
            if name == "End" and wait < 0:
                self._end(value)
                continue
            start, end = span["start"], span["end"]
            if convert is not None:
                start, end = convert(start), convert(end)
            start, end = start + body, end + body
            if wait >= 0:
                if start > wait:
                    self._text(" ", wait, start - wait)
                wait = -1
            if name == "Text":
                if start in marks:  # no list began here: the mark is no text either
                    value = FILL + value[1:]
                if broken and (BREAK in value or TITLE in value):
                    self._broken(value, start)
                elif self.alt is None and not self.code and not html.stack[-1].skip and end - start == len(value):
                    add(value, start, end - start)
                else:
                    self._text(value, start, end - start)
            elif name == "Start":
                self._start(value, start, end)
            elif name == "End":
                self._end(value)
            elif name == "InlineHtml":
                self._inline_html(start, end)
            elif name == "Html":
                self.html_pieces.append((start, end))
            elif name == "FootnoteReference":
                self.sink.note(f"#{value}", TextRange(start, end))
            elif value is None and name != "Rule":
                if self.titled:
                    self._flush()
                wait = start
        if self.sink.pending:
            self._flush()

    def _text(self, text: str, start: int, length: int) -> None:
        if self.code or self.html.frame.skip:
            return
        if self.alt is not None:
            self.alt.append((text, start, length))
        else:
            self.sink.add(text, start, length)

    def _broken(self, text: str, start: int) -> None:
        """A text in which the mask marks where a block ends."""
        for part in _BREAKS.split(text):
            if part in (BREAK, TITLE):
                self._flush()
                self.titled = part == TITLE
            elif part:
                self._text(part, start, len(part))
            start += len(part)

    def _flush(self) -> None:
        kind, level, within = self.context
        if self.titled:
            kind, self.titled = BlockKind.CAPTION, False
        frame = self.html.frame
        before = len(self.sink.blocks)
        if frame.within:
            within |= frame.within
        self.sink.flush(kind, level, within)
        if frame.related:
            self.html.related.update(range(before, len(self.sink.blocks)))

    def _start(self, tag: Any, start: int, end: int) -> None:
        name, value = (tag, None) if tag.__class__ is str else tag.popitem()
        if name not in _INLINE:
            if self.sink.pending:
                self._flush()
            self.titled = False
            self.stack.append(self.context)
            self._enter(name, value, start, end)
        elif name == "Strong":
            self.sink.bold += 1
        elif name == "Link":
            self.sink.open_link(self._target(value, start, end))
        elif name == "Image":
            self.images += 1
            self.alt = [] if self.alt is None else self.alt

    def _enter(self, name: str, value: Any, start: int, end: int) -> None:
        kind, level, within = self.context
        if name == "Paragraph":
            if kind not in _INHERITED:
                kind, level = BlockKind.PARAGRAPH, 0
        elif name == "Heading":
            kind, level = BlockKind.HEADING, int(value["level"][1])
        elif name == "List":
            self.depth += 1
            within |= {"list"}
        elif name == "Item":
            if self._is_box(start):
                kind, level, within = BlockKind.PARAGRAPH, 0, (within - {"list"}) | {"callout"}
            elif kind is not BlockKind.REFERENCE:
                kind, level = BlockKind.LIST_ITEM, self.depth
        elif name == "BlockQuote":
            if value is not None or _CALLOUT.match(self.text, start, end):
                kind, level, within = BlockKind.PARAGRAPH, 0, within | {"callout"}
            else:
                kind, level, within = BlockKind.QUOTE, 0, within | {"quote"}
        elif name == "Table":
            within |= {"table"}
        elif name == "TableCell":
            kind, level = BlockKind.TABLE_CELL, 0
        elif name == "FootnoteDefinition":
            kind, level = BlockKind.REFERENCE, 0
        elif name in ("DefinitionListTitle", "DefinitionListDefinition"):
            kind, level, within = BlockKind.LIST_ITEM, 1, within | {"list"}
        elif name == "CodeBlock":
            # MDX has no indented code: text indented inside a component is prose.
            self.code = not (self.mdx and value == "Indented")
        elif name == "HtmlBlock":
            self.html_pieces = []
        self.context = kind, level, within

    def _is_box(self, start: int) -> bool:
        """Whether a list item is the mask of a box; of an inner one the range begins with the blanks before it."""
        boxes = self.under.containers
        while boxes and self.text[start : start + 1] in (" ", "\t"):
            start += 1
        return start in boxes

    def _end(self, tag: Any) -> None:
        name = tag if tag.__class__ is str else next(iter(tag))
        if name not in _INLINE:
            if name == "HtmlBlock":
                self._html_block()
            elif self.sink.pending:
                self._flush()
            if name == "List":
                self.depth -= 1
            elif name == "CodeBlock":
                self.code = False
            self.context = self.stack.pop()
        elif name == "Strong":
            self.sink.bold -= 1
        elif name == "Link":
            self.sink.close_link()
        elif name == "Image":
            self.images -= 1
            if self.images == 0:
                pieces, self.alt = self.alt or [], None
                if is_caption("".join(piece[0] for piece in pieces)) and not self.html.frame.skip:
                    self.sink.caption(pieces, self.context[2] | self.html.frame.within)

    def _target(self, link: Any, start: int, end: int) -> str:
        target = str(link["dest_url"])
        if FILL in target:
            written = _TARGET.search(self.article.source[start:end])
            return written[1].strip() if written else target.replace(FILL, "")
        return f"mailto:{target}" if link["link_type"] == "Email" else target

    def _inline_html(self, start: int, end: int) -> None:
        """A tag or a comment inside a paragraph."""
        if self.text.startswith("<!--", start):
            inner = self.article.source[start + 4 : end].removesuffix("-->")
            self.article.comments.append(Comment(inner.strip(), TextRange(start, end)))
        elif self.alt is None:
            self.html.feed_inline(start, end, self.text)

    def _html_block(self) -> None:
        """Hands an HTML block to the HTML reader, with the marks of quotes and lists around its lines blanked."""
        if not self.html_pieces:
            return
        source = self.text
        first, last = self.html_pieces[0][0], self.html_pieces[-1][1]
        if any(a[1] != b[0] for a, b in pairwise(self.html_pieces)):
            parts: list[str] = []
            at = first
            for start, end in self.html_pieces:
                parts += (" " * (start - at), source[start:end])
                at = end
            source = " " * first + "".join(parts)
        for mark in self.marks[bisect_left(self.marks, first) : bisect_left(self.marks, last)]:
            source = source[:mark] + FILL * 2 + source[mark + 2 :]  # no list item here: the mark is no text either
        self.html.surroundings = self.context
        self.html.feed(first, last, source)
        self.html.flush()
        self.html_pieces = []
