"""reviewdog's diagnostic format as a stream: one Diagnostic a line."""

from __future__ import annotations

from typing import TextIO

from healthlint.reporters import ReportContext
from healthlint.reporters._json import dump
from healthlint.reporters.rdjson import SOURCE, diagnostics
from healthlint.result import RunResult


def render(result: RunResult, context: ReportContext, out: TextIO) -> None:
    """Write the diagnostics; nothing at all where there are none."""
    out.writelines(dump(item | {"source": SOURCE}) + "\n" for item in diagnostics(result, context))
