"""JSON lines: one finding a line, with the keys that a finding has in the JSON report."""

from __future__ import annotations

from typing import TextIO

from healthlint.reporters import ReportContext
from healthlint.reporters._json import dump
from healthlint.reporters.json import finding_data
from healthlint.result import RunResult


def render(result: RunResult, context: ReportContext, out: TextIO) -> None:
    """Write the findings in report order; nothing at all where there are none."""
    out.writelines(dump(finding_data(finding)) + "\n" for finding in result.findings)
