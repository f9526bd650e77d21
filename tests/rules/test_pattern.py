"""Kind `pattern`: what it finds and refuses, and the anchors of its expressions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthlint.analysis.fold import fold
from healthlint.rules.catalogue import load_catalogue
from healthlint.rules.kinds.pattern import PatternRule
from healthlint.rules.parts.anchors import groups_of
from tests.rules.kinds_support import found, refused, rule_of, run


class TestPattern:
    def test_groups_become_values_and_match_is_the_range(self) -> None:
        rule = rule_of(
            r"""kind: pattern
patterns: ['\btake (?P<match>(?P<dose>\d+)mg)\b']""",
            message="{match} {dose}",
        )
        [(shown, match)] = run(rule, "Take 20mg now.")
        assert shown == "20mg"
        assert match.values["dose"] == "20"

    def test_unless_in_the_sentence_and_near(self) -> None:
        rule = rule_of(r"""kind: pattern
patterns: [twice as likely]
unless: ['\?$']
unless-near: ['\d in \d']
near: 1""")
        assert found(rule, "You are twice as likely.") == ["twice as likely"]
        assert found(rule, "Are you twice as likely?") == []
        assert found(rule, "You are twice as likely. About 1 in 9 get it.") == []
        assert found(rule, "You are twice as likely. Rest. About 1 in 9 get it.") == ["twice as likely"]

    def test_windows_end_at_headings(self) -> None:
        rule = rule_of("kind: pattern\npatterns: [alpha]\nunless-near: [beta]\nnear: 2")
        assert found(rule, "The alpha.\n\nThe beta.") == []
        assert found(rule, "The alpha.\n\n## New\n\nThe beta.") == ["alpha"]

    def test_needs(self) -> None:
        rule = rule_of("kind: pattern\npatterns: [alpha]\nneeds: [beta]\nneeds-near: [gamma]\nnear: 1")
        assert found(rule, "alpha beta. gamma.") == ["alpha"]
        assert found(rule, "alpha. beta gamma.") == []
        assert found(rule, "alpha beta. delta.") == []

    def test_exceptions_overlap_what_is_found(self) -> None:
        rule = rule_of("kind: pattern\npatterns: [failed]\nexcept: [failed back]")
        assert found(rule, "It failed after failed back surgery.") == ["failed"]

    def test_a_pattern_may_keep_capitals(self) -> None:
        rule = rule_of("kind: pattern\npatterns:\n  - {regex: '\\bQD\\b', case: true}")
        assert found(rule, "Take it QD, not qd.") == ["QD"]

    def test_the_first_pattern_wins_an_overlap(self) -> None:
        rule = rule_of("kind: pattern\npatterns: [red blood, blood cells]")
        assert found(rule, "Red blood cells.") == ["Red blood"]

    def test_whole_blocks(self) -> None:
        rule = rule_of("kind: pattern\nover: block\npatterns: ['one\\. two']")
        assert found(rule, "It is one. Two follow.") == ["one. Two"]

    def test_groups_and_once(self) -> None:
        assert found(rule_of("kind: pattern\ngroup: true\npatterns: [aa, bb]"), "bb. aa. bb.") == ["bb"]
        assert found(rule_of("kind: pattern\nonce: true\npatterns: [aa, bb]"), "bb. aa. bb.") == ["bb", "aa"]

    def test_link_targets(self) -> None:
        rule = rule_of("kind: pattern\npatterns: [zz]\ntargets: ['^https?://example\\.com']")
        assert found(rule, "See [the page](https://example.com/x) or [that](https://example.org).") == ["the page"]

    def test_without_a_literal_every_sentence_is_looked_at(self) -> None:
        rule = rule_of("kind: pattern\npatterns: ['\\d+']")
        assert rule.anchors is None
        assert found(rule, "None. Then 12. Then 7.") == ["12", "7"]

    @pytest.mark.parametrize(
        ("check", "line", "part"),
        [
            ("kind: pattern\npatterns: ['a(b']", 15, "not a regular expression"),
            ("kind: pattern\npatterns: ['a*']", 15, "empty text"),
            ("kind: pattern\npatterns:\n  - ok\n  - 'Aspirin'", 17, "capital letter"),
            ("kind: pattern\npatterns: [a]\nunless: ['(']", 16, "not a regular expression"),
            ("kind: pattern\npatterns: [a]\nnear: 2", 16, "unless-near"),
            ("kind: pattern\npatterns: [a]\nunless-near: [b]", 13, "near"),
            ("kind: pattern\npatterns: [a]\nover: page", 16, "is not one of sentence, block"),
            ("kind: pattern\npatterns: []", 15, "list of regular expressions"),
            ("kind: pattern\npatterns:\n  - {regex: a, variant: none}", 16, "variant"),
            ("kind: pattern\npatterns:\n  - {regx: a}", 16, "regx"),
        ],
    )
    def test_mistakes_are_shown_at_their_line(self, check: str, line: int, part: str) -> None:
        refused(check, line, part)

    def test_a_message_that_needs_a_value(self) -> None:
        refused("kind: pattern\npatterns: [a]", 15, "{dose}", message="{dose}")


def _shipped_patterns() -> Iterator[str]:
    catalogue = load_catalogue()
    for rule_id, meta in catalogue.metas.items():
        if meta.kind == "pattern":
            rule = catalogue.rule(rule_id)
            assert isinstance(rule, PatternRule)
            for shape in rule.shapes:
                yield shape.regex.pattern


class TestAnchors:
    @pytest.mark.parametrize(
        ("regex", "anchors"),
        [
            (r"\bthe (?:red|blue) cat\b", {"the red cat", "the blue cat"}),
            (r"\b(?:red|blue)\b", {"red", "blue"}),
            (r"x?\d+", None),
            (r"ss?n?ris?", {"sri", "snri"}),
            (r"x?[0-9]\d+", set("0123456789")),
            (r"(?:red|\d+)", None),
            (r"(?:abc)?de", {"de"}),
            (r"(?:abc)+d", {"abc"}),
            (r"ab(?=zzzz)c", {"abc"}),
            (r"QOD|IU", {"qod", "iu"}),
            (r"it’s", {"it's"}),
        ],
    )
    def test_anchors(self, regex: str, anchors: set[str] | None) -> None:
        assert groups_of(regex)[:1] == ([] if anchors is None else [frozenset(anchors)])

    @settings(max_examples=60, deadline=None)
    @given(st.data())
    def test_whatever_a_shipped_pattern_matches_holds_one_of_each_group(self, data: st.DataObject) -> None:
        regex = data.draw(st.sampled_from(sorted(set(_PATTERNS))))
        text = data.draw(st.from_regex(regex))
        for group in groups_of(regex):
            assert any(literal in fold(text) for literal in group)


_PATTERNS = list(_shipped_patterns())
