"""Options of rules: a value that makes no sense is refused where it stands, in a configuration and in a rule file."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from healthlint.config.json_schema import json_schema
from healthlint.errors import ConfigError, RuleError
from healthlint.rules.catalogue import load_catalogue
from healthlint.rules.schema import parse_rule
from tests.rules.kinds_support import head
from tests.test_config import config

WRONG = [
    ("grade-above-target", "target", -5, "must be a number from 0 to 20"),
    ("grade-above-target", "target", 80, "must be a number from 0 to 20"),
    ("sentence-too-long", "limit", 0, "must be a number of 1 or more"),
    ("keyword-stuffing", "share", 10, "must be a number from 0.01 to 1"),
    ("keyword-stuffing", "share", True, "must be a number from 0.01 to 1"),
    ("date-missing-or-stale", "today", "2025-13-45", "must be a day, such as 2025-05-04"),
    ("related-link-broken-or-unreviewed", "today", "yesterday", "must be a day, such as 2025-05-04"),
    ("acronym-undefined", "also-known", [2024], "must be a list of texts"),
    ("acronym-undefined", "also-known", "CRP", "must be a list of texts"),
]


@pytest.mark.parametrize(("rule", "option", "value", "says"), WRONG)
def test_a_value_that_makes_no_sense_is_refused(
    rule: str, option: str, value: object, says: str, tmp_path: Path
) -> None:
    written = str(value).lower() if isinstance(value, bool) else value
    with pytest.raises(ConfigError) as caught:
        config(tmp_path, f"rules:\n  {rule}:\n    {option}: {written}\n")
    assert str(caught.value).startswith(f"{tmp_path}/.healthlint.yml:3: the option “{option}” {says}")
    if value != "2025-13-45":  # a schema sees that a day has the form of one, no more
        schema = json_schema(load_catalogue())
        assert not jsonschema.Draft202012Validator(schema).is_valid({"rules": {rule: {option: value}}})


@pytest.mark.parametrize(
    ("options", "line", "says"),
    [
        ("limit: 30\n    very-long: 20", 4, "“very-long” must not be below “limit”, which is 30."),
        ("very-long: 30\n    limit: 31", 3, "“very-long” must not be below “limit”, which is 31."),
        ("very-long: 20", 3, "“very-long” must not be below “limit”, which is 25."),
        ("limit: 60", 0, ""),  # nothing shorter is meant to be reported
        ("limit: 30\n    very-long: 30", 0, ""),
    ],
)
def test_an_option_that_another_one_would_make_void(options: str, line: int, says: str, tmp_path: Path) -> None:
    text = f"rules:\n  sentence-too-long:\n    {options}\n"
    if not says:
        config(tmp_path, text)
        return
    with pytest.raises(ConfigError) as caught:
        config(tmp_path, text)
    assert str(caught.value) == f"{tmp_path}/.healthlint.yml:{line}: the option {says}"


def test_an_order_that_a_later_layer_breaks(tmp_path: Path) -> None:
    text = "rules:\n  sentence-too-long: {limit: 15, very-long: 20}\noverrides:\n- files: a\n  rules:\n"
    with pytest.raises(ConfigError, match=r":6: the option “very-long” must not be below “limit”, which is 30\."):
        config(tmp_path, text + "    sentence-too-long: {limit: 30}\n")


def test_a_date_is_never_outdated_before_it_is_stale(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="“outdated-months” must not be below “stale-months”, which is 36"):
        config(tmp_path, "rules:\n  date-missing-or-stale: {outdated-months: 24}\n")
    config(tmp_path, "rules:\n  date-missing-or-stale: {stale-months: 24, outdated-months: 24}\n")


def test_zero_leaves_a_limit_to_the_audience(tmp_path: Path) -> None:
    config(tmp_path, "rules:\n  grade-above-target: {target: 9, warn-above: 0, error-above: 0}\n")
    with pytest.raises(ConfigError, match="“error-above” must not be below “warn-above”, which is 8"):
        config(tmp_path, "rules:\n  grade-above-target: {warn-above: 8, error-above: 7}\n")


@pytest.mark.parametrize(
    ("option", "says"),
    [
        ("{default: 0, minimum: 1, about: x}", "the option “least” must be a number of 1 or more."),
        ("{default: 1, minimum: one, about: x}", "“minimum” must be a number."),
        ("{default: 1, not-below: lest, about: x}", "there is no option “lest”. Did you mean “least”?"),
        ("{default: '', form: day, about: x}", "the only form is “date”."),
        ("{default: 1, minimun: 1, about: x}", "unknown key “minimun”. Did you mean “minimum”?"),
    ],
)
def test_a_wrong_option_of_a_rule_is_refused(option: str, says: str) -> None:
    text = f"options:\n  least: {option}\n" + head() + "  kind: tokens\n  patterns: [x]\n"
    with pytest.raises(RuleError) as caught:
        parse_rule(text, "test-rule.yaml", "test")
    assert str(caught.value) == f"test-rule.yaml:2: {says}"


@pytest.mark.parametrize(
    ("given", "says"),
    [("{lest: 2}", "unknown option “lest”. Did you mean “least”?"), ("{least: few}", "the option “least” must be a")],
)
def test_an_example_with_a_wrong_option_is_refused(given: str, says: str) -> None:
    beginning = head().replace('bad: ["x"]', f"bad: [{{text: x, options: {given}}}]")
    text = f"{beginning}  kind: tokens\n  patterns: [x]\noptions: {{least: {{default: 1, about: x}}}}\n"
    with pytest.raises(RuleError, match=says.replace("?", r"\?")) as caught:
        parse_rule(text, "test-rule.yaml", "test")
    assert caught.value.where == "test-rule.yaml:12"
