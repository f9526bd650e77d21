"""Remembering what was worked out for a word: a site uses the same words again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
_MOST = 1 << 14
_LONGEST = 64  # characters; what is longer is no word, and hardly comes again


class Memo(dict[str, T]):
    """Word → what a function says of it, asked once; all is forgotten when there is too much of it.

    Unlike a function with a cache it is a dictionary, so `map(memo.__getitem__, words)` runs without any Python code.
    """

    def __init__(self, work_out: Callable[[str], T], most: int = _MOST) -> None:
        self._work_out, self._most = work_out, most

    def __missing__(self, word: str) -> T:
        found = self._work_out(word)
        if len(word) <= _LONGEST:
            if len(self) >= self._most:
                self.clear()
            self[word] = found
        return found
