"""A paragraph of hundreds of kilobytes takes no more than its share of time: no check looks at the whole again."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from healthlint.analysis import Analysis
from healthlint.analysis.bylines import bylines_of
from healthlint.formats import parse
from healthlint.rules.checks.stuffing import stuffed


def stuffing(text: Analysis) -> list[Any]:
    return list(stuffed(text, {"min-words": 100, "min-times": 6, "share": 0.05}))


def seconds(check: Callable[[Analysis], Any], paragraph: str) -> float:
    text = Analysis(parse("a.md", f"# Kidney stones\n\n{paragraph}\n"))
    began = time.process_time()
    assert check(text)
    return time.process_time() - began


@pytest.mark.parametrize(
    ("check", "piece"), [(bylines_of, "Ask. By: Jane Doe. Ask. By: "), (stuffing, "Take one kidney stone in 2021. ")]
)
def test_time_grows_with_the_length(check: Callable[[Analysis], Any], piece: str) -> None:
    seconds(check, piece * 100)  # what is made on first use
    short, long = (min(seconds(check, piece * times) for _ in range(2)) for times in (1_500, 12_000))
    assert long < 20 * short + 0.5  # eight times as long; sixty-four times, where each place looks at all others
