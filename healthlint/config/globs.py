"""Globs as .gitignore writes them, relative to a folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any


class Globs:
    """A set of gitignore-style patterns under a base folder; remembers whether anything ever matched."""

    def __init__(self, patterns: Iterable[str], base: Path) -> None:
        self.patterns = tuple(patterns)
        self.base = base
        self.matched = False
        self._spec: Any = None

    def match(self, path: Path, is_folder: bool = False) -> bool:
        """Whether an absolute path under the base matches; a path outside never does."""
        if not self.patterns:
            return False
        try:
            relative = path.relative_to(self.base).as_posix()
        except ValueError:
            return False
        if self._spec is None:
            import pathspec  # late: most runs have no globs

            self._spec = pathspec.GitIgnoreSpec.from_lines(self.patterns)
        found = bool(self._spec.match_file(relative + "/" if is_folder else relative))
        self.matched = self.matched or found
        return found
