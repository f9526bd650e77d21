"""The words that an article on its topic cannot do without, and where a text repeats them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import compress, count
from typing import TYPE_CHECKING

from healthlint.analysis.memo import Memo

if TYPE_CHECKING:
    from healthlint.analysis import Analysis

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def topic_terms(text: Analysis) -> list[str]:
    """Return the words of the article's title, short ones aside, and of the project's glossary."""
    return [*text.settings.glossary, *(word for word in _WORD.findall(text.article.title) if len(word) > 4)]


def _normal(form: str) -> str:
    word = form.lower().replace("’", "'").removesuffix("'s")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


_NORMAL = Memo(_normal, most=1 << 15)


def normal(form: str) -> str:
    """Return a word without case, possessive and plural -s."""
    return _NORMAL[form]


def repeated(every_form: Iterable[str], terms: Iterable[str]) -> list[int]:
    """Return the indices of the words that repeat a term; the longest term at a place wins."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for term in terms:
        parts = tuple(map(normal, term.split()))
        if parts:
            by_first.setdefault(parts[0], []).append(parts)
    for candidates in by_first.values():
        candidates.sort(key=len, reverse=True)
    words = [*map(_NORMAL.__getitem__, every_form)]
    seen: set[tuple[str, ...]] = set()
    again: list[int] = []
    end = 0
    for at in compress(count(), map(by_first.__contains__, words)):
        if at < end:
            continue
        for parts in by_first[words[at]]:
            if len(parts) == 1 or tuple(words[at : at + len(parts)]) == parts:
                end = at + len(parts)
                if parts in seen:
                    again.extend(range(at, end))
                seen.add(parts)
                break
    return again
