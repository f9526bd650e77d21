"""The command line as a process: exit codes, bad input, determinism."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from healthlint.runner import Options, run
from healthlint.runner.gate import Gate
from tests.cli.process import CLEAN, FAULTY, healthlint, one_line

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_findings_make_exit_1_and_none_exit_0(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CLEAN)
    (tmp_path / "b.md").write_text(FAULTY)
    claims = ("--select", "claims")
    assert healthlint("check", *claims, "a.md", cwd=tmp_path).returncode == 0
    assert healthlint("check", *claims, "b.md", cwd=tmp_path).returncode == 1
    assert healthlint("b.md", *claims, cwd=tmp_path).returncode == 1, "a bare path means check"
    assert healthlint("check", *claims, "--exit-zero", "b.md", cwd=tmp_path).returncode == 0
    assert healthlint("check", *claims, "--fail-level", "never", "b.md", cwd=tmp_path).returncode == 0


def test_max_warnings(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Colds\n\nGive your child one teaspoon of the syrup.\n")
    select = ("check", "--select", "dose-unclear", "a.md")
    assert healthlint(*select, cwd=tmp_path).returncode == 0
    assert healthlint(*select, "--max-warnings", "0", cwd=tmp_path).returncode == 1
    assert healthlint(*select, "--fail-level", "warning", cwd=tmp_path).returncode == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("check", "missing.md"), "missing.md: there is no such file or folder."),
        (("check", "--select", "promised-outcom", "."), "Did you mean “promised-outcome”?"),
        (("check", "--output-format", "jsn", "."), "“jsn” is none of checkstyle"),
        (("check", "--output-format", "jsn", "."), "Did you mean “json”?"),
        (("init", "--preset", "patients"), "Did you mean “patient”?"),
        (("check", "--preset", "patient", "."), "--profile patient"),
        (("check", "--format", "json", "."), "Write --output-format."),
        (("check", "--severity", "error", "."), "--fail-level"),
        (("why", "a.md", "17"), "Usage: healthlint why [OPTIONS] PATH:LINE"),
        (("explain",), "Usage: healthlint explain [OPTIONS] RULE"),
        (("glossary",), "All commands: healthlint --help"),
        (("chek",), "Did you mean “check”?"),
        (("explain", "title-repeatd"), "Did you mean “title-repeated”?"),
        (("check", "--config", "no.yml", "."), "there is no such configuration file"),
        (("check", "--staged", "--diff-base", "main", "."), "exclude each other"),
        (("check", "--report", "sarif", "."), "write FORMAT=FILE"),
        (("check", "--unsafe-fixes", "."), "only with --fix or --diff"),
        (("why", "a.md"), "should be written as PATH:LINE"),
        (("check", ".", "--filter-mode", "file"), "only with --diff-base or --staged"),
        (("check", ".", "-o", "a.md", "--report", "json=./a.md"), "two reports cannot both go to this file"),
        (("check", ".", "--output-format", "json", "--report", "github=-"), "cannot both go to standard output"),
        (("explain", "claims"), "“claims” is a family of rules. `healthlint rules claims` lists them."),
        (("docs", "/dev/null"), "/dev/null/claims: cannot be read or written"),
    ],
)
def test_usage_errors_are_one_line_and_exit_2(arguments: tuple[str, ...], says: str, tmp_path: Path) -> None:
    done = healthlint(*arguments, cwd=tmp_path)
    assert done.returncode == 2, done.stdout
    assert says in one_line(done)


def test_a_folder_without_articles_is_said(tmp_path: Path) -> None:
    done = healthlint("check", ".", cwd=tmp_path)
    assert done.returncode == 0
    assert "no articles" in done.stderr


def test_what_excludes_leave_out_is_said(tmp_path: Path) -> None:
    (tmp_path / ".healthlint.yml").write_text("exclude: [drafts/, 'no*.md']\n")
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "a.md").write_text(CLEAN)
    done = healthlint("check", ".", cwd=tmp_path)
    assert done.returncode == 0
    assert one_line(done).endswith("“exclude”, .gitignore or .healthlintignore leaves out drafts/.")
    (tmp_path / "b.md").write_text(CLEAN)
    quiet = healthlint("check", "--select", "claims", ".", cwd=tmp_path)
    assert quiet.stderr == ""
    told = healthlint("check", "--select", "claims", "-v", ".", cwd=tmp_path)
    assert ".healthlint.yml:1: the glob no*.md of “exclude” left nothing out." in told.stderr
    assert "drafts/ of" not in told.stderr


def test_a_link_that_leads_nowhere_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CLEAN)
    (tmp_path / "b.md").symlink_to("gone.md")
    done = healthlint("check", "--select", "claims", ".", cwd=tmp_path)
    assert done.returncode == 0
    assert one_line(done) == "healthlint: b.md: the link leads nowhere, so there is nothing to check."
    assert "b.md: the link leads nowhere" in one_line(healthlint("check", "b.md", cwd=tmp_path))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x02\x03\x00\x00", "bin.md"),
        (b"# Colds\n\nA caf\xe9 is no cure.\n", "UTF-8"),
    ],
)
def test_what_is_no_text_is_said_and_the_others_go_on(data: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "bin.md").write_bytes(data)
    (tmp_path / "b.md").write_text(FAULTY)
    done = healthlint("check", "--select", "claims", "--output-format", "json", ".", cwd=tmp_path)
    assert done.returncode == 2
    assert says in one_line(done)
    report = json.loads(done.stdout)
    assert [f["path"] for f in report["files"]] == ["b.md"]
    assert report["findings"]


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.parent == tmp_path:
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    (tmp_path / "a.md").write_text(CLEAN)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    result, _ = run([str(tmp_path / "a.md")], Options(isolated=True))
    assert [str(error) for error in result.errors] == [f"{tmp_path}/a.md: the file cannot be read (Permission denied)."]
    assert Gate().exit_code(result) == 2


def test_an_empty_file_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("")
    done = healthlint("check", "--output-format", "json", "a.md", cwd=tmp_path)
    assert [f["rule"] for f in json.loads(done.stdout)["findings"]] == ["empty-article"]


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    for i in range(300):
        (tmp_path / f"{i}.md").write_text(FAULTY)
    command = f"{sys.executable} -m healthlint check --no-progress --output-format jsonl . | head -n 1"
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


@pytest.mark.parametrize("arguments", [("check", "b.md"), ("check", "b.md", "-o", "/dev/full"), ("rules",)])
def test_a_full_disk_is_no_fault_of_the_program(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text(FAULTY)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "healthlint", *arguments],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert "(No space left on device)" in one_line(done)
    assert "fault of healthlint" not in done.stderr


def without_seconds(output: str) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(output)
    del report["summary"]["seconds"]
    return report


def test_same_input_same_output(tmp_path: Path) -> None:
    paths = sorted(str(path) for path in EXAMPLES.rglob("*.*"))
    base = ("check", "--output-format", "json", "--isolated")
    outputs = [
        healthlint(*base, "--no-cache", "--jobs", "1", *paths, cwd=tmp_path),
        healthlint(*base, "--no-cache", "--jobs", "2", *reversed(paths), cwd=tmp_path),
        healthlint(*base, "--cache-dir", "c", "--jobs", "2", *paths, cwd=tmp_path),
        healthlint(*base, "--cache-dir", "c", "--jobs", "1", *reversed(paths), cwd=tmp_path),
        healthlint(*base, "--no-cache", str(EXAMPLES), cwd=tmp_path),
    ]
    reports = [without_seconds(done.stdout) for done in outputs]
    assert reports[0]["findings"]
    assert all(json.dumps(report) == json.dumps(reports[0]) for report in reports)


def test_every_position_is_exact(tmp_path: Path) -> None:
    done = healthlint("check", "--output-format", "json", "--isolated", "--no-cache", ".", cwd=EXAMPLES)
    for finding in json.loads(done.stdout)["findings"]:
        source = (EXAMPLES / finding["path"]).read_bytes().decode("utf-8-sig")
        assert source[finding["offset"] : finding["end_offset"]] == finding["text"]
        lines = source.split("\n")
        first = finding["text"].split("\n")[0].rstrip("\r")
        assert lines[finding["line"] - 1][finding["column"] - 1 :].startswith(first)


def test_show_files_and_ignore_files(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("build/\n")
    (tmp_path / ".healthlintignore").write_text("old-*.md\n")
    for name in ("a.md", "old-b.md", "build/c.md", "node_modules/d.md", "sub/e.html", "sub/f.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(CLEAN)
    assert healthlint("check", "--show-files", ".", cwd=tmp_path).stdout.split() == ["a.md", "sub/e.html"]
    assert healthlint("check", "--show-files", "old-b.md", cwd=tmp_path).stdout.split() == ["old-b.md"]
    forced = healthlint("check", "--show-files", "--force-exclude", "old-b.md", "a.md", cwd=tmp_path)
    assert forced.stdout.split() == ["a.md"]


def test_several_reports_in_one_run(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text(FAULTY)
    done = healthlint("check", "b.md", "--report", "json=out.json", "--report", "sarif=out.sarif", cwd=tmp_path)
    assert "cure-or-guarantee" in done.stdout
    rules = {f["rule"] for f in json.loads((tmp_path / "out.json").read_text())["findings"]}
    results = json.loads((tmp_path / "out.sarif").read_text())["runs"][0]["results"]
    assert rules == {result["ruleId"] for result in results}


def test_environment_variables(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text(FAULTY)
    done = healthlint("check", "b.md", cwd=tmp_path, HEALTHLINT_SELECT="claims", HEALTHLINT_OUTPUT_FORMAT="json")
    assert {f["family"] for f in json.loads(done.stdout)["findings"]} == {"claims"}


def test_byte_columns_count_a_byte_order_mark(tmp_path: Path) -> None:
    text = "A “new” miracle cure.\n\nA “new” miracle cure for all.\n".encode()
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf" + text)
    arguments = ("check", "--select", "hype-word", "--output-format", "rdjson")
    for done in (
        healthlint(*arguments, "a.md", cwd=tmp_path),
        healthlint(*arguments, "-", cwd=tmp_path, stdin=(b"\xef\xbb\xbf" + text)),
    ):
        ranges = [item["location"]["range"] for item in json.loads(done.stdout)["diagnostics"]]
        first = (b"\xef\xbb\xbf" + text).splitlines()[0]
        assert first[ranges[0]["start"]["column"] - 1 : ranges[0]["end"]["column"] - 1] == b"miracle cure"
