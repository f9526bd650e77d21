"""What of a run is shown and what makes it fail: baseline, changed lines, levels."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from healthlint.baseline import FILE_NAME, Baseline
from healthlint.config import Config
from healthlint.diff import ChangedLines, FilterMode, filter_findings, unchanged
from healthlint.errors import UsageError
from healthlint.finding import Severity
from healthlint.result import RunResult


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


def baseline_of(configs: Iterable[Config], given: Path | None) -> Path | None:
    """The baseline file of a run: the one given, else the configuration's, else the one beside it if it is there.

    Raises UsageError where the configurations of a run name different ones, or where a named one does not exist.
    """
    if given is not None:
        if not given.is_file():
            raise UsageError(
                "there is no such baseline.", where=str(given), hint="`healthlint baseline create` writes it."
            )
        return given
    named = {config.run.baseline for config in configs if config.run.baseline is not None}
    if len(named) > 1:
        files = ", ".join(sorted(map(str, named)))
        raise UsageError(f"the configurations name different baselines: {files}.", hint="Choose one with --baseline.")
    if named:
        return baseline_of((), named.pop())
    beside = {config.base / FILE_NAME for config in configs if config.path is not None} | {Path.cwd() / FILE_NAME}
    found = sorted(path for path in beside if path.is_file())
    return found[0] if len(found) == 1 else None


def apply(
    result: RunResult,
    gate: Gate,
    baseline: Path | None = None,
    changed: ChangedLines | None = None,
    mode: FilterMode = FilterMode.ADDED,
) -> None:
    """Take out what is accepted, what lies outside the change, and what is below the least level; count each."""
    found = result.findings
    if changed is not None:
        result.findings, result.outside_diff = filter_findings(found, changed, mode)
    if baseline is not None:
        # Of equal findings, those on unchanged lines are the ones that were accepted.
        old = [] if changed is None else unchanged(found, changed, mode)
        result.findings, result.baselined = Baseline.load(baseline).filter(result.findings, old)
    if gate.min_level is not Severity.INFO:
        result.findings = [finding for finding in result.findings if finding.severity.rank <= gate.min_level.rank]
