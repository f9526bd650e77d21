"""`check --watch`: check again whenever an article, or what decides how it is checked, changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import click

from healthlint.errors import HealthlintError, UsageError
from healthlint.formats import format_of

_SETTINGS = frozenset({".yml", ".yaml", ".toml"})  # configurations, and rules of the project's own
_WAKE = 200  # milliseconds: the first check waits so long for the watcher to begin


def watch(paths: Sequence[str], check: Callable[[], int], written: Collection[Path] = ()) -> int:
    """Check now and after every change under the paths, until Ctrl+C. Returns the last check's exit code.

    `written` are the files that the check itself writes. Raises UsageError where a path does not exist, or where the
    optional package watchfiles is missing.
    """
    try:
        from watchfiles import watch as changes
    except ImportError:
        raise UsageError(
            "--watch needs the package watchfiles.", hint="Install it with: pip install 'healthlint[watch]'"
        ) from None
    wanted = [_whole(path) for path in paths]
    for path in wanted:
        if not path.exists():
            raise UsageError("there is no such file or folder.", where=str(path))
    folders = [path for path in wanted if path.is_dir()]
    own = {_whole(path) for path in written}

    def matters(_: object, changed: str) -> bool:
        path = _whole(changed)
        if path in own:
            return False
        if path.suffix in _SETTINGS or path.name in (".gitignore", ".healthlintignore"):
            return True
        return path in wanted or (format_of(changed) is not None and any(map(path.is_relative_to, folders)))

    # Of a single article its folder is watched: editors put a new file in the place of the old one.
    places = sorted({path if path.is_dir() else path.parent for path in wanted})
    events = changes(
        *places,
        watch_filter=matters,
        raise_interrupt=False,
        recursive=bool(folders),
        rust_timeout=_WAKE,
        yield_on_timeout=True,
    )
    next(events, None)  # watches from here on, so that no change during the first check is missed
    code = _checked(check)
    for changed in events:
        if changed:
            click.clear()
            code = _checked(check)
    return code


def _whole(path: str | Path) -> Path:
    # The folder as the system calls it, which is how some systems tell of changes; an article may be a link itself.
    found = Path(os.path.abspath(path))  # noqa: PTH100
    return found.parent.resolve() / found.name


def _checked(check: Callable[[], int]) -> int:
    from healthlint.runner.discover import forget

    forget()
    try:
        code = check()
    except HealthlintError as error:  # a half-saved configuration: say so and wait for the next change
        click.echo(f"healthlint: {error}", err=True)
        code = 2
    click.echo("healthlint: watching; Ctrl+C ends.", err=True)
    return code
