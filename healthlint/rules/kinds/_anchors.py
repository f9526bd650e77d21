"""Which literal texts a regular expression cannot match without: what the prefilter looks for."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from healthlint.analysis.fold import fold

_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_ZERO_WIDTH = ("AT", "ASSERT", "ASSERT_NOT")
_MOST = 400


@cache
def anchors_of(regex: str) -> frozenset[str] | None:
    """Folded literals of which at least one stands in every text the expression matches; None where there are none.

    Read from the standard library's own parse of the expression. Where that is not to be had, the answer is None, which
    is slower and just as right.
    """
    try:
        tree = import_module("re._parser").parse(regex)
    except ImportError:
        return None
    return _of_sequence(tree)


def _of_sequence(tree: Any) -> frozenset[str] | None:
    best: frozenset[str] | None = None
    run = ""
    for name, argument in [(str(op), arg) for op, arg in tree] + [("END", None)]:
        if name == "LITERAL":
            run += chr(argument)
            continue
        if name in _ZERO_WIDTH:
            continue
        if run:
            best = _better(best, frozenset({fold(run)}))
            run = ""
        best = _better(best, _of_node(name, argument))
    return best


def _of_node(name: str, argument: Any) -> frozenset[str] | None:
    if name == "SUBPATTERN":
        return _of_sequence(argument[-1])
    if name == "ATOMIC_GROUP":
        return _of_sequence(argument)
    if name in _REPEATS:
        return _of_sequence(argument[2]) if argument[0] > 0 else None
    if name == "BRANCH":
        found: set[str] = set()
        for branch in argument[1]:
            one = _of_sequence(branch)
            if one is None:
                return None
            found |= one
        return frozenset(found) if len(found) <= _MOST else None
    return None


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    # The longer its shortest literal, the fewer sentences a rule has to look at.
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda found: (min(len(item) for item in found), -len(found)))
