"""Class claims, choices, balance, and citations that lead nowhere."""

from __future__ import annotations

import pytest

from tests.rules.helpers import findings, found


def test_class_claim_marks_the_first_and_names_the_others() -> None:
    body = "Statins are very effective. Walking helps too. Statins also lower blood fats. Statins reduce strokes."
    [finding] = findings("class-claim-no-members", body)
    assert finding.text == "Statins are very effective"
    assert [r.message for r in finding.related] == ["here too: “Statins also lower”", "here too: “Statins reduce”"]
    assert findings("class-claim-no-members", body + " Atorvastatin is one of them.") == []
    assert findings("class-claim-no-members", "Statins are very effective. Walking helps too.") == []


def test_citation_marks_past_the_list() -> None:
    body = "It works [1]. It lasts [2, 5].\n\n## References\n\n1. One Trial.\n2. Two Trials.\n3. Three Trials."
    [finding] = findings("citation-defect", body)
    assert (finding.text, finding.severity.value) == ("[2, 5]", "warning")
    assert "points to source 5" in finding.message
    assert findings("citation-defect", "It works [12].") == []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("doi: 10.xxxx/abc", ["10.xxxx/abc"]),
        ("https://doi.org/11.1000/abc", ["11.1000/abc"]),
        ("doi: 10.1234/abcd", ["10.1234/abcd"]),
        ("PMID: 123456789", ["123456789"]),
        ("doi: 10.1056/NEJMoa2034577", []),
        ("PMID: 33301246", []),
        ("PMCID: PMC7745181", []),
        ("The DOI system is old.", []),
    ],
)
def test_identifiers(text: str, marked: list[str]) -> None:
    assert found("citation-defect", f"Naps help. See {text}") == marked


GAPS = (
    "Melatonin improves sleep for many travellers. Taken an hour before bed, it reduces the time to fall asleep. "
    "It also improves the mood next day. " + "It is sold in tablets and sprays. " * 30
)


def test_choice_gaps_name_what_is_missing() -> None:
    [finding] = findings("treatment-choice-gaps", GAPS, "Melatonin supplements")
    assert "what happens without treatment" in finding.message
    assert finding.severity.value == "info"
    fuller = GAPS + "There are other ways to sleep better. It helps 3 in 10 people. Ask your doctor. Experts disagree."
    assert findings("treatment-choice-gaps", fuller, "Melatonin supplements") == []
    assert findings("treatment-choice-gaps", GAPS, "A night at sea") == []


def test_balance() -> None:
    body = "Kava eases worry. It improves sleep. It soothes the mind. "
    assert found("benefit-harm-imbalance", body, "Kava tea") == ["eases"]
    mild = body + "Side effects are mild drowsiness and headache."
    assert found("benefit-harm-imbalance", mild, "Kava tea") == ["mild drowsiness and headache"]
    assert found("benefit-harm-imbalance", mild + " Rarely it causes serious harm to the liver.", "Kava tea") == []
    assert found("benefit-harm-imbalance", body, "A walk by the sea") == []


@pytest.mark.parametrize(
    "mark",
    ["²", "<sup>2</sup>", "[^2]", "[2]", "[2, 4]", " (2)"],
    ids=["superscript", "sup-element", "footnote", "bracket", "brackets", "parentheses"],
)
def test_a_note_mark_cites_the_study(mark: str) -> None:
    claim = "Studies show that naps sharpen the mind"
    notes = "\n\n[^2]: One Trial.\n" if mark == "[^2]" else ""
    assert found("study-claim-without-citation", f"{claim}.") == ["Studies show"]
    assert found("study-claim-without-citation", f"{claim}{mark}.{notes}") == []
    # The mark may follow the full stop, as a superscript often does.
    assert found("study-claim-without-citation", f"{claim}.{mark.strip()} Tea is warm.{notes}") == []


def test_a_number_in_the_sentence_is_no_note_mark() -> None:
    assert found("study-claim-without-citation", "Studies show that 2 naps beat 1 nap.") == ["Studies show"]
    assert found("study-claim-without-citation", "Studies show that naps (20 minutes) help.") == ["Studies show"]
