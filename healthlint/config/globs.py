"""Globs as .gitignore writes them, relative to a folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_KEPT = 10_000


class Globs:
    """A set of gitignore-style patterns under a base folder; remembers whether anything ever matched."""

    def __init__(self, patterns: Iterable[str], base: Path) -> None:
        self.patterns = tuple(patterns)
        self.base = base
        self.matched = False
        self._found: list[str] = []  # some of what matched
        self._spec: Any = None
        self._any = re.compile("")
        folder = str(base)
        self._inside = folder if folder.endswith(os.sep) else folder + os.sep

    def match(self, path: Path | str, is_folder: bool = False) -> bool:
        """Whether an absolute path under the base matches; a path outside never does."""
        full = os.fspath(path)
        if not self.patterns or not full.startswith(self._inside):
            return False
        relative = full[len(self._inside) :].replace(os.sep, "/") + ("/" if is_folder else "")
        if not relative.isascii():  # a name may hold bytes that are no text; whoever matches it wants text
            relative = relative.encode("utf-8", "replace").decode("utf-8")
        if self._spec is None:
            self._spec = _spec(self.patterns) or _spec([one for one in self.patterns if is_glob(one)])  # as git does
            self._any = _any_of(self._spec.patterns)
        if not self._any.search(relative):
            return False
        found = bool(self._spec.match_file(relative))
        self.matched = self.matched or found
        if found and len(self._found) < _KEPT:
            self._found.append(relative)
        return found

    def idle(self) -> list[str]:
        """The patterns that fit nothing of what has matched, those that take something back (“!”) aside."""
        specs = [(pattern, _spec([pattern])) for pattern in self.patterns if not pattern.startswith(("!", "#"))]
        return [pattern for pattern, spec in specs if spec and not any(map(spec.match_file, self._found))]


def is_glob(pattern: str) -> bool:
    """Whether a text is a pattern at all; “!” alone and “[z-a]” are none."""
    return _spec([pattern]) is not None


def _spec(patterns: Iterable[str]) -> Any:
    import pathspec  # late: most runs have no globs

    try:
        return pathspec.GitIgnoreSpec.from_lines(patterns)
    except (ValueError, re.error):
        return None


def _any_of(patterns: Iterable[Any]) -> re.Pattern[str]:
    # One expression that some pattern matches or none: nearly all paths match none, and need not be held against each.
    sources = [re.sub(r"\(\?P<\w+>", "(?:", p.regex.pattern) for p in patterns if p.include is not None]
    return re.compile("|".join(f"(?:{source})" for source in sources) or "(?!)")
