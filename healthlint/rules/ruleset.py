"""The rules that are on for some articles, ready to run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from healthlint.analysis import Settings
from healthlint.finding import Severity
from healthlint.rules.model import AnyRule, Rule, Scope
from healthlint.rules.prefilter import Prefilter


@dataclass(frozen=True, slots=True)
class ActiveRule:
    """A rule that is switched on for an article: with its options and, where the project sets one, its severity."""

    rule: AnyRule
    options: Mapping[str, Any]
    severity: Severity | None = None

    in_project: bool = field(init=False)  # whether the rule looks at the facts of all articles, not at one article

    def __post_init__(self) -> None:
        object.__setattr__(self, "in_project", self.rule.meta.scope is Scope.PROJECT)


@dataclass(frozen=True)
class RuleSet:
    """The rules that are on for some articles, and what the project tells the analysis."""

    active: tuple[ActiveRule, ...]
    settings: Settings = field(default_factory=Settings)

    @cached_property
    def prefilter(self) -> Prefilter:
        """The automaton over the anchors of all active rules."""
        return Prefilter(cast(Rule, entry.rule) for entry in self.active if not entry.in_project)

    def __getstate__(self) -> dict[str, Any]:
        # What is worked out from these does not travel to another process; it works that out itself.
        return {"active": self.active, "settings": self.settings}

    @cached_property
    def in_turn(self) -> tuple[ActiveRule, ...]:
        """The active rules; those that yield to others behind the others, the one that yields to most families last."""
        return tuple(sorted(self.active, key=lambda entry: len(entry.rule.meta.yields_to)))

    @cached_property
    def by_id(self) -> dict[str, ActiveRule]:
        """The active rules by their ids."""
        return {entry.rule.meta.id: entry for entry in self.active}

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of the active rules."""
        return frozenset(self.by_id)

    @cached_property
    def project(self) -> tuple[ActiveRule, ...]:
        """The rules that look at all articles together."""
        return tuple(entry for entry in self.active if entry.in_project)
