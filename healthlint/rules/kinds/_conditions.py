"""Conditions on an article, as rule files write them: patterns in its title, headings, sentences …"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from math import ceil
from typing import NamedTuple

from healthlint.analysis import Analysis
from healthlint.analysis.expressions import Expression
from healthlint.analysis.fold import asks
from healthlint.article import HEADINGS, POINTERS, BlockKind
from healthlint.ranges import TextRange
from healthlint.rules.parts.patterns import Patterns


class Hit(NamedTuple):
    """Where a condition was met, in source offsets, and the words that met it."""

    range: TextRange
    words: str
    block: int


def _in_title(text: Analysis, block: int) -> bool:
    return text.blocks[block].kind is BlockKind.TITLE


def _in_headings(text: Analysis, block: int) -> bool:
    return text.blocks[block].kind in HEADINGS and block in text.body_blocks


def _in_paragraphs(text: Analysis, block: int) -> bool:
    return text.blocks[block].kind not in HEADINGS and block in text.body_blocks and block not in text.title_repeats


def _in_body(text: Analysis, block: int) -> bool:
    return block in text.body_blocks


def _anywhere(text: Analysis, block: int) -> bool:
    # Teasers and source lists are about other pages: they neither call for anything nor provide it.
    return text.blocks[block].kind not in POINTERS


# Whether a block stands in a place.
_PLACES: Mapping[str, Callable[[Analysis, int], bool]] = {
    "title": _in_title,
    "headings": _in_headings,
    "paragraphs": _in_paragraphs,
    "sentences": _in_paragraphs,
    "statements": _in_paragraphs,
    "body": _in_body,
    "anywhere": _anywhere,
}
_OF_SENTENCES = frozenset({"sentences", "statements"})  # the stretches of the other places are blocks
_KEYS = ("in", "match", "and", "not", "at-least", "share", "either")


class Condition(NamedTuple):
    """That enough stretches of a place match a pattern, all of `also`, and nothing of `unless`; or one of `either`."""

    place: str = "sentences"
    match: Expression | None = None
    also: tuple[Expression, ...] = ()
    unless: Expression | None = None
    at_least: int = 1
    share: float = 0.0
    either: tuple[Condition, ...] = ()

    def met(self, text: Analysis) -> bool:
        """Whether the article meets the condition."""
        if self.either:
            return any(condition.met(text) for condition in self.either)
        if not self._may_be_met(text):
            return False
        found = sum(1 for _ in islice(self._search(text), None if self.share else self.at_least))
        return found >= self.at_least and (not self.share or found >= self._share_of(text))

    def hits(self, text: Analysis) -> Iterator[Hit]:
        """Each stretch that meets the condition, in source order, with its first match (or its group `mark`)."""
        for condition in self.either:
            yield from condition.hits(text)
        for block, start, found in self._search(text) if self._may_be_met(text) else ():
            group = "mark" if found.re.groupindex.get("mark") and found["mark"] else 0
            first, end = (start + offset for offset in found.span(group))
            its = text.blocks[block]
            yield Hit(its.range(first, end), its.prose[first:end], block)

    def _may_be_met(self, text: Analysis) -> bool:
        if self.match is None or not self.match.may_match(text):
            return False
        return not self.also or all(part.may_match(text) for part in self.also)

    def _search(self, text: Analysis) -> Iterator[tuple[int, int, re.Match[str]]]:
        # The block and the start of each stretch, and the first match in it.
        match, unless = self.match, self.unless
        assert match is not None
        for block, start, end in self._stretches(text, match):
            folded = text.folded[block][start:end]
            found = match.search(folded)
            if found is None or (unless and unless.stands_in(folded)):
                continue
            if self.place == "statements" and asks(folded):
                continue
            if all(pattern.stands_in(folded) for pattern in self.also):
                yield block, start, found

    def _stretches(self, text: Analysis, match: Expression) -> Iterator[tuple[int, int, int]]:
        # Those of the place that may match. A block may need one literal of one sentence and another of the next.
        stands = _PLACES[self.place]
        sentences = match.sentences(text)
        if self.place in _OF_SENTENCES:
            for sentence in sentences:
                if stands(text, text.sentences[sentence].block) and match.may_match(text, sentence):
                    yield text.sentences[sentence]
            return
        for block in dict.fromkeys(text.sentences[sentence].block for sentence in sentences):
            if stands(text, block):
                yield block, 0, len(text.folded[block])

    def _share_of(self, text: Analysis) -> int:
        # How many stretches of the place the share is.
        place = [block for block in range(len(text.blocks)) if _PLACES[self.place](text, block)]
        if self.place not in _OF_SENTENCES:
            return ceil(self.share * len(place))
        sentences = [sentence for block in place for sentence in text.sentences_of(block)]
        if self.place == "statements":
            sentences = [sentence for sentence in sentences if not asks(text.folded_sentence(sentence))]
        return ceil(self.share * len(sentences))

    @property
    def triggers(self) -> frozenset[str] | None:
        """Literals without any of which an article cannot meet the condition; None where that is not known."""
        if not self.either:
            return self.match.triggers if self.match else None
        found = [condition.triggers for condition in self.either]
        return None if None in found else frozenset().union(*(literals for literals in found if literals))


def read_condition(patterns: Patterns, value: object, *keys: str | int) -> Condition:
    """One condition of a rule file. Raises RuleError at file:line."""
    where = patterns.where
    entry = where.check_keys(value, _KEYS, *keys)
    if "either" in entry:
        where.check_keys(value, ("either",), *keys)
        return Condition(either=tuple(read_conditions(patterns, entry["either"], *keys, "either")))
    where.check_keys(entry, _KEYS, *keys, required=["match"])
    share = entry.get("share", 0.0)
    if not isinstance(share, int | float) or not 0 <= share <= 1:
        raise where.error(*keys, "share", message="“share” must be a number from 0 to 1.")
    also = where.texts(entry.get("and", []), *keys, "and")
    return Condition(
        place=where.one_of(entry.get("in", "sentences"), _PLACES, *keys, "in"),
        match=patterns.one(entry["match"], *keys, "match"),
        also=tuple(patterns.one(text, *keys, "and", i) for i, text in enumerate(also)),
        unless=patterns.optional(entry, "not", *keys),
        at_least=where.whole(entry.get("at-least", 1), *keys, "at-least", least=1),
        share=float(share),
    )


def read_conditions(patterns: Patterns, value: object, *keys: str | int) -> list[Condition]:
    """A list of conditions of a rule file; one mapping counts as a list of one."""
    items = [value] if isinstance(value, dict) else value
    if not isinstance(items, list) or not items:
        raise patterns.where.error(*keys, message=f"“{keys[-1]}” must be a list of conditions.")
    if isinstance(value, dict):
        return [read_condition(patterns, value, *keys)]
    return [read_condition(patterns, item, *keys, i) for i, item in enumerate(items)]
