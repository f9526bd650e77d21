"""`healthlint baseline`: accept the findings that are there, so that only new ones count."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from healthlint.baseline import FILE_NAME, Baseline
from healthlint.cli.common import A_PATH, bar, config_options, option, run_options, run_settings, say
from healthlint.errors import UsageError
from healthlint.result import RunResult
from healthlint.runner import run
from healthlint.runner.gate import baseline_of
from healthlint.runner.session import Session

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
    target = file or _named(session) or Path.cwd() / FILE_NAME
    if target.exists() and not force:
        hint = "`healthlint baseline update` accepts what is new; --force replaces it."
        raise UsageError("there is a baseline already.", where=str(target), hint=hint)
    made = Baseline.of(result.findings, target.absolute().parent)
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
    target = _existing(session, file)
    old = Baseline.load(target)
    new = old.updated(result.findings, *_looked_at(result, session))
    new.save(target)
    click.echo(f"{target}: {len(old)} accepted findings before, {len(new)} now.")


@command.command("prune", short_help="Drop what was repaired or is gone.")
@click.argument("paths", nargs=-1)
@_FILE
@config_options
@run_options
def prune(paths: tuple[str, ...], file: Path | None, **given: Any) -> None:
    """Drop what is gone: findings that were repaired, and articles that no longer exist. Accepts nothing new."""
    result, session = _run(paths, given)
    target = _existing(session, file)
    old = Baseline.load(target)
    new = old.pruned(result.findings, *_looked_at(result, session))
    new.save(target)
    click.echo(f"{target}: {len(old) - len(new)} findings dropped, {len(new)} still accepted.")


def _run(paths: tuple[str, ...], given: dict[str, Any]) -> tuple[RunResult, Session]:
    result, session = run(paths or ["."], run_settings(given, progress=bar("Checking", given)))
    if result.errors:
        # Accepting half a run would let the other half pass as new, or worse, drop what was accepted for it.
        for error in result.errors:
            say(error)
        raise UsageError("nothing was written, because some articles could not be checked.")
    return result, session


def _looked_at(result: RunResult, session: Session) -> tuple[list[str], frozenset[str]]:
    """The articles and rules of a run: what it did not look at, it says nothing about."""
    rules = frozenset(rule for rules in session.sets for rule in rules.ids)
    return [summary.path for summary in result.files], rules


def _named(session: Session) -> Path | None:
    return next((config.run.baseline for config in session.configs if config.run.baseline), None)


def _existing(session: Session, given: Path | None) -> Path:
    found = baseline_of(session.configs, given)
    if found is None:
        raise UsageError("there is no baseline here.", hint="`healthlint baseline create` writes one.")
    return found
