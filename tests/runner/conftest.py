"""A site of two articles, and the cache of a run over it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runner.scratch import FAULTY, SOUND, checked


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.md").write_text(FAULTY)
    (tmp_path / "b.md").write_text(SOUND)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def database(site: Path) -> Iterator[sqlite3.Connection]:
    """The cache's file after a run over the site."""
    checked(site)
    connection = sqlite3.connect(next((site / "cache").glob("results-*.sqlite")), isolation_level=None)
    yield connection
    connection.close()
