"""An article's report as bytes, for the cache and for other processes; compact JSON, nothing executable."""

from __future__ import annotations

import json
from collections.abc import Mapping
from sys import intern
from typing import Any

from healthlint.finding import Confidence, Edit, Finding, Fix, Related, Severity
from healthlint.linter import ArticleReport
from healthlint.ranges import TextRange
from healthlint.result import FileSummary, RunError
from healthlint.rules.model import Fact
from healthlint.runner.cache import Packed

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def pack(report: ArticleReport) -> Packed:
    """The report as bytes. Paths of the article itself are left out: the same text may stand under another name."""
    s = report.summary
    data = [
        [s.title, s.words, s.sentences, dict(s.readability)],
        [_pack_finding(finding) for finding in report.findings],
        [[error.message, error.rule] for error in report.errors],
        report.suppressed,
        report.directives,
    ]
    return Packed(_bytes(data), _bytes(report.facts))


def _bytes(data: Any) -> bytes:
    return _encode(data).encode("utf-8", "surrogatepass")


def unpack(packed: Packed, path: str) -> ArticleReport:
    """The report of an article at a path. Raises ValueError (or its kin) for bytes that `pack` did not make."""
    summary, findings, errors, suppressed, directives = json.loads(packed.report.decode("utf-8", "surrogatepass"))
    title, words, sentences, grades = summary
    return ArticleReport(
        summary=FileSummary(path, title, words, sentences, grades),
        findings=[_unpack_finding(item, path) for item in findings],
        facts=_facts(packed.facts),
        errors=[RunError(message, path, rule) for message, rule in errors],
        suppressed=suppressed,
        directives=directives,
    )


def _facts(packed: bytes) -> dict[str, Fact]:
    facts = json.loads(packed.decode("utf-8", "surrogatepass"))
    if not isinstance(facts, dict) or not all(isinstance(fact, dict) for fact in facts.values()):
        raise ValueError("these are no facts")
    return facts


def unpack_stored(packed: Packed | None, path: str) -> ArticleReport | None:
    """The report in what a cache gave back, or None where that is nothing or no report (a broken disk, a stranger)."""
    try:
        return None if packed is None else unpack(packed, path)
    except _BROKEN:
        return None


def unpack_facts(packed: bytes | None) -> Mapping[str, Fact] | None:
    """The facts in what a cache gave back, or None where that is nothing or no facts."""
    try:
        return None if packed is None else _facts(packed)
    except _BROKEN:
        return None


_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError)


def _pack_finding(finding: Finding) -> list[Any]:
    f = finding
    related = [[r.message, list(r.range) if r.range else None, r.path, r.line, r.column] for r in f.related]
    fix = [f.fix.title, f.fix.safe, [[*e.range, e.text] for e in f.fix.edits]] if f.fix else None
    return [
        f.rule, f.family, f.severity.value, f.confidence.value, f.message, f.line, f.column, f.end_line, f.end_column,
        f.offset, f.end_offset, f.text, f.help, related, fix, f.fingerprint, dict(f.evidence),
    ]  # fmt: skip


def _unpack_finding(item: list[Any], path: str) -> Finding:
    (
        rule, family, severity, confidence, message, line, column, end_line, end_column, offset, end_offset, text,
        help_text, related, fix, mark, evidence,
    ) = item  # fmt: skip
    # A large run has many findings of few rules: what they say alike is kept once.
    return Finding(
        intern(rule), intern(family), _SEVERITY[severity], _CONFIDENCE[confidence], message, path, line, column,
        end_line, end_column, offset, end_offset, text, intern(help_text),
        tuple(Related(m, TextRange(*r) if r else None, p, at, column) for m, r, p, at, column in related),
        Fix(fix[0], tuple(Edit(TextRange(a, b), new) for a, b, new in fix[2]), fix[1]) if fix else None,
        mark, {intern(name): value for name, value in evidence.items()},
    )  # fmt: skip


_SEVERITY = {member.value: member for member in Severity}
_CONFIDENCE = {member.value: member for member in Confidence}
