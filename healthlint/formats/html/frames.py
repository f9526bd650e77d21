"""What an open HTML element makes of the text in it: its kind, its surroundings, and whether a reader sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from healthlint.article import BlockKind
from healthlint.formats.blocks import NOWHERE
from healthlint.formats.html.names import BLOCKS, DROPPED, HEADINGS, is_aside, is_hidden, is_related
from healthlint.formats.html.tokens import Token


class Frame(NamedTuple):
    """An open element and what it makes of the text in it."""

    name: str
    kind: BlockKind
    level: int
    within: frozenset[str]
    depth: int  # of nested lists
    skip: bool
    related: bool
    content: bool  # inside <main> or <article>


ROOT = Frame("", BlockKind.PARAGRAPH, 0, NOWHERE, 0, False, False, False)


def open_frame(
    text: str, token: Token, found: dict[str, tuple[int, int]], parent: Frame, main: str, closes: Callable[[str], int]
) -> Frame:
    """What an element makes of the text in it, given the element around it.

    `found` are its attributes, `main` names the element that holds the article, `closes` tells where the
    last end tag of a name stands.
    """
    name = token.name
    within, kind, level, depth = parent.within, parent.kind, parent.level, parent.depth
    related, content, skip = parent.related, parent.content, parent.skip
    value = {key: text[start:end] for key, (start, end) in found.items()} if not skip else {}
    role = value.get("role", "")
    drop = name in DROPPED
    if value:
        names = f"{value.get('class', '')} {value.get('id', '')} {value.get('aria-label', '')}"
        drop = drop or is_hidden(name, value) or role == "navigation"
        if name in BLOCKS:
            related = related or is_related(names)
            if is_aside(name, names, role):
                within |= {"aside"}
        if role == "contentinfo":
            within |= {"footer"}
        content = content or role == "main"
        if name == "button" and ("aria-expanded" in value or "aria-controls" in value):
            drop, kind, level = False, BlockKind.HEADING, 4  # the visible title of a fold-out section
            within |= {"summary"}
        if related and (name == "nav" or role == "navigation"):
            drop = False
    if drop and not skip:
        # An element that is never closed would take the rest of the article with it.
        skip = closes(name) > token.stop
    if name == "button":
        pass
    elif name in HEADINGS:
        kind, level = BlockKind.HEADING, int(name[1]) if name != "summary" else 4
        within = within | {"summary"} if name == "summary" else within - {"summary"}
    elif name in ("ul", "ol", "menu", "dl"):
        depth += 1
        within |= {"list"}
    elif name in ("li", "dt", "dd"):
        kind, level = BlockKind.LIST_ITEM, max(1, depth)
    elif name == "p":
        if kind not in (BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.QUOTE, BlockKind.CAPTION):
            kind, level = BlockKind.PARAGRAPH, 0
    elif name == "table":
        kind, level, within = BlockKind.PARAGRAPH, 0, within | {"table"}
    elif name in ("td", "th"):
        kind, level = BlockKind.TABLE_CELL, 0
    elif name in ("figcaption", "caption"):
        kind, level = BlockKind.CAPTION, 0
    elif name == "blockquote":
        kind, level, within = BlockKind.QUOTE, 0, within | {"quote"}
    elif name == "footer":
        # The footer of a quotation names its author; the page's own is boilerplate.
        within |= {"footer"} if "quote" not in within else NOWHERE
    elif name == "aside":
        within |= {"aside"}
    elif name == "header" and not content:
        within |= {"header"}
    if name == "main" or (name == "article" and main == "article"):
        content = True
    return Frame(name, kind, level, within, depth, skip, related, content)
