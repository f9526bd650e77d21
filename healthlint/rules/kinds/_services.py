"""Pages about benefits or insurance, which a rule about health pages leaves alone."""

from __future__ import annotations

from typing import NamedTuple

from healthlint.analysis import Analysis
from healthlint.analysis.expressions import Expression
from healthlint.analysis.topics.services import service_topics, text_about
from healthlint.rules.parts.patterns import Patterns


class Services(NamedTuple):
    """Pages that need no statement: about these services only, of some length, without a word of health advice."""

    topics: frozenset[str]
    least: int
    without: tuple[Expression, ...]

    def only(self, text: Analysis) -> bool:
        """Whether an article is such a page."""
        return (
            text_about(text, self.topics)
            and text.body_length >= self.least
            and not any(part.stands_in(text.body_text) for part in self.without)
        )


def read_services(patterns: Patterns, value: object, *keys: str | int) -> Services:
    """What a rule file says under `services`. Raises RuleError at file:line."""
    where = patterns.where
    entry = where.check_keys(
        value, ("topics", "at-least", "without"), *keys, required=("topics", "at-least", "without")
    )
    known = [] if where.checked else service_topics()
    topics = where.texts(entry["topics"], *keys, "topics")
    for i, topic in enumerate(topics):
        if not where.checked and topic not in known:
            message = f"“{topic}” is not one of the services {', '.join(known)}."
            raise where.error(*keys, "topics", i, message=message)
    least, without = where.whole(entry["at-least"], *keys, "at-least", least=1), patterns.each(entry, "without", *keys)
    if not topics or not without:
        raise where.error(*keys, message="“topics” and “without” need at least one entry.")
    return Services(frozenset(topics), least, without)
