"""The words at the end of a report: how many findings, what was left out, and where to begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from healthlint.finding import Confidence, Finding, Severity
from healthlint.result import RunResult
from healthlint.rules.messages import join_names

_CERTAINTY = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}


def plural(count: int, noun: str) -> str:
    """“1 error”, “2 errors”."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def gravity(finding: Finding) -> tuple[int, int, tuple[str, int, int, str, int]]:
    """A sort key that puts the most serious and most certain findings first."""
    return (finding.severity.rank, _CERTAINTY[finding.confidence], finding.sort_key)


def headline(result: RunResult) -> str:
    """One sentence: the counts, and in how many of the articles."""
    articles = len(result.files)
    if not result.findings:
        return f"No findings in {plural(articles, 'article')}."
    counts = result.counts()
    parts = [plural(counts[severity], severity.value) for severity in Severity if counts[severity]]
    touched = len({finding.path for finding in result.findings})
    where = f"{touched:,} of {plural(articles, 'article')}" if articles > touched else plural(touched, "article")
    return f"{join_names(parts)} in {where}."


def left_out(result: RunResult) -> Iterator[str]:
    """What the counts do not hold, one sentence each."""
    if result.baselined:
        yield f"{plural(result.baselined, 'finding')} accepted by the baseline."
    if result.suppressed:
        yield f"{plural(result.suppressed, 'finding')} silenced by comments or front matter."
    if result.outside_diff:
        yield f"{plural(result.outside_diff, 'finding')} on unchanged lines not shown."
    if result.skipped_rules:
        yield f"Not checked: {', '.join(result.skipped_rules)}."
    if result.errors:
        yield f"The run is not complete: {plural(len(result.errors), 'problem')} met on the way."


def rule_counts(result: RunResult) -> list[tuple[int, Severity, str]]:
    """(count, severity, rule), most frequent first; a rule that spoke at two levels stands there for each."""
    counts = Counter((finding.rule, finding.severity) for finding in result.findings)
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0][1].rank, item[0][0]))
    return [(count, severity, rule) for (rule, severity), count in order]
