"""Shared by all tests: no test reads the user's cache or configuration."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder shared by the tests of one run, away from the user's."""
    folder = tmp_path_factory.getbasetemp() / "healthlint-cache"
    monkeypatch.setenv("HEALTHLINT_CACHE_DIR", str(folder))
    return folder
