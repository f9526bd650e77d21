"""A project's own rule folders: the compiled catalogue notices whatever their rules depend on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from healthlint.errors import RuleError
from healthlint.formats import parse
from healthlint.linter import ActiveRule, RuleSet, lint
from healthlint.rules.catalogue import load_catalogue
from healthlint.rules.rule_files import catalogue_root

RULE = """\
id: magic-brew
summary: A brew is said to do magic.
message: "“{match}” is magic."
help: Say what is in it.
severity: warning
confidence: high
scope: span
why: Readers cannot tell what is meant by it.
sources: [{title: House style, clause: Magic, url: https://example.org/style}]
check:
  kind: tokens
  patterns: ["drink @magic-drink"]
  unless: [told-as-a-tale]
examples:
  bad: ["They [[drink moonwater]] daily."]
  good: ["They drink soup daily."]
"""
CONTEXT = """\
id: told-as-a-tale
about: It is a tale.
cues:
  - {reach: before, match: [they say that]}
examples:
  holds: ["They say that elves [[drink moonwater]]."]
  not: ["They [[drink moonwater]]."]
"""
TEXT = "We drink moonwater. We drink sunwater. In the tale we drink moonwater."
Finds = Callable[[], list[tuple[int, str]]]


@pytest.fixture
def finds(tmp_path: Path) -> Finds:
    (tmp_path / "own" / "brews").mkdir(parents=True)
    write(tmp_path / "own", ["moonwater"])

    def run() -> list[tuple[int, str]]:
        rule = load_catalogue([tmp_path / "own"], tmp_path / "cache").runnable("magic-brew")
        report = lint(parse("a.txt", f"Notes\n\n{TEXT}\n"), RuleSet((ActiveRule(rule, {}),)))
        assert not report.errors
        return [(finding.column, finding.text) for finding in report.findings]

    return run


def write(folder: Path, drinks: list[str], context: str = CONTEXT, rule: str = "brews/magic-brew.yaml") -> None:
    for name, text in {
        "vocabulary/drinks.yaml": f"magic-drink: [{', '.join(drinks)}]\n",
        "contexts/told-as-a-tale.yaml": context,
        rule: RULE,
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def test_a_change_of_a_word_list_or_a_context_is_noticed_while_the_process_runs(tmp_path: Path, finds: Finds) -> None:
    first, second, tale = (4, "drink moonwater"), (24, "drink sunwater"), (55, "drink moonwater")
    assert finds() == [first, tale]
    write(tmp_path / "own", ["moonwater", "sunwater"])
    assert finds() == [first, second, tale]
    wider = CONTEXT.replace("examples:", "  - {reach: before, match: [in the tale]}\nexamples:")
    write(tmp_path / "own", ["moonwater", "sunwater"], wider)
    assert finds() == [first, second]
    write(tmp_path / "own", ["moonwater"])
    assert finds() == [first, tale], "and where what was compiled before holds again"


def test_a_change_of_the_shipped_word_lists_is_noticed(
    tmp_path: Path, finds: Finds, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped, own = tmp_path / "rules", tmp_path / "own"
    for name in ("vocabulary", "contexts"):
        copytree(catalogue_root() / name, shipped / name)
        (own / name).rename(tmp_path / name)
    for module in ("catalogue", "parts.library_files"):
        monkeypatch.setattr(f"healthlint.rules.{module}.catalogue_root", lambda: shipped)
    (tmp_path / "contexts" / "told-as-a-tale.yaml").rename(shipped / "contexts" / "told-as-a-tale.yaml")
    drinks = shipped / "vocabulary" / "drinks.yaml"
    drinks.write_text("magic-drink: [moonwater]\n", "utf-8")
    assert len(finds()) == 2
    drinks.write_text("magic-drink: [moonwater, sunwater]\n", "utf-8")
    assert len(finds()) == 3


def test_a_rule_file_with_another_ending_is_said(tmp_path: Path, finds: Finds) -> None:
    own = tmp_path / "own"
    (own / "brews" / "magic-brew.yaml").rename(own / "brews" / "magic-brew.yml")
    with pytest.raises(RuleError, match=r"magic-brew\.yml: the name of a rule file ends with \.yaml"):
        finds()


def test_a_rule_file_that_is_no_utf_8_is_said(tmp_path: Path, finds: Finds) -> None:
    (tmp_path / "own" / "brews" / "magic-brew.yaml").write_bytes(b"id: caf\xe9\n")
    with pytest.raises(RuleError, match=r"this is not valid UTF-8"):
        finds()


def test_a_change_beside_a_folder_of_rules_is_noticed(tmp_path: Path, finds: Finds) -> None:
    # The rules lie in the folder itself, so they see the word lists that lie beside it.
    own = tmp_path / "own"
    (own / "brews" / "magic-brew.yaml").rename(own / "magic-brew.yaml")
    for name in ("vocabulary", "contexts"):
        (own / name).rename(tmp_path / name)
    assert len(finds()) == 2
    (tmp_path / "vocabulary" / "drinks.yaml").write_text("magic-drink: [moonwater, sunwater]\n", "utf-8")
    assert len(finds()) == 3
