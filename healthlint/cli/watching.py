"""`check --watch`: check again whenever an article changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from healthlint.errors import HealthlintError, UsageError
from healthlint.formats import format_of


def watch(paths: Sequence[str], check: Callable[[], int]) -> int:
    """Check now and after every change under the paths, until Ctrl+C. Returns the last check's exit code.

    Raises UsageError where the optional package watchfiles is missing.
    """
    try:
        from watchfiles import watch as changes
    except ImportError:
        raise UsageError(
            "--watch needs the package watchfiles.", hint="Install it with: pip install 'healthlint[watch]'"
        ) from None

    def matters(_: object, path: str) -> bool:
        return format_of(path) is not None or Path(path).name.startswith(".healthlint")

    code = _guarded(check)
    click.echo("healthlint: watching; Ctrl+C ends.", err=True)
    for _ in changes(*paths, watch_filter=matters, raise_interrupt=False):
        click.clear()
        code = _guarded(check)
        click.echo("healthlint: watching; Ctrl+C ends.", err=True)
    return code


def _guarded(check: Callable[[], int]) -> int:
    try:
        return check()
    except HealthlintError as error:  # a half-saved configuration: say so and wait for the next change
        click.echo(f"healthlint: {error}", err=True)
        return 2
