"""The text of a baseline file: JSON, sorted so that a change to it is short and two branches seldom meet."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

VERSION = 1

Counts = dict[str, dict[str, Counter[str]]]  # path → rule → fingerprint → how often
Metrics = dict[str, dict[str, float]]  # path → rule → the accepted value


def written(counts: Counts, metrics: Metrics) -> str:
    """The text for what is accepted."""
    data = {"version": VERSION, "findings": _sorted(counts), "metrics": _sorted(metrics)}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def parse(text: str) -> tuple[Counts, Metrics]:
    """What a text accepts. Raises ValueError with the reason where it is no baseline."""
    data = json.loads(text, object_pairs_hook=_without_repeats)
    if not isinstance(data, dict) or data.get("version") != VERSION:
        found = data.get("version") if isinstance(data, dict) else None
        raise ValueError(f"it is not one of version {VERSION}" + (f" but of version {found}" if found else ""))
    try:
        return _read_counts(data["findings"]), _read_metrics(data["metrics"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ValueError("it is not in its form: findings and metrics by path and rule") from None


def sides_of(text: str) -> list[str]:
    """The two texts between which git found a conflict; else the one text."""
    sides = ["", ""]
    open_: tuple[int, ...] = (0, 1)
    conflict = False
    for line in text.splitlines(keepends=True):
        if line.startswith("<<<<<<< "):
            open_, conflict = (0,), True
        elif line.startswith("||||||| "):  # what both came from
            open_ = ()
        elif line.rstrip() == "=======":
            open_ = (1,)
        elif line.startswith(">>>>>>> "):
            open_ = (0, 1)
        else:
            for side in open_:
                sides[side] += line
    return sides if conflict else [text]


def _sorted(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {
        path: {
            rule: dict(sorted(known.items())) if isinstance(known, dict) else known
            for rule, known in sorted(rules.items())
        }
        for path, rules in sorted(entries.items())
    }


def _read_counts(data: Any) -> Counts:
    return {
        path: {rule: Counter({mark: _count(count) for mark, count in known.items()}) for rule, known in rules.items()}
        for path, rules in data.items()
    }


def _read_metrics(data: Any) -> Metrics:
    return {path: {rule: float(value) for rule, value in rules.items()} for path, rules in data.items()}


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Of a key that stands twice, as a merge may leave it, JSON takes the last and forgets what the first accepts.
    counted = Counter(key for key, _ in pairs)
    for key, count in counted.items():
        if count > 1:
            raise ValueError(f"“{key}” stands there twice: make one of both")
    return dict(pairs)


def _count(value: Any) -> int:
    if not isinstance(value, int) or value < 1:
        raise ValueError(value)
    return value
