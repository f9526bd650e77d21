"""Splits HTML into tags, text and comments with exact offsets, in linear time, whatever is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from healthlint.formats.prose import Piece

_END = re.compile(r"</([A-Za-z][^\s/>]*)[^>]*>")
_NAME = re.compile(r"<([A-Za-z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'][^\s>]*)?))?")
_CLOSE = re.compile(r"[\s/]*>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?")
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "noscript", "xmp", "iframe", "noembed", "noframes")
}


class Token(NamedTuple):
    """One token: `kind` is "text", "raw", "comment", "start" or "end". For a comment the range is its inner text.

    `end` is where the token's own text ends; `stop` is where the tag or comment ends in the source.
    """

    kind: str
    start: int
    end: int
    stop: int
    name: str = ""
    attributes: int = 0


def tokens(source: str, start: int = 0, stop: int | None = None) -> Iterator[Token]:
    """The tokens of source[start:stop] in order. Never raises; a stray `<` is text."""
    end = len(source) if stop is None else stop
    text = at = start
    # Looked up once: an opener behind the last closer is no markup, and is not searched for again.
    last = {closer: source.rfind(closer, start, end) for closer in (">", "-->", "]]>", "?>")}
    while True:
        at = source.find("<", at, end)
        if at < 0 or at > last[">"]:
            break
        found = _markup(source, at, end, last)
        if found is None:
            at += 1
            continue
        if text < at:
            yield Token("text", text, at, at)
        yield found
        text = at = found.stop
        if found.kind == "start" and found.name in _RAW and source[found.stop - 2] != "/":
            close = _RAW[found.name].search(source, at, end)
            inner_end = close.start() if close else end
            if at < inner_end:
                yield Token("raw", at, inner_end, inner_end, found.name)
            text = at = inner_end
    if text < end:
        yield Token("text", text, end, end)


def _markup(source: str, at: int, end: int, last: dict[str, int]) -> Token | None:
    """The tag, comment or declaration that begins at this `<`, or None where it is only a character."""
    following = source[at + 1 : at + 2]
    if following.isalpha() and following.isascii():
        name = _NAME.match(source, at, end)
        return _start_tag(source, at, end, name) if name else None
    if following == "/":
        match = _END.match(source, at, end)
        return Token("end", at, match.end(), match.end(), match[1].lower()) if match else None
    if source.startswith("<!--", at):
        if last["-->"] >= at + 2:
            close = source.find("-->", at + 2, end)
            return Token("comment", at + 4, max(at + 4, close), close + 3)
        # One that is never closed ends with its line or at the next “>”: the rest of the article is still read.
        close = source.find(">", at, end)
        newline = source.find("\n", at, close)
        close = newline if newline >= 0 else close
        return Token("comment", at + 4, max(at + 4, close), max(at + 4, close + 1))
    if following in ("!", "?"):
        closer = (
            "]]>" if source.startswith("<![CDATA[", at) else "?>" if source.startswith(("<?php", "<?="), at) else ">"
        )
        closer = closer if last[closer] > at else ">"
        stop = source.find(closer, at, end) + len(closer)
        return Token("declaration", at, stop, stop)
    return None


def _start_tag(source: str, at: int, end: int, name: re.Match[str]) -> Token | None:
    begin = position = name.end()
    while True:
        close = _CLOSE.match(source, position, end)
        if close is not None:
            return Token("start", at, close.end(), close.end(), name[1].lower(), begin)
        match = _ATTRIBUTE.match(source, position, end)
        if match is None or match.end() == position:
            break
        position = match.end()
    # A quote that is never closed: the tag ends at the first “>”.
    gt = source.find(">", begin, end)
    return Token("start", at, gt + 1, gt + 1, name[1].lower(), begin) if gt >= 0 else None


def attributes(source: str, token: Token) -> dict[str, tuple[int, int]]:
    """The attributes of a start tag: name in lower case → range of the value, perhaps empty. The first one counts."""
    found: dict[str, tuple[int, int]] = {}
    at, end = token.attributes, token.end - 1
    while at < end:
        match = _ATTRIBUTE.match(source, at, end)
        if match is None or match.end() == at:
            break
        at = match.end()
        group = match.lastindex or 1
        found.setdefault(match[1].lower(), match.span(group) if group > 1 else (at, at))
    return found


def decoded(source: str, start: int, end: int) -> list[Piece]:
    """The text of source[start:end] as pieces, each entity an atomic one."""
    if source.find("&", start, end) < 0:
        return [(source[start:end], start, end - start)]
    pieces: list[Piece] = []
    at = start
    for match in _ENTITY.finditer(source, start, end):
        text = unescape(match[0])
        if text == match[0]:
            continue
        if at < match.start():
            pieces.append((source[at : match.start()], at, match.start() - at))
        pieces.append((text, match.start(), len(match[0])))
        at = match.end()
    if at < end:
        pieces.append((source[at:end], at, end - at))
    return pieces


def plain(source: str, start: int, end: int) -> str:
    """The text of source[start:end] with entities decoded and whitespace runs as single spaces."""
    return " ".join(unescape(source[start:end]).split())
