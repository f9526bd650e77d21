"""Reads HTML, whole pages and fragments: the article, not the navigation around it."""

from __future__ import annotations

import re

from healthlint.article import APART, Article, BlockKind, Comment
from healthlint.formats.blocks import Blocks
from healthlint.formats.html.frames import ROOT, Frame, open_frame
from healthlint.formats.html.names import BLOCKS, DROPPED, IN_HEAD, VOID
from healthlint.formats.html.tokens import Token, attributes, decoded, plain, tokens
from healthlint.ranges import TextRange

_MAIN = re.compile(r"<(?:main|article)[\s>]|\srole\s*=\s*[\"']?main\b", re.IGNORECASE)
_STRICT_MAIN = re.compile(r"<main[\s>]|\srole\s*=\s*[\"']?main\b", re.IGNORECASE)
_END_TAG = re.compile(r"</([A-Za-z][^\s/>]*)")
_MAX_MISNESTING = 64
_BODY_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.TABLE_CELL})


def is_caption(alt: str) -> bool:
    """Whether the text of a picture is prose and not a file name or a bare label."""
    return " " in alt.strip()


class HtmlReader:
    """Turns HTML into blocks. Several stretches can be fed; elements stay open between them."""

    def __init__(self, source: str, sink: Blocks, comments: list[Comment], main: str = "") -> None:
        self.source, self.sink, self.comments = source, sink, comments
        self.main = main  # "main", "article" or "": which element holds the article
        self.stack: list[Frame] = [ROOT]
        self.related: set[int] = set()  # indexes of blocks in an element that is named as related links
        self.head: list[tuple[Token, TextRange]] = []  # <meta>, <link>, <html>, <title>, JSON-LD: for the metadata
        # In Markdown: the kind, level and surroundings of the list or quote in which the HTML stands.
        self.surroundings: tuple[BlockKind, int, frozenset[str]] | None = None
        self._open: dict[str, int] = {}
        self._superscripts: list[tuple[int, int]] = []
        self._links: list[bool] = []
        self._closed: dict[str, int] | None = None
        self._breaks = -1  # the mark after the last <br>; a second one right after it ends a paragraph

    @property
    def frame(self) -> Frame:
        """The innermost open element."""
        return self.stack[-1]

    def feed(self, start: int, stop: int, text: str) -> None:
        """Reads text[start:stop], which is the source or a masked copy of the same length."""
        self._breaks = -1
        frame = self.stack[-1]
        for token in tokens(text, start, stop):
            kind = token.kind
            if kind == "text":
                if not frame.skip:
                    for piece in decoded(text, token.start, token.end):
                        self.sink.add(*piece)
                continue
            if kind == "start":
                self._start(text, token)
            elif kind == "end":
                self._end(token.name, token)
            elif kind == "comment":
                inner = self.source[token.start : token.end].strip()
                self.comments.append(Comment(inner, TextRange(max(0, token.start - 4), token.stop)))
            elif kind == "raw":
                self._raw(token)
            frame = self.stack[-1]

    def feed_inline(self, start: int, stop: int, source: str) -> None:
        """Reads one tag inside a paragraph of Markdown: it changes the text around it, and ends no block."""
        self._breaks = -1
        for token in tokens(source, start, stop):
            if token.kind == "start" and token.name not in BLOCKS:
                self._start(source, token)
            elif token.kind == "end" and token.name not in BLOCKS:
                self._end(token.name, token)

    def flush(self) -> None:
        """Ends the block in progress."""
        frame = self.stack[-1]
        kind, level, within = frame.kind, frame.level, frame.within
        if self.main and not frame.content and not within & APART:
            within |= {"aside"}
        if self.surroundings is not None:
            outer, outer_level, outer_within = self.surroundings
            within |= outer_within
            if kind is BlockKind.PARAGRAPH and outer is not BlockKind.HEADING:
                kind, level = outer, outer_level
        count = len(self.sink.blocks)
        self._breaks = -1
        self.sink.flush(kind, level, within)
        if frame.related:
            self.related.update(range(count, len(self.sink.blocks)))

    def _raw(self, token: Token) -> None:
        if token.name in ("title", "script") and self.head:
            start, _ = self.head[-1]
            if start.name == token.name:
                self.head[-1] = (start, TextRange(token.start, token.end))

    def _start(self, text: str, token: Token) -> None:
        name = token.name
        parent = self.stack[-1]
        if parent.name == "head" and name not in IN_HEAD:
            self._pop()
            parent = self.stack[-1]
        if name in BLOCKS:
            if not parent.skip:
                self.flush()
            if parent.name == "p" or (parent.name == name and name in ("li", "dt", "dd", "td", "th", "tr")):
                self._pop()
                parent = self.stack[-1]
        found = attributes(text, token) if token.end - token.attributes > 1 else {}
        if name in ("meta", "link", "html", "script", "title") and (not parent.skip or parent.name == "head"):
            self.head.append((token, TextRange(token.end, token.end)))
        if name in VOID:
            if not parent.skip:
                self._void(text, token, found)
            return
        if text[token.stop - 2] == "/" and (name in DROPPED or parent.skip):
            return
        frame = open_frame(text, token, found, parent, self.main, lambda name: self._closes(text, name))
        if not frame.skip:
            self._inline_start(name, found)
        self.stack.append(frame)
        self._open[name] = self._open.get(name, 0) + 1

    def _closes(self, text: str, name: str) -> int:
        """The offset of the last end tag of this name, -1 without one."""
        if self._closed is None:
            self._closed = {match[1].lower(): match.start() for match in _END_TAG.finditer(text)}
        return self._closed.get(name, -1)

    def _inline_start(self, name: str, found: dict[str, tuple[int, int]]) -> None:
        if name == "a":
            self._links.append("href" in found)
            if "href" in found:
                self.sink.open_link(plain(self.source, *found["href"]))
        elif name in ("b", "strong"):
            self.sink.bold += 1
        elif name == "sup":
            self._superscripts.append((self.sink.mark(), len(self.sink.blocks)))

    def _void(self, text: str, token: Token, found: dict[str, tuple[int, int]]) -> None:
        if token.name == "br":
            if self._breaks >= 0 and self.sink.mark() >= self._breaks and not self.sink.since(self._breaks).strip():
                self.flush()
            self.sink.add(" ", token.start, token.stop - token.start)
            self._breaks = self.sink.mark()
        elif token.name == "wbr":
            return
        elif token.name == "img" and "alt" in found:
            start, end = found["alt"]
            alt = plain(text, start, end)
            roles = {text[slice(*found[key])] for key in ("aria-hidden", "role") if key in found}
            if is_caption(alt) and not roles & {"true", "presentation", "none"}:
                self.sink.caption(decoded(text, start, end), self.stack[-1].within)

    def _end(self, name: str, token: Token) -> None:
        if name in BLOCKS and not self.stack[-1].skip:
            self.flush()
        if name == "br" or not self._open.get(name):
            return
        if name not in BLOCKS:
            # An inline end tag closes no block: look a little way down, and leave it if a block is in between.
            for back in range(1, min(_MAX_MISNESTING, len(self.stack))):
                other = self.stack[-back].name
                if other == name:
                    break
                if other in BLOCKS:
                    return
            else:
                return
        while len(self.stack) > 1:
            if self._pop(token) == name:
                break

    def _pop(self, token: Token | None = None) -> str:
        frame = self.stack.pop()
        self._open[frame.name] -= 1
        if frame.skip:
            return frame.name
        if frame.name == "a":
            if self._links and self._links.pop():
                self.sink.close_link()
        elif frame.name in ("b", "strong"):
            self.sink.bold = max(0, self.sink.bold - 1)
        elif frame.name == "sup" and self._superscripts:
            self._superscript(*self._superscripts.pop(), token)
        return frame.name

    def _superscript(self, mark: int, blocks: int, token: Token | None) -> None:
        """A raised number after a word is the mark of a note, not prose; a unit (m²) or a power stays."""
        if blocks != len(self.sink.blocks) or token is None:
            return
        targets = self.sink.link_targets(mark)
        self.sink.mark_note(mark, targets[0] if targets else "", sure=bool(targets))


def read(article: Article, body: int) -> None:
    """Fills an article from its HTML source, from offset `body` on (after any front matter)."""
    from healthlint.formats.html.head import choose_title, read_head
    from healthlint.formats.sections import classify, mark_related
    from healthlint.formats.templates import mask_html

    source = article.source
    main = ""
    if _MAIN.search(source, body):
        main = "main" if _STRICT_MAIN.search(source, body) else "article"
    sink = Blocks()
    under = mask_html(source, body)
    article.comments += under.comments
    reader = HtmlReader(source, sink, article.comments, main)
    reader.feed(body, len(source), under.text)
    reader.flush()
    article.comments.sort(key=lambda comment: comment.range)
    article.blocks, article.links = sink.blocks, sink.links
    if not any(b.kind in _BODY_KINDS and not b.within & APART for b in sink.blocks):
        # Everything stands “beside” an article that is not there: then it is the article.
        for block in sink.blocks:
            block.within -= {"aside"}
    read_head(article, reader.head)
    mark_related(article.blocks, article.links, reader.related)
    choose_title(article)
    classify(article.blocks, article.links, sink.strong)
