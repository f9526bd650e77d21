"""What readers ask on in other fields, and sub-areas of a topic that have little in common."""

from __future__ import annotations

import pytest

from healthlint.analysis.topics.model import TopicProfile
from tests.analysis.topic_model import model, verdict


def short_page(title: str, body: str) -> TopicProfile:
    return model().profile(title, body=[body])


@pytest.mark.parametrize(
    ("title", "body", "link"),
    [
        ("Epilepsy", "Seizures come from sudden bursts of activity in the brain.", "Vagus nerve stimulation"),
        ("Parkinson's disease", "Levodopa replaces missing dopamine and eases tremor.", "Constipation"),
        ("Breast cancer", "A lump in the breast is a common sign. Surgery removes the tumour.", "Hot flushes"),
        ("Coeliac disease", "Gluten damages the lining of the small bowel.", "Type 1 diabetes"),
        ("Sickle cell disease", "Red blood cells become stiff and block small vessels.", "Priapism"),
        ("Chronic kidney disease", "Damaged kidneys filter the blood less well.", "Bone disease and phosphate"),
    ],
)
def test_what_readers_ask_on_in_another_field_is_not_off_topic(title: str, body: str, link: str) -> None:
    assert verdict(short_page(title, body), link) == "unsure"


@pytest.mark.parametrize(("link", "expected"), [("Fever in children", "unsure"), ("Hay fever", "off_topic")])
def test_a_pair_of_words_says_its_last_only_if_it_is_about_the_same(link: str, expected: str) -> None:
    page = short_page("Sickle cell disease", "Red blood cells become stiff and block small vessels.")
    assert verdict(page, link) == expected
    arthritis = short_page("Rheumatoid arthritis", "The joints of hands and feet swell and are stiff.")
    assert verdict(arthritis, "Dry eyes") == "unsure"
    assert verdict(arthritis, "Gum disease") == "unsure"


@pytest.mark.parametrize("link", ["Respite care", "Flu jab", "Fatigue", "Support for carers"])
def test_what_every_illness_leads_to_is_never_off_topic(link: str) -> None:
    page = short_page("Cerebral palsy", "Damage to the brain before birth affects movement and posture.")
    assert verdict(page, link) != "off_topic"


@pytest.mark.parametrize("link", ["Hay fever", "Cleft lip and constipation", "Constipation of the wallet and bitcoin"])
def test_a_word_that_readers_ask_on_does_not_excuse_the_rest_of_a_link(link: str) -> None:
    page = short_page("Parkinson's disease", "Levodopa replaces missing dopamine and eases tremor.")
    assert verdict(page, link) == "off_topic"


@pytest.mark.parametrize(
    ("title", "body", "apart", "near"),
    [
        ("Haemophilia A", "Too little factor VIII makes people bleed.", "Iron overload", "Von Willebrand disease"),
        ("LCHAD deficiency", "The body cannot burn fats.", "Gaucher disease", "Carnitine deficiency"),
        (
            "Addison disease",
            "The adrenal glands make too little cortisol.",
            "Overactive parathyroid",
            "Graves' disease",
        ),
        ("Acne", "Spots form on the face when pores clog.", "Head lice", "Rosacea"),
        ("Lyme disease", "Bacteria spread with a bite.", "Dengue", "Babesiosis"),
    ],
)
def test_two_areas_of_one_topic_have_little_in_common(title: str, body: str, apart: str, near: str) -> None:
    page = short_page(title, body)
    assert verdict(page, apart) == "off_topic"
    assert verdict(page, near) == "related"


def test_a_page_that_tells_of_the_other_area_itself_keeps_its_links() -> None:
    body = "Bleeding into the joints is common."
    told = short_page(
        "Haemophilia", f"{body} Too much iron from transfusions: iron overload is rare. Iron overload harms."
    )
    assert verdict(short_page("Haemophilia", body), "Iron overload") == "off_topic"
    assert verdict(told, "Iron overload") != "off_topic"


@pytest.mark.parametrize(("link", "expected"), [("Chromosome 15 deletion", True), ("Chromosome 6q deletion", False)])
def test_two_chromosomes_are_two_subjects(link: str, expected: bool) -> None:
    page = short_page("Ring chromosome 15 syndrome", "Children grow slowly. The ends of 15q are joined.")
    assert (verdict(page, link) == "related") is expected
    assert (verdict(page, link) == "off_topic") is not expected


@pytest.mark.parametrize(
    ("text", "number"), [("trisomy 22q11.2", "22"), ("the long arm of chromosome 7", "7"), ("5p minus", "5")]
)
def test_chromosomes_are_read_by_number(text: str, number: str) -> None:
    assert f"chromosome {number}" in model().profile(text).units


def test_other_numbers_are_no_chromosomes() -> None:
    assert not [unit for unit in model().profile("Type 2 diabetes in 30 days: 5 tips").units if "chromosome" in unit]


def test_two_illnesses_that_share_no_word_need_more_in_common() -> None:
    page = short_page("Spinal muscular atrophy", "Motor neurons die and muscles weaken.")
    illness, advice = (model().relatedness(page, model().profile(link)) for link in ("Optic atrophy", "Optic nerves"))
    assert illness.verdict == "off_topic"
    assert page.condition and not model().profile("Optic nerves").condition
    assert advice.score == pytest.approx(illness.score, abs=0.2)


def test_every_list_of_what_readers_ask_on_and_of_areas_is_in_use() -> None:
    lexicon = model().lexicon
    assert len(lexicon.asked) >= 80
    for key, phrases in lexicon.asked.items():
        assert phrases and (key.startswith("title: ") or key == "any" or key in lexicon.number)
    for topics, areas in lexicon.areas:
        assert len(areas) >= 2 and all(phrase for phrases in areas for phrase in phrases)
        assert all(0 <= topic < len(lexicon.topics) for topic in topics)
