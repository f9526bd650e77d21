"""`healthlint report`: one HTML page for people who do not read terminals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from healthlint.cli.common import bar, config_options, option, run_options, run_settings, say
from healthlint.cli.output import opened, source_reader, spare_articles
from healthlint.cli.values import A_PATH
from healthlint.reporters import ReportContext, render
from healthlint.reporters.run_summary import headline
from healthlint.runner import run
from healthlint.runner.baselines import Baselines
from healthlint.runner.discover import REPORT_FILE
from healthlint.runner.gate import Gate, apply
from healthlint.version import __version__


@click.command("report", short_help="One HTML page of all findings.")
@click.argument("paths", nargs=-1)
@option("--output", "-o", type=A_PATH, default=REPORT_FILE, show_default=True)
@option("--no-baseline", is_flag=True, help="Show accepted findings too.")
@config_options
@run_options
def command(paths: tuple[str, ...], output: Path, no_baseline: bool, **given: Any) -> int:
    """Write one HTML page that shows every article with its findings marked.

    The page needs no network and works from disk: send it to whoever edits the articles.
    """
    spare_articles(output, "html", paths)
    result, session = run(paths or ["."], run_settings(given, progress=bar("Checking", given)))
    apply(result, Gate(), None if no_baseline else Baselines(session))
    context = ReportContext(
        rules=session.metas(),
        read_source=source_reader({}),
        version=__version__,
        target_grade=session.target_grade(),
        base=Path.cwd(),
    )
    with opened(output) as out:
        render("html", result, context, out)
    for said in (*result.errors, *result.notes):
        say(said)
    click.echo(f"{output}: {headline(result)}")
    return 2 if result.errors else 0
