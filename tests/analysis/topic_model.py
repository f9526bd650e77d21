"""The topic model that the tests ask, made once, and the labelled pages they hold it against."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from healthlint.analysis.topics.model import TopicModel, TopicProfile

EVALUATION = Path(__file__).parents[1] / "evaluation"
PAIRS = EVALUATION / "link_pairs.yaml"


def link_pairs(path: Path = PAIRS) -> list[dict[str, Any]]:
    """Pages with links that people have labelled related, stray or open."""
    return list(yaml.safe_load(path.read_text(encoding="utf-8")))


@cache
def model() -> TopicModel:
    """The model without a project's own words."""
    return TopicModel()


def verdict(page: TopicProfile, link: str) -> str:
    """Whether a link, told by its words alone, belongs with a page."""
    return model().relatedness(page, model().profile(link)).verdict
