"""Kind `glossary`: terms that are explained nowhere."""

from __future__ import annotations

import pytest

from healthlint.analysis.fold import fold
from tests.rules.kinds_support import found, refused, rule_of, run


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

    def test_terms_of_a_variant_are_a_finding_of_their_own(self) -> None:
        check = (
            "kind: glossary\nterms: {dysuria: pain when you pee, prevalence: {use: how common it is, variant: other}}"
        )
        matches = run(rule_of(check), "The prevalence of dysuria rose.")
        assert [(shown, match.variant) for shown, match in matches] == [("prevalence", "other"), ("dysuria", "")]
        refused(check.replace("other", "none"), 15, "neither a message nor a severity")

    def test_a_term_needs_a_meaning(self) -> None:
        refused("kind: glossary\nterms:\n  dysuria:", 16, "meaning")
