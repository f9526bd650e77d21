"""Tokens: what is cut without spaCy is cut as spaCy cuts it."""

from __future__ import annotations

import subprocess
import sys

import pytest
import spacy
from hypothesis import example, given
from hypothesis import strategies as st

from healthlint.analysis import tokens as module
from healthlint.analysis.fold import fold
from healthlint.analysis.tokens import SPECIAL, Tokens

TOKENIZER = spacy.blank("en").tokenizer
CHUNKS = st.from_regex(
    r"[(\[\"$]?[a-zé0-9]{1,7}(?:[-/.,:'][a-z0-9]{1,4}){0,2}(?:%|'s|')?[,;:?!.)\]\"]{0,3}", fullmatch=True
)


def by_spacy(text: str) -> list[str]:
    return [token.text for token in TOKENIZER(text) if not token.is_space]


@given(CHUNKS)
@example("8)")
@example("end):")
@example("0:)")
@example("(end;)")
@example("(-:")
@example("and/or")
@example("side-effect-free,")
@example("1,000.")
@example("x-ray")
@example("10-15mg,")
@example("5m/s")
@example("15-minute")
@example("8:00")
@example("12-8).")
@example("patients'")
@example("5mg's")
@example("(e.g.,")
@example("ph.d.,")
@example("etc...")
@example("vs")
@example("w/")
@example("w/o")
@example("--")
def test_a_chunk_is_cut_as_spacy_cuts_it(chunk: str) -> None:
    assert list(module._cut(chunk)) == by_spacy(chunk)


@pytest.mark.parametrize(
    "text",
    [
        "It doesn't help, and it can't: ask your doctor (or a nurse) first.",
        "Take 10 mg twice a day; 2.5% of 1,000 people had side-effects!",
        "We're sure they've said \"stop\" - and we'll see.",
        "The patient's cannot, don't and won't.",
    ],
)
def test_plain_sentences_are_cut_without_spacy(text: str) -> None:
    folded = fold(text)
    assert [piece for chunk in folded.split() for piece in module._cut_plain(chunk)] == by_spacy(folded)


def test_every_word_that_spacy_cuts_in_two_is_known() -> None:
    rules = [text for text, tokens in TOKENIZER.rules.items() if text.isalpha() and text.islower() and len(tokens) > 1]
    assert sorted(set(rules) - SPECIAL) == ["cannot"]


@pytest.mark.parametrize("around", ["{}", "({}", "{},", "[{}].", "{}.", "{}'s", "{}'", "{}%", "{}...", '"{}."'])
def test_what_spacy_makes_an_exception_of_is_cut_as_it_says(around: str) -> None:
    for rule in filter(str.strip, TOKENIZER.rules):
        chunk = around.format(fold(rule))
        if cut := module._cut_plain(chunk):
            assert list(cut) == by_spacy(chunk)


def test_the_chunks_of_everyday_health_pages_are_cut_without_spacy() -> None:
    chunks = "x-ray t-cells, covid-19 b12. 20mg 10-15 (1-800-555-0100), $1,000 8:00 a.m. u.s. café's and/or it'll 24/7"
    assert [chunk for chunk in chunks.split() if not module._cut_plain(chunk)] == []


@given(st.from_regex(r"[a-z]\.|[a-z]{2,9}-", fullmatch=True))
def test_initials_and_halves_of_compounds_stay_whole(chunk: str) -> None:
    assert [chunk] == list(module._cut(chunk)) == by_spacy(chunk)


def test_a_page_of_plain_sentences_does_not_load_spacy() -> None:
    code = (
        "import sys; from healthlint.analysis.tokens import Tokens; Tokens('j. says low- and high-dose honey cures.');"
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_gaps_stop_where_a_clause_ends() -> None:
    assert Tokens("a cold; rest").stops == [2, 2, 2, 4, 4]
    assert Tokens("(see) it").first_word == 1
    assert Tokens("see it.").after_last_word == 2
