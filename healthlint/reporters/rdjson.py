"""reviewdog's diagnostic format. Columns are 1-based UTF-8 bytes, ends exclusive."""

from __future__ import annotations

from typing import Any, TextIO

from healthlint.finding import Finding, Severity
from healthlint.ranges import LineIndex
from healthlint.reporters import ReportContext
from healthlint.reporters._json import dump
from healthlint.reporters._sources import Sources
from healthlint.result import RunError, RunResult

SOURCE = {"name": "healthlint"}
_SEVERITY = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(result: RunResult, context: ReportContext, out: TextIO) -> None:
    """Write one DiagnosticResult."""
    listed = ",\n".join(map(dump, diagnostics(result, context)))
    out.write(f'{{"source": {dump(SOURCE)}, "diagnostics": [{listed}]}}\n')


def diagnostics(result: RunResult, context: ReportContext) -> list[dict[str, Any]]:
    """What went wrong on the way, then every finding, each as a Diagnostic."""
    sources = Sources(context.read_source, context.mark_length)
    return [_failure(error, context) for error in result.errors] + [
        _diagnostic(finding, sources.index(finding.path), context) for finding in result.findings
    ]


def _failure(error: RunError, context: ReportContext) -> dict[str, Any]:
    data = {"message": error.message, "location": {"path": context.relative(error.path)}, "severity": "ERROR"}
    return data | ({"code": {"value": error.rule}} if error.rule else {})


def _diagnostic(finding: Finding, lines: LineIndex | None, context: ReportContext) -> dict[str, Any]:
    path = context.relative(finding.path)
    data: dict[str, Any] = {
        "message": finding.message,
        "location": {"path": path, "range": _finding_range(finding, lines)},
        "severity": _SEVERITY[finding.severity],
        "code": {"value": finding.rule},
    }
    links = [source.url for source in meta.sources if source.url] if (meta := context.rules.get(finding.rule)) else []
    if links:
        data["code"]["url"] = links[0]
    if finding.related:
        # In another file the source is not at hand, so those places are given by line alone.
        data["related_locations"] = [
            {
                "message": item.message,
                "location": {
                    "path": context.relative(item.path or finding.path),
                    "range": _range(lines, item.range.start, item.range.end)
                    if lines and item.range and not item.path
                    else {"start": {"line": max(1, item.line)}},
                },
            }
            for item in finding.related
        ]
    # reviewdog offers each suggestion by itself: a fix of several edits would be applied by halves.
    if finding.fix and len(finding.fix.edits) == 1 and lines:
        edit = finding.fix.edits[0]
        data["suggestions"] = [{"range": _range(lines, edit.range.start, edit.range.end), "text": edit.text}]
    return data


def _finding_range(finding: Finding, lines: LineIndex | None) -> dict[str, Any]:
    if finding.offset == finding.end_offset:
        return {"start": {"line": finding.line}}
    if lines is None:
        return {"start": {"line": finding.line}, "end": {"line": finding.end_line}}
    return _range(lines, finding.offset, finding.end_offset)


def _range(lines: LineIndex, start: int, end: int) -> dict[str, Any]:
    return {
        "start": {"line": lines.position(start).line, "column": lines.byte_column(start)},
        "end": {"line": lines.position(end).line, "column": lines.byte_column(end)},
    }
