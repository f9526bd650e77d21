"""The registry of formats; JSON, GitHub's commands and the job summary."""

from __future__ import annotations

import json
import re

import pytest

from healthlint.errors import UsageError
from healthlint.finding import Severity
from healthlint.ranges import TextRange
from healthlint.reporters import format_names
from tests.reporters.samples import SOURCES, finding, full_run, report, run

MACHINE = {"json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "rdjsonl", "markdown"}


def test_every_promised_format_is_there():
    assert MACHINE | {"text", "concise"} <= set(format_names())


def test_an_unknown_format_is_refused_with_the_nearest_name():
    with pytest.raises(UsageError, match=r"“sariv”.*Did you mean “sarif”"):
        report("sariv", run())
    with pytest.raises(UsageError, match="safe_text"):
        report("safe_text", run())


def test_statistics_are_refused_where_they_would_do_nothing():
    for name in MACHINE - {"json", "markdown"}:
        with pytest.raises(UsageError, match="--statistics"):
            report(name, run(), statistics=True)


@pytest.mark.parametrize("name", sorted(MACHINE | {"text", "concise"}))
def test_a_report_is_the_same_every_time(name):
    assert report(name, full_run()) == report(name, full_run()) != report(name, run())


def test_json_has_the_keys_of_schema_1_in_their_order():
    data = json.loads(report("json", full_run()))
    assert list(data) == ["schema", "version", "summary", "files", "findings"]
    assert data["schema"] == 1 and data["version"] == "0.1.0"
    assert list(data["summary"])[:6] == ["files", "error", "warning", "info", "seconds", "skipped_rules"]
    assert (data["summary"]["files"], data["summary"]["error"], data["summary"]["seconds"]) == (3, 1, 1.235)
    assert data["summary"]["errors"][0] == {"path": "broken.md", "rule": "", "message": "it is not text."}
    file = data["files"][0]
    assert list(file) == ["path", "title", "words", "sentences", "readability"]
    grades = {"smog": 15.1, "consensus_grade": 14.0, "dale_chall": None, "confidence": "high"}
    assert file["readability"] == grades
    keys = "rule family severity confidence message path line column end_line end_column offset end_offset text"
    assert all(list(item) == [*keys.split(), "related", "help", "fix", "fingerprint"] for item in data["findings"])
    assert data["findings"][1]["related"] == [
        {"path": "articles/ä b.md", "line": 1, "column": 3, "message": "said here first"},
        {"path": "z.md", "line": 1, "column": 1, "message": "and in another article"},
    ]
    start = SOURCES["articles/ä b.md"].index("a pain-free")
    edits = [{"offset": start, "end_offset": start + 11, "text": "less pain"}]
    assert data["findings"][2]["fix"] == {"title": "Say less", "safe": False, "edits": edits}
    assert data["findings"][0]["text"] == "" and data["findings"][0]["offset"] == 0


def test_json_without_findings_is_json():
    data = json.loads(report("json", run()))
    assert data["files"] == [] == data["findings"]
    assert "rules" not in data["summary"]


def test_json_with_statistics_counts_the_rules():
    data = json.loads(report("json", full_run(), statistics=True))
    assert next(iter(data["summary"]["rules"].items())) == ("promised-outcome", 2)


def test_jsonl_has_the_findings_of_json():
    lines = report("jsonl", full_run()).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(report("json", full_run()))["findings"]


def commands(text: str) -> list[str]:
    return re.findall(r"^::(\w+)", text, re.MULTILINE)


def test_github_names_columns_only_on_one_line():
    shown = report("github", full_run()).splitlines()
    assert shown[0] == "::error file=broken.md,title=healthlint could not do this::it is not text."
    assert shown[2].startswith(
        "::error file=articles/ä b.md,line=4,endLine=4,col=19,endColumn=33,title=promised-outcome::“A"
    )
    over_lines = next(line for line in shown if "pain-free" in line)
    assert "line=3,endLine=4,title" in over_lines
    assert "%0ASay what was measured" in over_lines
    whole = next(line for line in shown if "grade-above-target" in line)
    assert whole == "::warning file=articles/ä b.md,line=1,title=grade-above-target::Grade 14."


def test_github_shows_the_gravest_ten_and_says_how_many_more():
    text = "w " * 40
    spans = [TextRange(n * 2, n * 2 + 1) for n in range(40)]
    warnings = [finding("a.md", text, span) for span in spans[:25]]
    errors = [finding("a.md", text, span, severity=Severity.ERROR) for span in spans[25:28]]
    notices = [finding("a.md", text, span, severity=Severity.INFO) for span in spans[28:]]
    shown = report("github", run(*warnings, *errors, *notices))
    assert commands(shown) == ["error"] * 3 + ["warning"] * 10 + ["notice"] * 10
    assert "::notice title=healthlint::15 warnings and 3 notices more" in shown
    assert len(re.findall(r"^  - a\.md:1:\d+: ", shown, re.MULTILINE)) == 18


def test_github_says_nothing_about_more_when_there_is_none():
    text = "w " * 10
    exact = [finding("a.md", text, TextRange(n * 2, n * 2 + 1)) for n in range(10)]
    assert commands(report("github", run(*exact))) == ["warning"] * 10


def test_markdown_holds_every_finding_and_what_the_rules_mean():
    shown = report("markdown", full_run())
    assert shown.startswith(
        "<!-- a report of healthlint -->\n\n## healthlint: 1 error, 2 warnings and 1 info in 2 of 3 articles"
    )
    assert len(re.findall(r"^\| \d+ \| ", shown, re.MULTILINE)) == 4
    assert "not checked:** broken\\.md\\: it is not text" in shown
    assert "<details>" in shown and shown.rstrip().endswith("</details>")
    assert "- A standard, 4\\.2 <https://example.org/standard>" in shown
    assert shown.index("### articles/ä b") < shown.index("### z")  # the article with an error stands first


def test_markdown_stays_below_a_mebibyte_and_counts_what_it_leaves_out():
    text = "ü" * 150
    items = [finding("a.md", text, text, message=f"Number {n}. " + text) for n in range(6000)]
    shown = report("markdown", run(*items), {})
    assert 900_000 < len(shown.encode()) <= 1_048_576
    rows = len(re.findall(r"^\| \d+ \| ", shown, re.MULTILINE))
    assert f"**{6000 - rows:,} findings left out here" in shown


def test_markdown_statistics():
    shown = report("markdown", full_run(), statistics=True)
    for row in ("| 1 | error | promised\\-outcome | A future", "| 1 | warning | promised\\-outcome | A future"):
        assert row in shown  # each level by itself: one error does not make the others errors
    assert shown.count("**promised\\-outcome**") == 1
