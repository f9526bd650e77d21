"""What keeps one long article from taking longer than its length: overlaps, contexts of the whole article, excerpts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.analysis import contexts
from healthlint.finding import Confidence, Finding, Severity
from healthlint.late import late
from healthlint.linter import _Taken
from healthlint.ranges import TextRange
from healthlint.reporters import _excerpt
from tests.rules.helpers import found

SPAN = st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def finding(start: int, end: int) -> Finding:
    return Finding(
        rule="a-rule",
        family="claims",
        severity=Severity.INFO,
        confidence=Confidence.LOW,
        message="",
        path="a.md",
        line=1,
        column=1,
        end_line=1,
        end_column=1,
        offset=start,
        end_offset=end,
        text="",
    )


@given(st.lists(SPAN, max_size=12), SPAN)
def test_a_place_is_taken_where_a_finding_shares_a_character_with_it(
    spans: list[tuple[int, int]], at: tuple[int, int]
) -> None:
    start, end = at
    expected = any(first < end and start < last for first, last in spans)
    assert _Taken(finding(*span) for span in spans).overlaps(TextRange(start, end)) is expected


def test_what_holds_for_the_whole_article_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0
    plain = contexts._Look._in_article

    def counted(self: contexts._Look) -> str:
        nonlocal looked
        looked += 1
        return plain(self)

    monkeypatch.setattr(contexts._Look, "_in_article", counted)
    claims = [f"Studies show that this tea helps after {days} days." for days in range(2, 22)]
    assert len(found("study-claim-without-citation", "\n\n".join(claims))) == 20
    assert looked == 1


@given(
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=60), SPAN, st.integers(6, 20)
)
def test_plain_text_is_cut_as_any_other(line: str, at: tuple[int, int], width: int) -> None:
    start, end = (min(offset, len(line)) for offset in at)
    quick = _excerpt.underline(line, TextRange(0, len(line)), start, end, width)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_excerpt, "PLAIN", late("(?!)"))
        assert _excerpt.underline(line, TextRange(0, len(line)), start, end, width) == quick
