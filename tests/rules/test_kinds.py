"""The declarative kinds phrases, pattern, glossary and metric: what they find, and what they refuse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthlint.analysis import Analysis, Settings
from healthlint.analysis.fold import fold
from healthlint.errors import RuleError
from healthlint.finding import Match
from healthlint.formats import parse
from healthlint.rules.catalogue import load_catalogue
from healthlint.rules.kinds import build
from healthlint.rules.kinds._anchors import anchors_of
from healthlint.rules.kinds._matching import BraceError, expand
from healthlint.rules.kinds.pattern import PatternRule
from healthlint.rules.model import Rule
from healthlint.rules.prefilter import Prefilter
from healthlint.rules.schema import parse_rule

_HEAD = """\
id: test-rule
summary: A test.
message: "{message}"
message-when:
  other: "other"
severity: warning
confidence: high
scope: span
why: Because.
help: Do it.
sources: [{{title: A book}}]
examples: {{bad: ["x"], good: ["y"]}}
check:
"""


def rule_of(check: str, message: str = "found") -> Rule:
    text = _HEAD.format(message=message) + "".join(f"  {line}\n" for line in check.strip().splitlines())
    meta, where, _ = parse_rule(text, "test-rule.yaml", "test")
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


class TestBraces:
    def test_every_combination_in_order(self) -> None:
        assert expand("eas{e|es} the {cough|pain}") == [
            "ease the cough",
            "ease the pain",
            "eases the cough",
            "eases the pain",
        ]

    @pytest.mark.parametrize("text", ["a{b", "a}b", "a{b}", "{}"])
    def test_mistakes(self, text: str) -> None:
        with pytest.raises(BraceError):
            expand(text)


class TestPhrases:
    def test_whole_words_only(self) -> None:
        rule = rule_of("kind: phrases\nterms: ['utilis{e|ed}', at]")
        assert found(rule, "We utilise it, utilised it, reutilise and utilisee. A cat sat at it.") == [
            "utilise",
            "utilised",
            "at",
        ]

    def test_the_longest_wins_and_a_longer_word_hides_nothing(self) -> None:
        rule = rule_of("kind: phrases\nterms: [in order, in order to]")
        assert found(rule, "In order to rest, put it in order today, in order together.") == [
            "In order to",
            "in order",
            "in order",
        ]

    def test_curly_quotes_and_soft_line_breaks(self) -> None:
        rule = rule_of("""kind: phrases\nterms: ["it's prior to"]""")
        assert found(rule, "Now it’s prior\nto lunch.") == ["it’s prior\nto"]

    def test_exceptions_silence_only_what_they_cover(self) -> None:
        rule = rule_of("kind: phrases\nterms: [cardiac]\nexcept: [cardiac arrest]")
        assert found(rule, "A cardiac arrest is a cardiac event.") == ["cardiac"]

    def test_once_groups_by_term(self) -> None:
        rule = rule_of(
            "kind: phrases\nonce: true\nterms: {eas{e|es|ed}: help, prior to: before}".replace(
                "{eas{e|es|ed}: help, prior to: before}", '{"eas{e|es|ed}": help, prior to: before}'
            )
        )
        matches = run(rule, "It eased. Prior to that, ease it. Then it eases.")
        assert [shown for shown, _ in matches] == ["eased", "Prior to"]
        assert matches[0][1].values["count"] == "3"
        assert matches[0][1].values["times"] == "3 times"
        assert len(matches[0][1].related) == 2

    def test_replacements_keep_the_word_form_and_the_capital(self) -> None:
        rule = rule_of('kind: phrases\nterms: {"alleviat{e|es|ed|ing}": "eas{e|es|ed|ing}"}')
        [(_, match)] = run(rule, "Alleviating pain.")
        assert match.values["suggestion"] == "“Easing”"
        assert match.fix is not None
        assert [edit.text for edit in match.fix.edits] == ["Easing"]
        assert not match.fix.safe

    def test_no_fix_where_the_article_before_it_would_be_wrong(self) -> None:
        rule = rule_of("kind: phrases\nterms: {adequate: sufficient}")
        assert [m.fix is None for _, m in run(rule, "An adequate dose. The adequate dose.")] == [True, False]

    def test_no_fix_with_several_replacements(self) -> None:
        rule = rule_of("kind: phrases\nterms: {lesion: [sore, spot]}")
        [(_, match)] = run(rule, "The lesion hurts.")
        assert match.fix is None
        assert match.values["suggestion"] == "“sore” or “spot”"

    def test_case_in_as_written(self) -> None:
        rule = rule_of("kind: phrases\ncase: true\nterms: [MS]")
        assert found(rule, "MS is not Ms Hill.") == ["MS"]

    def test_names_and_quotations(self) -> None:
        rule = rule_of("kind: phrases\nskip-names: true\nskip-quotes: true\nterms: [drug abuse]")
        body = "The Institute on Drug Abuse said so. Drug abuse hurts. “No drug abuse,” he said. It is drug abuse."
        assert found(rule, body) == ["Drug abuse", "drug abuse"]

    def test_blocks(self) -> None:
        rule = rule_of("kind: phrases\nin: [heading]\nterms: [rest]")
        assert found(rule, "## Rest\n\nThen rest.") == ["Rest"]

    def test_clusters_need_different_phrases_close_together(self) -> None:
        rule = rule_of("kind: phrases\ncluster: {distinct: 2, per-thousand: 20}\nterms: [delve into, shed light on]")
        assert found(rule, "Delve into it. Delve into that. Delve into more.") == []
        assert found(rule, "Delve into it and shed light on it.") == ["Delve into"]
        assert found(rule, "Delve into it and shed light on it. " + "One more word. " * 60) == []

    @pytest.mark.parametrize(
        ("check", "line", "part"),
        [
            ("kind: phrases", 13, "terms"),
            ("kind: phrases\nterms: []", 15, "list of phrases"),
            ("kind: phrases\nterms: ['a{b', c]", 15, "partner"),
            ("kind: phrases\nterms:\n  aa: b\n  Aa: c", 17, "twice"),
            ("kind: phrases\nterms: [aa]\nexcept: [bb cc]", 16, "never matter"),
            ("kind: phrases\nterms: [aa]\nexcept: [aa]", 16, "never matter"),
            ("kind: phrases\nterms:\n  aa: {use: b, why: c}", 16, "why"),
            ("kind: phrases\nterms:\n  aa: {variant: none}", 16, "variant"),
            ("kind: phrases\nterms: [aa]\nonce: maybe", 16, "true or false"),
            ("kind: phrases\nterms: [aa]\nin: [footer]", 16, "footer"),
            ("kind: phrases\nterms: [aa]\ntwice: true", 16, "twice"),
        ],
    )
    def test_mistakes_are_shown_at_their_line(self, check: str, line: int, part: str) -> None:
        refused(check, line, part)

    def test_a_message_that_needs_a_replacement(self) -> None:
        refused("kind: phrases\nterms:\n  aa: b\n  cc:", 17, "{suggestion}", message="write {suggestion}")

    @given(st.text(alphabet="ab e'-", max_size=40))
    def test_ranges_hold_the_term(self, body: str) -> None:
        rule = rule_of("kind: phrases\nterms: [ab, ab ab]")
        for shown, match in run(rule, f"x {body} x"):
            assert " ".join(shown.split()) == match.values["match"]
            assert fold(match.values["match"]) in ("ab", "ab ab")


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
            ("kind: pattern\npatterns: [a]\nover: page", 16, "sentence or block"),
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
        assert anchors_of(regex) == (None if anchors is None else frozenset(anchors))

    @settings(max_examples=60, deadline=None)
    @given(st.data())
    def test_whatever_a_shipped_pattern_matches_holds_an_anchor(self, data: st.DataObject) -> None:
        regex = data.draw(st.sampled_from(sorted(set(_PATTERNS))))
        text = data.draw(st.from_regex(regex))
        anchors = anchors_of(regex)
        assert anchors is None or any(anchor in fold(text) for anchor in anchors)


_PATTERNS = list(_shipped_patterns())


class TestGlossary:
    CHECK = "kind: glossary\nterms: {dysuria: pain when you pee, stenosis: narrowing, sepsis: blood poisoning}"

    def test_first_use_and_grouping_by_sentence(self) -> None:
        rule = rule_of(self.CHECK, message="{terms}")
        matches = run(rule, "Dysuria and stenosis are rare. Dysuria again. Then sepsis.")
        assert [shown for shown, _ in matches] == ["Dysuria", "sepsis"]
        assert matches[0][1].values["terms"] == "“Dysuria” (pain when you pee) and “stenosis” (narrowing)"
        assert len(matches[0][1].related) == 1

    @pytest.mark.parametrize(
        "body",
        [
            "Dysuria (it hurts to pass water) is common.",
            "It can hurt to pass water (dysuria).",
            "Some have dysuria, also called painful urination.",
            "The medical term for this is dysuria.",
            "Dysuria means that passing water hurts.",
            "They have dysuria. This is when passing water hurts.",
            "You may have pain when you pee, and more dysuria later.",
            "Ask about [dysuria](/glossary#dysuria).",
            "## What is dysuria?\n\nSome people have dysuria.",
            "They call it dysuria - a burning feeling.",
            "| Dysuria | It hurts to pass water |\n|---|---|\n| a | b |",
        ],
    )
    def test_explained(self, body: str) -> None:
        assert found(rule_of(self.CHECK), body) == []

    @pytest.mark.parametrize(
        "body",
        ["Dysuria, fever and chills came.", "Dysuria (see table 2) came.", "He has dysuria or a fever.", "- Dysuria"],
    )
    def test_not_explained(self, body: str) -> None:
        assert [fold(shown) for shown in found(rule_of(self.CHECK), body)] == ["dysuria"]

    def test_the_projects_own_glossary(self) -> None:
        assert found(rule_of(self.CHECK), "Dysuria hurts.", glossary=("Dysuria",)) == []

    def test_a_term_needs_a_meaning(self) -> None:
        refused("kind: glossary\nterms:\n  dysuria:", 16, "meaning")


class TestMetric:
    BODY = "One two three four five six. " * 10

    @staticmethod
    def count(check: str, body: str, **options: Any) -> list[Match]:
        text = _HEAD.format(message="{value} {limit}").replace("check:\n", "")
        text += "options: {limit: {default: 5, about: A limit.}}\ncheck:\n"
        text += "".join(f"  {line}\n" for line in check.splitlines())
        meta, where, _ = parse_rule(text, "test-rule.yaml", "test")
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
