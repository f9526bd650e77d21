"""Titles and links that people have labelled: whether they belong together."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.analysis.topic_model import EVALUATION, PAIRS, link_pairs, model, verdict


@cache
def judged(path: Path = PAIRS) -> tuple[tuple[str, str, str, str], ...]:
    found = []
    for entry in link_pairs(path):
        page = model().profile(entry["title"], body=[entry["body"]])
        for label in ("related", "stray", "open"):
            found += [(label, entry["title"], link, verdict(page, link)) for link in entry[label]]
    return tuple(found)


def test_the_labelled_pairs_are_many_and_of_both_kinds() -> None:
    labels = [label for label, *_ in judged()]
    assert labels.count("related") >= 150
    assert labels.count("stray") >= 150


def test_related_links_are_hardly_ever_called_off_topic() -> None:
    related = [row for row in judged() if row[0] == "related"]
    wrong = [row for row in related if row[3] == "off_topic"]
    assert len(wrong) <= 0.03 * len(related), wrong


def test_stray_links_are_found() -> None:
    stray = [row for row in judged() if row[0] == "stray"]
    missed = [row for row in stray if row[3] != "off_topic"]
    assert len(missed) <= 0.04 * len(stray), missed


def test_precision_over_everything_that_is_reported() -> None:
    reported = [row for row in judged() if row[3] == "off_topic"]
    wrong = [row for row in reported if row[0] == "related"]
    assert len(wrong) <= 0.03 * len(reported), wrong


def test_hard_pairs_are_mostly_judged_rightly_and_good_links_hardly_ever_wrongly() -> None:
    rows = judged(EVALUATION / "link_pairs_hard.yaml")
    related = [row for row in rows if row[0] == "related"]
    stray = [row for row in rows if row[0] == "stray"]
    assert len(related) >= 200 and len(stray) >= 150
    wrong = [row for row in related if row[3] == "off_topic"]
    assert len(wrong) <= 0.01 * len(related), wrong
    missed = [row for row in stray if row[3] != "off_topic"]
    assert len(missed) <= 0.15 * len(stray), missed
