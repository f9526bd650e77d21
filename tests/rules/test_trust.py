"""Sources, bylines, dates, money and models: what readers can see of who stands behind an article."""

from __future__ import annotations

import pytest

from healthlint.analysis import Analysis
from healthlint.formats import parse
from healthlint.rules.checks.trust import ai_undisclosed
from tests.rules.helpers import findings, found

LONG = "Naps help some people to think clearly in the afternoon. " * 20
TODAY = {"today": "2025-06-01"}


def test_references_point_to_the_appeals() -> None:
    [finding] = findings("references-missing", LONG + "Many studies have shown it.")
    assert (finding.line, finding.column, finding.severity.value) == (1, 3, "error")
    assert [r.message for r in finding.related] == ["this needs a source"]
    assert findings("references-missing", "Naps help. Many studies have shown it.") == []
    assert findings("references-missing", LONG + "\n\nEXH: Example Institute of Health and Sleep") == []


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        ("The eardrum lies at the end of the canal. It is as thin as paper. Sound moves it. ", "warning"),
        ("The eardrum lies at the end of the canal. It tears in 2% of divers. ", "error"),
        ("The spray relieves pressure. It prevents tears. The eardrum is thin. ", "error"),
        ("Our drops melt earache away and your ears feel brand new by morning. The ear is a wonder. ", "error"),
    ],
)
def test_references_weigh_more_where_claims_are_made(said: str, severity: str) -> None:
    [finding] = findings("references-missing", said * 20)
    assert finding.severity.value == severity


def test_a_leaflet_of_instructions_needs_no_references() -> None:
    leaflet = "Keep the ear dry for a week. You should not fly until it has healed. The eardrum is thin. " * 10
    assert findings("references-missing", leaflet) == []
    [finding] = findings("references-missing", leaflet + "One in 20 tears needs surgery.")
    assert finding.severity.value == "error"


def test_author() -> None:
    assert [f.severity.value for f in findings("author-or-reviewer-missing", LONG)] == ["warning"]
    body = LONG + "\n\nBy Jane Doe"
    assert findings("author-or-reviewer-missing", body) == []
    [finding] = findings("author-or-reviewer-missing", body, "Medicines for sleep")
    assert (finding.text, finding.severity.value) == ("Jane Doe", "info")
    assert findings("author-or-reviewer-missing", body + ", MD", "Medicines for sleep") == []


@pytest.mark.parametrize(
    ("line", "severity", "text"),
    [
        ("", "warning", ""),
        ("Last reviewed: 1 June 2020", "warning", "1 June 2020"),
        ("Last reviewed: 1 May 2020", "error", "1 May 2020"),
        ("Last reviewed: May 2022", "warning", "May 2022"),
        ("Updated 4 May 2026", "error", "4 May 2026"),
    ],
)
def test_date_findings(line: str, severity: str, text: str) -> None:
    [finding] = findings("date-missing-or-stale", f"{LONG}\n\n{line}", **TODAY)
    assert (finding.severity.value, finding.text) == (severity, text)


@pytest.mark.parametrize(
    "line", ["Last reviewed: 2 June 2022", "Updated 1 June 2025", "Updated June 2025", "Reviewed: 2025"]
)
def test_current_dates(line: str) -> None:
    assert findings("date-missing-or-stale", f"{LONG}\n\n{line}", **TODAY) == []


def test_the_newest_date_counts_and_limits_can_be_set() -> None:
    body = f"{LONG}\n\nPublished 3 June 2012. Updated 4 May 2024."
    assert findings("date-missing-or-stale", body, **TODAY) == []
    assert found("date-missing-or-stale", body, stale_months=6, **TODAY) == ["4 May 2024"]


@pytest.mark.parametrize(
    "link",
    [
        "https://amzn.to/3abc",
        "https://www.amazon.com/dp/B0?tag=site-20",
        "https://shop.example.com/p?aff_id=7",
        "https://shop.example.com/p?utm_medium=affiliate",
    ],
)
def test_paid_links(link: str) -> None:
    body = f"Try [this brace]({link}) at home."
    [finding] = findings("commercial-disclosure-missing", body)
    assert (finding.text, finding.severity.value) == ("this brace", "error")
    assert findings("commercial-disclosure-missing", f"This post contains affiliate links. {body}") == []


@pytest.mark.parametrize(
    "body",
    [
        "See [the page](https://www.example.org/a?ref=nav&tag=sleep).",
        "See [the page](https://www.example.org/a?utm_medium=email).",
        "Beware of sites that say buy now.",
        "Use the code of conduct.",
        "Enter code 12 on the blood test form.",
    ],
)
def test_no_money(body: str) -> None:
    assert findings("commercial-disclosure-missing", body) == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("As an affiliate we earn from purchases.", True),
        ("If you buy through our links, a share of the price goes to us.", True),
        ("Some links here pay us a small fee.", True),
        ("We may be compensated if you click a link below.", True),
        ("The maker sent me this brace for free.", True),
        ("This site is reader-supported.", True),
        ("Links on this page never earn us money.", False),
        ("This page contains links to other sites.", False),
        ("The trial paid patients a small sum.", False),
    ],
)
def test_ways_to_say_that_money_is_involved(said: str, told: bool) -> None:
    body = f"{said} Get the brace [from this shop](https://amzn.to/abc)."
    assert (findings("commercial-disclosure-missing", body) == []) is told


def test_a_late_disclosure_points_to_itself() -> None:
    body = "Use code JOINT10 at checkout.\n\nWe receive a commission."
    [finding] = findings("commercial-disclosure-missing", body)
    assert finding.text == "Use code JOINT10 at checkout"
    assert "further down" in finding.message
    assert (finding.related[0].line, finding.related[0].column) == (5, 4)


@pytest.mark.parametrize(("declared", "fires"), [("true", True), ("GPT-5", True), ("false", False), ("no", False)])
def test_only_declared_use_of_a_model_counts(declared: str, fires: bool) -> None:
    text = Analysis(parse("a.md", f"---\ntitle: T\nai_assisted: {declared}\n---\n\nNaps help.\n"))
    assert bool(list(ai_undisclosed(text, {"required": True}))) is fires
    assert list(ai_undisclosed(text, {"required": False})) == []
