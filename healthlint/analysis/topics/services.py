"""Pages about benefits, insurance or getting an appointment, which say hardly anything about health."""

from __future__ import annotations

from collections.abc import Set
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthlint.analysis import Analysis

_SERVICE, _HEALTH = 0.8, 0.5  # how surely a page is about services, and how faintly about health


def about_services(text: Analysis) -> bool:
    """Whether a page is about benefits, insurance or getting an appointment, and hardly about health.

    What it says rests on the rules of whoever runs the service, not on studies or on a clinician.
    """
    model = text.topic_model
    service = health = 0.0
    for topic, weight in chain(text.topics.title.items(), text.topics.body.items()):
        kind = model.topics[model.lexicon.number[topic]].kind
        if kind == "service":
            service = max(service, weight)
        elif kind != "outside":
            health = max(health, weight)
    return service >= _SERVICE and health < _HEALTH


def text_about(text: Analysis, topics: Set[str]) -> bool:
    """Whether a page is hardly about health, and its text, not its title alone, is about one of these services."""
    weights = text.topics.body
    return any(weights.get(topic, 0.0) >= _SERVICE for topic in topics) and about_services(text)


def service_topics() -> list[str]:
    """The topics that are services."""
    from healthlint.analysis.topics.model import TopicModel

    return [topic.id for topic in TopicModel().topics if topic.kind == "service"]
