"""Annotations on GitHub: workflow commands for the gravest findings, plain log lines for the others."""

from __future__ import annotations

from collections import Counter
from typing import TextIO

from healthlint.finding import Finding, Severity
from healthlint.reporters import ReportContext
from healthlint.reporters.run_summary import gravity, headline, left_out, plural
from healthlint.reporters.safe_text import command, terminal
from healthlint.result import RunResult
from healthlint.rules.messages import join_names

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
# GitHub shows ten of each kind per step and drops the rest without a word; one notice is kept for saying so.
_LIMIT = {"error": 10, "warning": 10, "notice": 9}


def render(result: RunResult, context: ReportContext, out: TextIO) -> None:
    """Write at most ten commands of each kind, the gravest first; then say how many more, and list those."""
    used: Counter[str] = Counter()
    rest: list[str] = []
    for error in result.errors:
        where = {"file": terminal(context.relative(error.path))} if error.path else {}
        if used["error"] < _LIMIT["error"]:
            out.write(
                command("error", terminal(error.message), where | {"title": "healthlint could not do this"}) + "\n"
            )
        else:
            rest.append(terminal(str(error)))
        used["error"] += 1
    for finding in sorted(result.findings, key=gravity):
        kind = _COMMAND[finding.severity]
        if used[kind] < _LIMIT[kind]:
            out.write(_annotation(finding, kind, context) + "\n")
        else:
            place = f"{terminal(context.relative(finding.path))}:{finding.line}:{finding.column}"
            rest.append(f"{place}: {finding.severity.value} {finding.rule}: {terminal(finding.message)}")
        used[kind] += 1
    if rest:
        more = [plural(used[kind] - limit, kind) for kind, limit in _LIMIT.items() if used[kind] > limit]
        message = f"{join_names(more)} more, in this step's log: GitHub shows only ten of each kind as annotations."
        out.write(command("notice", message, {"title": "healthlint"}) + "\n")
        # A path could begin with a colon or a space: two spaces and a dash keep it from the start of the line.
        out.writelines(f"  - {line}\n" for line in rest)
    for sentence in [headline(result), *left_out(result)] if context.verbosity >= 0 else []:
        out.write(terminal(sentence) + "\n")


def _annotation(finding: Finding, kind: str, context: ReportContext) -> str:
    properties: dict[str, str | int] = {"file": terminal(context.relative(finding.path)), "line": finding.line}
    if finding.offset != finding.end_offset:
        properties["endLine"] = finding.end_line
        if finding.line == finding.end_line:
            properties |= {"col": finding.column, "endColumn": finding.end_column}
    properties["title"] = finding.rule
    message = terminal(finding.message) + (f"\n{terminal(finding.help)}" if finding.help else "")
    return command(kind, message, properties)
