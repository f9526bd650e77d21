"""Mistakes in rule files: each is refused at its line, with what would be right; none is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthlint.cli import cli
from tests.cli.test_authors import healthlint, site

__all__ = ["cli", "site"]

RULE = """\
id: detox-week
summary: A week of juice is sold as a detox.
message: "“{match}” cleanses nothing."
severity: warning
confidence: high
scope: span
why: The liver does this work.
help: Say what people eat and drink.
sources: [{title: "House style, page 12"}]
check:
  kind: tokens
  patterns:
    - (detox|juice) cleanse~
  unless: [negated]
examples:
  bad:
    - "Join a [[juice cleanse]] today."
  good:
    - "Nobody needs a juice cleanse."
"""
FILE = "house-rules/house/detox-week.yaml"


def write(site: Path, was: str = "", becomes: str = "", name: str = FILE, text: str = RULE) -> str:
    """The rule with a mistake in it; gives its path as errors show it."""
    assert was in text
    file = site / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.replace(was, becomes, 1), "utf-8")
    return str(file)


def refused(*arguments: str) -> str:
    return str(healthlint(*(arguments or ("test", "house"))).exception)


def test_the_rule_is_right_without_mistakes(site: Path) -> None:
    write(site)
    assert healthlint("test", "house").output == "1 rule: 2 examples passed, 0 failed.\n"


@pytest.mark.parametrize(
    ("was", "becomes", "line", "says"),
    [
        ("[[juice", "]]juice", 17, "a “]]” has no “[[” before it."),
        ("[[juice c", "[[juice [[c", 17, "a “[[” stands inside another; marks lie beside each other."),
        ("[[juice", "[[]]juice", 17, "“[[]]” marks nothing."),
        ("cleanse]]", "cleanse", 17, "every [[ needs its ]]."),
        ("{match}", "{ match }", 3, "“{ match }” shows no value: write its name in braces, such as {match}."),
        ("{match}", "{match", 3, "“{match” cleanses noth” shows no value"),
        ("{match}", "match}", 3, "“}” shows no value"),
        ("cleanses nothing", 'cleanses "nothing"', 3, "a quotation mark inside a quoted value"),
        ('needs a juice cleanse."', "needs a juice cleanse.", 19, "a quotation mark is never closed"),
        ("sources: [", "---\nsources: [", 9, "a second document begins here (“---”), and one file holds one."),
        ("A week", "A \x07week", 2, "it holds a control character, which no editor shows."),
        ('"House style, page 12"', "“House style, page 12”", 9, "Quotation marks are written straight"),
        ('"Nobody', 'Think: "nobody', 19, "unknown key “Think”. A text with a colon or in brackets is put in quotes."),
        (RULE, "", 1, "the file is empty: expected"),
    ],
)
def test_a_mistake_is_shown_at_its_line(was: str, becomes: str, line: int, says: str, site: Path) -> None:
    file = write(site, was, becomes)
    error = refused()
    assert error.startswith(f"{file}:{line}: "), error
    assert says in error


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        (
            "[[juice cleanse]]",
            "juice cleanse",
            ":17: this bad example does not say with [[…]] what is to be marked",
        ),
        ("{match}", "{Match}", "shows {Match}, which this rule has no value for. Did you mean “match”?"),
        ("{match}", "{reason}", "shows {reason}, which this rule has no value for. It has: match."),
    ],
)
def test_an_example_tells_what_is_wrong(was: str, becomes: str, says: str, site: Path) -> None:
    write(site, was, becomes)
    done = healthlint("test", "house")
    assert says in done.output
    assert done.return_value == 1


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("house/detox-week.YAML", "the name of a rule file ends with .yaml."),
        ("house/detox-week.yaml.txt", "the name of a rule file ends with .yaml."),
        ("presets/detox-week.yaml", "no rule is read from “presets”. Put it into the folder of its family."),
        ("coverage/detox-week.yaml", "no rule is read from “coverage”."),
        ("My House/detox-week.yaml", "the folder “My House” gives its rules their family, and is no name for one"),
        ("strict/detox-week.yaml", ":1: the family “strict” has the name of a rule or a preset"),
        ("all/detox-week.yaml", ":1: the family “all” has the name"),
        ("hype-word/detox-week.yaml", ":1: the family “hype-word” has the name"),
    ],
)
def test_a_rule_file_that_nobody_would_read_is_refused(name: str, says: str, site: Path) -> None:
    file = write(site, name=f"house-rules/{name}")
    (site / "a.md").write_text("# Notes\n\nJoin a juice cleanse.\n")
    assert refused("check", "a.md").startswith(f"{file}:")
    assert says in refused("check", "a.md")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("vocabulary/a.yaml", "brew: []\n", "a.yaml:1: the word list “brew” is empty."),
        ("vocabulary/a.yaml", "tea: [tea]\nMy brew: [tea]\n", "a.yaml:2: “My brew” is no name for a word list"),
        ("vocabulary/a.yaml", "", "a.yaml:1: the file is empty"),
        ("context/told-tale.yaml", "id: told-tale\n", "“context” is no family of rules. Did you mean “contexts”?"),
        ("vocabulry/a.yaml", "brew: [tea]\n", "“vocabulry” is no family of rules. Did you mean “vocabulary”?"),
    ],
)
def test_a_wrong_file_beside_the_rules_is_refused(name: str, text: str, says: str, site: Path) -> None:
    write(site)
    write(site, name=f"house-rules/{name}", text=text)
    assert says in refused()


def test_a_word_list_stands_once_in_a_folder_and_may_replace_a_shipped_one(site: Path) -> None:
    write(site, "(detox|juice)", "(@number)")
    write(site, name="house-rules/vocabulary/a.yaml", text="number: [juice]\n")
    assert "2 examples passed" in healthlint("test", "house").output
    write(site, name="house-rules/vocabulary/b.yaml", text="number: [juice]\n")
    assert "b.yaml:1: the word list “number” exists already." in refused()


def test_a_folder_that_is_a_link_is_read_and_one_that_leads_back_is_not(site: Path) -> None:
    write(site, name="real/house/detox-week.yaml")
    (site / "house-rules" / "house").symlink_to("../real/house")
    (site / "house-rules" / "again").symlink_to("..")
    assert healthlint("test", "house").output == "1 rule: 2 examples passed, 0 failed.\n"


def test_paths_of_rules_that_are_slips_are_said(site: Path) -> None:
    file = write(site)
    (site / "a.md").write_text("# Notes\n\nJoin a juice cleanse.\n")
    for paths, says in (
        ("house-rules, ./house-rules", f"{file}:1: this rule is read twice: two rule-paths lead to it."),
        ("house-rules, ''", ".healthlint.yml:1: there is no folder “”."),
    ):
        (site / ".healthlint.yml").write_text(f"rule-paths: [{paths}]\n")
        assert says in refused("check", "a.md")
    (site / "empty").mkdir()
    (site / ".healthlint.yml").write_text("select: [hype-word]\nrule-paths:\n- house-rules\n- empty\n")
    said = healthlint("check", "a.md").stderr
    assert said == f"healthlint: {site}/.healthlint.yml:4: the folder “empty” holds no rule.\n"


def test_a_family_to_yield_to_is_named_right(site: Path) -> None:
    file = write(site, "scope: span", "scope: span\nyields-to: [claim]")
    assert refused() == f"{file}:7: there is no family “claim” to yield to. Did you mean “claims”?"


CONTEXT = """\
id: told-as-a-tale
about: It is a tale.
cues:
  - {reach: before, match: [they say]}
