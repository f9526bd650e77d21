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
