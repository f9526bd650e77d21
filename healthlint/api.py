"""The public API: check a text, or the articles under some paths, from Python."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike, fspath
from pathlib import Path

from healthlint.config.kept import kept_config
from healthlint.errors import ReadError, UsageError
from healthlint.finding import Finding
from healthlint.result import RunResult
from healthlint.runner import Options, run
from healthlint.runner.discover import forget

StrPath = str | PathLike[str]


def check_text(text: str, filename: StrPath = "article.md", *, config: StrPath | None = None) -> list[Finding]:
    """The findings of one text, read by the suffix of `filename`, under a configuration file or the default preset.

    The first call takes about a second, for the rules, later ones as long as the text needs. Several threads may call.
    Raises ReadError for a suffix that names no format, ConfigError or RuleError for a wrong configuration or rule.
    """
    name = fspath(filename)
    options = Options(
        config_file=_config_file(config),
        isolated=config is None,
        project=False,
        jobs=1,
        texts={name: text.encode("utf-8", "surrogatepass")},
        load=kept_config,
    )
    result, _ = run([], options)
    if result.errors:
        raise ReadError(result.errors[0].message, where=name)
    return list(result.findings)


def check_paths(paths: StrPath | Iterable[StrPath], *, config: StrPath | None = None, jobs: int = 0) -> RunResult:
    """The result of a run over files and folders, under the nearest configuration unless one is given.

    `jobs` is the number of processes; 0 is one for each processor. What could not be read is in the `errors` of the
    result. Raises UsageError for a path that does not exist and for no path at all, ConfigError or RuleError for a
    wrong configuration or rule.
    """
    names = [fspath(path) for path in ([paths] if isinstance(paths, str | PathLike) else paths)]
    if not names:
        raise UsageError("no path is given.", hint="Write “.” for the current folder.")
    if jobs < 0:
        raise UsageError(f"{jobs} is no number of processes.", hint="Write 0 for one for each processor.")
    forget()
    result, _ = run(names, Options(config_file=_config_file(config), jobs=jobs, load=kept_config))
    return result


def _config_file(config: StrPath | None) -> Path | None:
    if config is None:
        return None
    if not fspath(config):
        raise UsageError("an empty path is given as the configuration.", hint="Leave it out where there is none.")
    return Path(config)
