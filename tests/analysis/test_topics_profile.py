"""What one text is taken to be about, and what is kept of that."""

from __future__ import annotations

import json

import pytest

from healthlint.analysis.topics.model import TopicProfile
from tests.analysis.topic_model import model


def test_headings_count() -> None:
    plain = model().profile("What helps", body=["Rest and water."])
    headed = model().profile("What helps", headings=["Insulin", "Blood sugar at night"], body=["Rest and water."])
    assert "diabetes" in headed.body
    assert "diabetes" not in plain.body


@pytest.mark.parametrize(
    ("title", "condition"),
    [
        ("Asthma in children", 0),
        ("Kidney disease", 1),
        ("Bell's palsy", 1),
        ("Familial hypercholesterolaemia", 2),
        ("Living with lymphoma", 1),
        ("Anaemia", 1),
        ("Traumatic brain injuries", 1),
        ("Rheumatoid arthritis", 1),
        ("Crohn's disease", 1),
        ("Muscular dystrophy", 2),
        ("What a homeopathy clinic sells", 0),
        ("Sleep and exercise", 0),
    ],
)
def test_a_title_that_names_an_illness_as_such(title: str, condition: int) -> None:
    assert model().profile(title).condition == condition


def test_evidence_names_the_words() -> None:
    assert set(model().evidence("Asthma inhalers for teenagers")["lungs"]) == {"asthma", "inhaler"}
    both = model().evidence("Asthma", ["Inhalers"], ["Asthma is a disease of the airways. Asthma comes and goes."])
    assert both["lungs"][0] == "asthma" and len(set(both["lungs"])) == len(both["lungs"]) >= 3


def test_a_profile_survives_the_cache() -> None:
    page = model().profile("Kidney stones", ["Pain"], ["Drink water. Oxalate forms stones in the kidney."])
    again = TopicProfile.from_data(json.loads(json.dumps(page.as_data())))
    for link in ("Gout and uric acid", "Introducing peanuts to babies"):
        before = model().relatedness(page, model().profile(link))
        after = model().relatedness(again, model().profile(link))
        assert (before.verdict, before.about_a, before.shared) == (after.verdict, after.about_a, after.shared)
        assert before.score == pytest.approx(after.score, abs=0.01)
