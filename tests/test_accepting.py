"""Living with old findings, from the command line: a baseline, directives, and changed lines, in scratch projects."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import xmlschema

from tests.reporters.samples import SCHEMAS, sarif_schema, schema

RULE = """
id: {rule}
summary: The word is a test word.
message: "“{{match}}” is a test word."
severity: error
confidence: high
scope: span
why: It is there to be found.
help: Take it out.
sources: [{{title: These tests}}]
check:
  kind: phrases
  terms: ["{word}"]
examples:
  bad: ["One [[{word}]] here."]
  good: ["Nothing here."]
"""
CONFIG = "root: true\nrule-paths: [words]\nselect: [words, suppression-unused, suppression-unknown]\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose own rules find the words “wonderdrug” and “curesall”."""
    (tmp_path / "words").mkdir()
    for word in ("wonderdrug", "curesall"):
        (tmp_path / "words" / f"test-{word}.yaml").write_text(RULE.format(rule=f"test-{word}", word=word))
    (tmp_path / ".healthlint.yml").write_text(CONFIG)
    (tmp_path / "articles").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HEALTHLINT_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


def healthlint(*args: str, code: int) -> str:
    done = subprocess.run([sys.executable, "-m", "healthlint", *args], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def check(*args: str, code: int) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(healthlint("check", "--output-format", "json", *args, "articles", code=code))
    return data


def places(data: dict[str, Any]) -> list[tuple[str, int]]:
    return [(item["path"], item["line"]) for item in data["findings"]]


def test_three_hundred_old_findings_and_one_new(project):
    def paragraph(page: int, n: int) -> str:
        return f"Paragraph {n} of page {page} praises a wonderdrug once more."

    pages = [project / "articles" / f"page{page}.md" for page in range(30)]
    for page, path in enumerate(pages):
        path.write_text(f"# Page {page}\n\n" + "\n\n".join(paragraph(page, n) for n in range(10)) + "\n")
    assert check(code=1)["summary"]["error"] == 300
    assert "300 findings accepted" in healthlint("baseline", "create", "articles", code=0)
    kept = json.loads(Path(".healthlint-baseline.json").read_text())
    assert check(code=0)["summary"] | {"seconds": 0} == check(code=0)["summary"] | {"seconds": 0}
    assert check(code=0)["summary"]["baselined"] == 300

    # Paragraphs moved about, and new ones between them: nothing is new.
    text = pages[3].read_text().split("\n\n")
    pages[3].write_text(
        "\n\n".join([text[0], "A new beginning.", *reversed([part.strip() for part in text[1:]])]) + "\n"
    )
    assert check(code=0)["findings"] == []

    # A fault that is added fails, alone; also one that repeats an old one word for word.
    pages[4].write_text(pages[4].read_text() + "\nAnd a new wonderdrug.\n")
    pages[5].write_text(pages[5].read_text() + "\n" + paragraph(5, 3) + "\n")
    data = check(code=1)
    assert places(data) == [("articles/page4.md", 23), ("articles/page5.md", 23)]
    assert "296 findings" not in healthlint("baseline", "prune", "articles", code=0)
    assert json.loads(Path(".healthlint-baseline.json").read_text()) == kept

    # Repaired ones are dropped by prune, and cannot come back.
    before = pages[6].read_text()
    pages[6].write_text(before.replace("wonderdrug", "medicine", 4))
    assert "4 findings dropped, 296 still accepted" in healthlint("baseline", "prune", "articles", code=0)
    assert Path(".healthlint-baseline.json").stat().st_size < len(json.dumps(kept, indent=2))
    pages[6].write_text(before)
    assert len(check(code=1)["findings"]) == 6
    healthlint("baseline", "update", "articles", code=0)
    assert check(code=0)["summary"]["baselined"] == 302


def test_a_narrow_run_leaves_the_rest_of_the_baseline(project):
    (project / "articles" / "a.md").write_text("# A\n\nA wonderdrug.\n\nIt curesall.\n")
    healthlint("baseline", "create", "articles", code=0)
    (project / "articles" / "a.md").write_text("# A\n\nA thing.\n\nIt curesall.\n")
    healthlint("baseline", "prune", "--select", "test-wonderdrug", "articles", code=0)
    assert check(code=0)["summary"]["baselined"] == 1


def test_directives_on_the_command_line(project):
    (project / "articles" / "a.md").write_text(
        "# A\n\n<!-- healthlint-disable-next-line test-wonderdrug -- quoted -->\nA wonderdrug.\n\nA wonderdrug.\n\n"
        "Fine. <!-- healthlint-disable-line test-curesall, test-cureall -->\n"
    )
    data = check(code=1)
    assert data["summary"]["suppressed"] == 1
    assert [(item["rule"], item["line"], item["text"]) for item in data["findings"]] == [
        ("test-wonderdrug", 6, "wonderdrug"),
        ("suppression-unused", 8, "test-curesall"),
        ("suppression-unknown", 8, "test-cureall"),
    ]
    assert "Did you mean “test-curesall”?" in data["findings"][2]["message"]
    # What did not run is not called unused.
    data = check("--select", "test-wonderdrug,suppression-unused", code=1)
    assert [item["rule"] for item in data["findings"]] == ["test-wonderdrug"]


def git(*args: str) -> None:
    name = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", *name, *args], check=True, capture_output=True)


def test_changed_lines_on_the_command_line(project):
    page = project / "articles" / "a.md"
    page.write_text("# A\n\nAn old wonderdrug.\n")
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "old")
    git("checkout", "-q", "-b", "work")
    page.write_text("# A\n\nAn old wonderdrug.\n\nA new wonderdrug.\n")
    assert places(check("--diff-base", "main", code=1)) == [("articles/a.md", 5)]
    assert check("--diff-base", "main", code=1)["summary"]["outside_diff"] == 1
    assert check("--diff-base", "HEAD", "--filter-mode", "file", code=1)["summary"]["error"] == 2
    assert places(check("--staged", code=0)) == []
    git("add", "-A")
    assert places(check("--staged", code=1)) == [("articles/a.md", 5)]
    healthlint("check", "--diff-base", "nowhere", "articles", code=2)
    # The same sentence once more is not the one that was accepted, wherever it stands.
    page.write_text("# A\n\nAn old wonderdrug.\n")
    healthlint("baseline", "create", code=0)
    for text in ("An old wonderdrug.\n\nAn old wonderdrug.\n", "Else.\n\nAn old wonderdrug.\n"):
        page.write_text("# A\n\n" + text)
        new = text.count("old") - 1
        found = check("--diff-base", "HEAD", code=new)
        assert (len(found["findings"]), found["summary"]["outside_diff"]) == (new, 1)


