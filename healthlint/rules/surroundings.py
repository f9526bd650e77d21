"""What stands around a phrase: the edges of words, quotation marks, a name, a label's cell, the sentences near it."""

from __future__ import annotations

from healthlint.analysis import Analysis
from healthlint.article import HEADS, BlockKind

_LABEL = 6  # words of a table cell, at most


def bounded(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] begins and ends where a word does."""
    if start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        return False
    return not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


def in_quotes(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] stands inside quotation marks that open before it and close after it in the same text."""
    for opening, closing in zip("“„«", "”“»", strict=True):
        at = text.rfind(opening, 0, start)
        if at >= 0 and text.find(closing, at + 1, start) < 0 and text.find(closing, end) >= 0:
            return True
    return text.count('"', 0, start) % 2 == 1 and '"' in text[end:]


def is_name(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is capitalised in the middle of a sentence, as names of institutions and journals are."""
    if not text[start:end][:1].isupper():
        return False
    before = text[:start].rstrip(" (“\"'‘[")
    return bool(before) and before[-1] not in ".!?:;"


def is_label(text: Analysis, block: int) -> bool:
    """Whether a block is a short table cell with a cell behind it, which says what it means."""
    kinds = [each.kind for each in text.blocks[block : block + 2]]
    return kinds == [BlockKind.TABLE_CELL] * 2 and len(text.blocks[block].prose.split()) <= _LABEL


def window(text: Analysis, sentence: int, reach: int) -> list[int]:
    """The indices of the sentences at most `reach` before and after one; headings and the title end the window."""
    found = [sentence]
    for step in (-1, 1):
        at = sentence
        for _ in range(reach):
            at += step
            if not 0 <= at < len(text.sentences):
                break
            if text.blocks[text.sentences[at].block].kind in HEADS:
                break
            found.append(at)
    return sorted(found)
