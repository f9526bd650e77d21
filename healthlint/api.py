"""The public API: check a text, or the articles under some paths, from Python."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike, fspath
from pathlib import Path

from healthlint.finding import Finding
from healthlint.result import RunResult
from healthlint.runner import Options, run


def check_text(text: str, filename: str = "article.md", *, config: str | PathLike[str] | None = None) -> list[Finding]:
    """The findings of one text, read by the suffix of `filename`, under a configuration file or the default preset.

    Raises ReadError for a suffix that names no format, ConfigError for a wrong configuration.
    """
    options = Options(
        config_file=Path(config) if config else None,
        isolated=config is None,
        project=False,
        jobs=1,
        texts={filename: text.encode("utf-8", "surrogatepass")},
    )
    result, _ = run([], options)
    if result.errors:
        from healthlint.errors import ReadError

        raise ReadError(result.errors[0].message, where=filename)
    return list(result.findings)


def check_paths(
    paths: Iterable[str | PathLike[str]], *, config: str | PathLike[str] | None = None, jobs: int = 0
) -> RunResult:
    """The result of a run over files and folders, under the nearest configuration unless one is given.

    Raises UsageError for a path that does not exist, ConfigError for a wrong configuration.
    """
    result, _ = run([fspath(path) for path in paths], Options(config_file=Path(config) if config else None, jobs=jobs))
    return result
