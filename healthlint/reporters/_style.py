"""Colours and line-drawing characters of terminal reports."""

from __future__ import annotations

from healthlint.finding import Severity

_CODES = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


class Style:
    """Paints where colour is wanted; draws with ASCII where the terminal's encoding has nothing better."""

    def __init__(self, color: bool, encoding: str | None = None) -> None:
        self.color = color
        self._rich = _can_encode(encoding)
        self.bar = "│" if self._rich else "|"

    def bold(self, text: str) -> str:
        """Bold."""
        return self._paint(text, "1")

    def dim(self, text: str) -> str:
        """Faint."""
        return self._paint(text, "2")

    def severity(self, severity: Severity, width: int = 0) -> str:
        """The severity's name in its colour, padded to `width`."""
        return self._paint(f"{severity.value:<{width}}", "1;" + _CODES[severity])

    def mark(self, text: str, severity: Severity) -> str:
        """Carets in the severity's colour."""
        return self._paint(text, "1;" + _CODES[severity])

    def _paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color else text


def _can_encode(encoding: str | None) -> bool:
    try:
        "│…“”".encode(encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
