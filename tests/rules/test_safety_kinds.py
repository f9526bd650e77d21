"""The kinds `required` and `slots`: a wrong rule file is refused where it is wrong."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from healthlint.errors import RuleError
from healthlint.rules.kinds import build
from healthlint.rules.schema import parse_rule

BASE: dict[str, Any] = {
    "id": "one-rule",
    "summary": "A thing is missing.",
    "message": "Say it.",
    "severity": "info",
    "confidence": "low",
    "scope": "article",
    "why": "Because.",
    "help": "Do it.",
    "sources": [{"title": "A standard"}],
    "examples": {"bad": ["a"], "good": ["b"]},
}
WORDING = {"match": "not advice"}
SLOTS = {"kind": "slots", "slots": {"one": {"says": "it", "wordings": [WORDING]}}, "pass": [{"slots": ["one"]}]}
REQUIRED = {"kind": "required", "when": [{"match": "a"}], "need": [{"match": "b"}]}


def wording(**keys: Any) -> dict[str, Any]:
    return {"slots": {"one": {"says": "it", "wordings": [keys]}}}


def refusal(check: dict[str, Any]) -> str:
    text = yaml.safe_dump({**BASE, "check": check}, sort_keys=False)
    meta, where = parse_rule(text, "rules/x/one-rule.yaml", "x")
    with pytest.raises(RuleError) as caught:
        build(meta, where)
    message = str(caught.value)
    assert message.startswith("rules/x/one-rule.yaml:")
    assert int(message.split(":")[1]) >= text[: text.index("check:")].count("\n") + 1
    return message


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"when": [{"match": "a", "inn": "title"}]}, "Did you mean “in”?"),
        ({"when": [{"match": "a", "in": "titel"}]}, "Did you mean “title”?"),
        ({"when": [{"match": "(a"}]}, "not a regular expression"),
        ({"when": [{"match": "Aspirin"}]}, "“A” never matches"),
        ({"when": [{"match": "it’s"}]}, "“’” never matches"),
        ({"when": [{"match": "{drug}"}]}, "“{drug}” is not defined"),
        ({"when": [{"match": "a", "at-least": 0}]}, "a whole number from 1"),
        ({"when": [{"match": "a", "share": 2}]}, "from 0 to 1"),
        ({"when": []}, "must be a list of conditions"),
        ({"define": {"drug": "a"}}, "defined and never used"),
        ({"define": {"a": "{b}", "b": "{a}"}, "when": [{"match": "{a}"}]}, "in a circle"),
        ({"tolerate": 1}, "smaller than the number of needs"),
        ({"variant": "odd"}, "neither a message nor a severity"),
        ({"option": "odd"}, "no option “odd”"),
        ({"cases": [{"nmae": "x"}]}, "Did you mean “name”?"),
        ({"min-words": "many"}, "whole number"),
        ({"when": [{"match": ["(?P<mark>a)", "(?P<mark>b)"]}]}, "do not go together"),
    ],
)
def test_required_is_strict(change: dict[str, Any], said: str) -> None:
    assert said in refusal({**REQUIRED, **change})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pass": [{"slots": ["two"]}]}, "there is no slot “two”"),
        ({"services": {"topics": ["benefit"], "at-least": 9, "without": "pills"}}, "“benefit” is not one of the serv"),
        ({"services": {"topics": [], "at-least": 9, "without": "pills"}}, "need at least one entry"),
        ({"services": {"topics": ["benefits"], "at-least": True, "without": "pills"}}, "must be a whole number from 1"),
        ({"services": {"topics": ["benefits"], "at-least": 9}}, "without"),
        ({"pass": [{"slots": ["one"], "option": "odd"}]}, "no option “odd”"),
        ({"pass": []}, "list of combinations"),
        ({"slots": {"one": {"says": "it", "wordings": [{**WORDING, "afer": "x"}]}}}, "Did you mean “after”?"),
        ({"slots": {"one": {"says": "it", "wordings": []}}}, "must be a list"),
        ({"slots": {"one": {"wordings": [WORDING]}}}, "“says” is missing"),
        (wording(match=[]), "at least one pattern"),
        (wording(match="not <20> <5> advice"), "between two pieces"),
        (wording(match="not <20>"), "between two pieces"),
        (wording(match="not <20> (?:an )?"), "“(?:an )?” also matches where nothing stands"),
        (wording(match="not <20> (advice"), "not a regular expression"),
        (wording(match="not <20> {advice}"), "“{advice}” is not defined"),
        (wording(match="a", without="(b"), "not a regular expression"),
        (wording(match="a", near=["b", "(c"]), "not a regular expression"),
        ({"skip": "{them}"}, "“{them}” is not defined"),
        ({**wording(match="not {advice}"), "define": {"advice": "(advice"}}, "not a regular expression"),
        ({**wording(match="not {advice}"), "define": {"advice": "{advice}"}}, "in a circle"),
        ({**wording(match="not"), "define": {"advice": "a"}}, "defined and never used"),
    ],
)
def test_slots_is_strict(change: dict[str, Any], said: str) -> None:
    assert said in refusal({**SLOTS, **change})
