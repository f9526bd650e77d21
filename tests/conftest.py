"""Shared by all tests: no test reads the user's cache or configuration."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache folder shared by the tests of one run, away from the user's."""
    folder = tmp_path_factory.getbasetemp() / "healthlint-cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEALTHLINT_CACHE_DIR", str(folder))
        yield folder
