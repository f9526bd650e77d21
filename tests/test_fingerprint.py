"""Fingerprints survive edits elsewhere, and tell other findings apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.fingerprint import digest, fingerprint
from healthlint.ranges import TextRange

PLAIN = "Tea helps. It is a cure for all. Drink it."
PARAGRAPHS = st.lists(
    st.sampled_from(
        ["One plain line.", "It is a cure for all.", "## Heading", "- item one\n- item two", "Two. Three."]
    ),
    max_size=6,
)


def mark(source: str, phrase: str, rule: str = "promised-outcome") -> str:
    start = source.index(phrase)
    return fingerprint(rule, source, TextRange(start, start + len(phrase)))


@pytest.mark.parametrize(
    "edited",
    [
        "# New heading\n\nA new paragraph.\n\n" + PLAIN + "\n\nAnd more.\n",
        "Tea is nice! It is a cure for all. Drink it.",
        "Tea helps. It is a cure for all.\n\nDrink less.",
        "Tea helps.\nIt is a\ncure for all. Drink it.",
        "> Tea helps. It is\r\n> a cure for all. Drink it.",
        "Tea helps. It **is** a *cure for all*. Drink it.",
        "- Tea helps. It is a cure for all.\n- Another item",
        "<p>Tea helps. It is <b>a cure for all</b>. Drink it.</p>",
        "* first\n* It is a cure for all.\n",
    ],
)
def test_edits_elsewhere_leave_a_fingerprint(edited):
    # The end of the match is found anew, because emphasis and wrapping stand inside it.
    found = re.search(r"cure for all", edited)
    assert found
    assert fingerprint("promised-outcome", edited, TextRange(*found.span())) == mark(PLAIN, "cure for all")


@pytest.mark.parametrize(
    "edited",
    ["Tea helps. It is no cure for all. Drink it.", "Tea helps. It is a cure for all of us. Drink it."],
)
def test_another_sentence_is_another_finding(edited):
    assert mark(edited, "cure for all") != mark(PLAIN, "cure for all")


def test_another_rule_or_phrase_is_another_finding():
    assert mark(PLAIN, "cure for all", "other-rule") != mark(PLAIN, "cure for all")
    assert mark(PLAIN, "cure") != mark(PLAIN, "cure for all")


def test_a_finding_about_the_whole_article_does_not_depend_on_its_text():
    spans = [(PLAIN, None), ("Other.", None), ("Other.", TextRange(3, 3))]
    marks = {fingerprint("missing-disclaimer", source, span) for source, span in spans}
    assert marks == {digest("missing-disclaimer", "")}


def test_quotes_spaces_and_case_are_layout():
    one, other = "He said “It’s  A cure”.", 'he said "it\'s a cure".'
    assert fingerprint("r", one, TextRange(8, 22)) == fingerprint("r", other, TextRange(8, 21))


@given(PARAGRAPHS, PARAGRAPHS)
def test_a_paragraph_moved_anywhere_keeps_its_fingerprint(before, after):
    paragraph = "Tea is warm. It is a miracle for everybody. So drink."
    source = "\n\n".join([*before, paragraph, *after]) + "\n"
    assert mark(source, "miracle") == mark(paragraph, "miracle")
