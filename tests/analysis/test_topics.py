"""What texts are about, and whether links belong with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.analysis.topics.model import TopicModel, TopicProfile
from healthlint.analysis.topics.words import normal
from healthlint.errors import ConfigError
from tests.analysis.topic_model import link_pairs, model, verdict


@pytest.fixture(scope="module")
def nerve_pain() -> TopicProfile:
    entry = link_pairs()[0]
    return model().profile(entry["title"], body=[entry["body"]])


@pytest.mark.parametrize(
    "link",
    ["Unlocking the secrets of introducing peanuts to babies", "Unlocking your morning: six Mediterranean breakfasts"],
)
def test_a_shared_headline_verb_relates_nothing(nerve_pain: TopicProfile, link: str) -> None:
    relation = model().relatedness(nerve_pain, model().profile(link))
    assert relation.verdict == "off_topic"
    assert relation.shared == ()


@pytest.mark.parametrize("link", ["Duloxetine for diabetic nerve pain: what to expect", "Living with shingles pain"])
def test_links_on_the_same_subject_stay(nerve_pain: TopicProfile, link: str) -> None:
    assert verdict(nerve_pain, link) == "related"


def test_the_names_of_both_sides_make_sense(nerve_pain: TopicProfile) -> None:
    relation = model().relatedness(nerve_pain, model().profile("Introducing peanuts to babies"))
    assert "pain" in relation.about_a
    assert {"infant feeding", "allergy"} & set(relation.about_b)
    assert not set(relation.about_a) & set(relation.about_b)


# When unsure, silent


@pytest.mark.parametrize(
    "link",
    [
        "Zorbalin",
        "Qwertyx and Vlopham",
        "Read more",
        "",
        "Tips and tricks",
        "Find a doctor near you",
        "How to pay for your care",
        "Health insurance basics",
        "Clinical trials",
        "2024",
        "About us",
        "Privacy policy",
        "FAQ",
    ],
)
def test_links_that_say_too_little_are_never_off_topic(nerve_pain: TopicProfile, link: str) -> None:
    assert verdict(nerve_pain, link) != "off_topic"


@pytest.mark.parametrize("link", ["Dense traffic, hard choices", "Broken devices and prior restrictions", "Act on it"])
def test_plain_words_of_disease_names_say_nothing_by_themselves(nerve_pain: TopicProfile, link: str) -> None:
    assert verdict(nerve_pain, link) != "off_topic"


@pytest.mark.parametrize("word", ["can’t", "don't", "isn’t", "you're", "won’t"])
def test_a_shared_contraction_relates_nothing(word: str) -> None:
    page = model().profile(f"Gout: when you {word} sleep", body=["Gout is joint pain. Uric acid makes gout flare."])
    relation = model().relatedness(page, model().profile(f"Babies who {word} crawl: nappy rash"))
    assert relation.verdict == "off_topic"
    assert relation.shared == ()


def test_what_readers_ask_on_is_no_guide_from_one_inherited_illness_to_another() -> None:
    page = model().profile("Marfan syndrome", body=["Marfan syndrome makes limbs long and joints loose."])
    assert verdict(page, "Dental checks") != "off_topic"
    assert verdict(page, "Hereditary dental dysplasia") == "off_topic"


def test_a_page_that_says_too_little_has_no_stray_links() -> None:
    page = model().profile("Welcome", body=["Here is what is new this week."])
    assert not page.known
    assert verdict(page, "Kidney stones") != "off_topic"


def test_a_rare_word_in_common_relates_even_if_nobody_knows_it() -> None:
    page = model().profile("Zorbalin for gout", body=["Zorbalin lowers uric acid."])
    relation = model().relatedness(page, model().profile("Zorbalin: side effects"))
    assert relation.verdict == "related"
    assert relation.shared == ("zorbalin",)


@given(
    st.text(alphabet="bcdfgklmnprstvwxz", min_size=4, max_size=6).filter(lambda w: not model().lexicon.holds(normal(w)))
)
def test_an_unknown_word_alone_is_never_off_topic(word: str) -> None:
    page = model().profile("Kidney stones", body=["Kidney stones form in the urine."])
    assert verdict(page, word) != "off_topic"


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_can_be_compared(page: str, link: str) -> None:
    relation = model().relatedness(model().profile(page, [page], [page]), model().profile(link))
    assert 0.0 <= relation.score <= 1.0


def test_a_page_belongs_with_itself() -> None:
    for entry in link_pairs():
        page = model().profile(entry["title"], body=[entry["body"]])
        assert model().relatedness(page, page).verdict == "related"


@pytest.mark.parametrize("link", ["Quit smoking", "Sleep well", "Exercise for everyone", "Mindfulness"])
def test_advice_that_suits_everyone_is_never_far_away(link: str) -> None:
    page = model().profile("Kidney stones", body=["Kidney stones form when minerals in the urine clump together."])
    assert verdict(page, link) != "off_topic"
    assert verdict(page, "Cleft palate") == "off_topic"


def test_the_blood_of_blood_pressure_is_not_blood() -> None:
    page = model().profile("High blood pressure", body=["Measure your blood pressure at home."])
    relation = model().relatedness(page, model().profile("Blood groups"))
    assert "blood" not in relation.shared
    assert "blood pressure" in model().relatedness(page, model().profile("Low blood pressure")).shared


def test_cancer_of_one_organ_is_not_about_cancer_of_another() -> None:
    page = model().profile(
        "Bladder cancer", body=["Blood in the urine is the commonest sign. BCG treats early tumours."]
    )
    assert verdict(page, "Thyroid cancer") == "off_topic"
    assert verdict(page, "Cystoscopy") == "related"
    assert verdict(page, "Coping with cancer") != "off_topic"
    general = model().profile("Cancer", body=["Cancer starts when cells divide without control. Tumours can spread."])
    assert verdict(general, "Thyroid cancer") != "off_topic"


def test_pages_for_the_same_readers_are_not_thereby_about_the_same() -> None:
    page = model().profile("Scoliosis in teenagers", body=["In scoliosis the spine curves sideways as teenagers grow."])
    assert verdict(page, "Acne in teenagers") == "off_topic"
    assert verdict(page, "Wearing a back brace") == "related"


def test_words_that_stand_apart_in_the_text_count_as_their_pair() -> None:
    title, link = "Shingles", model().profile("Nerve pain medicines")
    with_both = model().profile(
        title, body=["The virus wakes up in a nerve. A painful rash follows; the pain can last."]
    )
    with_none = model().profile(title, body=["The virus wakes up again. A blistering rash follows on one side."])
    assert model().relatedness(with_both, link).score > model().relatedness(with_none, link).score


def test_a_kind_of_change_in_the_body_is_no_subject() -> None:
    page = model().profile("Mitral valve prolapse", body=["The flaps of the mitral valve bulge when the heart beats."])
    assert verdict(page, "Uterine prolapse") == "off_topic"


def test_a_page_about_services_is_not_judged() -> None:
    page = model().profile("How to apply for a pension", body=["Send the form and your claim to the benefits office."])
    assert verdict(page, "Kidney stones") != "off_topic"


# The target's own page


def test_the_targets_text_speaks_where_its_title_says_nothing(nerve_pain: TopicProfile) -> None:
    title = "A morning with surprises"
    near = model().profile(title, body=["Gabapentin calms nerve pain after shingles. Ask before you stop duloxetine."])
    far = model().profile(title, body=["Offer your baby soft vegetables and peanut butter, and keep breastfeeding."])
    assert model().relatedness(nerve_pain, near).verdict == "related"
    assert model().relatedness(nerve_pain, far).verdict == "off_topic"


# A project's own words


def test_a_project_can_teach_words() -> None:
    page = ("Dialysis at home", (), ["A nurse checks your blood pressure and weight before dialysis."])
    plain, taught = TopicModel(), TopicModel({"kidneys": ["Fistulabuddy"], "our shop": ["shopping basket"]})
    assert plain.relatedness(plain.profile(*page), plain.profile("Fistulabuddy")).verdict == "unsure"
    relation = taught.relatedness(taught.profile(*page), taught.profile("Fistulabuddy"))
    assert relation.verdict == "related"
    assert taught.about(taught.profile("Fistulabuddy")) == ("kidneys",)
    assert taught.about(taught.profile("Your shopping basket")) == ("our shop",)


def test_one_projects_words_do_not_reach_another() -> None:
    TopicModel({"kidneys": ["walrus"], "sea": ["anchor"]})
    assert "kidneys" not in TopicModel().profile("Walrus").title
    assert all(topic.id != "sea" for topic in TopicModel().topics)


def test_a_topic_without_words_is_a_mistake_with_the_nearest_name() -> None:
    with pytest.raises(ConfigError, match=r"kidney.*Did you mean .kidneys"):
        TopicModel({"kidney": []})
