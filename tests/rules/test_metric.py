"""Kind `metric`: counts against a limit."""

from __future__ import annotations

from typing import Any

import pytest

from healthlint.analysis import Analysis
from healthlint.finding import Match
from healthlint.formats import parse
from healthlint.rules.kinds import build
from healthlint.rules.model import Rule
from healthlint.rules.schema import parse_rule
from tests.rules.kinds_support import head, refused


class TestMetric:
    BODY = "One two three four five six. " * 10

    @staticmethod
    def count(check: str, body: str, **options: Any) -> list[Match]:
        text = head("{value} {limit}").replace("check:\n", "")
        text += "options: {limit: {default: 5, about: A limit.}}\ncheck:\n"
        text += "".join(f"  {line}\n" for line in check.splitlines())
        meta, where = parse_rule(text, "test-rule.yaml", "test")
        rule = build(meta, where)
        assert isinstance(rule, Rule)
        article = Analysis(parse("a.md", f"# T\n\n{body}\n", "markdown"))
        return list(rule.check(article, {"limit": 5, **options}))

    def test_above_below_band_and_length(self) -> None:
        [match] = self.count("kind: metric\nmetric: words_per_sentence\nabove: limit", self.BODY)
        assert match.range is None
        assert match.values == {"value": "6", "limit": "5", "sentences": "10"}
        assert not self.count("kind: metric\nmetric: words_per_sentence\nabove: limit\nband: 1", self.BODY)
        assert not self.count("kind: metric\nmetric: words_per_sentence\nabove: limit", self.BODY, limit=6)
        assert not self.count("kind: metric\nmetric: words_per_sentence\nabove: 5\nleast-sentences: 11", self.BODY)
        assert self.count("kind: metric\nmetric: words\nbelow: 61", self.BODY)
        assert not self.count("kind: metric\nmetric: words\nbelow: 60", self.BODY)

    def test_any_score(self) -> None:
        assert self.count("kind: metric\nmetric: flesch_reading_ease\nabove: 0", self.BODY)
        assert not self.count("kind: metric\nmetric: smog\nabove: 0", "Too short.")

    @pytest.mark.parametrize(
        ("check", "line", "part"),
        [
            ("kind: metric\nmetric: smogg\nabove: 3", 15, "smog"),
            ("kind: metric\nmetric: smog", 13, "above"),
            ("kind: metric\nmetric: smog\nabove: 1\nbelow: 2", 13, "either"),
            ("kind: metric\nmetric: smog\nabove: limit", 16, "option"),
            ("kind: metric\nmetric: smog\nabove: true", 16, "number"),
            ("kind: metric\nmetric: smog\nabove: 1\nband: -1", 17, "band"),
        ],
    )
    def test_mistakes_are_shown_at_their_line(self, check: str, line: int, part: str) -> None:
        refused(check, line, part)
