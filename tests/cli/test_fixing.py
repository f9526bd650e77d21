"""What `--fix` and `--diff` change, leave alone, and say."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.process import healthlint, one_line

PAGE = "# Sleep\n\nYou can utilise a fan.\n"
WORDS = ("check", "--select", "complex-word")


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PAGE)
    left = healthlint(*WORDS, "--diff", "a.md", cwd=tmp_path)
    assert (left.returncode, left.stdout) == (0, "")
    assert one_line(left) == "healthlint: 1 change of wording left out: see it with --unsafe-fixes."
    (tmp_path / "b.md").write_text("# Sleep\n\nYou can use a fan.\n")
    none = healthlint(*WORDS, "--diff", "b.md", cwd=tmp_path)
    assert one_line(none) == "healthlint: nothing to change: no finding here comes with a fix."


def test_a_diff_of_an_article_that_cannot_be_read_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"caf\xe9\n")
    done = healthlint(*WORDS, "--diff", "-q", "a.md", cwd=tmp_path)
    assert done.returncode == 2
    assert "not valid UTF-8" in one_line(done)


@pytest.mark.parametrize("report", [("-o", "x"), ("--report", "json=x"), ("--output-format", "json")])
def test_a_diff_writes_no_report(report: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(PAGE)
    done = healthlint(*WORDS, "--diff", *report, "a.md", cwd=tmp_path)
    assert done.returncode == 2
    assert f"{report[0]} has no effect with --diff" in one_line(done)


def test_what_is_accepted_or_below_the_least_level_stays(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text(PAGE)
    fix = (*WORDS, "--fix", "--unsafe-fixes")
    healthlint(*fix, "--min-level", "warning", "a.md", cwd=tmp_path)
    assert page.read_text() == PAGE
    healthlint("baseline", "create", "a.md", cwd=tmp_path)
    healthlint(*fix, "a.md", cwd=tmp_path)
    assert page.read_text() == PAGE
    healthlint(*fix, "--no-baseline", "a.md", cwd=tmp_path)
    assert "You can use a fan." in page.read_text()


def test_lines_outside_the_change_stay(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    page = tmp_path / "a.md"
    page.write_text(PAGE)
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    page.write_text(PAGE + "\nDrink water prior to bed.\n")
    healthlint(*WORDS, "--fix", "--unsafe-fixes", "--diff-base", "HEAD", "a.md", cwd=tmp_path)
    assert page.read_text() == PAGE + "\nDrink water before bed.\n"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_fix_keeps_the_encoding(tmp_path: Path, codec: str) -> None:
    mark = "" if codec == "utf-8-sig" else "\ufeff"
    page = tmp_path / "a.md"
    page.write_bytes(f"{mark}# Tea\n\nUtilize it.\n".encode(codec))
    healthlint("check", "--select", "complex-word", "--fix", "--unsafe-fixes", "a.md", cwd=tmp_path)
    assert page.read_bytes() == f"{mark}# Tea\n\nUse it.\n".encode(codec)
