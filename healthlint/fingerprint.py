"""Fingerprints: names for findings that stay the same while the rest of the file is edited or moved about."""

from __future__ import annotations

import re
from hashlib import blake2b
from unicodedata import normalize

from healthlint.late import late
from healthlint.ranges import TextRange

_REACH = 160  # code points of context on each side, at most
# Where a sentence's surroundings end: a sentence end, a blank line, a new list item, heading or row, a block tag.
_EDGE = late(
    r"[.!?…][\"'”’)\]*_]*\s|\n[ \t>]*\r?\n|\n[ \t>]*(?=[-+*#|]|\d+[.)]\s)"
    r"|</?(?:p|li|h[1-6]|div|section|article|td|th|tr|ul|ol|br|title|head|body|blockquote)\b[^>]*>",
    re.IGNORECASE,
)
_TAG = late(r"<[^<>]{0,400}>")
_MARKUP = str.maketrans(dict.fromkeys("*_`>#", " ") | {"“": '"', "”": '"', "‘": "'", "’": "'", "\u00ad": ""})


def fingerprint(rule: str, source: str, span: TextRange | None) -> str:
    """The fingerprint of what a rule found at a range of a source; None is the whole article.

    It is made of the rule, the marked text and the rest of its sentence; never of the path, the line or the message.
    Twenty hexadecimal digits. Two equal sentences give equal fingerprints: who uses them must count.
    """
    if span is None or span.start == span.end:
        return digest(rule, "")
    before = source[max(0, span.start - _REACH) : span.start]
    after = source[span.end : span.end + _REACH]
    edges = [found.end() for found in _EDGE.finditer(before)]
    before = before[edges[-1] :] if edges else before
    # A sentence end may lie on the border: give the search the match's last character, then take it off again.
    edge = _EDGE.search(source[span.end - 1 : span.end] + after)
    after = after[: max(0, edge.start() - 1)] if edge else after
    return digest(rule, span.within(source), f"{_plain(before)}\0{_plain(after)}")


def digest(rule: str, text: str, context: str = "") -> str:
    """The fingerprint of a text whose surroundings are known already, or do not matter."""
    return blake2b(f"{rule}\0{_plain(text)}\0{context}".encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def _plain(text: str) -> str:
    # Line wrapping, emphasis, quote marks and letter case are layout: changing them does not make a new finding.
    return " ".join(normalize("NFC", _TAG.sub(" ", text).translate(_MARKUP)).casefold().split())
