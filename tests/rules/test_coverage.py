"""The coverage files: every clause names rules that exist, or says why it has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthlint.errors import RuleError
from healthlint.rules.rule_files import catalogue_root
from healthlint.strict_yaml import load
from tests.rules.helpers import catalogue

FILES = sorted((catalogue_root() / "coverage").glob("*.yaml"))


def test_there_are_some() -> None:
    assert len(FILES) >= 5


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
def test_clauses(path: Path) -> None:
    data, where = load(path.read_text("utf-8"), path.name, RuleError)
    where.check_keys(data, ("title", "url", "about", "clauses"), required=["title", "about", "clauses"])
    assert data.get("url", "https://").startswith("https://")
    known = catalogue().metas
    for name, clause in data["clauses"].items():
        at = ("clauses", name)
        where.check_keys(clause, ("asks", "rules", "reason"), *at, required=["asks", "rules"])
        where.text(clause["asks"], *at, "asks")
        if clause["rules"] is None:
            where.text(clause.get("reason"), *at, "reason")
        else:
            assert clause["rules"], f"{name}: an empty list says nothing"
            assert "reason" not in clause
            unknown = [rule for rule in where.texts(clause["rules"], *at, "rules") if rule not in known]
            assert not unknown, f"{path.name}:{where.line(*at)}: there is no rule {unknown}"
