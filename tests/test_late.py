"""Expressions that are compiled at their first use."""

from __future__ import annotations

import pickle
import re

import pytest

from healthlint.late import late


def test_it_answers_as_the_compiled_expression_does() -> None:
    given, text = r"(?P<verb>cure)s?", "It cures, they cure."
    ours, theirs = late(given), re.compile(given)
    assert [found.span("verb") for found in ours.finditer(text)] == [
        found.span("verb") for found in theirs.finditer(text)
    ]
    assert ours.sub("help", text) == theirs.sub("help", text)
    assert (ours.pattern, ours.groupindex) == (theirs.pattern, theirs.groupindex)
    assert late("CURE", re.IGNORECASE).search(text)


def test_it_is_compiled_when_it_is_first_asked() -> None:
    wrong = late("(")
    assert wrong.pattern == "("
    with pytest.raises(re.error):
        wrong.search("")


def test_it_travels_to_another_process() -> None:
    used = late("CURES", re.IGNORECASE)
    assert used.search("cures")
    assert pickle.loads(pickle.dumps(used)).search("it cures")
