"""JSON, schema version 1: everything the run knows, in a fixed order of keys; one line per file and finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, TextIO

from healthlint.finding import Finding, Fix, Related, Severity
from healthlint.reporters import ReportContext
from healthlint.reporters._json import dump
from healthlint.result import FileSummary, RunResult

SHOWS_STATISTICS = True
SCHEMA = 1


def render(result: RunResult, context: ReportContext, out: TextIO) -> None:
    """Write the report."""
    out.write(
        f'{{"schema": {SCHEMA}, "version": {dump(context.version)},\n "summary": {dump(summary(result, context))},\n'
    )
    out.write(' "files": [')
    _rows(out, (dump(file_data(file)) for file in result.files))
    out.write('],\n "findings": [')
    _rows(out, (dump(finding_data(finding)) for finding in result.findings))
    out.write("]}\n")


def _rows(out: TextIO, rows: Iterator[str]) -> None:
    for first, row in enumerate(rows):
        out.write(f"{',' if first else ''}\n  {row}")


def summary(result: RunResult, context: ReportContext) -> dict[str, Any]:
    """Counts of files and findings, what was left out and why, and what went wrong."""
    counts = result.counts()
    data: dict[str, Any] = {
        "files": len(result.files),
        **{severity.value: counts[severity] for severity in Severity},
        "seconds": round(result.seconds, 3),
        "skipped_rules": list(result.skipped_rules),
        "baselined": result.baselined,
        "suppressed": result.suppressed,
        "outside_diff": result.outside_diff,
        "errors": [{"path": error.path, "rule": error.rule, "message": error.message} for error in result.errors],
    }
    if context.statistics:
        ranked = Counter(finding.rule for finding in result.findings)
        data["rules"] = dict(sorted(ranked.items(), key=lambda item: (-item[1], item[0])))
    return data


def file_data(file: FileSummary) -> dict[str, Any]:
    """One article; grades rounded to one decimal, null where the text is too short for them."""
    grades = {name: round(value, 1) if isinstance(value, float) else value for name, value in file.readability.items()}
    return {
        "path": file.path,
        "title": file.title,
        "words": file.words,
        "sentences": file.sentences,
        "readability": grades,
    }


def finding_data(finding: Finding) -> dict[str, Any]:
    """One finding, with the keys of schema 1 in their order."""
    return {
        "rule": finding.rule,
        "family": finding.family,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "message": finding.message,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "offset": finding.offset,
        "end_offset": finding.end_offset,
        "text": finding.text,
        "related": [_related(related, finding.path) for related in finding.related],
        "help": finding.help,
        "fix": _fix(finding.fix) if finding.fix else None,
        "fingerprint": finding.fingerprint,
    }


def _related(related: Related, path: str) -> dict[str, Any]:
    return {"path": related.path or path, "line": related.line, "column": related.column, "message": related.message}


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{"offset": edit.range.start, "end_offset": edit.range.end, "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}
