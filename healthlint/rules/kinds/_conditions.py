"""Conditions on an article, as rule files write them: patterns in its title, headings, sentences …"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from math import ceil
from typing import NamedTuple

from healthlint.analysis import Analysis
from healthlint.analysis.expressions import Expression
from healthlint.article import BlockKind
from healthlint.errors import nearest
from healthlint.ranges import TextRange
from healthlint.rules.kinds._patterns import Patterns


class Unit(NamedTuple):
    """A stretch of folded text to look at: its block, its offsets there, and its number where it is a sentence."""

    block: int
    start: int
    end: int
    sentence: int | None = None


class Hit(NamedTuple):
    """Where a condition was met, in source offsets, and the words that met it."""

    range: TextRange
    words: str
    block: int


_HEADINGS = (BlockKind.TITLE, BlockKind.HEADING, BlockKind.QUESTION)


def _titles(text: Analysis) -> Iterator[Unit]:
    return (Unit(i, 0, len(text.folded[i])) for i, b in enumerate(text.blocks) if b.kind is BlockKind.TITLE)


def _headings(text: Analysis) -> Iterator[Unit]:
    return (Unit(i, 0, len(text.folded[i])) for i in text.body if text.blocks[i].kind in _HEADINGS)


def _paragraphs(text: Analysis) -> Iterator[Unit]:
    repeats = text.title_repeats
    for i in text.body:
        if text.blocks[i].kind not in _HEADINGS and i not in repeats:
            yield Unit(i, 0, len(text.folded[i]))


def _sentences(text: Analysis) -> Iterator[Unit]:
    for unit in _paragraphs(text):
        for index in text.sentences_of(unit.block):
            yield Unit(*text.sentences[index], index)


def _statements(text: Analysis) -> Iterator[Unit]:
    return (u for u in _sentences(text) if not text.folded[u.block][u.start : u.end].rstrip("\"') ").endswith("?"))


def _body(text: Analysis) -> Iterator[Unit]:
    return (Unit(i, 0, len(text.folded[i])) for i in text.body)


def _anywhere(text: Analysis) -> Iterator[Unit]:
    # Teasers and source lists are about other pages: they neither call for anything nor provide it.
    apart = (BlockKind.RELATED_LINK, BlockKind.REFERENCE)
    return (Unit(i, 0, len(text.folded[i])) for i, b in enumerate(text.blocks) if b.kind not in apart)


_PLACES: Mapping[str, Callable[[Analysis], Iterator[Unit]]] = {
    "title": _titles,
    "headings": _headings,
    "paragraphs": _paragraphs,
    "sentences": _sentences,
    "statements": _statements,
    "body": _body,
    "anywhere": _anywhere,
}
_KEYS = ("in", "match", "and", "not", "at-least", "share", "either")


@dataclass(frozen=True, slots=True)
class Condition:
    """That enough stretches of a place match a pattern, all of `also`, and nothing of `unless`; or one of `either`."""

    place: str = "sentences"
    match: Expression | None = None
    also: tuple[Expression, ...] = ()
    unless: Expression | None = None
    at_least: int = 1
    share: float = 0.0
    either: tuple[Condition, ...] = field(default=())

    def met(self, text: Analysis) -> bool:
        """Whether the article meets the condition."""
        if self.either:
            return any(condition.met(text) for condition in self.either)
        if self._hopeless(text):
            return False
        if self.share:
            wanted = max(self.at_least, ceil(self.share * sum(1 for _ in _PLACES[self.place](text))))
        else:
            wanted = self.at_least
        return sum(1 for _ in islice(self._search(text), wanted)) == wanted

    def hits(self, text: Analysis) -> Iterator[Hit]:
        """Each stretch that meets the condition, in source order, with its first match (or its group `mark`)."""
        for condition in self.either:
            yield from condition.hits(text)
        if not self._hopeless(text):
            yield from self._search(text)

    def _search(self, text: Analysis) -> Iterator[Hit]:
        match, unless = self.match, self.unless
        if match is None:
            return
        for unit in _PLACES[self.place](text):
            if unit.sentence is not None and not match.may_match(text, unit.sentence):
                continue
            folded = text.folded[unit.block][unit.start : unit.end]
            found = match.search(folded)
            if found is None or (unless and unless.search(folded)):
                continue
            if all(pattern.search(folded) for pattern in self.also):
                group = "mark" if found.re.groupindex.get("mark") and found["mark"] else 0
                start, end = found.span(group)
                at = text.blocks[unit.block].range(unit.start + start, unit.start + end)
                yield Hit(at, text.blocks[unit.block].prose[unit.start + start : unit.start + end], unit.block)

    @property
    def triggers(self) -> frozenset[str] | None:
        """Literals without any of which an article cannot meet the condition; None where that is not known."""
        if not self.either:
            return self.match.triggers if self.match else None
        found = [condition.triggers for condition in self.either]
        return None if None in found else frozenset().union(*(literals for literals in found if literals))

    def _hopeless(self, text: Analysis) -> bool:
        if self.match is None or not all(part.may_match(text) for part in (self.match, *self.also)):
            return True
        # One search over the whole text is cheaper than cutting it into sentences first. Patterns with ^ or $ mean the
        # stretch, not the text, so they are not asked here; nor are places that are small or not part of the body.
        if self.place in ("anywhere", "title", "headings") or "^" in self.match.pattern or "$" in self.match.pattern:
            return False
        return self.match.search(text.body_text) is None


def read_condition(patterns: Patterns, value: object, *keys: str | int) -> Condition:
    """One condition of a rule file. Raises RuleError at file:line."""
    where = patterns.where
    entry = where.check_keys(value, _KEYS, *keys)
    if "either" in entry:
        where.check_keys(value, ("either",), *keys)
        return Condition(either=tuple(read_conditions(patterns, entry["either"], *keys, "either")))
    where.check_keys(entry, _KEYS, *keys, required=["match"])
    place = entry.get("in", "sentences")
    if place not in _PLACES:
        message = f"“{place}” is not a place of an article: {', '.join(_PLACES)}."
        raise where.error(*keys, "in", message=message, hint=nearest(str(place), _PLACES))
    at_least = entry.get("at-least", 1)
    if not isinstance(at_least, int) or isinstance(at_least, bool) or at_least < 1:
        raise where.error(*keys, "at-least", message="“at-least” must be a whole number from 1.")
    share = entry.get("share", 0.0)
    if not isinstance(share, int | float) or not 0 <= share <= 1:
        raise where.error(*keys, "share", message="“share” must be a number from 0 to 1.")
    also = where.texts(entry.get("and", []), *keys, "and")
    return Condition(
        place=place,
        match=patterns.one(entry["match"], *keys, "match"),
        also=tuple(patterns.one(text, *keys, "and", i) for i, text in enumerate(also)),
        unless=patterns.optional(entry, "not", *keys),
        at_least=at_least,
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
