"""Words of folded text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from healthlint.analysis.fold import words_in


@given(st.one_of(st.text(), st.text(st.characters(max_codepoint=300)), st.text("ab1 _-'\n\x85²ªµé½×…")))
def test_words_are_what_the_expression_finds(text: str) -> None:
    assert words_in(text) == re.findall(r"[^\W_]+", text)
