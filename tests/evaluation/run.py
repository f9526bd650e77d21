"""Precision and recall on labelled sentences: `python tests/evaluation/run.py FILE [--wrong N]`.

A labelled file is a list of `{text, label: bad|good, rule, family, severity, group, title}`. A bad sentence is
found when one of the rules under test reports it at error or warning (at info too, where its label says info).
Prints Markdown.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from healthlint.analysis import Analysis
from healthlint.finding import Severity
from healthlint.formats import parse
from healthlint.rules.catalogue import Catalogue, load_catalogue
from healthlint.rules.model import ProjectRule, Rule
from healthlint.rules.prefilter import Prefilter
from healthlint.rules.schema import option_values

CLAIM_RULES = ("claims", "clickbait-title", "study-claim-without-citation")


@dataclass(frozen=True)
class Case:
    """A labelled sentence."""

    text: str
    bad: bool
    rule: str = ""
    severity: str = ""
    group: str = ""
    title: bool = False


@dataclass
class Score:
    """Counts of one rule, level or group."""

    right: int = 0
    false: int = 0
    expected: int = 0
    found: int = 0

    @property
    def precision(self) -> float:
        """Share of what was reported that is right; 1 where nothing was."""
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        """Share of what should be reported that is."""
        return self.found / self.expected if self.expected else 1.0


@dataclass
class Result:
    """What a run gave: overall, by level, by rule, and the cases that were judged wrongly."""

    overall: Score = field(default_factory=Score)
    levels: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    rules: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    missed: list[Case] = field(default_factory=list)
    wrong: list[tuple[Case, list[str]]] = field(default_factory=list)


def read_cases(path: Path) -> list[Case]:
    """The labelled sentences of a YAML file."""
    rows = yaml.safe_load(path.read_text("utf-8"))
    return [_case(row) for row in rows]


def _case(row: dict[str, Any]) -> Case:
    rule = str(row.get("rule", "")).rsplit("/", 1)[-1]
    return Case(
        row["text"], row["label"] == "bad", rule, row.get("severity", ""), row.get("group", ""), bool(row.get("title"))
    )


def rules_named(catalogue: Catalogue, names: Iterable[str]) -> list[Rule]:
    """The rules of the named families and ids that look at one article."""
    rules = (catalogue.rule(rule_id) for rule_id in catalogue.expand(names))
    return [rule for rule in rules if not isinstance(rule, ProjectRule)]


def findings_in(case: Case, rules: Sequence[Rule], prefilter: Prefilter) -> list[tuple[str, Severity]]:
    """What the rules report for a sentence that stands alone in an article, or as its title."""
    title, body = (case.text, "Plain text follows.") if case.title else ("Notes", case.text)
    text = Analysis(parse("case.md", f"# {title}\n\n{body}\n", "markdown"))
    prefilter.run(text)
    return [
        (rule.meta.id, rule.meta.severity_for(match))
        for rule in rules
        for match in rule.check(text, option_values(rule.meta, {}))
    ]


def evaluate(cases: Iterable[Case], rules: Sequence[Rule]) -> Result:
    """Run the rules over labelled sentences and count."""
    result, prefilter = Result(), Prefilter(rules)
    for case in cases:
        found = findings_in(case, rules, prefilter)
        counted = [f for f in found if f[1] is not Severity.INFO or (case.bad and case.severity == "info")]
        for name in {rule for rule, _ in counted}:
            _count(result.rules[name], case.bad)
        for level in {severity.value for _, severity in found}:
            _count(result.levels[level], case.bad)
        if counted:
            _count(result.overall, case.bad)
        if case.bad:
            result.overall.expected += 1
            result.overall.found += bool(counted)
            if case.rule:
                result.rules[case.rule].expected += 1
                result.rules[case.rule].found += any(rule == case.rule for rule, _ in counted)
        if case.bad and not counted:
            result.missed.append(case)
        if not case.bad and counted:
            result.wrong.append((case, sorted({rule for rule, _ in counted})))
    return result


def _count(score: Score, bad: bool) -> None:
    score.right += bad
    score.false += not bad


def table(result: Result) -> str:
    """The counts as a Markdown table."""
    lines = ["| | reported | right | precision | expected | found | recall |", "|---|---|---|---|---|---|---|"]
    rows = [("all, error and warning", result.overall)]
    rows += [(f"level {name}", result.levels[name]) for name in ("error", "warning", "info") if name in result.levels]
    rows += sorted(result.rules.items())
    for name, score in rows:
        recall = f"{score.expected} | {score.found} | {score.recall:.3f}" if score.expected else "– | – | –"
        lines.append(f"| {name} | {score.right + score.false} | {score.right} | {score.precision:.3f} | {recall} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table for a labelled file, and the wrong cases where asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--select", default=",".join(CLAIM_RULES), help="families and rules, separated by commas")
    parser.add_argument("--wrong", type=int, default=0, help="how many missed and false cases to print")
    options = parser.parse_args(arguments)
    rules = rules_named(load_catalogue(), options.select.split(","))
    result = evaluate((case for path in options.files for case in read_cases(path)), rules)
    print(table(result))
    for case in result.missed[: options.wrong]:
        print(f"MISSED {case.rule} [{case.group}] {case.text}")
    for case, names in result.wrong[: options.wrong]:
        print(f"FALSE  {', '.join(names)} [{case.group}] {case.text}")


if __name__ == "__main__":
    main()
