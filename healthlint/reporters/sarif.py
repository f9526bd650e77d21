"""SARIF 2.1.0, with what GitHub's code scanning asks for: rule help, relative paths, stable fingerprints."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import PurePath
from typing import Any, TextIO
from urllib.parse import quote

from healthlint.finding import Finding, Fix, Severity
from healthlint.reporters import ReportContext
from healthlint.reporters._json import dump
from healthlint.reporters.run_summary import gravity, plural
from healthlint.result import RunError, RunResult
from healthlint.rules.model import RuleMeta

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_MAX_RESULTS = 25_000  # GitHub refuses a run with more
_MAX_TEXT = 1024  # GitHub refuses longer descriptions of a rule
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}


def render(result: RunResult, context: ReportContext, out: TextIO) -> None:
    """Write one run. Of more than 25,000 findings the gravest are kept, and a notification says so."""
    findings, notices = result.findings, [_notification(context, error) for error in result.errors]
    if len(findings) > _MAX_RESULTS:
        findings = sorted(sorted(findings, key=gravity)[:_MAX_RESULTS], key=lambda finding: finding.sort_key)
        left = plural(len(result.findings) - _MAX_RESULTS, "less serious finding")
        notices.append({"level": "warning", "message": {"text": f"{left} left out: GitHub takes 25,000 at most."}})
    notices += [{"level": "note", "message": {"text": note}} for note in result.notes]
    order = {rule: at for at, rule in enumerate(sorted({finding.rule for finding in findings}))}
    seen: Counter[tuple[str, str]] = Counter()
    results = [_result(finding, order, seen, context) for finding in findings]
    run = {
        "tool": {
            "driver": {
                "name": "healthlint",
                "version": context.version or "0",
                "rules": [_rule(rule, context.rules.get(rule)) for rule in order],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that all paths start from."}}},
        "invocations": [{"executionSuccessful": not result.errors, "toolExecutionNotifications": notices}],
    }
    head = dump({"$schema": _SCHEMA, "version": "2.1.0"})[:-1]
    out.write(f'{head}, "runs": [{dump(run)[:-1]}, "results": [')
    out.write(",\n".join(["", *map(dump, results)])[1:] if results else "")
    out.write("]}]}\n")


def _rule(rule: str, meta: RuleMeta | None) -> dict[str, Any]:
    if meta is None:  # a finding from a cache or plug-in whose rule is no longer installed
        return {"id": rule}
    text = f"{meta.help}\n\nWhy: {meta.why}"
    links = [f"[{s.title}]({s.url})" if s.url else s.title for s in meta.sources]
    rests = [f"{link}{', ' + s.clause if s.clause else ''}" for link, s in zip(links, meta.sources, strict=True)]
    return {
        "id": rule,
        "name": rule,
        "shortDescription": {"text": _short(meta.summary)},
        "fullDescription": {"text": _short(meta.why)},
        "help": {"text": text, "markdown": f"{text}\n\n" + "\n".join(f"- {item}" for item in rests)},
        "defaultConfiguration": {"level": _LEVEL[meta.severity]},
        "properties": {
            "tags": [meta.family],
            "precision": meta.confidence.value,
            "problem.severity": _PROBLEM[meta.severity],
        },
    }


def _short(text: str) -> str:
    return text if len(text) <= _MAX_TEXT else text[: _MAX_TEXT - 1] + "…"


def _result(
    finding: Finding, order: dict[str, int], seen: Counter[tuple[str, str]], context: ReportContext
) -> dict[str, Any]:
    key = (finding.path, finding.fingerprint)
    seen[key] += 1
    # The name under which GitHub follows an alert from commit to commit; two in one file must differ.
    mark = f"{finding.fingerprint}:{seen[key]}"
    data: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": order[finding.rule],
        "level": _LEVEL[finding.severity],
        "message": {"text": _message(finding.message)},
        "locations": [
            {"physicalLocation": {"artifactLocation": _artifact(finding.path, context), "region": _region(finding)}}
        ],
        "partialFingerprints": {"primaryLocationLineHash": mark, "healthlint/v1": mark},
        "properties": {"confidence": finding.confidence.value, "family": finding.family},
    }
    if finding.related:
        data["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": _message(item.message)},
                "physicalLocation": {
                    "artifactLocation": _artifact(item.path or finding.path, context),
                    "region": {"startLine": max(1, item.line), "startColumn": max(1, item.column)},
                },
            }
            for number, item in enumerate(finding.related, 1)
        ]
    if finding.fix:
        data["fixes"] = [_fix(finding.fix, finding.path, context)]
    return data


def _message(text: str) -> str:
    # “[words](target)” in a message is a link (section 3.11.6): an article's own is to stay text.
    return text.replace("](", "] (")


def _region(finding: Finding) -> dict[str, Any]:
    if finding.offset == finding.end_offset:
        return {"startLine": finding.line}
    return {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
        "charOffset": finding.offset,
        "charLength": finding.end_offset - finding.offset,
        "snippet": {"text": finding.text},
    }


def _artifact(path: str, context: ReportContext) -> dict[str, str]:
    shown = context.relative(path)
    if PurePath(shown).is_absolute() or shown.startswith("../"):  # outside the base: no relative address is true
        return {"uri": context.absolute(path).as_uri()}
    return {"uri": quote(os.fsencode(shown)), "uriBaseId": "%SRCROOT%"}


def _fix(fix: Fix, path: str, context: ReportContext) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": {"charOffset": edit.range.start, "charLength": edit.range.end - edit.range.start},
            "insertedContent": {"text": edit.text},
        }
        for edit in fix.edits
    ]
    change = {"artifactLocation": _artifact(path, context), "replacements": replacements}
    return {"description": {"text": fix.title}, "artifactChanges": [change]}


def _notification(context: ReportContext, error: RunError) -> dict[str, Any]:
    data: dict[str, Any] = {"level": "error", "message": {"text": error.message}}
    if error.path:
        data["locations"] = [{"physicalLocation": {"artifactLocation": _artifact(error.path, context)}}]
    return data
