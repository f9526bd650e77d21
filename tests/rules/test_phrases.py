"""Kind `phrases` and its braces: what it finds, and what it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.analysis.fold import fold
from healthlint.rules.parts.terms import BraceError, expand
from tests.rules.kinds_support import found, refused, rule_of, run


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
