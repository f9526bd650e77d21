"""`healthlint score`: reading grades of articles, in a table."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from healthlint.cli.common import (
    asked_paths,
    bar,
    config_options,
    run_options,
    run_settings,
    say,
    stdin_option,
    stdin_texts,
)
from healthlint.cli.values import OneOf
from healthlint.errors import UsageError
from healthlint.result import FileSummary
from healthlint.runner import run

GRADES = {
    "consensus_grade": "grade",
    "consensus_grade_terms_once": "once",
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
_SECOND = "textstat_"
_SHORTEST_PATH = 24  # what is left of a path in a narrow terminal
_LEGEND = """\
Grades are US school grades: “grade” is the mean of SMOG, F–K, fog, C–L and ARI; “once” is the same with the words of
the title and the glossary counted once. “ease” is 0–100, higher is easier. Confidence is high from 30 sentences and
300 words on. – means too little text."""
_AS_SHOWN = {"article": "path", "sent.": "sentences", **{label: name for name, label in GRADES.items()}}
_AS_SHOWN |= {label.replace("–", "-"): name for label, name in _AS_SHOWN.items()}
SORTS = ("path", "words", "sentences", *GRADES)


@click.command("score", short_help="Reading grades of articles.")
@click.argument("paths", nargs=-1)
@click.option(
    "--sort", type=OneOf(SORTS, _AS_SHOWN), default="path", show_default=True, help="Hardest or longest first."
)
@click.option("--output-format", type=OneOf(["text", "json", "csv"]), default="text", show_default=True)
@click.option(
    "--engine",
    type=OneOf(["healthlint", "textstat"]),
    default="healthlint",
    show_default=True,
    help="textstat: its counts and grades below ours.",
)
@stdin_option
@config_options
@run_options
def command(
    paths: tuple[str, ...], sort: str, output_format: str, engine: str, stdin_filename: str | None, **given: Any
) -> int:
    """Reading grades of articles: words, sentences, every usual formula, and how far to trust them.

    PATHS are files or folders; none means the current folder, “-” standard input.
    Only running text counts: no headings, references, captions, related links or code.
    """
    # No rule runs: the counts are part of every report, whatever rules are on.
    given["select"] = ("empty-article",)
    given["no_project"] = True
    texts = stdin_texts(paths, stdin_filename)
    result, _ = run(asked_paths(paths, texts), run_settings(given, texts=texts, progress=bar("Reading", given)))
    rows = [_row(file) for file in result.files]
    if engine == "textstat":
        for row in rows:
            row.update(_second_opinion(str(row["path"]), texts))
    rows.sort(key=lambda row: _order(row, sort))
    if output_format == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif output_format == "csv":
        columns = dict.fromkeys(name for row in rows for name in row)  # a page without prose has no second opinion
        writer = csv.DictWriter(sys.stdout, list(columns) or ["path"], lineterminator="\n")
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


def _second_opinion(path: str, texts: Mapping[str, bytes]) -> dict[str, float | None]:
    from healthlint.analysis import Analysis
    from healthlint.analysis.readability import second_opinion
    from healthlint.formats import read

    text = Analysis(read(path, texts[path] if path in texts else Path(path).read_bytes()))
    prose = "\n\n".join(text.blocks[i].prose for i in text.prose_blocks)
    if not prose:
        return {}
    try:
        words, sentences = second_opinion.counts(prose)
        scores = {name: round(value, 1) for name, value in second_opinion.scores(prose).items()}
    except ImportError as error:
        raise UsageError(f"textstat cannot be loaded ({error}).") from None
    return {_SECOND + name: value for name, value in {"words": words, "sentences": sentences, **scores}.items()}


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
    lines = [list(labels.values())]
    for row in rows:
        lines.append([_cell(row.get(name)) for name in labels])
        if any(name.startswith(_SECOND) for name in row):
            theirs = [row.get(_SECOND + name, "") for name in labels]
            lines.append(["  by textstat", *map(_cell, theirs[1:])])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    widths[0] = min(widths[0], max(_SHORTEST_PATH, _room() - sum(widths[1:]) - 2 * len(widths[1:])))
    for first, *rest in lines:
        cells = [_shortened(first, widths[0]).ljust(widths[0])]
        cells += [text.rjust(width) for text, width in zip(rest, widths[1:], strict=True)]
        click.echo("  ".join(cells).rstrip())
    click.echo(f"\n{_LEGEND}")


def _room() -> int:
    """The width of the terminal; none is too narrow for a file or a pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 1000


def _shortened(path: str, width: int) -> str:
    return path if len(path) <= width else "…" + path[len(path) - width + 1 :]


def _cell(value: Any) -> str:
    return "–" if value is None else f"{value:.1f}" if isinstance(value, float) else str(value)
