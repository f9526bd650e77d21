"""Titles across a project, on labelled pairs and in large numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from healthlint.analysis.titles import exact_key, telling_words, without_site
from healthlint.rules.checks.titles import in_project, title_fact
from healthlint.rules.model import Facts, Place

PAIRS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "evaluation/title_pairs.yaml").read_text("utf-8"))


def reported(titles: list[str], near: bool = True) -> set[frozenset[str]]:
    """The pairs of titles that are reported, in a project of one page a title."""
    facts = Facts((f"{i:06d}.md", title_fact(title, Place(0, 0, 1, 1, 1, 1, ""), "")) for i, title in enumerate(titles))
    found = set()
    for match in in_project.check(facts, {"near": near}):
        for related in match.match.related:
            found.add(frozenset((match.path, related.path)))
    return found


def test_labelled_pairs() -> None:
    same = [pair for pair in PAIRS if pair["same"]]
    different = [pair for pair in PAIRS if not pair["same"]]
    assert len(PAIRS) >= 150
    hit = sum(bool(reported([pair["a"], pair["b"]])) for pair in same)
    false = [pair for pair in different if reported([pair["a"], pair["b"]])]
    assert hit / (hit + len(false)) >= 0.95, false
    assert hit / len(same) >= 0.85


def test_all_exact_duplicates_are_found_among_many() -> None:
    titles = [f"Page about subject number {i} and its care" for i in range(3000)]
    doubled = [titles[i].upper() + "!" for i in range(0, 3000, 100)]
    found = reported(titles + doubled, near=False)
    assert found == {frozenset((f"{i:06d}.md", f"{3000 + i // 100:06d}.md")) for i in range(0, 3000, 100)}


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Gout | Meadow Health", "Gout"),
        ("Gout – Valley Hospital", "Gout"),
        ("Gout – causes", "Gout – causes"),
        ("Type 2 diabetes - the NHS view", "Type 2 diabetes"),
        ("| odd", "| odd"),
    ],
)
def test_site_names(title: str, bare: str) -> None:
    assert without_site(title) == bare


@given(st.text())
def test_keys_of_any_text(title: str) -> None:
    assert exact_key(title) == exact_key(f"  {title} ")
    assert telling_words(title) == tuple(sorted(telling_words(title)))