examples:
  holds: ["They say that [[juice]] helps."]
  not: ["The [[juice]] helps."]
"""


def test_the_examples_of_own_contexts_are_run(site: Path) -> None:
    write(site)
    name = "house-rules/contexts/told-as-a-tale.yaml"
    file = write(site, name=name, text=CONTEXT)
    for folder in ("house-rules", "house-rules/contexts", name):
        assert "1 context: " in healthlint("test", folder).output
        assert healthlint("test", folder).return_value == 0
    assert "1 rule: 2" in healthlint("test", "house").output, "a family has none"
    write(site, "The [[", "They say the [[", name, CONTEXT)
    done = healthlint("test", "house-rules")
    assert done.return_value == 1
    assert f"{file}:7: the context “told-as-a-tale” holds here, by “They say”, and should not" in done.output
    write(site, "They say", "They know", name, CONTEXT)
    assert ":6: the context “told-as-a-tale” does not hold here, and should" in healthlint("test", name).output


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        (r"'(a+)+b'", "repeats what is itself a repeat, so some texts would take for ever."),
        (r"'(?:\w+\s*)+ cleanse'", "some texts would take for ever"),
        (r"'juice(?= (\d*,?)* x)'", "some texts would take for ever"),
        (r'"\bcleanse\b"', "a backslash in double quotes is not the expression's: use single quotes."),
        (r"'(?:\w+\s+)*juice cleanse'", ""),
        (r"'(?:[a-z]+ ?-)*juice cleanse'", ""),
    ],
)
def test_an_expression_that_is_slow_or_never_matches_is_refused(expression: str, says: str, site: Path) -> None:
    kind = "kind: tokens\n  patterns:\n    - (detox|juice) cleanse~\n  unless: [negated]"
    file = write(site, kind, f"kind: pattern\n  patterns:\n    - {expression}")
    assert says in refused()
    assert refused().startswith(f"{file}:13: ") is bool(says)
