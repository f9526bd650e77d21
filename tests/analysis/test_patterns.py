"""Patterns against a matcher that tries everything; and what the prefilter asks for against what they match."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from healthlint.analysis.patterns.choice import Choice
from healthlint.analysis.patterns.nodes import Bare, Node, Optional, Sequence_, Word
from healthlint.analysis.patterns.pattern import Pattern, words_of
from healthlint.analysis.patterns.reader import PatternError, word_list
from healthlint.analysis.sounds import Gate
from healthlint.analysis.tokens import Tokens
from healthlint.article import BlockKind
from healthlint.rules.model import Needs
from healthlint.rules.word_index import RulePatterns, WordGroups, WordIndex

LISTS: dict[str, Node] = {"sore": word_list(["aa", "bb cc", "cc bb aa"])}
LISTS["both"] = word_list(["@sore", "dd ee"], LISTS)

WORDS = st.sampled_from(["aa", "bb", "cc", "dd", "ee"])
ATOMS = st.one_of(WORDS, WORDS, st.sampled_from(["@sore", "@both", "..1", "..3", "*", "/[ab]+/"]))


def _group(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    row = st.lists(inner, min_size=1, max_size=3).map(" ".join)
    choice = st.lists(row, min_size=1, max_size=3).map(lambda rows: f"({'|'.join(rows)})")
    return st.one_of(choice, choice.map(lambda text: text + "?"), row)


PARTS = st.recursive(ATOMS, _group, max_leaves=6)
EDGES = st.sampled_from(["", "", "", "^ "]), st.sampled_from(["", "", "", " $"])
SOURCES = st.tuples(EDGES[0], st.lists(PARTS, min_size=1, max_size=4).map(" ".join), EDGES[1]).map("".join)
TEXTS = st.lists(st.sampled_from(["aa", "bb", "cc", "dd", "ee", "aa,", "bb;", "(cc", "dd)", "ee."]), max_size=10)


def ends(node: Node, texts: list[str], at: int) -> Iterator[int]:
    """Where matches of a part that begin at a token end, by trying everything."""
    if isinstance(node, Word | Bare) and not getattr(node, "gap", 0):
        if at < len(texts):
            fits = texts[at] in node.texts if isinstance(node, Word) else _one(node, texts[at])
            yield from [at + 1] if fits else []
    elif isinstance(node, Bare):
        yield at
        for end in range(at, min(len(texts), at + node.gap)):
            if texts[end][0] in '.;:?!()"':
                return
            yield end + 1
    elif isinstance(node, Optional):
        yield at
        yield from ends(node.part, texts, at)
    elif isinstance(node, Choice):
        for part in node.parts:
            yield from ends(part, texts, at)
    else:
        assert isinstance(node, Sequence_)
        yield from _row(node.parts, texts, at)


def _row(parts: list[Node], texts: list[str], at: int) -> Iterator[int]:
    if not parts:
        yield at
        return
    for end in ends(parts[0], texts, at):
        yield from _row(parts[1:], texts, end)


def _one(node: Bare, text: str) -> bool:
    return set(text) <= {"a", "b"} if node.regex else text[0].isalnum()


def expected(pattern: Pattern, texts: list[str]) -> set[tuple[int, int]]:
    node, at_start, at_end, _ = pattern.reading
    found = {(at, end) for at in range(len(texts)) for end in ends(node, texts, at) if end > at}
    words = [at for at, text in enumerate(texts) if text.isalpha()]
    if at_start:
        found = {span for span in found if not any(at < span[0] for at in words)}
    if at_end:
        found = {span for span in found if not any(at >= span[1] for at in words)}
    return found


def read(source: str) -> Pattern:
    pattern = Pattern(source, LISTS)
    try:
        _ = pattern.reading
    except PatternError:
        assume(False)
    return pattern


@given(SOURCES, TEXTS)
def test_a_pattern_matches_what_trying_everything_finds(source: str, chunks: list[str]) -> None:
    pattern, tokens = read(source), Tokens(" ".join(chunks))
    assert set(pattern.spans(tokens)) == expected(pattern, tokens.texts[:-1])


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(SOURCES, TEXTS)
def test_the_prefilter_passes_every_sentence_that_a_pattern_matches(source: str, chunks: list[str]) -> None:
    pattern, sentence = read(source), " ".join(chunks)
    assume(pattern.anchor)
    assume(pattern.spans(Tokens(sentence)))
    words = WordGroups()
    gate = Gate("overclaims", 0.1, frozenset())
    needs = Needs([words.number(group) for group in pattern.needs], frozenset({BlockKind.PARAGRAPH}))
    index = WordIndex([RulePatterns("rule", [needs._replace(gates=(gate,)), needs], words)])

    def fitting(kind: BlockKind, is_shut: bool) -> list[tuple[str, int]]:
        return list(index.fitting(words_of(sentence), kind, lambda asked: is_shut and asked is gate))

    assert fitting(BlockKind.PARAGRAPH, is_shut=False) == [("rule", 0), ("rule", 1)]
    assert fitting(BlockKind.PARAGRAPH, is_shut=True) == [("rule", 1)]
    assert not fitting(BlockKind.TITLE, is_shut=False)
