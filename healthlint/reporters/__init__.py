"""Reports of a run: one module per format, named like the format. Helper modules have an underscore in their name."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import NamedTuple, Protocol, TextIO, cast

from healthlint.errors import UsageError, nearest
from healthlint.result import RunResult
from healthlint.rules.model import RuleMeta

DEFAULT_GRADE = 8.0


def _no_source(path: str) -> str | None:
    return None


def _no_mark(path: str) -> int:
    return 0


class ReportContext(NamedTuple):
    """What a report needs besides the result.

    `read_source` gives an article's decoded source by the path its findings carry, or None where it cannot be had;
    it is called at most once in a row per file. `mark_length` gives the bytes of its UTF-8 byte order mark, which the
    decoded source has not. `verbosity` is -1 for quiet (findings only), 0, or 1 for evidence
    beside each finding. `target_grade` is the reading grade aimed for.
    `width` is the terminal's, 0 where there is none.
    Machine formats give paths relative to `base`, best the top of the repository.
    """

    rules: Mapping[str, RuleMeta] = {}
    read_source: Callable[[str], str | None] = _no_source
    mark_length: Callable[[str], int] = _no_mark
    color: bool = False
    version: str = ""
    base: Path = Path()
    statistics: bool = False
    verbosity: int = 0
    target_grade: float = DEFAULT_GRADE
    width: int = 0

    def relative(self, path: str) -> str:
        """The path with forward slashes: relative to `base` where it lies below it, else as it is."""
        if not path:
            return path
        full, base = self.absolute(path), Path(os.path.abspath(self.base))  # noqa: PTH100 (resolves no links)
        return (full.relative_to(base) if full.is_relative_to(base) else Path(path)).as_posix()

    def absolute(self, path: str) -> Path:
        """The whole path, with “..” taken out and links left as they are."""
        return Path(os.path.abspath(path))  # noqa: PTH100


def report_base(folder: Path) -> Path:
    """The folder that services take report paths from: the top of the repository, else of the CI job, else `folder`."""
    whole = folder.absolute()
    for above in (whole, *whole.parents):
        if (above / ".git").exists():
            return above
    for variable in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        top = os.environ.get(variable)
        if top and whole.is_relative_to(top):
            return Path(top)
    return whole


class _Reporter(Protocol):
    def render(self, result: RunResult, context: ReportContext, out: TextIO) -> None: ...


def format_names() -> tuple[str, ...]:
    """Every format that `render` knows, in alphabetical order."""
    return tuple(sorted(module.name for module in iter_modules(__path__) if "_" not in module.name))


def render(name: str, result: RunResult, context: ReportContext, out: TextIO) -> None:
    """Write the report of a run in one format.

    Raises UsageError for an unknown format, and where statistics are asked of a format that has no place for them.
    """
    names = format_names()
    if name not in names:
        raise UsageError(
            f"There is no output format “{name}”.", hint=nearest(name, names) or f"Known: {', '.join(names)}."
        )
    module = import_module(f"{__name__}.{name}")
    if context.statistics and not getattr(module, "SHOWS_STATISTICS", False):
        raise UsageError(
            f"The format {name} has no place for --statistics.", hint="Use it with text, concise, json or markdown."
        )
    cast(_Reporter, module).render(result, context, out)
