"""The word lists and contexts that a rule can name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from healthlint.analysis.contexts import Context
    from healthlint.analysis.patterns.nodes import Node


class ContextExample(NamedTuple):
    """A sentence with a marked phrase, and whether the context holds for the phrase; executed as a test."""

    text: str
    holds: bool
    line: int


@dataclass(slots=True)
class Library:
    """The word lists and contexts that a rule can name."""

    lists: dict[str, Node] = field(default_factory=dict)
    contexts: dict[str, Context] = field(default_factory=dict)
    examples: dict[str, list[ContextExample]] = field(default_factory=dict)
