"""Plain text scores easier than technical text of the same content.

`python tests/analysis/test_plain_pairs.py` prints the shares and the pairs that were wrong.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from healthlint.analysis.readability.grades import Readability

PAIRS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "evaluation" / "plain_pairs.yaml").read_text(encoding="utf-8")
)
METRICS = ("consensus_grade", "flesch_kincaid_grade", "smog")


def wrong_pairs(metric: str) -> list[str]:
    """Return the topics of the pairs whose plain text does not score easier."""
    wrong = []
    for pair in PAIRS:
        plain, technical = (Readability.of_text(pair[key]).as_dict()[metric] for key in ("plain", "technical"))
        assert isinstance(plain, float) and isinstance(technical, float)
        if not plain < technical:
            wrong.append(f"{pair['topic']} ({plain:.1f}, {technical:.1f})")
    return wrong


def test_there_are_forty_pairs_of_three_to_six_sentences() -> None:
    assert len(PAIRS) >= 40
    for pair in PAIRS:
        for key in ("plain", "technical"):
            assert 3 <= Readability.of_text(pair[key]).counts.sentences <= 6, (pair["topic"], key)


@pytest.mark.parametrize("metric", METRICS)
def test_the_plain_text_is_easier(metric: str) -> None:
    wrong = wrong_pairs(metric)
    assert len(wrong) <= 0.05 * len(PAIRS), wrong


if __name__ == "__main__":
    for name in METRICS:
        missed = wrong_pairs(name)
        print(f"{name}: {1 - len(missed) / len(PAIRS):.3f} of {len(PAIRS)} pairs; wrong: {', '.join(missed) or 'none'}")
