"""GitLab's Code Quality report: one JSON array, empty when there is nothing to say."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import Any, TextIO

from healthlint.finding import Severity
from healthlint.reporters import ReportContext
from healthlint.reporters._json import dump
from healthlint.result import RunResult

_SEVERITY = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def render(result: RunResult, context: ReportContext, out: TextIO) -> None:
    """Write the array. What went wrong on the way stands in it too, as a blocker: GitLab has no other place for it."""
    seen: Counter[tuple[str, str, str]] = Counter()

    def issue(path: str, line: int, rule: str, severity: str, message: str, mark: str) -> dict[str, Any]:
        # Unique in the report, the same from commit to commit: path, finding, and its number among equal ones.
        key = (path, rule, mark)
        seen[key] += 1
        name = "\0".join([*key, str(seen[key])]).encode("utf-8", "surrogatepass")
        return {
            "description": message,
            "check_name": rule,
            "fingerprint": blake2b(name, digest_size=20).hexdigest(),
            "severity": severity,
            "location": {"path": path, "lines": {"begin": line}},
        }

    issues = [
        issue(context.relative(e.path) or "healthlint", 1, e.rule or "run-incomplete", "blocker", e.message, e.message)
        for e in result.errors
    ]
    issues += [
        issue(context.relative(f.path), f.line, f.rule, _SEVERITY[f.severity], f.message, f.fingerprint)
        for f in result.findings
    ]
    out.write("[" + ",\n".join(map(dump, issues)) + "]\n")
