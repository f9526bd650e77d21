"""Checkstyle XML, which Jenkins, SonarQube and many review bots read. Columns are 1-based code points."""

from __future__ import annotations

from itertools import groupby
from typing import TextIO

from healthlint.reporters import ReportContext
from healthlint.reporters.safe_text import xml
from healthlint.result import RunError, RunResult

_VERSION = "4.3"  # of the format, as its other producers say


def render(result: RunResult, context: ReportContext, out: TextIO) -> None:
    """Write one element per file with findings; what went wrong on the way stands in it as an error on line 1."""
    failed: dict[str, list[RunError]] = {}
    for error in result.errors:
        failed.setdefault(error.path, []).append(error)
    found = {path: list(group) for path, group in groupby(result.findings, key=lambda finding: finding.path)}
    out.write(f'<?xml version="1.0" encoding="utf-8"?>\n<checkstyle version="{_VERSION}">\n')
    for path in sorted(found.keys() | failed.keys()):
        out.write(f'  <file name="{xml(context.relative(path) or "healthlint")}">\n')
        for error in failed.get(path, []):
            out.write(_error(1, 1, "error", error.message, f"healthlint.run.{error.rule or 'incomplete'}"))
        for f in found.get(path, []):
            out.write(_error(f.line, f.column, f.severity.value, f.message, f"healthlint.{f.family}.{f.rule}"))
        out.write("  </file>\n")
    out.write("</checkstyle>\n")


def _error(line: int, column: int, severity: str, message: str, source: str) -> str:
    at = f'line="{line}" column="{column}" severity="{severity}"'
    return f'    <error {at} message="{xml(message)}" source="{xml(source)}"/>\n'
