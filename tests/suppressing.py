"""Findings at given places, and what the directives of a source leave of them."""

from __future__ import annotations

from healthlint.finding import Confidence, Finding, Severity
from healthlint.formats import parse
from healthlint.ranges import LineIndex
from healthlint.suppress import EVERYTHING, Suppressed, suppress

FAMILY = {"promised-outcome": "claims", "miracle-claim": "claims", "long-sentence": "readability"}
KNOWN = FAMILY | {name: name for name in FAMILY.values()}
KNOWN |= dict.fromkeys(["suppression-unused", "suppression-unknown", "file"], "file")
JUDGED = frozenset({*KNOWN, EVERYTHING}) - {"suppression-unused", "suppression-unknown"}


def spot(source: str, phrase: str, rule: str = "promised-outcome") -> Finding:
    start = source.index(phrase)
    return at(source, start, start + len(phrase), rule)


def at(source: str, start: int, end: int, rule: str = "promised-outcome") -> Finding:
    lines = LineIndex(source)
    first, last = lines.position(start), lines.position(end)
    return Finding(
        rule, FAMILY[rule], Severity.WARNING, Confidence.HIGH, "m", "a.md",
        first.line, first.column, last.line, last.column, start, end, source[start:end],
    )  # fmt: skip


def silence(
    source: str, *findings: Finding, format_name: str = "markdown", judged: frozenset[str] = JUDGED
) -> Suppressed:
    article = parse("a", source, format_name)
    return suppress(article, findings, LineIndex(source), judged, KNOWN)


def left(result: Suppressed) -> list[str]:
    return [item.text for item in result.findings]
