"""Rules over many articles: they see facts, never articles, and report on the articles of this run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from healthlint.finding import Finding
from healthlint.fingerprint import digest
from healthlint.linter import finding_at
from healthlint.result import RunError
from healthlint.rules.model import Facts, ProjectMatch, ProjectRule
from healthlint.rules.ruleset import ActiveRule, RuleSet
from healthlint.runner.shelf import Shelf
from healthlint.runner.transport import facts_by_rule, unpack_fact
from healthlint.suppress import Directives


class PackedFacts:
    """One rule's facts of all articles, packed until the rule runs."""

    def __init__(self) -> None:
        self._paths: list[str] = []
        self._packed = Shelf()

    def add(self, path: str, packed: bytes) -> None:
        """Add an article's fact."""
        self._paths.append(path)
        self._packed.put(packed)

    def unpacked(self, complete: bool) -> Facts:
        """The facts as rules see them."""
        facts = Facts(zip(self._paths, map(unpack_fact, self._packed), strict=True))
        facts.complete = complete
        return facts


@dataclass(slots=True)
class Index:
    """Facts of all articles of a project, by rule; of this run's articles also the rules and directives, by path."""

    facts: dict[str, PackedFacts] = field(default_factory=dict)
    complete: bool = True
    rules: dict[str, RuleSet] = field(default_factory=dict)
    directives: dict[str, list[list[Any]]] = field(default_factory=dict)

    def add(self, path: str, facts: bytes) -> None:
        """Add an article's facts as `transport.pack` made them."""
        for rule, fact in facts_by_rule(facts):
            if rule not in self.facts:
                self.facts[rule] = PackedFacts()
            self.facts[rule].add(path, fact)


def check_project(index: Index, errors: list[RunError]) -> Iterator[tuple[Finding, bool]]:
    """Findings between articles that touch the articles of this run, each with whether a directive silences it.

    A rule that raises is reported in `errors`.
    """
    for rule_id, packed in sorted(index.facts.items()):
        entries = _entries(index, rule_id)
        facts = packed.unpacked(index.complete) if entries else Facts()
        for entry, paths in entries:
            try:
                for found in cast(ProjectRule, entry.rule).check(facts, entry.options):
                    if found.path not in facts:
                        raise ValueError(f"it reports “{found.path}”, of which it has no fact")
                    if found.path in paths and not _of_itself(found):
                        mark = digest(rule_id, found.place.text)
                        meta, match = entry.rule.meta, found.match
                        finding = finding_at(found.place, match, meta, found.path, entry.severity, mark)
                        yield finding, _silenced(finding, index)
            except Exception as error:
                message = f"the rule {rule_id} crashed on the project ({type(error).__name__}: {error})."
                errors.append(RunError(message, "", rule_id))


def _entries(index: Index, rule_id: str) -> list[tuple[ActiveRule, set[str]]]:
    # Articles with the same options for a rule are checked together.
    groups: list[tuple[ActiveRule, set[str]]] = []
    of_set: dict[int, int] = {}
    for path, rules in index.rules.items():
        at = of_set.get(id(rules))
        if at is None:
            entry = next((entry for entry in rules.project if entry.rule.meta.id == rule_id), None)
            if entry is None:
                of_set[id(rules)] = -1
                continue
            at = next((i for i, (known, _) in enumerate(groups) if known == entry), len(groups))
            if at == len(groups):
                groups.append((entry, set()))
            of_set[id(rules)] = at
        if at >= 0:
            groups[at][1].add(path)
    return groups


def _of_itself(found: ProjectMatch) -> bool:
    # Whether the other page that a match is about is the same file, under the name that a link gives it.
    others = [related.path for related in found.match.related if related.path not in ("", found.path)]
    return bool(others) and all(os.path.realpath(path) == os.path.realpath(found.path) for path in others)


def _silenced(finding: Finding, index: Index) -> bool:
    data = index.directives.get(finding.path)
    if not data:
        return False
    whole = finding.offset == finding.end_offset
    return Directives.from_data(data).silences(finding.rule, finding.family, finding.offset, finding.line, whole)
