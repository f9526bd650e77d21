"""Sentence and word boundaries."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.analysis.sentences.segment import sentences, spans, spans_of, words

# Sentences of one text are parted by " | ", or by "|" where no space is between them; the bars are taken out first.
SENTENCES = [
    "The risk ratio was 0.73 (95% CI 0.65 to 0.81). | It fell by a quarter.",
    "Take approx. 20 mg of it. | Then wait.",
    "Ask Dr. A. Stone or Prof. B. Hill. | They know.",
    "The number needed to treat was small (NNT 6.1). | It rose to 7.2. | Then it fell.",
    "They left the U.K. (and the U.S.). | They came back (in 2019). | We did not.",
    "It helps people with MS. | Many have it. | Ask Ms. Hill about CF. | She knows.",
    "CALL DR. HILL NOW.",
    "See Fig. 2 and Table 3. | No. 5 is the best of them.",
    "It was statin vs. placebo. | The statin won.",
    "He said no. | She said yes.",
    "Did it help? | No. | Why not?",
    "She said “no.” | He left.",
    '"Is it safe?" she asked. | "Yes."',
    "He lives in the U.S. now. | The U.S. Army is there.",
    "They sell it in the U.S. | The price is high.",
    "Others found the same.[3] | A third group did not [4, 7].",
    "Others found the same.³ | A third group did not.",
    "1. Can I take it with food?",
    "1. Wash your hands. | 2. Dry them well.",
    "(a) Rest. | Then drink.",
    "Really?! | Yes!!! | Well…",
    "Wait… and then go on.",
    "Wait... | Then go on.",
    "It is in vitamin C. | It is not in vitamin D.",
    "It was found by J. K. Miller and P. Q. Rose.",
    "So do I. | You should too.",
    "Take it at 8 a.m. and 5 p.m. daily.",
    "Take it at 8 a.m. | Do not take it at night.",
    "It weighs 5 kg. | That is a lot.",
    "The pain came in. | It went out.",
    "Read more at https://example.org/a.b/c.html. | Then ask.",
    "Write to help@example.org or see www.example.org. | We answer.",
    "Eat more fruit, nuts, etc. | Drink water.",
    "Use pain relief (e.g. ibuprofen, i.e. an NSAID) if needed.",
    "(See the list below.) | Then choose (but not all.)",
    "STOP NOW. | CALL FOR HELP!",
    "The study ended early.|The drug did not work.",
    "mRNA vaccines work. | pH matters. | iPhone apps help.",
    "Smith et al. found it. | Jones et al. 2019 did not.",
    "Node.js and example.com are names.",
    "Take 1.5 ml, i.e. .5 ml more than before.",
    "Remember one thing above all: | Do not stop on your own.",
    "Results: We found no effect.",
    "There is no cure so far | They say that there will be.",
    "It ends with a smile. :-)",
    "The test is blood group A. | Then comes B.",
    "It cost $5. | Then it cost $6.50.",
    "You need zinc, iron and vit. | You need rest.",
    "The dose is 2 tabs. | The limit is 4 tabs. ***",
    "Mr. and Mrs. Hill came at 3 p.m. | They left at 4.",
    "It was 37.5 °C. | That is normal.",
    "Visit St. Mary's Hospital, 5 Main St. | It is open.",
]


def unmarked(marked: str) -> str:
    return marked.replace(" | ", " ").replace("|", "")


@pytest.mark.parametrize("marked", SENTENCES)
def test_sentences(marked: str) -> None:
    text = unmarked(marked)
    expected = [part.strip() for part in marked.split("|")]
    assert [text[start:end] for start, end in sentences(text)] == expected


@pytest.mark.parametrize("marked", SENTENCES)
def test_line_breaks_are_spaces(marked: str) -> None:
    text = unmarked(marked)
    broken = text.replace(" ", "\n")
    assert sentences(broken) == sentences(text)
    assert words(broken) == words(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don't won’t patient's", ["don't", "won’t", "patient's"]),
        ("the patients' rights", ["the", "patients", "rights"]),
        ("a well-known 12-week COVID-19 plan", ["a", "well-known", "12-week", "COVID-19", "plan"]),
        ("10-20 mg or 10–20 mg", ["10", "20", "mg", "or", "10", "20", "mg"]),
        ("0.73 1,204 20% $5 20mg 37°C ±2", ["0.73", "1,204", "20%", "$5", "20mg", "37°C", "2"]),
        ("mg/day and/or", ["mg", "day", "and", "or"]),
        ("e.g. this, i.e. that; the U.S. one", ["e.g.", "this", "i.e.", "that", "the", "U.S.", "one"]),
        ("see [3] and [4, 7–9] or note⁵", ["see", "and", "or", "note"]),
        ("see https://example.org/a?b=c.", ["see", "https://example.org/a?b=c"]),
        ("mail a.b@example.org now", ["mail", "a.b@example.org", "now"]),
        ("1. Rest", ["Rest"]),
        ("(2) Rest", ["Rest"]),
        ("b) Rest", ["Rest"]),
        ("1.5 tablets", ["1.5", "tablets"]),
        ("A lot — really; “quoted” (words)", ["A", "lot", "really", "quoted", "words"]),
        ("naïve café resume\u0301s", ["naïve", "café", "resume\u0301s"]),
        ("hy\u00adphen B12 H1N1 5-HT", ["hy\u00adphen", "B12", "H1N1", "5-HT"]),
        ("Great :D really", ["Great", "really"]),
        ("*** -- ... :-)", []),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in words(text)] == expected


@pytest.mark.parametrize("text", ["", "   ", "\n", "***", ":-)", "… ?!", "[3]", "—"])
def test_without_a_word_there_is_no_sentence(text: str) -> None:
    assert sentences(text) == []


PIECES = [*"aAbI19 .,!?…\n\t-'’\"“”()[]:;/@%$é³*_", "e.g. ", "Dr. ", " The ", "https://a", " 5 mg. "]
PROSE = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@given(st.one_of(st.text(max_size=80), PROSE))
def test_offsets_are_sound(text: str) -> None:
    found_words = words(text)
    assert all(0 <= start < end <= len(text) for start, end in found_words)
    assert all(a[1] <= b[0] for a, b in pairwise(found_words))
    assert all(not any(c.isspace() for c in text[start:end]) for start, end in found_words)
    found = spans(text)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    for start, end, its_words in found:
        assert its_words, "a sentence has a word"
        assert text[start:end] == text[start:end].strip()
        at = start
        for word in its_words:
            at = text.index(word, at, end) + len(word)
    assert [word for _, _, its_words in found for word in its_words] == [text[a:b] for a, b in found_words]
    assert spans_of([text, "", text]) == [found, [], found]
    assert sentences(text) == [(start, end) for start, end, _ in found]


PLAIN = ["It helps", "Ask a nurse", "We found 12 of them", "Take 20 mg a day"]


@given(st.lists(st.sampled_from(PLAIN), min_size=1, max_size=8))
def test_plain_sentences_are_counted(parts: list[str]) -> None:
    assert len(sentences(". ".join(parts) + ".")) == len(parts)
    assert len(sentences("? ".join(parts))) == len(parts)


HOSTILE = [
    *("a", ".", "a.", ". ", "a. ", "A. ", '."', "www.", "1,", "[", "[1,", "a-", "Hi you. ", "\n", "https://", "Aa "),
    *(".[1", "(1) ", "a@", ": The ", "a’", "x.A", "The it "),
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_one_long_line_ends(unit: str) -> None:
    """With a step that goes back over what was read, these would take minutes."""
    text = unit * (200_000 // len(unit))
    found = spans(text)
    assert sum(len(its_words) for _, _, its_words in found) == len(words(text))


@given(st.lists(st.sampled_from(["word", "word,", "a", "longer-word", "w" * 40]), min_size=200, max_size=1200))
def test_text_without_marks_is_cut_at_spaces_into_pieces_that_rules_can_look_at(chunks: list[str]) -> None:
    text = " ".join(chunks)
    found = sentences(text)
    assert max(end - start for start, end in found) <= 3_000
    assert " ".join(text[start:end] for start, end in found) == text
