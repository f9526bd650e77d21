"""Chains: pieces in order, how far apart they may stand, and the literals that tell where they cannot."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.analysis.chains import Chain, ChainIndex, Gap, Heard
from healthlint.analysis.expressions import Expression


def chain(*parts: str, most: int = 10, in_clause: bool = False, groups: tuple[frozenset[str], ...] = ()) -> Chain:
    return Chain([Expression(part) for part in parts], [Gap(most, in_clause)] * (len(parts) - 1), groups)


@pytest.mark.parametrize(
    ("found", "text", "spans"),
    [
        (chain(r"\bnot\b"), "not now, not ever", [(0, 3), (9, 12)]),
        (chain("not", "advice"), "this is not your advice", [(8, 23)]),
        (chain("not", "advice", most=5), "this is not your advice", []),
        (chain("not", "advice"), "advice is not", []),
        (chain("not", "advice"), "not a; advice", [(0, 13)]),
        (chain("not", "advice", in_clause=True), "not a; advice", []),
        (chain("not", r"a\w+", "you"), "not a word of advice for you", []),
        (chain("not", r"a\w+", "you", most=12), "not a word of advice for you", [(0, 28)]),
        (chain("no", "x?"), "no", [(0, 2)]),
        (chain("no", "x?y"), "no", []),
        (chain("a", "b$"), "a b b", [(0, 5)]),
    ],
)
def test_spans(found: Chain, text: str, spans: list[tuple[int, int]]) -> None:
    assert list(found.spans(text)) == spans


PIECES = st.lists(st.sampled_from(["a", "b", "ab", "c?b", "b|c"]), min_size=1, max_size=4)


@given(parts=PIECES, most=st.integers(0, 3), text=st.text("abc .;", max_size=16))
def test_it_stands_where_one_long_expression_would_match(parts: list[str], most: int, text: str) -> None:
    long = re.compile(f"(?:.{{0,{most}}}?)".join(f"(?:{part})" for part in parts))
    assert bool(list(chain(*parts, most=most).spans(text))) == bool(long.search(text))


def test_the_index_wants_one_literal_of_each_group() -> None:
    groups = (frozenset({"advice", "opinion"}), frozenset({"not"}))
    index = ChainIndex([chain("x", groups=groups), chain("y"), chain("z", groups=groups[:1])])
    assert index.may_stand("not an opinion") == [0, 1, 2]
    assert index.may_stand("an opinion") == [1, 2]
    assert index.may_stand("not at all") == [1]
    assert ChainIndex([chain("y")]).may_stand("anything") == [0]


def test_a_sentence_may_lean_on_the_one_before() -> None:
    page, it = Expression("page"), Expression(r"\bit\b")
    heard = Heard("it is not advice.", "this is a page. ")
    assert heard.holds(it) and not heard.holds(page)
    assert heard.whole_holds(page)
    assert not Heard("it is not advice.").whole_holds(page)


def test_a_sentence_may_speak_of_what_its_paragraph_says_before_it() -> None:
    page = Expression(r"\bthis page\b")
    heard = Heard("it is not advice.", earlier=lambda _: "this is a page. this page is new.")
    assert heard.near_holds(page)
    assert not heard.whole_holds(page)
    assert not Heard("it is not advice.", earlier=lambda _: "").near_holds(page)
    assert Heard("this page is no advice.").near_holds(page)
