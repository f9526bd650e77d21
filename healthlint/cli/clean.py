"""`healthlint clean`: delete the cache."""

from __future__ import annotations

from pathlib import Path

import click

from healthlint.cli.common import default_cache_dir, option
from healthlint.cli.values import A_PATH
from healthlint.errors import UsageError
from healthlint.runner.cache import clean


@click.command("clean", short_help="Delete the cache.")
@option("--cache-dir", type=A_PATH, help="Where results are stored.")
def command(cache_dir: Path | None) -> None:
    """Delete what healthlint has stored between runs."""
    folder = cache_dir or default_cache_dir()
    if folder is None:
        raise UsageError("this user has no home, so nothing is stored.", hint="Name a folder with --cache-dir.")
    freed = clean(folder) if folder.is_dir() else 0
    click.echo(f"{folder}: {freed / 1e6:.1f} MB freed.")
