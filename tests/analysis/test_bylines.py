"""Who wrote and who checked an article: bylines in many forms, and sentences that only look like one."""

from __future__ import annotations

import pytest

from healthlint.analysis import Analysis
from healthlint.analysis.bylines import Byline, BylineRole, bylines_of
from healthlint.formats import parse


def bylines(body: str) -> list[Byline]:
    source = f"# Shingles\n\n{body}\n"
    found = list(bylines_of(Analysis(parse("a.md", source))))
    assert all(source[mark.range.start : mark.range.end] == mark.name for mark in found)
    return found


@pytest.mark.parametrize(
    ("line", "role", "name", "qualified", "organisation"),
    [
        ("By Jane Doe", "author", "Jane Doe", False, False),
        ("By Jane Doe, MD", "author", "Jane Doe", True, False),
        ("by Jane van der Doe | 4 May 2025", "author", "Jane van der Doe", False, False),
        ("Written by Jane Doe, registered nurse", "author", "Jane Doe", True, False),
        ("Written by Jane Doe, dietitian", "author", "Jane Doe", True, False),
        ("Author: Jane Doe", "author", "Jane Doe", False, False),
        ("Written by the Example Kidney Foundation", "author", "the Example Kidney Foundation", False, True),
        ("By the Example Kidney Foundation editorial team", "author", "the Example Kidney Foundation", False, True),
        ("Medically reviewed by Dr. Jane Doe", "reviewer", "Dr. Jane Doe", True, False),
        ("Medically Reviewed By: Jane Doe, PharmD, on 4 May 2025", "reviewer", "Jane Doe", True, False),
        ("Content last reviewed by J. Doe, May 2024", "reviewer", "J. Doe", False, False),
        ("Medical reviewer: Jane Doe, MBBS", "reviewer", "Jane Doe", True, False),
        ("Jane Doe, neurologist", "author", "Jane Doe", True, False),
        ("Jane Doe\n\nSenior health editor", "author", "Jane Doe", False, False),
        ("By Jane Doe, MD. Updated 3 May 2025.", "author", "Jane Doe", True, False),
        ("It was tested. Dr Jane Doe, psychiatrist, checked this page.", "reviewer", "Dr Jane Doe", True, False),
        ("The Example Clinic nursing team wrote this page.", "author", "The Example Clinic nursing team", False, True),
        ("Written by jane_doe_nurse and checked by Jane Doe, RN", "reviewer", "Jane Doe", True, False),
        ("Shingles is a rash. Reviewed by Jane Doe, MD.", "reviewer", "Jane Doe", True, False),
    ],
)
def test_bylines(line: str, role: str, name: str, qualified: bool, organisation: bool) -> None:
    [mark] = bylines(f"Shingles is a rash.\n\n{line}")
    assert (mark.role.value, mark.name, mark.qualified, mark.organisation) == (role, name, qualified, organisation)


@pytest.mark.parametrize(
    "line",
    [
        "Take the tablets prescribed by your doctor.",
        "By your doctor",
        "Sore Throat\n\nIt goes away.",
        "Guest Author\n\nWriter",
        "By Monday, most people feel better.",
        "By Taking This Every Day You May Feel Better Within The Week.",
        "Written by Admin",
        "Author: Guest Author",
        "The rash was first described by Doe and others in a long paper.",
        "It can be checked by Doppler ultrasound.",
        "## By Jane Doe",
    ],
)
def test_what_is_no_byline(line: str) -> None:
    assert bylines(f"Shingles is a rash.\n\n{line}") == []


def test_a_long_menu_does_not_push_a_byline_out_of_sight() -> None:
    title = "What a Foot Bath Can Do for Tired Legs"
    menu = "\n".join(f"Part {letter}" for letter in "ABCDEFGHIJ")
    source = f"{title}\n\n{menu}\n\n{title}\nJane Doe\nHealth writer\n\n{title}\n\nA bath helps.\n"
    [mark] = bylines_of(Analysis(parse("a.txt", source)))
    assert mark.name == "Jane Doe"


def test_metadata_and_an_attribution_line() -> None:
    source = "---\ntitle: Shingles\nauthor: [Jane Doe, admin]\nreviewed_by: John Doe, MD\n---\n\nText.\n"
    found = bylines_of(Analysis(parse("a.md", source)))
    assert [(m.role, m.name, m.visible) for m in found] == [
        (BylineRole.AUTHOR, "Jane Doe", False),
        (BylineRole.REVIEWER, "John Doe, MD", False),
    ]
    [mark] = bylines("Shingles is a rash.\n\nEXH: Example Institute of Health and Skin Diseases")
    assert mark.organisation
