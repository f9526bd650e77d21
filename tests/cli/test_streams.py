"""Streams that are closed, full or read by halves, and places that lack what is usual: the exit code stays true."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.process import CLEAN, FAULTY, healthlint, one_line

ON_POSIX = pytest.mark.skipif(os.name == "nt", reason="a POSIX shell is needed")
COMMAND = f'"{sys.executable}" -m healthlint check --select claims'


def shell(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-c", script], cwd=folder, capture_output=True, text=True, check=False)


def python(code: str, *arguments: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    given = {key: value for key, value in os.environ.items() if key not in ("HOME", "HEALTHLINT_CACHE_DIR")}
    command = [sys.executable, "-c", f"{code}\nfrom healthlint.cli import main\nmain()", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=given | env)


@ON_POSIX
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams_leave_the_exit_code(tmp_path: Path, closed: str) -> None:
    (tmp_path / "a.md").write_text(CLEAN)
    (tmp_path / "b.md").write_text(FAULTY)
    for name, code in (("a.md", 0), ("b.md", 1), ("none.md", 2)):
        done = shell(f"{COMMAND} --report json=found.json {name} {closed}", tmp_path)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
    assert json.loads((tmp_path / "found.json").read_text())["summary"]["error"] == 1


@ON_POSIX
def test_closed_standard_input_is_no_empty_article(tmp_path: Path) -> None:
    done = shell(f"{COMMAND} - <&-", tmp_path)
    assert (done.returncode, done.stderr) == (2, "healthlint: standard input is closed.\n")


@ON_POSIX
def test_a_reader_who_has_seen_enough_changes_neither_files_nor_exit_code(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text(FAULTY + FAULTY.split("\n\n")[1] * 2000)
    reports = "--report jsonl=- --report json=found.json"
    done = shell(f"({COMMAND} {reports} b.md; echo $? > code) | head -c 100", tmp_path)
    assert (len(done.stdout), done.stderr) == (100, "")
    assert (tmp_path / "code").read_text() == "1\n"
    assert json.loads((tmp_path / "found.json").read_text())["summary"]["error"] > 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a device that is always full")
@pytest.mark.parametrize("to", ["> /dev/full", "-o /dev/full", "--report sarif=/dev/full"])
def test_a_full_disk_is_said(tmp_path: Path, to: str) -> None:
    (tmp_path / "a.md").write_text(CLEAN)
    done = shell(f"{COMMAND} a.md {to}", tmp_path)
    assert done.returncode == 2 and "No space left on device" in one_line(done)


def test_want_of_memory_is_no_finding(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CLEAN)
    script = """
import healthlint.cli.check as command

def check(*_):
    raise MemoryError

command._check = check
"""
    done = python(script, "check", "a.md", cwd=tmp_path)
    assert done.returncode == 2 and "not enough memory" in one_line(done)
    done = python(
        script + "import healthlint.cli.common as common\ncommon.say = check\n", "check", "a.md", cwd=tmp_path
    )
    assert done.returncode == 2 and "not enough memory" in one_line(done)


@ON_POSIX
def test_a_user_without_a_home_is_served_without_a_cache(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text(FAULTY)
    script = """
import pwd

def unknown(number):
    raise KeyError(number)

pwd.getpwuid = unknown
"""
    arguments = ("check", "--select", "claims", "--output-format", "json", "b.md")
    done = python(script, *arguments, cwd=tmp_path, XDG_CACHE_HOME="")
    assert (done.returncode, done.stderr) == (1, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.md"], "no folder “~”"
    assert "no home" in one_line(python(script, "clean", cwd=tmp_path, XDG_CACHE_HOME=""))
    assert healthlint(*arguments, cwd=tmp_path).returncode == 1
