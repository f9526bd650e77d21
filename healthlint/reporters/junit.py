"""JUnit XML: a suite per article, a failed case per finding; an article without findings is a case that passed."""

from __future__ import annotations

from itertools import groupby
from typing import TextIO

from healthlint.finding import Finding
from healthlint.reporters import ReportContext
from healthlint.reporters.safe_text import xml
from healthlint.result import RunError, RunResult


def render(result: RunResult, context: ReportContext, out: TextIO) -> None:
    """Write the suites in path order. A run without any article is one case that passed."""
    found = {path: list(group) for path, group in groupby(result.findings, key=lambda finding: finding.path)}
    failed: dict[str, list[RunError]] = {}
    for error in result.errors:
        failed.setdefault(error.path, []).append(error)
    paths = sorted({file.path for file in result.files} | found.keys() | failed.keys())
    cases = sum(max(1, len(found.get(path, ())) + len(failed.get(path, ()))) for path in paths) or 1
    out.write('<?xml version="1.0" encoding="utf-8"?>\n')
    out.write(
        f'<testsuites name="healthlint" tests="{cases}" failures="{len(result.findings)}" '
        f'errors="{len(result.errors)}" time="{result.seconds:.3f}">\n'
    )
    for path in paths:
        _suite(context.relative(path) or "healthlint", found.get(path, []), failed.get(path, []), out)
    if not paths:
        _suite("healthlint", [], [], out)
    out.write("</testsuites>\n")


def _suite(path: str, findings: list[Finding], errors: list[RunError], out: TextIO) -> None:
    name, count = xml(path), max(1, len(findings) + len(errors))
    out.write(f'  <testsuite name="{name}" tests="{count}" failures="{len(findings)}" errors="{len(errors)}">\n')
    for error in errors:
        out.write(f'    <testcase classname="{name}" name="{xml(error.rule or "reading")}">')
        out.write(f'<error type="error" message="{xml(error.message)}"/></testcase>\n')
    for finding in findings:
        place = f"{finding.line}:{finding.column}"
        out.write(f'    <testcase classname="{name}" name="{xml(finding.rule)} {place}">')
        out.write(f'<failure type="{finding.severity.value}" message="{xml(finding.message)}">')
        out.write(xml(f"{path}:{place}: {finding.severity.value} {finding.rule}: {finding.message}\n{finding.help}"))
        out.write("</failure></testcase>\n")
    if not findings and not errors:
        out.write(f'    <testcase classname="{name}" name="no findings"/>\n')
    out.write("  </testsuite>\n")
