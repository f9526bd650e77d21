"""What a reader must be told beside a treatment: warnings, stopping, helplines, emergencies."""

from __future__ import annotations

import pytest

from tests.rules.helpers import findings, found

BOXED = "boxed-warning-missing"
STOP = "stopping-advice-missing"


@pytest.mark.parametrize(
    ("title", "body", "said"),
    [
        ("Sertraline and you", "Sertraline helps many people.", "Sertraline can raise the risk of suicidal thoughts."),
        (
            "Tramadol for pain",
            "Tramadol relieves pain.",
            "Tramadol is addictive, and an overdose can stop your breathing.",
        ),
        ("Diazepam", "Diazepam is prescribed for spasms.", "Dependence can start within weeks."),
        ("Ciprofloxacin", "Ciprofloxacin treats infections.", "It can tear a tendon."),
        ("Naproxen for cramps", "Naproxen eases cramps.", "It can cause bleeding in the stomach."),
        ("Isotretinoin for acne", "Isotretinoin clears acne.", "It causes birth defects."),
        ("Montelukast for asthma", "Montelukast calms the airways.", "Watch for changes in mood."),
        ("Semaglutide for weight", "Semaglutide lowers appetite.", "In animals it caused thyroid tumours."),
        ("Quetiapine at night", "Quetiapine is taken at night.", "It is not for older people with dementia."),
    ],
)
def test_boxed_warnings(title: str, body: str, said: str) -> None:
    [finding] = findings(BOXED, body, title)
    assert finding.severity.value == "error"
    assert finding.line == 3
    assert findings(BOXED, f"{body} {said}", title) == []


def test_a_warning_in_a_related_link_does_not_count() -> None:
    body = "Sertraline helps many people.\n\n## Related articles\n\n- [Suicidal thoughts: where to get help](/help)"
    assert found(BOXED, body, "Sertraline and you") == ["Sertraline"]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Depression", "Talking helps. Some people take antidepressants. Others walk. Sleep matters too."),
        ("Opioid addiction", "Opioids are taken for pain. Some people cannot stop. Treatment helps."),
        ("Sertraline for prescribers: for health professionals", "Sertraline helps many people."),
        ("Sertraline and you", "Sertraline helps many people. Read the Medication Guide."),
        ("How sertraline was named", "The name is short."),
    ],
)
def test_boxed_warning_is_silent(title: str, body: str) -> None:
    assert findings(BOXED, body, title) == []


def test_the_class_may_be_in_the_body_only() -> None:
    body = (
        "Opioids relieve pain. Opioids work within the hour. Opioids are taken with water. Opioids are cheap. Rest too."
    )
    assert found(BOXED, body, "After surgery") == ["Opioids"]


def test_where_stopping_advice_is_missed() -> None:
    body = "Prednisolone tablets calm the skin. You take them for three weeks in the morning."
    assert found(STOP, body, "Steroids for a rash") == ["take them for three weeks"]
    assert found(STOP, body + " The dose is then lowered slowly.", "Steroids for a rash") == []
    assert found(STOP, body + "\n\n- Never quit without asking.", "Steroids for a rash") == []
    assert found(STOP, "Rub the steroid cream in twice a day.", "Steroid creams") == []


@pytest.mark.parametrize(
    "line",
    [
        "Call or text 988.",
        "In the UK, ring 116 123.",
        "A crisis line is open at all hours.",
        "Look at findahelpline.com.",
    ],
)
def test_helplines(line: str) -> None:
    body = "Suicide hurts families. Talking about suicide does not cause it. "
    [finding] = findings("crisis-line-missing", body, "Talking about suicide")
    assert (finding.text, finding.severity.value) == ("suicide", "error")
    assert findings("crisis-line-missing", body + line, "Talking about suicide") == []
    [mention] = findings("crisis-line-missing", body, "Hard talks")
    assert mention.severity.value == "warning"


def test_emergency() -> None:
    body = "Crushing chest pain can be a sign of a heart attack. Rest if you feel it."
    assert found("emergency-action-missing", body, "Heart attack") == ["Crushing chest pain"]
    assert found("emergency-action-missing", body + " Call 999.", "Heart attack") == []
    assert found("emergency-action-missing", body, "Heart attack research") == []
    assert found("emergency-action-missing", body + " About 911 people took part.", "Heart attack") == [
        "Crushing chest pain"
    ]


def test_off_label_marks_the_history() -> None:
    body = (
        "Although originally approved for epilepsy, the medicine is now widely prescribed to people with hot flushes."
    )
    [finding] = findings("off-label-unstated", body)
    assert finding.text == "Although originally approved for epilepsy"
    assert findings("off-label-unstated", body + " The FDA has not approved it for them.") == []


def test_supplement_statement_must_be_near_verbatim() -> None:
    body = "Our gummies support your immune system. Add to cart for $19.99."
    assert found("supplement-disclaimer", body) == ["gummies support your immune"]
    assert found("supplement-disclaimer", body + " Not evaluated by anyone.") != []
    statement = "These statements have not been evaluated by the Food and Drug Administration. "
    statement += "This product is not intended to diagnose, treat, cure, or prevent any disease."
    assert found("supplement-disclaimer", f"{body} {statement}") == []
