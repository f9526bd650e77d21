"""Plain language: words, terms, acronyms, hedges and advice."""

from __future__ import annotations

import pytest

from healthlint.formats import parse
from healthlint.linter import ActiveRule, RuleSet, lint
from healthlint.rules.schema import option_values
from tests.rules.helpers import catalogue, findings, found


def only(rule_id: str) -> RuleSet:
    rule = catalogue().rule(rule_id)
    return RuleSet((ActiveRule(rule, option_values(rule.meta, {})),))


def test_the_lists_are_long_enough() -> None:
    assert len(catalogue().rule("complex-word").forms) >= 600  # type: ignore[union-attr]
    assert len(catalogue().metas["complex-word"].check["terms"]) >= 300
    assert len(catalogue().metas["jargon-undefined"].check["terms"]) >= 200


class TestComplexWord:
    def test_one_finding_for_each_word_with_its_count(self) -> None:
        first, second = findings("complex-word", "Utilize it prior to lunch. He utilizes it. We utilized it.")
        assert (first.text, second.text) == ("Utilize", "prior to")
        assert "(3 times)" in first.message
        assert "“Use”" in first.message
        assert first.fix is not None
        assert [edit.text for edit in first.fix.edits] == ["Use", "uses", "used"]

    @pytest.mark.parametrize(
        ("body", "fix"),
        [
            ("It was administered twice.", "given"),
            ("The form furnished by the nurse helps.", "given"),
            ("They have often accomplished it.", "done"),
            ("The nurse administered it.", "gave"),
            ("She had participated in it.", "taken part in"),
            ("He participated in it.", "took part in"),
        ],
    )
    def test_a_replacement_has_the_form_that_its_place_asks_for(self, body: str, fix: str) -> None:
        [finding] = findings("complex-word", body)
        assert finding.fix is not None
        assert finding.fix.edits[0].text == fix
        assert f"“{fix}”" in finding.message

    @pytest.mark.parametrize(
        "body", ["Congenital defects are rare.", "Stress may exacerbate it.", "It is not asymptomatic."]
    )
    def test_what_cannot_stand_in_its_place_is_named_and_not_offered(self, body: str) -> None:
        [finding] = findings("complex-word", body)
        assert finding.fix is None
        assert "has a plainer equivalent: “" in finding.message

    @pytest.mark.parametrize(
        "body",
        [
            "High blood pressure (hypertension) is common.",
            "Hypertension, or high blood pressure, is common.",
            "Pulmonary edema is fluid in the lungs.",
            "## Hypertension",
            "He works for the Cardiac Care Alliance.",
            "> We shall utilize it.",
            "The commencement speech was long.",
        ],
    )
    def test_silent(self, body: str) -> None:
        assert found("complex-word", body) == []


