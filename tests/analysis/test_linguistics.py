"""Patterns, tokens and contexts on their own."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthlint.analysis import Analysis
from healthlint.analysis.fold import fold
from healthlint.analysis.linguistics import Finder, Hit
from healthlint.analysis.patterns.inflection import inflections
from healthlint.analysis.patterns.pattern import Pattern, parse, words_of
from healthlint.analysis.patterns.reader import PatternError, pieces, word_list
from healthlint.analysis.tokens import Tokens
from healthlint.article import Article, Block, BlockKind, Segment, SourceMap
from healthlint.rules.parts.library_files import library_for

LISTS = {"illness": word_list(["gout", "high blood pressure", "hay-fever", "cold~"])}


def analysis(*proses: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Analysis:
    source, blocks = "", []
    for prose in proses:
        blocks.append(Block(kind, prose, SourceMap([Segment(0, len(source), len(prose), len(prose))])))
        source += prose + "\n\n"
    return Analysis(Article("a.md", source, "markdown", blocks))


def found(pattern: str, prose: str) -> list[str]:
    text = analysis(prose)
    finder = Finder([parse(pattern, LISTS)])
    hits = [(i, hit) for i in range(len(text.sentences)) for _, hit in text.language.find(finder, i)]
    return [
        text.range(i, *text.language.offsets(i, hit.mark_start, hit.mark_end)).within(text.article.source)
        for i, hit in hits
    ]


@pytest.mark.parametrize(
    ("pattern", "prose", "expected"),
    [
        ("say goodbye to @illness", "Say Goodbye to high blood pressure!", ["Say Goodbye to high blood pressure"]),
        ("cure~ @illness", "It cures gout, is curing colds.", ["cures gout", "curing colds"]),
        ("game-changer", "Game-changer, game changer, game‑changer.", ["Game-changer", "game changer", "game‑changer"]),
        ("(wave|kiss your ..2) goodbye", "Kiss your old stiff knees goodbye.", []),
        ("(wave|kiss your ..3) goodbye", "Kiss your old stiff knees goodbye.", ["Kiss your old stiff knees goodbye"]),
        ("*-free (life|future)", "A pain-free life; a free life.", ["pain-free life"]),
        ("really? works", "It works. It really works.", ["works", "really works"]),
        ("promising [[(drug|pill)]]", "A promising pill.", ["pill"]),
        ("cures ..3 @illness", "It cures me. Gout stays.", []),
        ("cures ..3 @illness", "It cures: gout stays.", []),
        ("(do|does) not work", "It doesn’t work.", []),
        ("(do|does) (not|n't) work", "It doesn’t work.", ["doesn’t work"]),
        ("cannot fail", "It cannot fail and it can not fail.", ["cannot fail", "can not fail"]),
        ("^ beware of", "“Beware of the dog.” We beware of it.", ["Beware"]),
        ("it works $", "It works, he said. He said it works.", ["it works"]),
        (r"lose /\d+/ kg", "Lose 12 kg, lose many kg.", ["Lose 12 kg"]),
        ("100% safe", "It is 100% safe.", ["100% safe"]),
    ],
)  # fmt: skip
def test_what_a_pattern_matches(pattern: str, prose: str, expected: list[str]) -> None:
    assert found(pattern, prose) == expected


@pytest.mark.parametrize(
    ("pattern", "part"),
    [
        ("(a|b", "has no “)”"),
        ("a)", "has no partner"),
        ("[[a", "has no “]]”"),
        ("@nothing", "there is no word list"),
        ("@ilness", "Did you mean “illness”"),
        ("/(/", "not a regular expression"),
        ("(a|b?)", "an alternative is optional"),
        ("(|a)", "an alternative is empty"),
        ("a ^ b", "only at the edge"),
        ("(a|[[b]]) c", "stands inside a “(”"),
        ("a*", "a star stands alone"),
        ("maybe?", "nothing in the pattern has to be there"),
        ("", "cannot be read"),
        ("cures ..x me", "“..x” is no gap"),
        ("cures ..3x me", "“..3x” is no gap"),
        ("cures (..3?|.2) me", "“..3?” is no gap"),
        ("cures ... me", "“...” is no gap"),
    ],
)
def test_a_pattern_without_meaning_is_refused(pattern: str, part: str) -> None:
    with pytest.raises(PatternError, match=re.escape(part)):
        parse(pattern, LISTS)


def test_a_pattern_with_many_readings_takes_no_longer() -> None:
    pattern = parse(" ".join(["(a b|a|b|a b a)?"] * 30 + ["..10"] * 8 + ["end"]), {})
    tokens = Tokens("a b " * 30 + "x " * 40 + "end")
    assert max(pattern.spans(tokens), key=lambda span: span[1] - span[0])[:2] == (0, len(tokens))


def test_the_marked_part_of_the_reading_that_takes_most() -> None:
    pattern, tokens = parse("a? [[b (c d?)?]] ..1 e", {}), Tokens("a b c d e")
    assert sorted(pattern.spans(tokens)) == [(0, 5), (1, 5)]
    assert [pattern.mark(tokens, start, 5) for start in (0, 1)] == [(1, 4), (1, 4)]


def test_an_expression_keeps_to_its_token() -> None:
    pattern = parse("take /[^a].*/ mg", {})
    assert pattern.spans(Tokens("take 5 mg")) == [(0, 3)]
    assert pattern.spans(Tokens("take 5 or mg")) == []


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("cure", {"cure", "cures", "cured", "curing"}),
        ("stop", {"stop", "stops", "stopped", "stopping"}),
        ("remedy", {"remedy", "remedies", "remedied", "remedying"}),
        ("beat", {"beat", "beats", "beating", "beaten"}),
        ("heal", {"heal", "heals", "healed", "healing"}),
        ("wish", {"wish", "wishes", "wished", "wishing"}),
        ("child", {"child", "children"}),
    ],
)
def test_inflections(word: str, forms: set[str]) -> None:
    assert inflections(word) == forms


@settings(deadline=None)  # the first odd chunk loads spaCy
@given(st.text(alphabet="ab -'’.,!?%3é“”\u2014", max_size=60))
def test_words_and_tokens_agree_with_the_text(prose: str) -> None:
    folded = fold(prose)
    tokens = Tokens(folded)
    assert "".join(tokens.texts) == "".join(folded.split())
    for at, token in enumerate(tokens.texts[:-1]):
        start, end = tokens.offsets(at, at + 1)
        assert folded[start:end] == token
        if token.isalpha() and token.isascii() and "'" not in folded and "’" not in prose:
            assert token in words_of(folded)


@given(
    st.lists(
        st.sampled_from(["it", "cures", "gout", "and", "colds", ",", "no", "high", "blood", "pressure"]), max_size=14
    )
)
def test_every_hit_lies_in_its_sentence(words: list[str]) -> None:
    text = analysis(" ".join(words))
    finder = Finder([parse(p, LISTS) for p in ("cure~ ..2 @illness", "no ..3 [[@illness]]", "@illness and @illness")])
    for sentence in range(len(text.sentences)):
        for number, hit in text.language.find(finder, sentence):
            assert hit.start <= hit.mark_start < hit.mark_end <= hit.end <= len(text.language.tokens(sentence))
            start, end = text.language.offsets(sentence, hit.mark_start, hit.mark_end)
            shown = text.range(sentence, start, end).within(text.article.source)
            assert any(shown.endswith(w) for w in ("gout", "colds", "pressure")), (number, shown)


def test_literals_are_cut_as_spacy_cuts_running_text() -> None:
    short = "don't can't won't cannot you'll it's they're"
    for literal in f"{short} side-effect-free game-changer alzheimer's omega-3 covid-19 100% a&e".split():
        assert pieces(literal) == Tokens(f"so {literal} then").texts[1:-2], literal


def _contexts() -> list[tuple[str, str, bool]]:
    library = library_for("rules/claims/any.yaml")
    return [(name, e.text, e.holds) for name, examples in library.examples.items() for e in examples]


@pytest.mark.parametrize(("name", "example", "holds"), _contexts())
def test_the_examples_of_a_context(name: str, example: str, holds: bool) -> None:
    before, rest = example.split("[[")
    phrase, after = rest.split("]]")
    text = analysis(before + phrase + after)
    sentence = text.sentence_at(0, len(before))
    start = len(before) - text.sentences[sentence].start
    starts = text.language.tokens(sentence).starts
    inside = [at for at, offset in enumerate(starts) if start <= offset < start + len(phrase)]
    hit = Hit(inside[0], inside[-1] + 1, inside[0], inside[-1] + 1)
    context = library_for("rules/claims/any.yaml").contexts[name]
    assert bool(context.holds(text, sentence, hit)) is holds, context.holds(text, sentence, hit)


def test_a_context_reaches_the_heading_and_the_lead_in_above() -> None:
    context = library_for("rules/claims/any.yaml").contexts["debunked"]
    source = [
        (BlockKind.HEADING, "Five myths"),
        (BlockKind.PARAGRAPH, "Beware of pages that say:"),
        (BlockKind.LIST_ITEM, "Tea cures gout."),
        (BlockKind.HEADING, "Our shop"),
        (BlockKind.PARAGRAPH, "Tea cures gout."),
    ]
    text = analysis(*(prose for _, prose in source))
    for block, (kind, _) in zip(text.blocks, source, strict=True):
        block.kind = kind
        block.level = 1 if kind is BlockKind.LIST_ITEM else 0
    finder = Finder([parse("cures gout", {})])
    held = {}
    for sentence in range(len(text.sentences)):
        for _, hit in text.language.find(finder, sentence):
            held[text.sentences[sentence].block] = context.holds(text, sentence, hit)
    assert held[2] and not held[4]


def test_a_finder_that_was_told_its_anchors_turns_sentences_away_without_reading_its_patterns() -> None:
    text = analysis("Rest helps.", "Tea cures gout.")
    finder = Finder([Pattern("cures (gout", {})])
    finder.tell("cures cured")
    assert finder.find(text.language, 0) == []
    with pytest.raises(PatternError):
        finder.find(text.language, 1)


def test_a_finder_that_was_told_its_anchors_reads_those_patterns_only_that_a_sentence_has_the_words_for() -> None:
    text = analysis("Rest helps.", "Tea cures gout.")
    finder = Finder([Pattern("cures (gout", {}), Pattern("rest", {})])
    finder.tell("cure cures\nrest")
    assert [number for number, _ in finder.find(text.language, 0)] == [1]
    with pytest.raises(PatternError):
        finder.find(text.language, 1)
