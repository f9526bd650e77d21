"""An article's report as bytes, for the cache and for other processes; compact JSON, nothing executable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from sys import intern
from typing import Any, NamedTuple
from zlib import compress, decompress

from healthlint.finding import Confidence, Edit, Finding, Fix, Related, Severity
from healthlint.linter import ArticleReport
from healthlint.ranges import TextRange
from healthlint.result import FileSummary, RunError, count_severities
from healthlint.rules.model import Fact
from healthlint.runner.cache import Packed

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def pack(report: ArticleReport) -> Packed:
    """The report as bytes. Paths of the article itself are left out: the same text may stand under another name."""
    s = report.summary
    # A line for each rule: what one rule needs is found without reading the others'.
    facts = b"\n".join(_packed_facts(report))
    counts = count_severities(report.findings)
    head = [
        [s.title, s.words, s.sentences, dict(s.readability)],
        [[error.message, error.rule] for error in report.errors],
        report.suppressed,
        report.directives,
        [counts[severity] for severity in Severity],
    ]
    findings = compress(_bytes([_pack_finding(f) for f in report.findings]), 1) if report.findings else b""
    return Packed(_bytes(head), findings, facts)


def _packed_facts(report: ArticleReport) -> Iterator[bytes]:
    for rule, fact in report.facts.items():
        try:
            yield rule.encode() + b"\t" + _bytes(fact)
        except (TypeError, ValueError, RecursionError) as error:
            message = f"the rule {rule} keeps a fact of this article that is not fit for JSON ({error})."
            report.errors.append(RunError(message, report.summary.path, rule))


def _bytes(data: Any) -> bytes:
    return _encode(data).encode("utf-8", "surrogatepass")


def _data(packed: bytes) -> Any:
    return json.loads(packed.decode("utf-8", "surrogatepass"))


class Head(NamedTuple):
    """What a run needs of every article: all but its findings and facts."""

    summary: FileSummary
    errors: list[RunError]
    suppressed: int
    directives: list[list[Any]]
    counts: tuple[int, ...]  # of findings, by severity from the gravest


def unpack_head(packed: Packed, path: str) -> Head:
    """The head of an article's report, for the article at a path."""
    (title, words, sentences, grades), errors, suppressed, directives, counts = _data(packed.head)
    return Head(
        # The names of the grades are the same for all articles: they are kept once.
        FileSummary(path, title, words, sentences, {intern(name): value for name, value in grades.items()}),
        [RunError(message, path, rule) for message, rule in errors],
        suppressed,
        directives,
        tuple(counts),
    )


def unpack_findings(packed: bytes, path: str) -> list[Finding]:
    """The findings in `Packed.findings`, for the article at a path."""
    return [_unpack_finding(item, path) for item in _data(decompress(packed))] if packed else []


def facts_by_rule(packed: bytes) -> Iterator[tuple[str, bytes]]:
    """The facts in `Packed.facts`, by rule, still packed."""
    for line in packed.split(b"\n") if packed else ():
        rule, _, fact = line.partition(b"\t")
        yield rule.decode(), fact


def unpack_fact(packed: bytes) -> Fact:
    """One fact of `facts_by_rule`."""
    fact: Fact = _data(packed)
    return fact


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
