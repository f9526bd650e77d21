"""Remembering what was worked out: of a word, as a site uses the same ones again and again, and of an object."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
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


class cached_fact(cached_property[T_co]):  # noqa: N801 - named as what it stands for
    """A `cached_property` without a lock, as it is itself from Python 3.12 on; the lock takes longer than many a fact.

    Where two threads ask at once, both work the fact out, and one of two equal answers is kept.
    """

    if not TYPE_CHECKING:

        def __get__(self, instance: Any, owner: type | None = None) -> Any:
            """Work the fact out and put it in the place of this descriptor."""
            if instance is None:
                return self
            found = vars(instance)[self.attrname] = self.func(instance)
            return found
