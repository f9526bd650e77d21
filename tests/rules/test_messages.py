"""Messages quote what readers see, and quotation marks stand inside each other as they should."""

from __future__ import annotations

import pytest

from healthlint import check_text
from healthlint.finding import Match
from healthlint.rules.kinds.learned import _whole_figures
from healthlint.rules.messages import phrase
from tests.rules.helpers import catalogue


@pytest.mark.parametrize(
    ("source", "quoted"),
    [
        ("younger skin &amp; pain-free&nbsp;joints", "younger skin & pain-free joints"),
        ("doctors don&#8217;t want", "doctors don’t want"),
        ("**will cure**[^1] *it*", "will cure it"),
        ("a guaran\u00adteed\n  cure", "a guaranteed cure"),
        ('use {{< tooltip "moisturiser" >}} daily', "use daily"),
        ("R&D [here](/x)", "R&D here"),
        ("x" * 120, "x" * 99 + "…"),
    ],
)
def test_a_phrase_is_quoted_as_readers_see_it(source: str, quoted: str) -> None:
    assert phrase(source) == quoted


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("the “best” cure", "“the ‘best’ cure” "),
        ('the "best" cure', "“the 'best' cure” "),
        ("a {rule} cure", "“a {rule} cure” "),
    ],
)
def test_a_quotation_inside_a_quotation_has_single_marks(value: str, said: str) -> None:
    meta = catalogue().rule("hype-word").meta
    assert meta.message_for(Match(None, {"match": value, "rule": "x"})).startswith(said)


@pytest.mark.parametrize(
    ("sentence", "telling", "whole"),
    [
        ("Our success rate is 91%.", "rate is 91", "rate is 91%"),
        ("Nearly 9 out of 10 of us smile.", "10 of us", "9 out of 10 of us"),
        ("In 1 in 3 cases.", "3 cases", "1 in 3 cases"),
        ("It is only $40 now.", "40 now", "$40 now"),
        ("Half of us smile.", "of us", "of us"),
    ],
)
def test_the_telling_words_hold_whole_figures(sentence: str, telling: str, whole: str) -> None:
    at = sentence.index(telling)
    begin, stop = _whole_figures(sentence, at, at + len(telling))
    assert sentence[begin:stop] == whole


def test_of_findings_at_one_place_the_gravest_comes_first() -> None:
    found = check_text("# Statins\n\n" + "Statins lower the risk of a stroke in most people. " * 30, "a.md")
    ranks = [f.severity.rank for f in found if f.offset == found[0].offset]
    assert len(set(ranks)) > 1 and ranks == sorted(ranks)
