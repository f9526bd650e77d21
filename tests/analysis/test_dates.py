"""Dates of an article: every way of writing one, and the dates that are about something else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.analysis import Analysis
from healthlint.analysis.dates import DateRole, DateSpan, dates_of, parse_date
from healthlint.formats import parse


def day(year: int, month: int, number: int) -> DateSpan:
    at = date(year, month, number)
    return DateSpan(at, at)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2025-05-04", day(2025, 5, 4)),
        ("2025-05-04T10:15:00Z", day(2025, 5, 4)),
        ("2025/05/04", day(2025, 5, 4)),
        ("4 May 2025", day(2025, 5, 4)),
        ("4th May, 2025", day(2025, 5, 4)),
        ("4th of May 2025", day(2025, 5, 4)),
        ("May 4, 2025", day(2025, 5, 4)),
        ("Sunday, May 4th 2025", day(2025, 5, 4)),
        ("Sept. 30, 2024", day(2024, 9, 30)),
        ("30-Sep-2024", day(2024, 9, 30)),
        ("May 2025", DateSpan(date(2025, 5, 1), date(2025, 5, 31))),
        ("2024-02", DateSpan(date(2024, 2, 1), date(2024, 2, 29))),
        ("05/2025", DateSpan(date(2025, 5, 1), date(2025, 5, 31))),
        ("2025", DateSpan(date(2025, 1, 1), date(2025, 12, 31))),
        ("25/12/2024", day(2024, 12, 25)),
        ("12/25/2024", day(2024, 12, 25)),
        ("03/04/2024", DateSpan(date(2024, 3, 4), date(2024, 4, 3))),
    ],
)
def test_ways_of_writing_a_date(text: str, span: DateSpan) -> None:
    assert parse_date(text) == span


@pytest.mark.parametrize("text", ["", "soon", "31 February 2025", "99/99/2025", "in 5 days", "room 2025b", "may help"])
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_a_written_date_reads_as_itself(at: date) -> None:
    for pattern in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a %d %b %Y"):
        assert parse_date(at.strftime(pattern)) == DateSpan(at, at)


def marks(body: str, suffix: str = "md") -> list[tuple[str, str]]:
    source = f"# Shingles\n\n{body}\n"
    text = Analysis(parse(f"a.{suffix}", source))
    found = dates_of(text)
    assert all(source[mark.range.start : mark.range.end] == mark.text for mark in found)
    return [(mark.role.value, mark.text) for mark in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Last reviewed: 4 May 2025. Next review: May 2028.", [("reviewed", "4 May 2025")]),
        ("Page last updated: May 2025", [("updated", "May 2025")]),
        ("**Reviewed by:** Jane Doe, RN | **Last updated:** 2025-05-04", [("updated", "2025-05-04")]),
        ("Medically reviewed by J. Doe, MD, on May 4, 2025", [("reviewed", "May 4, 2025")]),
        ("This page was last checked on 3 June 2024.", [("reviewed", "3 June 2024")]),
        ("Published 3 June 2015. Updated 4 May 2025.", [("published", "3 June 2015"), ("updated", "4 May 2025")]),
        ("Date of last review: 12 March 2023", [("reviewed", "12 March 2023")]),
        ("Last reviewed:\n\n12 March 2023", [("reviewed", "12 March 2023")]),
        ("May 4, 2025", [("published", "May 4, 2025")]),
        ("Review due: May 2028", []),
        ("© 2024 Example", []),
        ("Reviewed: 2024", [("reviewed", "2024")]),
        ("Updated in May 2021, the guideline now says the reverse.", []),
        ("Published in 2020, the trial found no benefit.", []),
        ("Last updated: 4 May 2025 by Jane Doe", [("updated", "4 May 2025")]),
        ("The guideline was updated in May 2021 after a long debate.", []),
        ("A trial published in June 2020 found no benefit.", []),
        ("## References\n\n1. One Trial. Published 3 June 2015.", []),
    ],
)
def test_visible_dates(line: str, expected: list[tuple[str, str]]) -> None:
    assert marks(f"Shingles is a rash.\n\n{line}") == expected


def test_metadata_dates_come_first_and_are_not_visible() -> None:
    source = "---\ntitle: Shingles\nlast_reviewed: 2025-05-04\n---\n\nText. \n\nUpdated 6 May 2025\n"
    first, second = dates_of(Analysis(parse("a.md", source)))
    assert (first.role, first.visible, first.span) == (DateRole.REVIEWED, False, day(2025, 5, 4))
    assert (second.role, second.visible) == (DateRole.UPDATED, True)
    assert source[first.range.start : first.range.end] == "2025-05-04"


def test_a_review_date_can_lie_ahead() -> None:
    source = "Care at home.\n\nDate produced: May 2024\n\nReview date: May 2027\n\nLast review: June 2025"
    marks = dates_of(Analysis(parse("a.md", source)))
    assert [(mark.role, mark.text, mark.ahead) for mark in marks] == [
        (DateRole.PUBLISHED, "May 2024", False),
        (DateRole.REVIEWED, "May 2027", True),
        (DateRole.REVIEWED, "June 2025", False),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "The ward nurses wrote this. Dr Ana Ruiz, psychiatrist, checked it in July 2025.",
        "by Ana Ruiz RN, reviewed July 2025",
    ],
)
def test_dates_in_sentences_about_the_page(line: str) -> None:
    [mark] = dates_of(Analysis(parse("a.md", f"# Sleep\n\nSleep is good.\n\n{line}\n")))
    assert (mark.role, mark.text) == (DateRole.REVIEWED, "July 2025")


def test_a_long_menu_above_the_article_takes_no_date_away() -> None:
    menu = "Skip to content\nHome\nConditions\nRemedies\nShop\nBlog\nSearch\nHome > Hands > Warts at school\n"
    assert marks(menu + "Warts at school\nMay 2, 2024\n\nWarts are small lumps.", "txt") == [
        ("published", "May 2, 2024")
    ]
