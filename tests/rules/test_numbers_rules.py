"""Rules on numbers: exact ranges, and the traps around them."""

from __future__ import annotations

import pytest

from tests.rules.helpers import findings, found


class TestRelativeRisk:
    RULE = "relative-risk-without-baseline"

    @pytest.mark.parametrize(
        ("sentence", "shown"),
        [
            ("Aspirin lowered the chance of a clot by 30 per cent.", "lowered the chance of a clot by 30 per cent"),
            ("The risk of a stroke was cut by half.", "risk of a stroke was cut by half"),
            ("A daily walk halved their risk.", "halved their risk"),
            ("Babies are 2.5 times more likely to fall ill.", "2.5 times more likely"),
            ("Those who smoke have a two-fold increase in the risk.", "two-fold increase in the risk"),
            ("There were 40% fewer deaths.", "40% fewer deaths"),
            ("The tablet led to a 20% drop in heart attack rates.", "20% drop in heart attack rates"),
        ],
    )
    def test_fires(self, sentence: str, shown: str) -> None:
        assert found(self.RULE, sentence) == [shown]

    @pytest.mark.parametrize(
        "sentence",
        [
            "It lowered the chance of a clot by 30%, from 9% to 6%.",
            "A walk halved their risk, to about 2 people out of every 100.",
            "Half as many were ill: the risk was cut by half, an absolute reduction of one percentage point.",
            "You are more likely to sleep well after a walk.",
            "Prices rose by 40% more than the odds of rain.",
            "Cut the salt by half.",
            "The dose was reduced by 50%.",
            "This is twice as big.",
        ],
    )
    def test_silent(self, sentence: str) -> None:
        assert found(self.RULE, sentence) == []

    def test_the_numbers_may_stand_two_sentences_away(self) -> None:
        near = "A walk halved their risk. They liked it. Without it, 4 in 100 fell ill."
        far = "A walk halved their risk. They liked it. It was fun. Without it, 4 in 100 fell ill."
        assert found(self.RULE, near) == []
        assert found(self.RULE, far) == ["halved their risk"]


class TestDoseNotation:
    RULE = "error-prone-dose-notation"

    @pytest.mark.parametrize(
        ("sentence", "shown", "severity"),
        [
            ("Take 1.0 mg now.", "1.0 mg", "error"),
            ("Take 2.50 mg or 2.00 mcg now.", "2.00 mcg", "error"),
            ("Start with .25 mg.", ".25 mg", "error"),
            ("Inject 12 U of insulin.", "12 U", "error"),
            ("Take 5 mg QD by mouth.", "QD", "error"),
            ("She got MgSO4 by drip.", "MgSO4", "error"),
            ("Take 50 µg twice a day.", "50 µg", "error"),
            ("Take 50 μg twice a day.", "50 μg", "error"),
            ("Draw up 3 cc of the solution.", "3 cc", "error"),
            ("Inject 10000 units once.", "10000 units", "warning"),
            ("Inject 5,000 IU of heparin.", "5,000 IU", "info"),
        ],
    )
    def test_fires(self, sentence: str, shown: str, severity: str) -> None:
        [finding] = findings(self.RULE, sentence)
        assert (finding.text, finding.severity.value) == (shown, severity)

    @pytest.mark.parametrize(
        "sentence",
        [
            "Take 10 mg, 0.5 mg or 2.5 mg.",
            "Her potassium level was 4.0 mg.",
            "The tumor was 3.0 g in weight.",
            "It ended 4:3.5 mg ago.",
            "U of X: page 12 U.S. dollars.",
            "He moved to 5 Upper Street.",
            "The QD display glows.",
            "Vitamin D: 800 IU a day.",
            "Air must hold less than 5 µg/m3.",
            "Put me in cc on the 3 emails.",
            "In 12000 people it was 5,000 units.",
            "Magnesium sulfate is given by drip.",
            "The limit is 30 µg of cadmium in food.",
            "Your letter said “take 5.0 mg”.",
        ],
    )
    def test_silent(self, sentence: str) -> None:
        assert found(self.RULE, sentence) == []

    def test_doses_are_never_changed_by_a_fix(self) -> None:
        assert all(f.fix is None for f in findings(self.RULE, "Take 1.0 mg. Inject 12 U of insulin."))


class TestDoseUnclear:
    RULE = "dose-unclear"

    def test_spoons_and_glued_units(self) -> None:
        [spoon, glued] = findings(self.RULE, "Give two teaspoons of the cough medicine. Then take 20mg.")
        assert (spoon.text, spoon.severity.value) == ("two teaspoons", "warning")
        assert (glued.text, glued.severity.value) == ("20mg", "info")

    @pytest.mark.parametrize(
        "sentence",
        [
            "Add a teaspoon of honey to the tea.",
            "Do not measure medicine with a teaspoon.",
            "Give 10 mL (2 teaspoons) of the medicine.",
            "Take 20 mg.",
            "The 5mg/5mL bottle is brown.",
            "Pour two tablespoons of corn syrup into the bowl.",
        ],
    )
    def test_silent(self, sentence: str) -> None:
        assert found(self.RULE, sentence) == []


class TestDenominators:
    RULE = "mixed-denominators"

    def test_one_finding_for_a_section(self) -> None:
        [finding] = findings(self.RULE, "It hits 1 in 8 men, 2 in 15 women and 3 in 1,000 children.")
        assert finding.text == "1 in 8"
        assert finding.message.startswith("“1 in 8”, “2 in 15” and “3 in 1,000”")
        assert finding.message.endswith("for example out of 1,000.")
        assert len(finding.related) == 2

    def test_the_number_proposed_suits_all_figures(self) -> None:
        [finding] = findings(self.RULE, "It hits 1 in 12,500 people in one town and 1 in 20,000 in another.")
        assert finding.message.endswith("for example out of 100,000.")

    @pytest.mark.parametrize(
        "body",
        [
            "It hits 1 in 8 men and 2 in 8 women.",
            "It hits 1 in 8 men.\n\n## Women\n\nIt hits 3 in 1,000 women.",
            "It hits 1 in 8 men. Rest. Eat. Walk. Sleep. It hits 3 in 1,000 women.",
            "They met 2 in 2015 and 3 in 2016.",
            "Take 1 in 24 hours, or 2 in 12 hours.",
            "The page has 4.5 out of 5 stars and 3 in 100 read it.",
            "The clinic on 5 in 7th street treats 1 in 8.",
        ],
    )
    def test_silent(self, body: str) -> None:
        assert found(self.RULE, body) == []


class TestProbability:
    RULE = "probability-not-explained"

    def test_grouped(self) -> None:
        [finding] = findings(self.RULE, "The risk of death is 1%. Rest at home. Eat well. The infection rate is 2.5%.")
        assert finding.text == "1%"
        assert [r.line for r in finding.related] == [3]

    @pytest.mark.parametrize(
        "body",
        [
            "The risk of death is 1%.",
            "The risk of death is 1%, so rare. The infection rate is 2.5%, or 25 in 1,000.",
            "The cream is 1%. The gel is 2%.",
            "Is the risk 1%? Is the risk 2%?",
            "The risk is 1% in men, 2% in women and 3% in all. The risk is 4% here, 5% there and 6% at sea.",
        ],
    )
    def test_silent(self, body: str) -> None:
        assert found(self.RULE, body) == []
