"""What one word of a text, or one pair such as “blood pressure”, says of the topics."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from healthlint.analysis.memo import Memo
from healthlint.analysis.topics.lexicon import Lexicon

SURE = 0.5  # from here a word names a topic
_VAGUE, _CERTAIN = 0.3, 0.6  # a word whose best topic is weaker says nothing for sure; a stronger one, all it says


class Said(NamedTuple):
    """What one unit says: of which subjects and how much, of an aspect, of a service; the whole of it in numbers."""

    subject: Mapping[int, float]
    side: float
    serve: float
    strong: float
    best: int  # the subject it says most of, -1 for none
    sure: float
    organs: frozenset[int]


class Units(Memo[Said]):
    """What each unit says, by the words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(partial(_say, lexicon))


def _say(lexicon: Lexicon, unit: str) -> Said:
    subject: dict[int, float] = {}
    side = serve = 0.0
    weights = lexicon.entries[unit].weights
    for topic, weight in weights:
        kind = lexicon.topics[topic].kind
        if kind == "aspect":
            side = max(side, weight)
        elif kind == "service":
            serve = max(serve, weight)
        else:
            subject[topic] = weight
    strong = min(0.95, math.sqrt(sum(weight * weight for weight in subject.values())))
    best = max(subject, key=subject.__getitem__, default=-1)
    organs = frozenset(topic for topic, weight in weights if weight >= SURE and topic in lexicon.organs)
    return Said(subject, side, serve, strong, best, _certainty(subject.get(best, 0.0)), organs)


def _certainty(best: float) -> float:
    """Return how surely a word is about its best topic; several faint ones together are no sure one."""
    return min(1.0, max(0.0, (best - _VAGUE) / (_CERTAIN - _VAGUE)))
