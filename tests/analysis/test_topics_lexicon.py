"""The lexicon of topics, and how words are written in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.analysis.topics.lexicon import FRAME, Lexicon
from healthlint.analysis.topics.words import normal, stem, words
from tests.analysis.topic_model import model


@pytest.mark.parametrize(
    ("word", "topic"),
    [
        ("nephropathy", "kidneys"),
        ("cardiomyopathy", "heart"),
        ("metformin", "diabetes"),
        ("duloxetine", "mental_health"),
        ("toddler", "parenting"),
        ("smoothie", "nutrition"),
        ("oesophagus", "digestion"),
        ("haemophilia", "blood"),
        ("leukaemia", "blood"),
        ("peanut", "allergy"),
        ("bitcoin", "money"),
        ("blood pressure", "blood_pressure"),
        ("heart attack", "heart"),
        ("hearing aids", "ears"),
        ("kneecap", "bones"),
        ("Crohn's disease", "digestion"),
        ("pension", "benefits"),
        ("ropinirole", "movement"),
        ("Synacthen", "hormones"),
        ("factor XI deficiency", "blood"),
        ("LCHAD deficiency", "metabolism"),
        ("van der Woude syndrome", "face"),
        ("coccygodynia", "bones"),
        ("Arts syndrome", "movement"),
        ("tennis elbow", "joints_soft"),
    ],
)
def test_words_are_about_what_they_are_about(word: str, topic: str) -> None:
    assert model().profile(word).title.get(topic, 0.0) >= 0.6


@pytest.mark.parametrize(
    ("word", "topic"), [("nephroblurb", "kidneys"), ("cardiozorbia", "heart"), ("flurbodermatitis", "skin")]
)
def test_unknown_words_are_judged_by_their_parts(word: str, topic: str) -> None:
    entry = model().lexicon.entry(word)
    assert not entry.known
    assert max(entry.weights, key=lambda item: item[1])[0] == model().lexicon.number[topic]


@pytest.mark.parametrize("word", ["behaviour", "programme", "arts", "families", "phase", "prednisolone", "reduction"])
def test_common_words_and_medicines_of_many_uses_have_no_subject(word: str) -> None:
    lexicon = model().lexicon
    entry = lexicon.entry(normal(word))
    kinds = {lexicon.topics[topic].kind for topic, weight in entry.weights if weight >= 0.4}
    assert entry.known and kinds <= {"aspect"}


@pytest.mark.parametrize("word", ["unlocking", "secrets", "ultimate", "guide", "disease", "syndrome", "the", "best"])
def test_headline_words_say_nothing(word: str) -> None:
    assert normal(word) in FRAME
    assert not model().lexicon.entry(normal(word)).weights


def test_every_topic_has_a_name_of_its_own_and_words() -> None:
    lexicon = Lexicon()
    assert len({topic.name for topic in lexicon.topics}) == len(lexicon.topics) >= 60
    strong = {at for word in lexicon.listed() for at, weight in lexicon.entry(word).weights if weight >= 0.8}
    assert strong == set(range(len(lexicon.topics)))


def test_relations_hold_in_both_directions() -> None:
    lexicon = Lexicon()
    for a, row in enumerate(lexicon.related):
        assert row[a] == 1.0
        assert all(lexicon.related[b][a] == weight and 0 < weight <= 1 for b, weight in row.items())


def test_organs_are_not_what_any_organ_can_have() -> None:
    lexicon = Lexicon()
    assert lexicon.number["eyes"] in lexicon.organs
    assert lexicon.number["cancer"] in lexicon.across
    assert not lexicon.organs & lexicon.across


# Words


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("oesophageal", "esophageal"),
        ("anaemia", "anemia"),
        ("haemorrhage", "hemorrhage"),
        ("diarrhoea", "diarrhea"),
        ("tumours", "tumor"),
        ("paediatric", "pediatric"),
        ("gynaecology", "gynecology"),
        ("Alzheimer’s", "alzheimer"),
        ("vaccinations", "vaccination"),
        ("immunisation", "immunization"),
        ("allergies", "allergy"),
        ("viruses", "virus"),
        ("diagnoses", "diagnosis"),
        ("children", "child"),
        ("oestrogen", "estrogen"),
        ("coeliac", "celiac"),
        ("sarcomata", "sarcoma"),
        ("nebulisers", "nebulizer"),
        ("Sjögren’s", "sjogren"),
        ("Ménière", "meniere"),
        ("anæmia", "anemia"),
    ],
)
def test_spellings_and_plurals_are_one_word(a: str, b: str) -> None:
    assert normal(a) == normal(b)


@pytest.mark.parametrize(
    "word",
    ["toe", "shoe", "aerobic", "hour", "diabetes", "pelvis", "exercise", "exercising", "revised", "noise", "virus"],
)
def test_other_words_keep_their_form(word: str) -> None:
    assert normal(word) == word


@pytest.mark.parametrize(
    ("a", "b"), [("allergic", "allergy"), ("diabetic", "diabetes"), ("psychological", "psychology")]
)
def test_kin_share_a_stem(a: str, b: str) -> None:
    assert stem(normal(a)) == stem(normal(b))


def test_hyphens_give_the_parts_and_the_whole() -> None:
    assert list(words("X-ray of Charcot-Marie-Tooth")) == [
        "x", "ray", "xray", "of", "charcot", "marie", "tooth", "charcotmarietooth",
    ]  # fmt: skip


@given(st.text(alphabet="abcdeghiorsu'’-Æ", max_size=16))
def test_normal_is_stable_enough_to_look_up(word: str) -> None:
    assert normal(word) == normal(word.upper()) or "aids" in word.lower()
