"""What of a run is shown and what makes it fail: baseline, changed lines, levels."""

from __future__ import annotations

from typing import NamedTuple

from healthlint.diff import ChangedLines, FilterMode, filter_findings
from healthlint.finding import Severity
from healthlint.result import RunResult
from healthlint.runner.baselines import Baselines


class Gate(NamedTuple):
    """The thresholds of a run. A fail level of “never” never fails on findings."""

    fail_level: str = "error"
    max_warnings: int | None = None
    min_level: Severity = Severity.INFO
    exit_zero: bool = False

    def exit_code(self, result: RunResult) -> int:
        """0 nothing at or above the fail level, 1 findings, 2 something could not be done."""
        if result.errors:
            return 2
        if self.exit_zero:
            return 0
        counts = result.counts()
        if self.max_warnings is not None and counts[Severity.WARNING] > self.max_warnings:
            return 1
        if self.fail_level == "never":
            return 0
        limit = Severity(self.fail_level).rank
        return int(any(count and severity.rank <= limit for severity, count in counts.items()))


def apply(
    result: RunResult,
    gate: Gate,
    baselines: Baselines | None = None,
    changed: ChangedLines | None = None,
    mode: FilterMode = FilterMode.ADDED,
) -> None:
    """Take out what is accepted, what lies outside the change, and what is below the least level; count each."""
    found = result.findings
    if changed is not None:
        result.findings, result.outside_diff = filter_findings(found, changed, mode)
    if baselines is not None:
        # Of equal findings, those on unchanged lines are the ones that were accepted.
        shown = set(map(id, result.findings))
        old = [finding for finding in found if id(finding) not in shown]
        result.findings, result.baselined = baselines.filter(result.findings, old)
        result.notes += baselines.notes()
    if gate.min_level is not Severity.INFO:
        result.findings = [finding for finding in result.findings if finding.severity.rank <= gate.min_level.rank]
