"""Kind `reading`: found by healthlint itself while it reads a file, not by a check; the rule file explains it."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.finding import Match
from healthlint.rules.model import Options, RuleMeta
from healthlint.strict_yaml import Locator


def build(meta: RuleMeta, where: Locator) -> ReadingRule:
    """A rule that reports the problems which the reader noted under its id."""
    where.check_keys(meta.check, ("kind",), "check")
    return ReadingRule(meta)


class ReadingRule:
    """Reports what a format reader noted under this rule's id."""

    anchors: frozenset[str] | None = None

    def __init__(self, meta: RuleMeta) -> None:
        self.meta = meta

    def check(self, text: Analysis, options: Options) -> Iterator[Match]:
        """One match for each problem of the article that carries this rule's id."""
        for problem in text.article.problems:
            if problem.rule == self.meta.id:
                yield Match(problem.range, {"problem": problem.message}, problem.variant)
