"""The topic model that the tests ask, made once."""

from __future__ import annotations

from functools import cache

from healthlint.analysis.topics import TopicModel, TopicProfile


@cache
def model() -> TopicModel:
    """The model without a project's own words."""
    return TopicModel()


def verdict(page: TopicProfile, link: str) -> str:
    """Whether a link, told by its words alone, belongs with a page."""
    return model().relatedness(page, model().profile(link)).verdict
