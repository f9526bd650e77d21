"""The good examples: nothing in them overclaims, and they stay free of false alarms of that kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthlint import check_paths

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("folder", ["good", "professional"])
def test_nothing_in_a_good_example_is_called_an_overclaim(folder: str) -> None:
    result = check_paths([EXAMPLES / folder])
    claims = [f for f in result.findings if f.family in ("claims", "evidence")]
    assert [(f.path, f.rule, f.text) for f in claims] == []
    assert len(result.files) == len(list((EXAMPLES / folder).iterdir())) and not result.errors
