"""Plain denials of an effect are no claims, however their words are put together; a seller's “no” still is one."""

from __future__ import annotations

from functools import cache
from itertools import product

import pytest

from healthlint.finding import Severity
from healthlint.formats import parse
from healthlint.linter import ActiveRule, RuleSet, lint
from healthlint.rules.schema import option_values
from tests.rules.helpers import catalogue

_WHO = ("We", "I", "Our osteopath", "A mud wrap", "Rose water", "These lozenges", "The headband", "Your dentist")
_CANNOT = (
    "cannot",
    "can't",
    "could not",
    "will never",
    "won't",
    "did not",
    "may not",
    "would not",
    "is unlikely to",
    "failed to",
    "has not been shown to",
    "has never been proven to",
    "is not meant to",
)
_WORKS = ("cure", "heal", "reverse", "prevent", "get rid of", "stop", "clear up", "promise to end", "protect you from")
_WHAT = ("it", "lupus for good", "a stammer overnight")
_SENTENCES = (
    "There is no cure for {}.",
    "There is still no known cure for {}, and nobody should promise one.",
    "Nobody has found a cure for {}.",
    "We have no cure for {}.",
    "Science has yet to find a cure for {}.",
    "It would be wrong to say that mud wraps cure {}.",
    "We make no claim that rose water cures {}.",
    "We do not say that a headband heals {}.",
    "Nothing has ever been shown to reverse {}.",
    "Not one trial has found that mud wraps end {}.",
    "I doubt that mud wraps will heal {}.",
    "Mud wraps are not a cure for {}.",
    "Mud wraps do nothing to cure {}, nor do lozenges.",
    "No dentist will cure {} with rose water.",
    "No herb clears {} for good.",
    "We can't cure {}, but we can help you to live with it.",
    "If only rose water could cure {}.",
    "No mud wrap can replace your treatment for {}.",
    "It is often said that mud wraps cure {}, but trials found no difference.",
    "There is no reason to think that the vaccine causes {}.",
    "Nobody can promise that the drops for {} have no side effects.",
    "There is no secret cure for {}, and no doctor is hiding one.",
)
_ILLNESSES = ("vertigo", "lupus", "epilepsy", "rosacea", "an underactive thyroid", "cancer")
_PASSIVES = (
    "{} cannot be cured.",
    "{} could not be cured by rose water.",
    "{} may never be reversed.",
    "{} has never been healed by a mud wrap.",
    "{} is not curable.",
    "{} never goes away for good.",
)
_NOTHING = (
    "No berry",
    "No stretch",
    "No single drink",
    "No amount of sleep",
    "No app on the market",
    "Nothing in the shop",
    "None of these oils",
    "Not one of these belts",
    "Neither kelp nor garlic",
    "No known root",
)
_DOES = (
    "keeps your hearing sharp for life",
    "burns calories while you sleep",
    "makes knee pain vanish in a week",
    "melts cellulite",
    "makes you lose a stone in a month",
    "ends cluster headaches for good",
    "flushes poisons from the body",
    "boosts immunity",
    "heals a torn tendon in days",
    "keeps flu away",
    "works for everyone",
    "is free of side effects",
    "gives instant relief from toothache",
    "takes years off your skin",
    "rewires the mind",
    "turns back the clock",
    "doubles your stamina",
    "guarantees a painless birth",
    "makes an operation unnecessary",
    "gives you perfect digestion",
    "unclogs veins",
)
_SELLERS = (
    "There is nothing our mud wrap can't cure.",
    "There is no rash that our rose water cannot heal.",
    "With our headband you will never have migraine again.",
    "Our lozenges never fail to stop a cough.",
    "It has never failed to cure vertigo in a single client.",
    "No pills, no fuss: our mud wrap ends arthritis.",
    "Nothing cures a migraine like our headband.",
    "Doctors won't tell you that rose water cures rosacea.",
    "Your dentist does not want you to know that lozenges cure gum disease.",
    "We have yet to meet a case of vertigo that we could not cure.",
    "It is no wonder that our mud wrap cures arthritis.",
    "Not only does rose water soothe, it cures eczema.",
    "No one who wears our headband gets migraine.",
    "There is no doubt that our mud wrap reverses arthritis.",
    "Psoriasis does not stand a chance against our rose water.",
    "No other belt burns fat while you sleep.",
    "No gym, no diet, and the fat melts away in a week.",
    "No cold survives one cup of this broth.",
)


def _denials() -> list[str]:
    said = [" ".join(words) + "." for words in product(_WHO, _CANNOT, _WORKS, _WHAT)]
    said += [sentence.format(illness) for sentence, illness in product(_SENTENCES, _ILLNESSES)]
    passives = [sentence.format(illness) for sentence, illness in product(_PASSIVES, _ILLNESSES)]
    return [sentence[0].upper() + sentence[1:] for sentence in said + passives]


@cache
def _rules() -> RuleSet:
    metas = [meta for meta in catalogue().metas.values() if meta.family == "claims"]
    return RuleSet(tuple(ActiveRule(catalogue().rule(meta.id), option_values(meta, {})) for meta in metas))


def _reported(sentences: list[str]) -> dict[str, set[str]]:
    # Each sentence is a paragraph of one article, found again by its line.
    report = lint(parse("a.md", "# Notes\n\n" + "\n\n".join(sentences) + "\n"), _rules())
    assert not report.errors
    found: dict[str, set[str]] = {}
    for finding in report.findings:
        if finding.severity is not Severity.INFO:
            found.setdefault(sentences[(finding.line - 3) // 2], set()).add(finding.rule)
    return found


def test_no_plain_denial_is_reported() -> None:
    assert _reported(_denials()) == {}


def test_what_is_said_of_nothing_is_no_claim() -> None:
    for words in product(_NOTHING, _DOES):  # each alone: a page full of denials would make each of them sound sober
        assert _reported([" ".join(words) + "."]) == {}


@pytest.mark.parametrize("sentence", _SELLERS)
def test_a_no_that_sells_is_reported(sentence: str) -> None:
    rules = _reported([sentence]).get(sentence, set())
    assert rules - {"overclaiming-tone"}
