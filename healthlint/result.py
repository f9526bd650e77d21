"""What a run gives back: a summary of each article, its findings, and what went wrong on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, runtime_checkable

from healthlint.finding import Finding, Severity


class FileSummary(NamedTuple):
    """One article in a report: its path as shown, title, counts, and grades by name (None where too short)."""

    path: str
    title: str
    words: int
    sentences: int
    readability: Mapping[str, float | str | None]


class RunError(NamedTuple):
    """Something that could not be done: an unreadable file, a rule that crashed. Any of them makes the exit code 2."""

    message: str
    path: str = ""
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


@dataclass(slots=True)
class RunResult:
    """Everything a reporter shows. Findings are sorted by path, offset and rule; files by path.

    Of a large run, findings are made as they are asked for: go through them once, in their order, where that will do.
    """

    files: list[FileSummary] = field(default_factory=list)
    findings: Sequence[Finding] = ()
    errors: list[RunError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    skipped_rules: list[str] = field(default_factory=list)
    baselined: int = 0
    suppressed: int = 0
    outside_diff: int = 0
    cached: int = 0
    seconds: float = 0.0

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return self.counts()[severity]

    def counts(self) -> Counter[Severity]:
        """Findings by severity."""
        return count_severities(self.findings)


@runtime_checkable
class _Counted(Protocol):
    def counts(self) -> Counter[Severity]: ...


def count_severities(findings: Iterable[Finding]) -> Counter[Severity]:
    """Findings by severity."""
    if isinstance(findings, _Counted):  # without making them
        return findings.counts()
    return Counter(finding.severity for finding in findings)
