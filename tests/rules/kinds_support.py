"""Rules made of a check alone, and what they find or refuse."""

from __future__ import annotations

from typing import Any

import pytest

from healthlint.analysis import Analysis, Settings
from healthlint.errors import RuleError
from healthlint.finding import Match
from healthlint.formats import parse
from healthlint.rules.kinds import build
from healthlint.rules.model import Rule
from healthlint.rules.prefilter import Prefilter
from healthlint.rules.schema import parse_rule

HEAD = """\
id: test-rule
summary: A test.
message: "{message}"
message-when:
  {variants}
severity: warning
confidence: high
scope: span
why: Because.
help: Do it.
sources: [{{title: A book}}]
examples: {{bad: ["x"], good: ["y"]}}
check:
"""


def head(message: str = "found", variants: str = "{}") -> str:
    """The beginning of a rule file, down to “check:”."""
    return HEAD.format(message=message, variants=variants)


def rule_of(check: str, message: str = "found") -> Rule:
    variants = 'other: "other"' if "variant: other" in check else "{}"
    text = head(message, variants) + "".join(f"  {line}\n" for line in check.strip().splitlines())
    meta, where = parse_rule(text, "test-rule.yaml", "test")
    rule = build(meta, where)
    assert isinstance(rule, Rule)
    return rule


def run(rule: Rule, body: str, **settings: Any) -> list[tuple[str, Match]]:
    source = f"# A title\n\n{body}\n"
    text = Analysis(parse("a.md", source, "markdown"), Settings(**settings))
    Prefilter([rule]).run(text)
    return [(source[m.range.start : m.range.end], m) for m in rule.check(text, {}) if m.range is not None]


def found(rule: Rule, body: str, **settings: Any) -> list[str]:
    return [shown for shown, _ in run(rule, body, **settings)]


def refused(check: str, line: int, part: str, message: str = "found") -> None:
    with pytest.raises(RuleError) as caught:
        rule_of(check, message)
    assert part in str(caught.value)
    assert caught.value.where == f"test-rule.yaml:{line}", str(caught.value)
