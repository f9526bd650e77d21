"""`healthlint score`: reading grades of articles, in a table."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import click

from healthlint.cli.common import bar, config_options, run_options, run_settings, say
from healthlint.errors import UsageError
from healthlint.result import FileSummary
from healthlint.runner import run

GRADES = {
    "consensus_grade": "grade",
    "smog": "SMOG",
    "flesch_kincaid_grade": "F–K",
    "flesch_reading_ease": "ease",
    "gunning_fog": "fog",
    "coleman_liau": "C–L",
    "automated_readability": "ARI",
    "dale_chall": "D–C",
    "spache": "Spache",
    "linsear_write": "Linsear",
}
SORTS = ("path", "words", "sentences", *GRADES)


@click.command("score", short_help="Reading grades of articles.")
@click.argument("paths", nargs=-1)
@click.option("--sort", type=click.Choice(SORTS), default="path", show_default=True, help="Hardest or longest first.")
@click.option("--output-format", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@click.option(
    "--engine",
    type=click.Choice(["healthlint", "textstat"]),
    default="healthlint",
    show_default=True,
    help="textstat: its own counts beside ours.",
)
@config_options
@run_options
def command(paths: tuple[str, ...], sort: str, output_format: str, engine: str, **given: Any) -> int:
    """Reading grades of articles: words, sentences, every usual formula, and how far to trust them.

    Only running text counts: no headings, references, captions, related links or code.
    """
    # No rule runs: the counts are part of every report, whatever rules are on.
    given["select"] = ("empty-article",)
    given["no_project"] = True
    result, _ = run(paths or ["."], run_settings(given, progress=bar("Reading", given)))
    rows = [_row(file) for file in result.files]
    if engine == "textstat":
        for row in rows:
            row.update(_second_opinion(str(row["path"])))
    rows.sort(key=lambda row: _order(row, sort))
    if output_format == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif output_format == "csv":
        writer = csv.DictWriter(sys.stdout, list(rows[0]) if rows else ["path"])
        writer.writeheader()
        writer.writerows(rows)
    else:
        _table(rows)
    for error in result.errors:
        say(error)
    return 2 if result.errors else 0


def _row(file: FileSummary) -> dict[str, Any]:
    grades = {name: file.readability.get(name) for name in (*GRADES, "spread")}
    rounded = {name: round(value, 1) if isinstance(value, float) else value for name, value in grades.items()}
    confidence = file.readability.get("confidence")
    return {"path": file.path, "words": file.words, "sentences": file.sentences, **rounded, "confidence": confidence}


def _second_opinion(path: str) -> dict[str, float | None]:
    from healthlint.analysis import Analysis
    from healthlint.analysis.readability import textstat_scores
    from healthlint.formats import read

    text = Analysis(read(path, Path(path).read_bytes()))
    prose = "\n\n".join(text.blocks[i].prose for i in text.prose_blocks)
    if not prose:
        return {}
    try:
        return {f"textstat_{name}": round(value, 1) for name, value in textstat_scores(prose).items()}
    except ImportError as error:
        raise UsageError(f"textstat cannot be loaded ({error}).") from None


def _order(row: dict[str, Any], sort: str) -> tuple[bool, float, str]:
    value = row.get(sort)
    if sort == "path" or value is None:
        return (value is None, 0.0, str(row["path"]))
    return (False, float(value) if sort == "flesch_reading_ease" else -float(value), str(row["path"]))


def _table(rows: list[dict[str, Any]]) -> None:
    if not rows:
        click.echo("No articles.")
        return
    labels = {"path": "article", "words": "words", "sentences": "sent.", **GRADES, "confidence": "confidence"}
    extra = sorted({name for row in rows for name in row if name.startswith("textstat_")})
    labels.update({name: name.replace("textstat_", "ts ") for name in extra})
    cells = [[_cell(row.get(name)) for name in labels] for row in rows]
    widths = [max(len(label), *(len(line[i]) for line in cells)) for i, label in enumerate(labels.values())]
    for line in (list(labels.values()), *cells):
        first, *rest = (
            text.ljust(w) if i == 0 else text.rjust(w) for i, (text, w) in enumerate(zip(line, widths, strict=True))
        )
        click.echo("  ".join([first, *rest]).rstrip())
    click.echo("\nGrades are US school grades; “ease” is 0–100, higher is easier. – means too little text.")


def _cell(value: Any) -> str:
    return "–" if value is None else f"{value:.1f}" if isinstance(value, float) else str(value)
