"""UTF-8 byte offsets, as the Markdown parser counts, as offsets in code points."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

_WIDE = re.compile(r"[^\x00-\x7f]")


def byte_converter(text: str) -> Callable[[int], int] | None:
    """From UTF-8 byte offsets of a text to code points, None where both are the same. Building is one pass."""
    if text.isascii():
        return None
    bytes_at: list[int] = []  # the byte offset after each character that is wider than a byte
    extra = [0]
    total = 0
    for match in _WIDE.finditer(text):
        width = len(match[0].encode()) - 1
        total += width
        bytes_at.append(match.start() + total + 1)
        extra.append(total)

    def convert(offset: int) -> int:
        at = bisect_left(bytes_at, offset + 1)
        return offset - extra[at]

    return convert
