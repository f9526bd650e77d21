"""Run one rule of the catalogue on a body of text, as a whole run would."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from healthlint.finding import Finding
from healthlint.formats import parse
from healthlint.linter import ActiveRule, RuleSet, lint
from healthlint.rules.catalogue import Catalogue, load_catalogue
from healthlint.rules.schema import option_values


@cache
def catalogue() -> Catalogue:
    """The shipped rules."""
    return load_catalogue()


def findings(rule_id: str, body: str, title: str = "Notes", suffix: str = "md", **options: Any) -> list[Finding]:
    """The findings of one rule; option names are written with underscores."""
    rule = catalogue().rule(rule_id)
    given = {name.replace("_", "-"): value for name, value in options.items()}
    assert not given.keys() - rule.meta.options.keys()
    source = {"md": f"# {title}\n\n{body}\n", "txt": f"{title}\n\n{body}\n", "html": f"<h1>{title}</h1>{body}"}[suffix]
    article = parse(f"a.{suffix}", source)
    report = lint(article, RuleSet((ActiveRule(rule, option_values(rule.meta, given)),)))
    assert not report.errors, report.errors
    for finding in report.findings:
        assert finding.text == source[finding.offset : finding.end_offset]
        assert not re.search(r"\{[a-z_]+\}", finding.message)
    return report.findings


def found(rule_id: str, body: str, title: str = "Notes", suffix: str = "md", **options: Any) -> list[str]:
    """The texts that one rule marks."""
    return [finding.text for finding in findings(rule_id, body, title, suffix, **options)]
