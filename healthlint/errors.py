"""Errors that a person can act on: each says where, what, and what to do. All of them end in exit code 2."""

from __future__ import annotations

from collections.abc import Iterable


class HealthlintError(Exception):
    """Base of every expected error; its text is one line for a person."""

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        self.message, self.where, self.hint = message, where, hint
        super().__init__(message)

    def __str__(self) -> str:
        head = f"{self.where}: " if self.where else ""
        tail = f" {self.hint}" if self.hint else ""
        return f"{head}{self.message}{tail}"

    def __reduce__(self) -> tuple[object, ...]:
        # Raised in worker processes too: pickling must keep where and hint.
        return (_rebuild, (type(self), self.message, self.where, self.hint))


class UsageError(HealthlintError):
    """The command line asks for something that does not exist or cannot be."""


class ReadError(HealthlintError):
    """A file that was asked for cannot be read as text."""


class ConfigError(HealthlintError):
    """A configuration file is wrong; `where` is file:line."""


class RuleError(HealthlintError):
    """A rule file or a plug-in is wrong, or the rules cannot be found; `where` is file:line."""


def _rebuild(kind: type[HealthlintError], message: str, where: str, hint: str) -> HealthlintError:
    return kind(message, where=where, hint=hint)


def nearest(name: str, known: Iterable[str]) -> str:
    """“Did you mean …?” for an unknown name, or an empty string where nothing is near."""
    from difflib import get_close_matches  # late: most runs have no error

    names = list(known)
    same = [one for one in names if one.lower() == name.lower()]  # only in other letters
    close = same or get_close_matches(name, names, n=1, cutoff=0.6)
    return f"Did you mean “{close[0]}”?" if close else ""
