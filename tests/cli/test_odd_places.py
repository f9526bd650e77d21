"""Names that are no text, folders that may not be read, pipes: each is said, and the other articles go on."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from healthlint.config.files import find_config
from healthlint.errors import UsageError
from healthlint.runner import Options, discover
from healthlint.runner.session import Session
from tests.cli.process import CLEAN, healthlint, one_line
from tests.runner.scratch import check

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")


@ON_LINUX
def test_a_name_that_is_no_text_stops_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CLEAN)
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text(CLEAN)
    (tmp_path / os.fsdecode(b"caf\xe9.png")).write_bytes(b"")
    folder = tmp_path / os.fsdecode(b"fi\xe8vre")
    folder.mkdir()
    (folder / "b.md").write_text(CLEAN)
    done = healthlint("check", "--output-format", "json", cwd=tmp_path)
    assert done.returncode == 2
    assert [line.split(": the name")[0] for line in done.stderr.splitlines()] == [
        r"healthlint: caf\xe9.md",
        r"healthlint: fi\xe8vre",
    ]
    assert '"path": "a.md"' in done.stdout
    assert "the name is not valid" in one_line(healthlint("check", os.fsdecode(b"caf\xe9.md"), "-q", cwd=tmp_path))
    (tmp_path / ".healthlintignore").write_text("caf*.md\nfi*\n")
    assert healthlint("check", "-q", cwd=tmp_path).stderr == ""


def test_a_folder_that_may_not_be_read_stops_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.md").write_text(CLEAN)
    real = find_config

    def refuse(folder: Path) -> Any:
        if folder == closed:
            raise PermissionError(13, "Permission denied", str(folder))
        return real(folder)

    refuse.cache_clear = real.cache_clear  # type: ignore[attr-defined]
    monkeypatch.setattr("healthlint.runner.session.find_config", refuse)
    monkeypatch.setattr(discover, "find_config", refuse)
    monkeypatch.chdir(tmp_path)
    result = check(".")
    assert [str(error) for error in result.errors] == ["closed: the folder cannot be read (Permission denied)."]
    assert [file.path for file in result.files] == ["a.md"]
    assert not check("a.md").errors, "nobody asked for the folder"


@ON_LINUX
def test_a_pipe_with_a_name_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    with pytest.raises(UsageError, match="neither a file nor a folder"):
        discover.discover([str(tmp_path / "a.md")], Session(Options()).config_for)