def test_several_reports_of_one_run_keep_their_schemas(project, monkeypatch):
    (project / ".git").mkdir()
    (project / "articles" / "ü <b>.md").write_text("# A & B\n\n“Ä” wonderdrug ]]> ::error::.\n", encoding="utf-8")
    forms = {
        "sarif": jsonschema.Draft4Validator(sarif_schema()).validate,
        "gitlab": jsonschema.Draft202012Validator(schema("gitlab.json")).validate,
        "rdjson": jsonschema.Draft202012Validator(schema("rdjson.json")).validate,
        "junit": xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd").validate,
        "checkstyle": xmlschema.XMLSchema(SCHEMAS / "checkstyle.xsd").validate,
    }
    names = [*forms, "json", "jsonl", "rdjsonl", "markdown", "text", "concise"]
    monkeypatch.chdir(project / "articles")
    reports = [f"--report={name}=../{name}.out" for name in names]
    shown = healthlint("check", *reports, "--report", "github=-", code=1)
    assert shown.startswith(
        "::error file=articles/ü <b>.md,line=3,endLine=3,col=5,endColumn=15,title=test-wonderdrug::"
    )
    texts = {name: (project / f"{name}.out").read_text(encoding="utf-8") for name in names}
    for name, validate in forms.items():
        validate(json.loads(texts[name]) if texts[name][0] in "{[" else texts[name])
    for text in texts.values():
        assert "test-wonderdrug" in text.replace("\\-", "-")
    place = json.loads(texts["sarif"])["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "articles/%C3%BC%20%3Cb%3E.md"
    [diagnostic] = json.loads(texts["rdjson"])["diagnostics"]
    assert diagnostic["location"]["range"]["start"] == {"line": 3, "column": len("“Ä” ".encode()) + 1}
