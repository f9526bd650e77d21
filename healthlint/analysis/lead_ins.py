"""What stands above a block and frames it: the sentences that lead in a list, and the heading."""

from __future__ import annotations

from healthlint.analysis import Analysis
from healthlint.article import HEADINGS, BlockKind


def above(text: Analysis) -> list[tuple[int, ...]]:
    """For each block the sentences that lead in its list (“Beware of products that promise:”), then its heading's."""
    found: list[tuple[int, ...]] = []
    heading: tuple[int, ...] = ()
    before = -1  # the last block since the heading that is no item
    items: list[int] = []  # the item before and those it stands in
    for at, block in enumerate(text.blocks):
        lead: tuple[int, ...] = ()
        if block.kind in HEADINGS:
            found.append(heading)
            heading = () if block.kind is BlockKind.TITLE else tuple(text.sentences_of(at))
            before, items = -1, []
            continue
        if block.kind is BlockKind.LIST_ITEM:
            while items and text.blocks[items[-1]].level >= block.level:
                items.pop()
            parent = items[-1] if items else before
            if block.level and parent >= 0:
                lead = _lead_in(text, parent) + (found[parent][: -len(heading) or None] if items else ())
            items.append(at)
        else:
            before, items = at, []
        found.append(lead + heading)
    return found


def _lead_in(text: Analysis, block: int) -> tuple[int, ...]:
    sentences = text.sentences_of(block)
    return tuple(sentences[-1:]) if sentences and text.prose(sentences[-1]).rstrip().endswith(":") else ()
