"""`healthlint baseline`: accept the findings that are there, so that only new ones count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from healthlint.baseline import FILE_NAME, Baseline
from healthlint.cli.common import bar, config_options, option, run_options, run_settings, say
from healthlint.cli.values import A_PATH
from healthlint.errors import UsageError
from healthlint.finding import Finding
from healthlint.reporters.run_summary import plural
from healthlint.result import RunResult
from healthlint.runner import run
from healthlint.runner.baselines import Baselines, folder_of, nearest
from healthlint.runner.session import Session

F = TypeVar("F", Path, Path | None)
_FILE = option("--baseline", "-b", "file", type=A_PATH, help=f"The file (default: {FILE_NAME}).")


@click.group("baseline", short_help="Accept what is there.")
def command() -> None:
    """Accept the findings that are there, so that only new ones count."""


@command.command("create", short_help="Accept every finding that is there now.")
@click.argument("paths", nargs=-1)
@_FILE
@click.option("--force", is_flag=True, help="Replace the baseline that is there.")
@config_options
@run_options
def create(paths: tuple[str, ...], file: Path | None, force: bool, **given: Any) -> None:
    """Accept every finding of the articles under PATHS (default: the current folder)."""
    result, session = _run(paths, given)
    default = file or Path.cwd() / FILE_NAME
    parts = _parts(result, lambda path: file or session.config_for(folder_of(path)).run.baseline or default)
    for target, part in (parts or {default: Part()}).items():
        # One that stands nearer to an article would be asked in place of this one.
        nearer = set() if file else {nearest(folder_of(path)) for path in part.paths} - {None, target}
        for there in {target} if target.exists() and not force else nearer:
            hint = "`healthlint baseline update` accepts what is new; --force replaces it."
            raise UsageError("there is a baseline already.", where=str(there), hint=hint)
    for target, part in (parts or {default: Part()}).items():
        made = Baseline.of(part.findings, target.absolute().parent)
        made.save(target)
        click.echo(f"{target}: {len(made)} findings accepted.")


@command.command("update", short_help="Accept what stands in some articles now.")
@click.argument("paths", nargs=-1)
@_FILE
@config_options
@run_options
def update(paths: tuple[str, ...], file: Path | None, **given: Any) -> None:
    """Accept what stands in the articles under PATHS now; entries of other articles stay."""
    result, session = _run(paths, given)
    for target, part in _existing(result, session, file).items():
        old = Baseline.load(target)
        new = old.updated(part.findings, part.paths, _rules(session))
        new.save(target)
        click.echo(f"{target}: {len(old)} accepted findings before, {len(new)} now.")


@command.command("prune", short_help="Drop what was repaired or is gone.")
@click.argument("paths", nargs=-1)
@_FILE
@config_options
@run_options
def prune(paths: tuple[str, ...], file: Path | None, **given: Any) -> None:
    """Drop what is gone: findings that were repaired, and articles that no longer exist. Accepts nothing new.

    Of a conflict that a merge has left in the baseline, what either side accepts and still stands is kept.
    """
    result, session = _run(paths, given)
    for target, part in _existing(result, session, file).items():
        old = Baseline.load(target, merge=True)
        new = old.pruned(part.findings, part.paths, _rules(session))
        new.save(target)
        click.echo(f"{target}: {len(old) - len(new)} findings dropped, {len(new)} still accepted.")


class Part(NamedTuple):
    """What of a run belongs to one baseline: the articles looked at, and their findings."""

    paths: Sequence[str] = ()
    findings: Sequence[Finding] = ()


def _run(paths: tuple[str, ...], given: dict[str, Any]) -> tuple[RunResult, Session]:
    result, session = run(paths or ["."], run_settings(given, progress=bar("Checking", given)))
    if result.errors:
        # Accepting half a run would let the other half pass as new, or worse, drop what was accepted for it.
        for error in result.errors:
            say(error)
        raise UsageError("nothing was written, because some articles could not be checked.")
    return result, session


def _parts(result: RunResult, file_of: Callable[[str], F]) -> dict[F, Part]:
    of = {summary.path: file_of(summary.path) for summary in result.files}
    return {
        file: Part([path for path in of if of[path] == file], [f for f in result.findings if of[f.path] == file])
        for file in dict.fromkeys(of.values())
    }


def _existing(result: RunResult, session: Session, given: Path | None) -> dict[Path, Part]:
    baselines = Baselines(session, given)
    parts = _parts(result, baselines.of)
    parts.setdefault(baselines.at(Path.cwd()), Part())  # the last of its articles may be gone
    without = parts.pop(None, Part()).paths
    found = {file: part for file, part in parts.items() if file is not None}
    if not found:
        raise UsageError("there is no baseline here.", hint="`healthlint baseline create` writes one.")
    if without:
        say(f"{plural(len(without), 'article')} without a baseline passed over: {without[0]} …")
    return found


def _rules(session: Session) -> frozenset[str]:
    # What did not run says nothing about its entries.
    return frozenset(rule for rules in session.sets for rule in rules.ids)
