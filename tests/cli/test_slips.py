"""Slips on the command line that would pass without a word, or cost an article."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.process import CLEAN, FAULTY, healthlint, one_line


@pytest.mark.parametrize("option", ["--select", "--extend-select", "--ignore"])
def test_an_option_that_names_no_rule_is_refused(option: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FAULTY)
    done = healthlint("check", option, ",", "a.md", cwd=tmp_path)
    assert (done.returncode, one_line(done)) == (2, f"healthlint: {option} names no rule.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", ""], "an empty path. Write “.” for the current folder."),
        (["check", "a.md", "--diff-base", ""], "--diff-base is given no value."),
        (["check", "a.md", "--cache-dir", ""], "--cache-dir is given no value."),
        (["check", "a.md", "--config", ""], "--config is given no value."),
        (["check", "a.md", "-o", ""], "--output is given no value."),
        (["report", "a.md", "--output="], "--output is given no value."),
        (["clean", "--cache-dir", ""], "--cache-dir is given no value."),
        (["baseline", "create", "-b", ""], "--baseline is given no value."),
        (["new", "my-rule", "--folder", ""], "--folder is given no value."),
        (["check", "a.md", "--profile", ""], "--profile is given no value."),
        (["check", "-", "--stdin-filename", ""], "--stdin-filename is given no value."),
    ],
)
def test_what_an_unset_variable_leaves_is_refused(arguments: list[str], said: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CLEAN)
    done = healthlint(*arguments, cwd=tmp_path)
    assert (done.returncode, one_line(done)) == (2, f"healthlint: {said}")


def test_an_empty_variable_of_the_environment_counts_as_unset(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CLEAN)
    done = healthlint("check", "a.md", "--select", "claims", cwd=tmp_path, HEALTHLINT_PROFILE="", HEALTHLINT_CONFIG="")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_configuration_without_the_dot_is_said(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.md").write_text(CLEAN)
    (tmp_path / "b.md").write_text(CLEAN)
    (tmp_path / "healthlint.yml").write_text("ignore: [claims]\n")
    said = (
        f"{tmp_path}/healthlint.yml: this is not read. The name of a configuration begins with a dot: .healthlint.yml"
    )
    for arguments in (["check"], ["check", "inner"], ["config", "validate"]):
        assert one_line(healthlint(*arguments, cwd=tmp_path)) == f"healthlint: {said}"
        assert healthlint(*arguments, "--isolated", cwd=tmp_path).stderr == ""
    (tmp_path / ".healthlint.yml").write_text("")
    assert healthlint("check", cwd=tmp_path).stderr == ""


def test_that_no_rule_is_on_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FAULTY)
    for arguments in (["--ignore", "all"], ["--config", "none.yml"]):
        (tmp_path / "none.yml").write_text("select: []\n")
        done = healthlint("check", *arguments, "a.md", cwd=tmp_path)
        assert (done.returncode, one_line(done)) == (0, "healthlint: no rule is on, so nothing was checked.")
    (tmp_path / ".healthlint.yml").write_text("per-file-ignores: {a.md: [all]}\n")
    (tmp_path / "b.md").write_text(CLEAN)
    assert healthlint("check", ".", cwd=tmp_path).stderr == "", "for some articles it is meant so"


@pytest.mark.parametrize(
    ("arguments", "refused"),
    [
        (["check", "-o", "a.md", "b.md"], True),
        (["check", "b.md", "--report", "sarif=a.md"], True),
        (["check", "a.md", "--output-format", "markdown", "-o", "./a.md"], True),
        (["check", "b.md", "--output-format", "markdown", "-o", "a.md"], False),
        (["check", "b.md", "-o", "new.md"], False),
        (["report", "a.md", "-o", "a.md"], True),
    ],
)
def test_no_report_takes_the_place_of_an_article(arguments: list[str], refused: bool, tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(CLEAN)
    done = healthlint(*arguments, "--select", "claims", cwd=tmp_path)
    assert ("this is an article, and the report would take its place" in done.stderr) is refused
    assert done.returncode == 2 * refused
    assert (tmp_path / "b.md").read_text() == CLEAN
    assert ((tmp_path / "a.md").read_text() == CLEAN) is (refused or "new.md" in arguments)


def test_a_report_is_no_article_and_takes_the_place_of_none(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<h1>Rest</h1><p>Rest helps.</p>")
    rules = ("--select", "claims,file")
    (tmp_path / "healthlint-report.html").write_text("<!DOCTYPE html>\n<p>A report of an older version.</p>")
    for name in ((), ("-o", "mine.html"), ("-o", "mine.html")):  # once more over the first
        done = healthlint("report", *name, *rules, "a.html", cwd=tmp_path)
        assert (done.returncode, done.stdout.split(": ")[1]) == (0, "No findings in 1 article.\n")
    done = healthlint("report", "-o", "a.html", *rules, ".", cwd=tmp_path)
    assert (done.returncode, "this is an article" in done.stderr) == (2, True)
    done = healthlint("check", *rules, ".", "--output-format", "concise", cwd=tmp_path)
    assert done.stdout.startswith("mine.html:1:1: warning empty-article: This is a report of healthlint")
    assert "1 warning in 1 of 2 articles." in done.stdout


def test_a_baseline_that_cannot_be_written_is_said_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CLEAN)
    done = healthlint("baseline", "create", "--baseline", "no/b.json", cwd=tmp_path)
    assert one_line(done).endswith("b.json: the baseline cannot be written (No such file or directory).")


def test_a_markdown_report_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FAULTY)
    healthlint("check", "--select", "claims", "a.md", "--output-format", "markdown", "-o", "mine.md", cwd=tmp_path)
    assert "arthritis" in (tmp_path / "mine.md").read_text()
    done = healthlint("check", "mine.md", "--output-format", "concise", cwd=tmp_path)
    assert done.stdout.startswith("mine.md:1:1: warning empty-article: This is a report of healthlint")
