"""Marks of the HTML report stand exactly on their phrases."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from healthlint.article import Article, Block, BlockKind, Segment, SourceMap
from healthlint.finding import Related
from healthlint.formats import format_of, parse
from healthlint.ranges import TextRange
from healthlint.reporters.html_marks import Mark, ProseIndex, pieces
from tests.reporters.html_page import EXAMPLES, on, page_of

SOFT_HYPHEN = "<h1>T</h1><p>A <b>game-<i>changer</i></b> for <a href='#'>al&shy;l</a>.</p>"
WRAPPED = "Title here\n\nYou can read in many places that there is a cure\nfor all of it.\n"


@pytest.mark.parametrize(
    ("path", "source", "span", "expected"),
    [
        ("a.md", "# T\n\nTake **5 mg** of [the *strong*](/x) pill.\n", "mg** of [the *str", "mg of the str"),
        ("a.md", "# T\n\nIt `is` &amp; was\nsafe &mdash; always.\n", "&amp; was\nsafe &mdash;", "& was safe —"),
        ("a.html", SOFT_HYPHEN, "r</i></b> for", "r for"),
        ("a.html", SOFT_HYPHEN, "al&shy;l", "all"),
        ("a.html", "<p>fully&nbsp;safe <em>for</em>\n  you</p>", "safe <em>for</em>\n  yo", "safe for yo"),
        ("a.txt", WRAPPED, "cure\nfor", "cure for"),
    ],
)
def test_a_mark_stands_exactly_on_its_phrase(path: str, source: str, span: str, expected: str) -> None:
    start = source.index(span)
    article = parse(path, source)
    page = page_of(article, on(article, TextRange(start, start + len(span))))
    assert page.marked == {("a1", "1"): expected}


def test_overlapping_marks_are_split_and_numbered_in_reading_order() -> None:
    article = parse("a.md", "# Title\n\nOne two three four five.\n\nSix seven.\n")
    at = article.source.index
    spans = [(at("two"), at(" five")), (at("One"), at(" four")), (at("three"), at(" four")), (at("Six"), at(" seven"))]
    page = page_of(article, *(on(article, TextRange(*span), rule=f"r{i}") for i, span in enumerate(spans)))
    assert page.marked == {
        ("a1", "1"): "One two three",
        ("a1", "2"): "two three four",
        ("a1", "3"): "three",
        ("a1", "4"): "Six",
    }
    # The shortest phrase comes first: it is the one that a click means.
    assert [n for n in page.attribute("data-n") if " " in n] == ["1 2", "3 1 2"]
    refs = [attrs for tag, attrs in page.tags if tag == "a" and attrs.get("id", "").startswith("a1-r")]
    assert sorted(ref["id"] for ref in refs) == ["a1-r1", "a1-r2", "a1-r3", "a1-r4"]
    assert all(ref["aria-label"].startswith(f"Note {ref['data-n']}: warning, claims") for ref in refs)


def test_a_phrase_over_two_blocks_is_marked_in_both_and_referred_to_once() -> None:
    article = parse("a.md", "# Title\n\nFirst part.\n\nSecond part.\n")
    at = article.source.index
    page = page_of(article, on(article, TextRange(at("part."), at("Second") + 6)))
    assert page.marked == {("a1", "1"): "part.Second"}
    assert [i for i in page.attribute("id") if i == "a1-r1"] == ["a1-r1"]


def test_second_places_are_marked_as_such() -> None:
    article = parse("a.md", "# Title\n\nFirst one. Second one.\n")
    at = article.source.index
    related = Related("also here", TextRange(at("Second"), at("Second") + 6), "", 3, 12)
    page = page_of(article, on(article, TextRange(at("First"), at("First") + 5), related=(related,)))
    assert page.marked == {("a1", "1"): "First"}
    assert page.also == {("a1", "1"): "Second"}
    assert "See line 3: also here" in page.texts["a1-n1"]


def test_a_finding_without_a_place_in_the_text_is_a_note_on_the_whole() -> None:
    article = parse("a.md", "---\ntitle: T\ncolour: blue\n---\n\nBody text.\n")
    start = article.source.index("blue")
    page = page_of(
        article,
        on(article, TextRange(0, 0), rule="disclaimer-missing", message="Nothing says what this is for."),
        on(article, TextRange(start, start + 4), message="Not a colour we like."),
    )
    assert page.marked == {}
    assert "Nothing says what this is for." in page.texts["a1-w1"]
    assert "blue" in page.texts["a1-w2"]
    assert "Line 3" in page.texts["a1-w2"]


@pytest.mark.parametrize("path", sorted(p for p in EXAMPLES.rglob("*") if format_of(str(p))), ids=lambda p: p.name)
def test_every_phrase_of_the_examples_can_be_marked(path: Path) -> None:
    """Four words from every block of every example: what stands under the mark is what was meant, to the letter."""
    article = parse(str(path), path.read_text(encoding="utf-8"))
    meant: list[tuple[TextRange, str]] = []
    for block in article.blocks:
        words = list(re.finditer(r"\S+", block.prose))
        for chosen in (words[:4], words[len(words) // 2 :][:4], words):
            if chosen:
                start, end = chosen[0].start(), chosen[-1].end()
                meant.append((block.range(start, end), block.prose[start:end]))
    assert len(meant) >= 30
    findings = [on(article, span, rule=f"rule-{i}", message=f"<{i}>") for i, (span, _) in enumerate(meant)]
    page = page_of(article, *findings)
    found = Counter(page.marked.values())
    assert found == Counter(text for _, text in meant)


@st.composite
def mapped_block(draw: st.DrawFn) -> Block:
    """A block whose prose came from runs of source, one to one or not, with source and prose between them."""
    prose, segments, source = "", [], draw(st.integers(0, 5))
    for _ in range(draw(st.integers(1, 6))):
        prose += "." * draw(st.integers(0, 1))  # made up by a reader
        source += draw(st.integers(0, 3))
        length = draw(st.integers(1, 5))
        source_length = draw(st.sampled_from([length, length, length + 4]))
        segments.append(Segment(len(prose), source, length, source_length))
        prose += "abcdef"[:length]
        source += source_length
    return Block(BlockKind.PARAGRAPH, prose, SourceMap(segments))


@given(mapped_block(), st.data())
def test_source_ranges_lead_back_to_the_prose_they_came_from(block: Block, data: st.DataObject) -> None:
    whole = [s for s in block.map.segments if s.prose_length != s.source_length]
    edges = [
        offset
        for s in block.map.segments
        for offset in range(s.prose, s.prose + s.prose_length + 1)
        if s not in whole or offset in (s.prose, s.prose + s.prose_length)
    ]
    start, end = sorted((data.draw(st.sampled_from(edges)), data.draw(st.sampled_from(edges))))
    assume(start < end)
    article = Article("a.md", "x" * 200, "markdown", [block])
    spans = list(ProseIndex(article).spans(block.range(start, end)))
    if not any(s.prose < end and start < s.prose + s.prose_length for s in block.map.segments):
        assert spans == []
        return
    (found,) = spans
    assert block.map.to_source(found.start, found.end) == block.map.to_source(start, end)
    assert set(block.prose[start : found.start]) | set(block.prose[found.end : end]) <= {"."}


ranges = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda r: (r[0], min(r[0] + r[1], 32)))


@given(st.lists(ranges, max_size=8), st.sets(st.integers(1, 31)))
def test_pieces_join_to_the_prose_and_cover_each_mark(spans: list[tuple[int, int]], cuts: set[int]) -> None:
    marks = [Mark(start, end, number) for number, (start, end) in enumerate(spans, 1)]
    edges = sorted({0, 32} | cuts)
    sentences = [pair for i, pair in enumerate(pairwise(edges)) if i % 2]
    found = list(pieces(32, marks, sentences, []))
    assert [offset for piece in found for offset in range(piece.start, piece.end)] == list(range(32))
    for mark in marks:
        covered = [offset for p in found if mark in p.marks for offset in range(p.start, p.end)]
        assert covered == list(range(mark.start, mark.end))
        assert [p.end for p in found if mark.note in p.ends] == [mark.end]
    for index, run_ in groupby((p for p in found if p.sentence >= 0), key=lambda p: p.sentence):
        parts = list(run_)
        assert (parts[0].start, parts[-1].end) == sentences[index]
