"""The way from prose back to the source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from healthlint.article import Segment, SourceMap
from healthlint.ranges import TextRange

OFFSETS = st.integers(0, 14)


@given(st.integers(1, 9), st.integers(0, 3), OFFSETS, OFFSETS)
def test_one_segment_maps_as_two_halves_do(cut: int, prose: int, start: int, end: int) -> None:
    whole = SourceMap([Segment(prose, 20, 10, 10)])
    halves = SourceMap([Segment(prose, 20, cut, cut), Segment(prose + cut, 20 + cut, 10 - cut, 10 - cut)])
    assert whole.to_source(start, end) == halves.to_source(start, end)


def test_what_stands_before_and_after_the_segments() -> None:
    two = SourceMap([Segment(2, 10, 3, 3), Segment(5, 20, 1, 6)])
    assert two.to_source(0, 9) == TextRange(10, 26)
    assert two.to_source(0, 2) == TextRange(10, 10)
    assert two.to_source(3, 6) == TextRange(11, 26)
    assert two.to_source(5, 6) == TextRange(20, 26)
    assert two.to_source(4, 4) == TextRange(12, 12)
    assert two.to_source(8, 9) == TextRange(26, 26)
    assert SourceMap(()).to_source(0, 3) == TextRange(0, 0)
