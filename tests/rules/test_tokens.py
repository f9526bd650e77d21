"""The kind `tokens`: what it reports, and that a wrong rule file is refused with file and line."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from healthlint.analysis import Analysis
from healthlint.errors import RuleError
from healthlint.finding import Match
from healthlint.formats import parse
from healthlint.rules.kinds import build
from healthlint.rules.kinds._tokens_rate import weekly_kilograms
from healthlint.rules.kinds.tokens import TokensRule
from healthlint.rules.prefilter import Prefilter
from healthlint.rules.schema import parse_rule

HEAD = """\
id: tested-rule
summary: A summary.
message: "“{match}” is wrong."
severity: warning
severity-when: {SEVERITIES}
confidence: high
scope: span
why: Because.
help: Do it otherwise.
sources: [{title: A source}]
examples: {bad: [x], good: [y]}
check:
"""
SEVERITIES = {"weak": "info", "strong": "error"}


def rule(check: str, path: str = "rules/claims/tested-rule.yaml") -> TokensRule:
    own = [f"{name}: {level}" for name, level in SEVERITIES.items() if name in check]
    head = HEAD.replace("{SEVERITIES}", f"{{{', '.join(own)}}}")
    text = head + textwrap.indent(textwrap.dedent(check).strip(), "  ") + "\n"
    meta, where = parse_rule(text, path, "claims")
    made = build(meta, where)
    assert isinstance(made, TokensRule)
    return made


def run(made: TokensRule, body: str, title: str = "Notes") -> list[Match]:
    text = Analysis(parse("a.md", f"# {title}\n\n{body}\n", "markdown"))
    Prefilter([made]).run(text)
    return list(made.check(text, {}))


def shown(made: TokensRule, body: str, title: str = "Notes") -> list[tuple[str, str]]:
    source = f"# {title}\n\n{body}\n"
    return [(m.variant, m.range.within(source)) for m in run(made, body, title) if m.range]


def test_a_phrase_is_reported_where_it_stands() -> None:
    made = rule('{kind: tokens, patterns: ["miracle (cure|drug)"]}')
    assert shown(made, "First. A *miracle* drug, and a miracle cure.") == [("", "miracle* drug"), ("", "miracle cure")]
    assert made.anchors is not None and shown(made, "A miracle happened.") == []


def test_exceptions_and_contexts_silence_a_phrase() -> None:
    made = rule('{kind: tokens, unless: [negated, question], except: ["breakthrough pain"], patterns: [breakthrough]}')
    assert shown(made, "Breakthrough pain is common. This is no breakthrough. Is it a breakthrough?") == []
    assert shown(made, "It is a breakthrough.") == [("", "breakthrough")]


def test_a_group_adds_lifts_and_needs_contexts() -> None:
    made = rule(
        """
        kind: tokens
        unless: [negated]
        patterns:
          - {match: never fails, despite: [negated]}
          - {match: works, only-if: [{reach: sentence, match: our}], unless: [{reach: after, match: sometimes}]}
        """
    )
    assert shown(made, "It never fails.") == [("", "never fails")]
    assert shown(made, "It works. Our tea works sometimes. Our tea never works.") == []
    assert shown(made, "Our tea works.") == [("", "works")]


def test_variants_by_place_and_context() -> None:
    made = rule(
        """
        kind: tokens
        patterns:
          - {match: promising, variant: weak}
          - {match: cure, in: title}
        variants:
          - {name: strong, in: title, of: weak}
          - {name: weak, of: "", if: [hedged]}
        """
    )
    assert shown(made, "A promising cure.", "A promising start") == [("strong", "promising"), ("weak", "promising")]
    assert shown(made, "Text.", "It may cure") == [("weak", "cure")]


def test_of_two_that_overlap_the_graver_is_reported() -> None:
    made = rule("{kind: tokens, patterns: [{match: exciting breakthrough, variant: weak}, breakthrough]}")
    assert shown(made, "An exciting breakthrough.") == [("", "breakthrough")]


def test_repeats_become_related_places() -> None:
    made = rule('{kind: tokens, one-per: paragraph, patterns: ["studies show"]}')
    matches = run(made, "Studies show it. Studies show that.\n\nStudies show more.")
    assert [len(m.related) for m in matches] == [1, 0]


def test_one_variant_is_reported_once_in_a_sentence() -> None:
    made = rule("{kind: tokens, one-per: variant, patterns: [miracle, {match: [detox, cleanse], variant: weak}]}")
    matches = run(made, "A miracle detox and cleanse. A cleanse.")
    assert [(m.variant, m.values["match"], len(m.related)) for m in matches] == [
        ("", "miracle", 0),
        ("weak", "detox", 1),
        ("weak", "cleanse", 0),
    ]


def test_one_sentence_is_reported_once() -> None:
    made = rule("{kind: tokens, one-per: sentence, patterns: [miracle, {match: detox, variant: weak}]}")
    assert shown(made, "A detox is a miracle. A detox.") == [("", "miracle"), ("weak", "detox")]


def test_what_counts_alone_yields_to_others_of_its_sentence() -> None:
    made = rule("{kind: tokens, patterns: [miracle, {match: herbs, variant: weak, alone: true}]}")
    assert shown(made, "A miracle of herbs. Eat herbs.") == [("", "miracle"), ("weak", "herbs")]
    text = Analysis(parse("a.md", "# Notes\n\nA miracle of herbs.\n", "markdown"))
    assert "reported already" in next(made.trace(text, {}, range(len(text.sentences))))


def test_a_rate_is_compared() -> None:
    check = (
        '{kind: tokens, patterns: [{match: "lose ..2 @number kg in ..2 (week|weeks)", faster-than: {per-week-kg: 1}}]}'
    )
    made = rule(check)
    assert shown(made, "Lose 2 kg in two weeks. Lose 3 kg in a week.") == [("", "Lose 3 kg in a week")]


@pytest.mark.parametrize(
    ("phrase", "rate"),
    [
        ("lose 10 kg in 5 weeks", 2.0),
        ("drop 7 pounds in seven days", 7 * 0.4536),
        ("lose a stone in a fortnight", 6.35 / 2),
        ("lose 2 kilos a week", 2.0),
        ("lose weight fast", None),
        ("lose 10 kg", None),
    ],
)
def test_weekly_kilograms(phrase: str, rate: float | None) -> None:
    assert weekly_kilograms(phrase) == (None if rate is None else pytest.approx(rate))


@pytest.mark.parametrize(
    ("check", "line", "part"),
    [
        ('kind: tokens\npatterns:\n  - good\n  - "(bad"', 16, "has no “)”"),
        ("kind: tokens\npatterns: ['@remedis works']", 14, "Did you mean “remedy”"),
        ("kind: tokens\nunless:\n  - negatd\npatterns: [good]", 15, "Did you mean “negated”"),
        ("kind: tokens\npatterns: [good]\nexcept:\n  - other words", 16, "can have no effect"),
        ("kind: tokens\npatterns:\n  - ..3 of the", 15, "no word that must be there") ,
        ("kind: tokens\npatterns:\n  - {match: good, varant: weak}", 15, "Did you mean “variant”"),
        ("kind: tokens\npatterns:\n  - {match: good, variant: wek}", 15, "neither a message nor a severity"),
        ("kind: tokens\npatterns:\n  - {match: good, in: titel}", 15, "is not one of"),
        ("kind: tokens\npatterns:\n  - {match: good, despite: [negated]}", 15, "nothing is lifted"),
        ("kind: tokens\npatterns: [good]\none-per: page", 15, "is not one of"),
        ("kind: tokens\npatterns: [good]\nlists: {remedy: [tea]}", 15, "exists already"),
        ("kind: tokens\npatterns: [good]\nunless: [{reach: nowhere, match: x}]", 15, "is not one of"),
        ("kind: tokens\npatterns: [good]\nunless: [{reach: sentence}]", 15, "a cue needs"),
        ("kind: tokens\npatterns:\n  - good\n  - cures ..x it", 16, "“..x” is no gap"),
        ("kind: tokens\nlists:\n  cure: [heals, mends ..x it]\npatterns: ['@cure']", 15, "“..x” is no gap"),
        ("kind: tokens\npatterns:\n  - {match: good, alone: maybe}", 15, "true or false"),
        ("kind: tokens\npatterns: []", 14, "expected a list of patterns"),
    ],
)  # fmt: skip
def test_a_wrong_check_is_refused_with_its_line(check: str, line: int, part: str) -> None:
    if part == "no word that must be there":
        check = check.replace("..3 of the", "'/x+/ ..3'")
    with pytest.raises(RuleError) as error:
        rule(check)
    assert str(error.value).startswith(f"rules/claims/tested-rule.yaml:{line}:"), str(error.value)
    assert part in str(error.value)


def test_a_content_repository_brings_its_own_lists_and_contexts(tmp_path: Path) -> None:
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "contexts").mkdir()
    (tmp_path / "own").mkdir()
    (tmp_path / "vocabulary" / "teas.yaml").write_text("tea-name: [green tea, mate]\n", "utf-8")
    context = "id: whispered\nabout: Said softly.\ncues: [{reach: sentence, match: softly}]\n"
    context += "examples: {holds: ['Softly [[said]].'], not: ['[[Said]].']}\n"
    (tmp_path / "contexts" / "whispered.yaml").write_text(context, "utf-8")
    path = str(tmp_path / "own" / "tested-rule.yaml")
    made = rule('{kind: tokens, unless: [whispered, negated], patterns: ["@tea-name cures"]}', path)
    assert shown(made, "Mate cures. Green tea cures, they say softly.") == [("", "Mate cures")]


@pytest.mark.parametrize(
    ("entries", "refusal"),
    [
        ("cues:\n  - {reach: before, match: ['(x']}\n", r"odd\.yaml:4: a “\(” has no"),
        (
            "lists:\n  tea: [mate]\ncues:\n  - {reach: before, match: [x]}\n",
            r"odd\.yaml:4: no pattern here names the word list “@tea”",
        ),
    ],
)
def test_a_wrong_context_file_is_refused_with_its_line(tmp_path: Path, entries: str, refusal: str) -> None:
    (tmp_path / "contexts").mkdir()
    (tmp_path / "own").mkdir()
    text = f"id: odd\nabout: Odd.\n{entries}examples: {{holds: ['x [[a]]'], not: ['[[b]]']}}\n"
    (tmp_path / "contexts" / "odd.yaml").write_text(text, "utf-8")
    with pytest.raises(RuleError, match=refusal):
        rule("{kind: tokens, patterns: [good]}", str(tmp_path / "own" / "tested-rule.yaml"))


def test_company_in_any_order_and_near_by() -> None:
    made = rule('{kind: tokens, patterns: [{match: overnight, with: ["(pain|rash)", gone], within: 3}]}')
    assert shown(made, "Overnight the rash is gone. The pain is simply gone overnight.") == [
        ("", "Overnight the rash is gone"),
        ("", "pain is simply gone overnight"),
    ]
    assert shown(made, "The pain is gone. Overnight a lot of other things happened, and the rash is gone.") == []
    with pytest.raises(RuleError, match="needs “with”"):
        rule("{kind: tokens, patterns: [{match: overnight, within: 3}]}")


UNUSED = """\
severity-when: {weak: info}
message-when:
  strong: A message.
"""


@pytest.mark.parametrize(
    ("head", "check", "line", "part"),
    [
        (UNUSED, "{kind: tokens, patterns: [{match: good, variant: weak}]}", 7, "the variant “strong”"),
        (UNUSED, "{kind: tokens, patterns: [{match: good, variant: strong}]}", 5, "the variant “weak”"),
        ("\n", "kind: tokens\npatterns: ['@cure']\nlists:\n  cure: [heals]\n  cur: [mends]", 17, "“@cur”"),
    ],
)
def test_what_nothing_uses_is_refused_with_its_line(head: str, check: str, line: int, part: str) -> None:
    text = HEAD.replace("severity-when: {SEVERITIES}\n", head) + textwrap.indent(check, "  ") + "\n"
    meta, where = parse_rule(text, "rules/claims/tested-rule.yaml", "claims")
    with pytest.raises(RuleError) as error:
        build(meta, where)
    assert str(error.value).startswith(f"rules/claims/tested-rule.yaml:{line}:"), str(error.value)
    assert part in str(error.value)
