"""Comments that Markdown has no sign for: definitions of links that nobody follows, `[//]: # (a note to myself)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from healthlint.article import Comment
from healthlint.formats.byte_offsets import byte_converter
from healthlint.formats.markdown.parser import events
from healthlint.late import late
from healthlint.ranges import TextRange

_DEFINITION = late(
    r"^[ \t>]*(?P<all>\[[^\]\[\n]+\]:[ \t]*(?:#|<#?>)[ \t]+"
    r"(?:\((?P<a>[^\n]*)\)|\"(?P<b>[^\n]*)\"|'(?P<c>[^\n]*)'))[ \t]*\r?$",
    re.MULTILINE,
)
_CONTAINERS = frozenset(
    {"List", "Item", "BlockQuote", "FootnoteDefinition", "DefinitionList", "DefinitionListDefinition"}
)


def comments(source: str, body: int) -> Iterator[Comment]:
    """The comments in source[body:], which is masked text.

    What looks like a definition inside a paragraph or code is text. No event covers a real one.
    """
    found = list(_DEFINITION.finditer(source, body)) if "]:" in source else []
    if not found:
        return
    rest = source[body:]
    covered = sorted(_covered(events(rest)))
    convert = byte_converter(rest) or (lambda offset: offset)
    spans = iter([(convert(start) + body, convert(end) + body) for start, end in covered])
    span = next(spans, None)
    for match in found:
        at = match.start("all")
        while span is not None and span[1] <= at:
            span = next(spans, None)
        if span is None or at < span[0]:
            yield Comment((match["a"] or match["b"] or match["c"] or "").strip(), TextRange(*match.span("all")))


def _covered(events: Iterable[tuple[Any, Any]]) -> Iterator[tuple[int, int]]:
    for event, span in events:
        name: Any = event
        while name.__class__ is dict:  # {"Start": {"Heading": …}}
            name, value = next(iter(name.items()))
            name = value if name in ("Start", "End") else name
        if name not in _CONTAINERS:
            yield span["start"], span["end"]
