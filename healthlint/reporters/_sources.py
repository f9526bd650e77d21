"""Sources of the articles a report shows, read when first needed; only the last one is kept."""

from __future__ import annotations

from collections.abc import Callable

from healthlint.ranges import LineIndex


class Sources:
    """Gives source texts and line indexes by path. Findings come sorted by path, so one entry is cache enough."""

    def __init__(self, read: Callable[[str], str | None], mark: Callable[[str], int] = lambda path: 0) -> None:
        self._read, self._mark = read, mark
        self._path: str | None = None
        self._text: str | None = None
        self._index: LineIndex | None = None

    def text(self, path: str) -> str | None:
        """The decoded source, or None where it cannot be had."""
        if path != self._path:
            self._path, self._text, self._index = path, self._read(path), None
        return self._text

    def index(self, path: str) -> LineIndex | None:
        """The line index of a source, or None where the source cannot be had."""
        text = self.text(path)
        if text is None:
            return None
        if self._index is None:
            self._index = LineIndex(text, self._mark(path))
        return self._index
