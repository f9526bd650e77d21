"""Words of folded text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from healthlint.analysis.fold import SPECIAL, fold, plain_words, simplified, words_in
from healthlint.analysis.learned import parts, words
from healthlint.analysis.patterns.pattern import words_of


@given(st.one_of(st.text(), st.text(st.characters(max_codepoint=300)), st.text("ab1 _-'\n\x85²ªµé½×…")))
def test_words_are_what_the_expression_finds(text: str) -> None:
    assert words_in(text) == re.findall(r"[^\W_]+", text)


@given(st.one_of(st.text(), st.text("ab1 _-'!?:;.,é"), st.text("abc ,.-")))
def test_plain_words_are_cut_alike_by_all(text: str) -> None:
    folded = fold(text)
    assert words(folded) == [part.text for part in parts(folded)]
    assert words_of(folded) - {"n't"} == set(re.findall(r"[^\W\d_]+|\d+", folded))
    assert plain_words(folded) in ([], words(folded)) and len(simplified(folded)) == len(folded)
    assert (SPECIAL in simplified(folded)) == bool(re.search(r"[^\W_a-z]|[^\x00-\x7f]|['!?:;]", folded))


def test_a_capital_that_folding_leaves_is_not_plain() -> None:
    assert fold("all ℝ") == "all R" and plain_words("all R") == [] and plain_words("all r") == ["all", "r"]
