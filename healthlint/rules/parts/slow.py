"""Regular expressions that can take for ever: a repeat of something that is itself a repeat and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_REPEATS = ("MAX_REPEAT", "MIN_REPEAT")


def takes_for_ever(source: str) -> bool:
    """Whether an expression that compiles holds a repeat such as `(\\w+\\s*)+`, which a text fits in many ways."""
    return any(_ambiguous(body) for body in _endless(parser.parse(source)))


def _endless(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The bodies of all repeats without an upper limit."""
    for code, value in items:
        name = str(code)
        if name in _REPEATS:
            if value[1] == parser.MAXREPEAT:
                yield value[2]
            yield from _endless(value[2])
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _endless(branch)
        elif name in ("SUBPATTERN", "ASSERT", "ASSERT_NOT"):
            yield from _endless(value[-1])


def _ambiguous(body: Sequence[Any]) -> bool:
    parts = [part for part in _flat(body) if str(part[0]) != "AT"]
    endless = [part for part in parts if str(part[0]) in _REPEATS and part[1][1] == parser.MAXREPEAT]
    needed = [part for part in parts if not (str(part[0]) in _REPEATS and part[1][0] == 0)]
    return bool(endless) and (not needed or needed == [part for part in endless if part in needed][:1])


def _flat(body: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    for code, value in body:
        if str(code) == "SUBPATTERN":
            yield from _flat(value[-1])
        else:
            yield code, value
