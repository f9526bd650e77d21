"""Values on the command line: paths that are not empty, and one of several names, with the nearest for a slip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from healthlint.errors import UsageError, nearest


class PathValue(click.Path):
    """The name of a file or folder. An empty one, as an unset variable of a script leaves it, is refused."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; `Path("")` would be the current folder."""
        if value == "":
            raise UsageError(f"{_name(param)} is given no value.")
        return super().convert(value, param, ctx)


class OneOf(click.Choice[str]):
    """One of several names. `also` gives them under other names, such as those that people read in a table."""

    def __init__(self, names: Sequence[str], also: Mapping[str, str] | None = None) -> None:
        super().__init__(names, case_sensitive=False)
        self._also = {other.lower(): name for other, name in (also or {}).items()}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The name; raises UsageError with all of them and the nearest."""
        value = self._also.get(str(value).lower(), value)
        if str(value).lower() not in self.choices:
            hint = nearest(str(value).lower(), self.choices)
            raise UsageError(f"{_name(param)}: “{value}” is none of {', '.join(self.choices)}.", hint=hint)
        return super().convert(value, param, ctx)


def _name(param: click.Parameter | None) -> str:
    return max(param.opts, key=len) if param is not None and param.opts else "the value"


A_PATH = PathValue(path_type=Path)
