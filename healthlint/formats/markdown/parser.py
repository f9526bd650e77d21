"""The Markdown that is read: CommonMark with tables, footnotes, definition lists, formulas and HTML, by pyromark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyromark import Markdown, Options

_PARSER = Markdown(
    options=Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_HEADING_ATTRIBUTES
    | Options.ENABLE_DEFINITION_LIST
    | Options.ENABLE_MATH
    | Options.ENABLE_GFM
)


def events(text: str) -> Iterator[tuple[Any, Any]]:
    """What stands in a Markdown text from top to bottom: (event, range in bytes)."""
    return _PARSER.events_with_range(text)