class TestAcronym:
    RULE = "acronym-undefined"

    def test_first_use_with_further_ones_related(self) -> None:
        [finding] = findings(self.RULE, "Ask for a CRP test. A CRP test is quick.\n\n- CRP")
        assert (finding.text, finding.line) == ("CRP", 3)
        assert "used 3 times" in finding.message
        assert len(finding.related) == 2

    @pytest.mark.parametrize(
        "body",
        [
            "A C-reactive protein (CRP) test is quick. The CRP is a blood test.",
            "CRP (C-reactive protein) is in the blood.",
            "C-reactive protein is in the blood. A CRP test is quick.",
            "CRP stands for C-reactive protein.",
            "It is called CRP for short.",
            "C-reactive protein, or CRP, is in the blood.",
            "The WHO and the CDC agree.",
            "Stage III or IV, and vitamin B12.",
            "DO NOT MIX THESE TWO DRUGS.",
            "Write to Dallas, TX 75001.",
            "See form 10-10EZR or N2O.",
            "He said “ask the CRP”.",
        ],
    )
    def test_silent(self, body: str) -> None:
        assert found(self.RULE, body) == []

    def test_words_of_a_heading_count_as_the_expansion(self) -> None:
        assert found(self.RULE, "## Deep vein thrombosis\n\nA DVT is a clot.") == []

    @pytest.mark.parametrize(
        "body",
        [
            "## Ankylosing spondylitis\n\nAS hurts. Rest does not help AS. Heat helps AS.",
            "Tumours with TXRK fusions or a TXRK rearrangement are rare.",
            "TXRK-mutant tumours, and those with TXRK G12C, are rare.",
            "The enzyme is called MBLX mutase. The MBLX kinase is another.",
            "WQ limb blood syndrome is rare. WQ limb blood syndrome is inherited. Few have WQ limb blood syndrome.",
            "Without FXIII the blood clots badly.",
            "KRAS is one of the changes they look for.",
            "People in the COMPASS trial walked more.",
            "This follows the ABCO XYZ Guidelines, and what was said at ABCO 2025.",
            "A poster is [on the CRP page](https://example.org/crp).",
            "LCHAD deficiency, or long-chain hydroxyacyl dehydrogenase deficiency, is rare.",
        ],
    )
    def test_names_that_are_letters_are_left_alone(self, body: str) -> None:
        assert found(self.RULE, body) == []

    @pytest.mark.parametrize(
        ("body", "shown"),
        [
            ("Changes in a gene raise CRP levels.", ["CRP"]),
            ("CRP or a scan may help, and a CRP trial is long.", ["CRP"]),
            ("## Arthritis and sleep\n\nAS hurts. Rest does not help AS. Heat helps AS.", ["AS"]),
            ("CRP disease and a CRP increase.", ["CRP"]),
            ("CRP deficiency, or a cold, may be the cause.", ["CRP"]),
        ],
    )
    def test_other_letters_beside_such_names_are_not(self, body: str, shown: list[str]) -> None:
        assert found(self.RULE, body) == shown

    def test_words_of_a_title_in_metadata_count(self) -> None:
        body = "# REAB\n\nREAB ended last year.\n"
        for title, expected in (("Reserve Educational Assistance Benefits", []), ("Benefits that ended", ["REAB"])):
            source = f"---\ntitle: {title}\n---\n\n{body}"
            [*seen] = lint(parse("a.md", source), only(self.RULE)).findings
            assert [finding.text for finding in seen] == expected

    def test_words_that_stand_only_after_the_first_use_count_in_its_block_alone(self) -> None:
        assert found(self.RULE, "A CRP test is quick.\n\nThey look for C-reactive protein.") == ["CRP"]
        assert found(self.RULE, "A CRP test is quick. They look for C-reactive protein.") == []

    def test_options(self) -> None:
        assert found(self.RULE, "KRAS.", names=[]) == ["KRAS"]
        assert found(self.RULE, "A CRP test.", also_known=["crp"]) == []
        assert found(self.RULE, "A CRP test.", least=2) == []
        assert found(self.RULE, "Ask the FDA.", known=[]) == ["FDA"]

    def test_initials_across_sentences_do_not_count(self) -> None:
        assert found(self.RULE, "The cough is rare. People ask for a CRP test.") == ["CRP"]


class TestHedges:
    @pytest.mark.parametrize(
        ("body", "shown"),
        [
            ("It may possibly help.", "may possibly help"),
            ("Maybe might be better.", "Maybe might"),
            ("It might have some potential to help.", "might have some potential to"),
            ("This could certainly work.", "could certainly"),
        ],
    )
    def test_fires(self, body: str, shown: str) -> None:
        assert found("hedge-stack", body) == [shown]

    @pytest.mark.parametrize(
        "body",
        ["It may help.", "It may be potentially fatal.", "Could it possibly help?", "It will almost certainly help."],
    )
    def test_silent(self, body: str) -> None:
        assert found("hedge-stack", body) == []


class TestNounAction:
    def test_one_finding_for_the_article(self) -> None:
        body = "Seeking help early is vital. Rest.\n\nThe cream must be applied at night."
        [finding] = findings("passive-or-noun-action", body)
        assert finding.text == "Seeking help early is vital"
        assert len(finding.related) == 1

    @pytest.mark.parametrize(
        "body",
        [
            "Seek help early.",
            "The stitches must be removed by a nurse.",
            "The vote was taken in May.",
            "You should be seen soon.",
            "Taking a nap is fun.",
        ],
    )
    def test_silent(self, body: str) -> None:
        assert found("passive-or-noun-action", body) == []


class TestAction:
    RULE = "action-not-specific"
    THREE = "Talk to your doctor. Rest well. Seek advice from a health professional. Eat well. Consult a pharmacist."

    def test_fires_at_the_first(self) -> None:
        [finding] = findings(self.RULE, self.THREE)
        assert finding.text == "Talk to your doctor"
        assert len(finding.related) == 2

    @pytest.mark.parametrize(
        "more",
        [
            "Call your doctor if a rash appears.",
            "Ask your pharmacist which painkiller is safe with it.",
            "Tell the doctor about other tablets within two days.",
            "In an emergency call 911.",
        ],
    )
    def test_one_concrete_sentence_is_enough(self, more: str) -> None:
        assert found(self.RULE, f"{self.THREE} {more}") == []

    def test_least(self) -> None:
        assert found(self.RULE, "Talk to your doctor. Consult a pharmacist.") == []
        assert found(self.RULE, "Talk to your doctor.", least=1) == ["Talk to your doctor"]
