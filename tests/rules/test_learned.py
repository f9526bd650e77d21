"""The kind `learned`: whole sentences only, silent in contexts, and behind rules that know the words."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint import check_text
from healthlint.analysis import Analysis
from healthlint.analysis.learned import PATIENCE, Model, model, packed, parts, runs, unpacked, words
from healthlint.errors import RuleError
from healthlint.formats import parse
from healthlint.rules.catalogue import load_catalogue
from healthlint.rules.kinds.learned import build
from healthlint.rules.schema import parse_rule

TONE = "overclaiming-tone"
PITCH = "The tablets in your drawer only cover it up; our drops go to the root and finish it."
RULE = """\
id: tested-rule
summary: A summary.
message: "“{telling}” weighs most."
severity: warning
confidence: medium
scope: span
why: Because.
help: Do it otherwise.
sources: [{title: A source}]
examples: {bad: [x], good: [y]}
check: {kind: learned, model: overclaims, at-least: %s}
"""


def found(body: str) -> list[tuple[str, str]]:
    text = f"# Notes\n\n{body}\n"
    return [(f.rule, f.text) for f in check_text(text, "a.md") if f.family == "claims"]


def test_the_sentence_is_marked_and_the_message_says_which_words_weigh_most() -> None:
    text = f"# Notes\n\nWash it off. {PITCH} Then rest.\n"
    finding = next(f for f in check_text(text, "a.md") if f.rule == TONE)
    assert finding.text == PITCH == text[finding.offset : finding.end_offset]
    assert finding.evidence["telling words"] in PITCH and finding.evidence["telling words"] in finding.message


def test_a_line_that_is_no_sentence_is_left_alone() -> None:
    assert found(PITCH) == [(TONE, PITCH)]
    assert found(PITCH.rstrip(".")) == [] and found(f"- {PITCH.rstrip('.')}") == []


@pytest.mark.parametrize("body", ["Ура!!!!!!", "?! ?! Да ?! ?! !", "Ready!!!!! ????? !!!!! ;;;; !!!!!", "1 2 3 4 5 6!"])
def test_a_sentence_of_marks_figures_or_other_letters_does_no_harm(body: str) -> None:
    meta, where = parse_rule(RULE % "0.001, together: 0.001", "rules/claims/tested-rule.yaml", "claims")
    text = Analysis(parse("a.md", f"# Notes\n\n{body} {body}\n", "markdown"))
    assert all(match.range is not None for match in build(meta, where).check(text, {}))


def test_it_yields_to_rules_that_know_the_words() -> None:
    both = PITCH.replace("finish it.", "finish it: relief is guaranteed for everyone.")
    assert [rule for rule, _ in found(both)] and TONE not in {rule for rule, _ in found(both)}
    assert {TONE, "cure-or-guarantee"} <= {rule for rule, _ in found(f"{PITCH} Relief is guaranteed for everyone.")}


def test_it_does_not_yield_to_a_mere_suggestion() -> None:
    both = PITCH.replace("finish it.", "finish it with exceptional results.")
    found = {f.rule: f.severity for f in check_text(f"# Notes\n\n{both}\n", "a.md") if f.family == "claims"}
    assert found == {"hype-word": "info", TONE: "warning"}


def test_a_claim_that_is_quoted_and_refuted_is_left_alone() -> None:
    assert found(f"“{PITCH}” That is false, and the seller was fined for saying it.") == []


@pytest.mark.parametrize("value", ["1.5", "0", "true", "high"])
def test_a_likelihood_that_is_none_is_refused(value: str) -> None:
    meta, where = parse_rule(RULE % value, "rules/claims/tested-rule.yaml", "claims")
    with pytest.raises(RuleError, match="between 0 and 1"):
        build(meta, where)


def test_runs_are_words_pairs_and_triples_with_the_start() -> None:
    texts = [part.text for part in parts("take 10 mg, won't you?")]
    assert texts == ["take", "#", "mg", "won't", "you", "?"]
    assert [run for run, _, _ in runs(texts[:2])] == ["^ take", "^ take #", "take", "take #", "#"]
    assert all(first >= 0 and first + length <= len(texts) for _, first, length in runs(texts))


def test_the_likelihood_of_a_sentence_lies_between_none_and_certain() -> None:
    sold, plain = ([part.text for part in parts(text.lower())] for text in (PITCH, "Rest the knee for a day or two."))
    assert words(PITCH.lower()) == sold
    assert 0 < model("overclaims").likelihood(plain) < 0.2 < 0.7 < model("overclaims").likelihood(sold) < 1
    assert model("overclaims").likelihood([]) < 0.5


@given(st.lists(st.sampled_from(["the", "pain", "cure", "#", "!", "knee"]), max_size=8))
def test_the_likelihood_counts_each_run_once(texts: list[str]) -> None:
    learned = model("overclaims")
    weight = sum(learned.weight_of(run) for run in {run for run, _, _ in runs(texts)})
    expected = 1 / (1 + math.exp(-(weight * learned.scale / math.sqrt(len(texts) + PATIENCE) + learned.intercept)))
    assert learned.likelihood(texts) == pytest.approx(expected)


def test_a_disclaimer_in_words_that_no_slot_knows_is_enough() -> None:
    silent = "Please treat what you read here as background, and let the people who look after you make the decisions."
    said = f"{silent} It is no stand-in for their advice on your own health."
    missing = [f.rule for f in check_text(f"# Shingles\n\nA rash with pain.\n\n{said}\n", "a.md")]
    assert "medical-disclaimer-missing" not in missing
    missing = [f.rule for f in check_text("# Shingles\n\nA rash with pain. Ask your doctor about tablets.\n", "a.md")]
    assert "medical-disclaimer-missing" in missing


def test_a_model_that_does_not_exist_is_refused_with_the_nearest_name() -> None:
    text = (RULE % "0.5").replace("model: overclaims", "model: overclaim")
    meta, where = parse_rule(text, "rules/claims/tested-rule.yaml", "claims")
    with pytest.raises(RuleError, match="is not one of overclaims, disclaimers"):
        build(meta, where)


def test_a_family_to_yield_to_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    text = (RULE % "0.5").replace("scope: span", "scope: span\nyields-to: [claimz]")
    (tmp_path / "house" / "tested-rule.yaml").write_text(text)
    with pytest.raises(RuleError, match="no family “claimz”"):
        load_catalogue([tmp_path])


def test_two_sentences_are_reported_together_where_neither_is_likely_enough() -> None:
    text = RULE % "0.999, together: 0.5"
    meta, where = parse_rule(text, "rules/claims/tested-rule.yaml", "claims")
    source = f"# Notes\n\nWash it off. {PITCH} {PITCH} Then rest.\n"
    matches = list(build(meta, where).check(Analysis(parse("a.md", source, "markdown")), {}))
    assert [m.range and source[m.range.start : m.range.end] for m in matches] == [f"{PITCH} {PITCH}"]
    apart = f"# Notes\n\n{PITCH}\n\n{PITCH}\n"
    assert list(build(meta, where).check(Analysis(parse("a.md", apart, "markdown")), {})) == []


def test_a_model_is_packed_and_read_again() -> None:
    weights = {"^ take": -127, "pain": 127, "no more": 5, "no more pain": 9, "no": 2, "^ take it": 4}
    learned = unpacked(packed(Model.of(weights, 0.03, -1.25)))
    assert learned == Model.of(weights, 0.03, -1.25)
    assert {run: learned.weight_of(run) for run in (*weights, "^", "more", "pain no")} == {
        **weights, "^": 0, "more": 0, "pain no": 0,
    }  # fmt: skip
    assert learned.weight(["no", "more", "pain", "no", "more"]) == 2 + 5 + 9 + 127


def test_the_first_sentence_of_an_article_is_not_read_together_with_its_last() -> None:
    meta, where = parse_rule(RULE % "0.999, together: 0.5", "rules/claims/tested-rule.yaml", "claims")
    title = f"# Rest the knee. {PITCH}\n"  # one block only
    first, second = parse("a.md", title, "markdown"), parse("a.md", f"# {PITCH} Rest the knee.\n", "markdown")
    assert list(build(meta, where).check(Analysis(first), {})) == []
    assert list(build(meta, where).check(Analysis(second), {})) == []


def test_a_page_that_claims_much_needs_less_for_the_others() -> None:
    limits = RULE % "0.5, in-context: 0.97"
    meta, where = parse_rule(limits, "rules/claims/tested-rule.yaml", "claims")
    often, there = parse_rule(
        limits.replace("0.97", "0.97, often: {from: 2, in-context: 0.05}"), "rules/claims/tested-rule.yaml", "claims"
    )
    plain = "Take the tablets with water, and call the clinic if you feel sick after a day or two."
    weak = f"{PITCH} {plain}"  # what follows makes it less likely
    few, many = f"# Notes\n\n{weak}\n", f"# Notes\n\n{PITCH}\n\n{PITCH}\n\n{weak}\n"
    for article, alone, together in ((few, 0, 0), (many, 2, 3)):
        text = parse("a.md", article, "markdown")
        assert len(list(build(meta, where).check(Analysis(text), {}))) == alone
        assert len(list(build(often, there).check(Analysis(text), {}))) == together


def test_the_rest_of_the_page_makes_a_sentence_more_or_less_likely() -> None:
    asked = "A pinch a day is all that stands between you and the sleep of a child."
    plain = "Take the tablets with water, and call the clinic if you feel sick after a day or two."
    own = model("overclaims").likelihood(words(asked.lower()))
    below, above = own - 0.01, own + (1 - own) / 3

    def reported(limits: str, *others: str) -> bool:
        meta, where = parse_rule(RULE % limits, "rules/claims/tested-rule.yaml", "claims")
        text = parse("a.md", "\n\n".join(["# Notes", asked, *others]) + "\n", "markdown")
        return asked in [match.values["match"] for match in build(meta, where).check(Analysis(text), {})]

    page = "page: {usual: 0.2, patience: 2}"
    assert reported(f"{below}") and reported(f"{below}, {page}") and not reported(f"{above}, {page}")
    assert reported(f"{below}", *[plain] * 6) and not reported(f"{below}, {page}", *[plain] * 6)
    halved = own / (2 - own)  # the odds of a claim are not lower however much else is sober
    assert reported(f"{halved - 0.01}, {page}", *[plain] * 20) and not reported(
        f"{halved + 0.01}, {page}", *[plain] * 20
    )
    assert not reported(f"{above}", PITCH, PITCH) and reported(f"{above}, {page}", PITCH, PITCH)


@pytest.mark.parametrize(
    "value", ["{usual: 0.2}", "{patience: 3}", "{usual: 2, patience: 3}", "{usual: 0.2, patience: 0}"]
)
def test_a_page_that_makes_no_sense_is_refused(value: str) -> None:
    meta, where = parse_rule(RULE % f"0.5, page: {value}", "rules/claims/tested-rule.yaml", "claims")
    with pytest.raises(RuleError, match=r"page|usual|patience"):
        build(meta, where)


@pytest.mark.parametrize("value", ["{in-context: 0.1}", "{from: 0}", "{from: 2, at-least: 7}", "{from: 2, unless: []}"])
def test_limits_for_many_that_make_no_sense_are_refused(value: str) -> None:
    meta, where = parse_rule(RULE % f"0.5, often: {value}", "rules/claims/tested-rule.yaml", "claims")
    with pytest.raises(RuleError):
        build(meta, where)
