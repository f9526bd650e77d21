"""One line per finding, for editors' error lists and for grep."""

from __future__ import annotations

from typing import TextIO

from healthlint.reporters import ReportContext
from healthlint.reporters._style import Style
from healthlint.reporters.safe_text import terminal
from healthlint.reporters.text import write_statistics, write_summary
from healthlint.result import RunResult

SHOWS_STATISTICS = True


def render(result: RunResult, context: ReportContext, out: TextIO) -> None:
    """Write `path:line:column: severity rule: message` per finding; columns are 1-based code points."""
    style = Style(context.color, getattr(out, "encoding", None))
    if context.statistics:
        write_statistics(result, context, style, out)
    else:
        for finding in result.findings:
            place = f"{style.bold(terminal(finding.path))}:{finding.line}:{finding.column}"
            head = f"{style.severity(finding.severity)} {finding.rule}"
            out.write(f"{place}: {head}: {terminal(finding.message)}\n")
    if context.verbosity >= 0:
        write_summary(result, context, style, out)
