"""The cue `sounds`: a context that holds where a sentence goes like sound prose, and the gate it makes for a rule."""

from __future__ import annotations

import pytest

from healthlint.analysis import Analysis
from healthlint.analysis.learned import SHORTEST
from healthlint.analysis.sounds import Sounds
from healthlint.formats import parse
from healthlint.rules.kinds._tokens_rule import TokensRule
from healthlint.rules.prefilter import Prefilter
from tests.rules.kinds_support import found, refused, rule_of

PITCH = "The tablets in your drawer only cover it up; our drops go to the root and finish it."
PLAIN = "You can take the tablets with water, and you may feel sick for the first few days."
CUE = "{reach: near, sounds: {model: overclaims, below: 0.08}}"
RULE = f"kind: tokens\npatterns: [tablets]\nunless: [{CUE}]"


def sounds_in(body: str) -> tuple[Analysis, Sounds]:
    text = Analysis(parse("a.md", f"# A title\n\n{body}\n", "markdown"))
    return text, Sounds.of(text, "overclaims")


def test_a_phrase_counts_only_where_the_sentence_does_not_sound_plain() -> None:
    assert found(rule_of(RULE), PLAIN) == []
    assert found(rule_of(RULE), PITCH) == ["tablets"]
    assert found(rule_of(RULE.splitlines()[0] + "\npatterns: [tablets]"), PLAIN) == ["tablets"]


def test_the_sentence_after_it_is_heard_as_well() -> None:
    text, sounds = sounds_in(f"{PITCH} {PLAIN}")
    pitch, plain = 1, 2
    assert sounds.likelihood(plain) < sounds.likelihood(pitch, plain) < sounds.likelihood(pitch)
    assert sounds.in_context(pitch) == sounds.likelihood(pitch, plain)
    assert Sounds.of(text, "overclaims") is sounds


@pytest.mark.parametrize(
    ("body", "pair"),
    [
        (f"{PITCH}\n\n{PLAIN}", (1, 2)),
        (f"{PLAIN}\n\n{PITCH}", (2, 1)),
        (f"{PLAIN}\n\n{PITCH}\n\n## Where you can read more about all of this\n", (2, 1)),
        (f"{PITCH}\n\n## Where you can read more about all of this\n", (1,)),
    ],
)
def test_the_neighbour_may_stand_in_another_paragraph_but_is_no_heading(body: str, pair: tuple[int, ...]) -> None:
    _, sounds = sounds_in(body)
    assert sounds.in_context(pair[0]) == sounds.likelihood(*pair)


def test_of_a_sentence_that_is_too_short_nothing_is_said() -> None:
    _, sounds = sounds_in("Take the tablets.")
    assert not sounds.long_enough(1) and sounds.in_context(1) == 1.0
    assert found(rule_of(RULE), "Take the tablets.") == ["tablets"]
    assert len("Take the tablets.".split()) < SHORTEST


def test_where_every_pattern_is_excused_the_sentence_is_not_searched() -> None:
    rule = rule_of(RULE)
    assert isinstance(rule, TokensRule)
    text, _ = sounds_in(PLAIN)
    Prefilter([rule]).run(text)
    assert list(text.candidates_for(rule.meta.id)) == [] and rule.meta.id in text.silent
    Prefilter([rule]).run(text, gates=False)
    assert list(text.candidates_for(rule.meta.id)) == [1] and list(rule.check(text, {})) == []
    lines = list(rule.trace(text, {}, [1]))
    assert len(lines) == 1 and "likelihood 0.0" in lines[0]


def test_a_pattern_that_lifts_the_context_is_searched_for_everywhere() -> None:
    context = "kind: tokens\nunless: [plain-tone]\npatterns:\n  - tablets\n  - {match: water, despite: [plain-tone]}"
    rule = rule_of(context)
    assert found(rule, PLAIN) == ["water"]
    text, _ = sounds_in(PLAIN)
    Prefilter([rule]).run(text)
    assert text.fitting == {rule.meta.id: {1: [1]}}


def test_a_claim_may_hide_in_a_clause_of_a_sober_sentence() -> None:
    sober = "In a trial of 400 people the tablets lowered the acid in about two in three of those who took them"
    _, sounds = sounds_in(f"{sober}.\n\n{sober}, and they flush every last toxin out of you for good.")
    assert sounds.is_plain(1, 0.08)
    assert not sounds.is_plain(2, 0.08) and sounds.likelihood(2) < 0.3


@pytest.mark.parametrize(
    ("cue", "part"),
    [
        ("{reach: sentence, sounds: {model: overclaims, below: 0.08}}", "reaches “near”"),
        ("{reach: near, match: x, sounds: {model: overclaims, below: 0.08}}", "stands without match"),
        ("{reach: near, sounds: {model: overclaim, below: 0.08}}", "“overclaim” is not one of overclaims, disclaimers"),
        ("{reach: near, sounds: {model: overclaims, below: 2}}", "“below” must be a number between 0 and 1"),
        ("{reach: near, sounds: {model: overclaims}}", "below"),
    ],
)
def test_a_wrong_cue_is_refused_with_its_line(cue: str, part: str) -> None:
    refused(f"kind: tokens\npatterns: [tablets]\nunless:\n  - {cue}", 17, part)
