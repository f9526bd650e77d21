"""Respectful wording: exact ranges, suggestions, and names and quotations that stay silent."""

from __future__ import annotations

import pytest

from tests.rules.helpers import findings, found


@pytest.mark.parametrize(
    ("body", "shown", "severity"),
    [
        ("He commits suicide in the play.", "commits suicide", "error"),
        ("They were unsuccessful suicides.", "unsuccessful suicides", "error"),
        ("A suicide bid failed.", "suicide bid", "warning"),
    ],
)
def test_suicide(body: str, shown: str, severity: str) -> None:
    [finding] = findings("suicide-wording", body)
    assert (finding.text, finding.severity.value) == (shown, severity)


def test_suicide_suggestions_keep_the_tense() -> None:
    [finding] = findings("suicide-wording", "He committed suicide.")
    assert finding.fix is not None
    assert finding.fix.edits[0].text == "died by suicide"
    assert "“died by suicide”" in finding.message


@pytest.mark.parametrize(
    "body",
    ["Committees on suicide met.", "She said, “he committed suicide”.", "A suicide attempt is an emergency."],
)
def test_suicide_silent(body: str) -> None:
    assert found("suicide-wording", body) == []


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("The junkies sat there.", "junkies"),
        ("A recovering addict spoke.", "recovering addict"),
        ("Ask about opioid abuse.", "opioid abuse"),
        ("He is an alcoholic.", "an alcoholic"),
        ("Babies are born addicted.", "born addicted"),
        ("They share dirty needles.", "dirty needles"),
    ],
)
def test_substance_use(body: str, shown: str) -> None:
    assert found("substance-use-wording", body) == [shown]


@pytest.mark.parametrize(
    "body",
    [
        "Call the Substance Abuse and Mental Health Services Administration.",
        "An alcoholic beverage can hurt.",
        "Go to Alcoholics Anonymous.",
        "Use a clean needle.",
        "He abused his power.",
        "She wrote “I am an addict”.",
    ],
)
def test_substance_use_silent(body: str) -> None:
    assert found("substance-use-wording", body) == []


@pytest.mark.parametrize(
    ("body", "shown", "severity"),
    [
        ("Epileptics may drive.", "Epileptics", "warning"),
        ("An insulin-dependent diabetic may need more.", "An insulin-dependent diabetic", "warning"),
        ("Homes for the disabled, too.", "the disabled", "warning"),
        ("She was afflicted with gout.", "afflicted with", "info"),
        ("Migraine sufferers rest.", "sufferers", "info"),
        ("He is wheelchair-bound.", "wheelchair-bound", "warning"),
        ("Patients who failed treatment came back.", "failed treatment", "warning"),
        ("A victim of polio spoke.", "victim of polio", "warning"),
    ],
)
def test_condition_as_label(body: str, shown: str, severity: str) -> None:
    [finding] = findings("condition-as-label", body)
    assert (finding.text, finding.severity.value) == (shown, severity)


@pytest.mark.parametrize(
    "body",
    [
        "A diabetic diet is a healthy diet.",
        "The disabled parking space is near.",
        "An epileptic seizure stops.",
        "It is an anorexic look.",
        "Heart failure is not the end.",
        "The economy may suffer from it.",
        "The study suffered from bias.",
        "People with diabetes and autistic people came.",
        "A crime victim spoke.",
        "The rule is HIPAA non-compliant for patients.",
    ],
)
def test_condition_as_label_silent(body: str) -> None:
    assert found("condition-as-label", body) == []


def test_once_for_each_wording() -> None:
    [finding] = findings("condition-as-label", "They suffer from flu. We suffer from flu. He has flu.")
    assert len(finding.related) == 1
