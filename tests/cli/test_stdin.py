"""An article on standard input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.process import CLEAN, FAULTY, healthlint, one_line


def test_standard_input(tmp_path: Path) -> None:
    arguments = ("check", "-", "--stdin-filename", "new/tea.md", "--select", "claims", "--output-format", "json")
    done = healthlint(*arguments, cwd=tmp_path, stdin=FAULTY.encode())
    found = json.loads(done.stdout)["findings"]
    assert done.returncode == 1
    assert {f["path"] for f in found} == {"new/tea.md"}
    text = healthlint(*arguments[:-2], cwd=tmp_path, stdin=FAULTY.encode())
    assert "cures arthritis" in text.stdout, "the excerpt comes from standard input too"


@pytest.mark.parametrize("name", ["./a.md", "sub/../a.md"])
def test_standard_input_takes_the_place_of_the_file_of_its_name(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CLEAN)
    arguments = ("check", "-", "--stdin-filename", name, "--select", "claims")
    done = healthlint(*arguments, cwd=tmp_path, stdin=FAULTY.encode())
    assert "│ This tea cures arthritis in weeks." in done.stdout
    assert "a.md:3:10 error" in done.stdout


def test_fixes_of_standard_input_are_shown_and_never_made(tmp_path: Path) -> None:
    arguments = ("check", "-", "--stdin-filename", "a.md", "--unsafe-fixes")
    page = b"# Sleep\n\nYou can utilise a fan.\n"
    shown = healthlint(*arguments, "--diff", cwd=tmp_path, stdin=page)
    assert shown.returncode == 1
    assert "+You can use a fan." in shown.stdout
    refused = healthlint(*arguments, "--fix", cwd=tmp_path, stdin=page)
    assert refused.returncode == 2
    assert one_line(refused) == "healthlint: --fix cannot change standard input."
