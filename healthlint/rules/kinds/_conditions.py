"""Conditions on an article, as rule files write them: patterns over folded text, in the title, headings, sentences …

Patterns are regular expressions over folded text (lower case, straight quotes, plain hyphens). `{name}` stands for a
fragment of the file's `define`. A long pattern may run over several lines of a YAML block (`|-`): line ends mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from math import ceil
from typing import Any, NamedTuple

from healthlint.analysis import Analysis
from healthlint.analysis.expressions import Expression
from healthlint.article import BlockKind
from healthlint.errors import nearest
from healthlint.ranges import TextRange
from healthlint.rules.kinds._anchors import groups_of, stand_in, ways_of
from healthlint.strict_yaml import Locator

_NAME = re.compile(r"\{([a-z][a-z0-9_-]*)\}")
_NOT_FOLDED = re.compile(r"[A-Z‘’“”–—]")
_ESCAPES = re.compile(r"\\[A-Za-z]|\(\?P")
_MAX_DEPTH = 8


class Patterns:
    """Compiles the patterns of one rule file, with its defined fragments filled in."""

    def __init__(self, where: Locator, define: object, *keys: str | int) -> None:
        self.where = where
        self._keys = keys
        given = define if isinstance(define, dict) else {}
        where.check_keys(define, given, *keys)
        self._fragments = {name: "|".join(self.texts(value, *keys, name)) for name, value in given.items()}
        self._used: set[str] = set()
        self.literals: frozenset[str] = frozenset()
        self._made: dict[str, Expression] = {}
        self._pieces: dict[str, tuple[Expression, list[frozenset[str]]]] = {}
        self._checked: set[str] = set()

    def one(self, value: object, *keys: str | int) -> Expression:
        """One expression that matches wherever one of the texts does. Raises RuleError at file:line."""
        texts = self.texts(value, *keys)
        if not texts:
            raise self.where.error(*keys, message=f"“{keys[-1]}” needs at least one pattern.")
        parts = [self._filled(text, (*keys, i) if isinstance(value, list) else keys) for i, text in enumerate(texts)]
        pattern = "|".join(f"(?:{part})" for part in parts)
        if pattern in self._made:
            return self._made[pattern]
        if not self.where.checked:
            for i, part in enumerate(parts):
                self._check(part, *((*keys, i) if isinstance(value, list) else keys))
        found = self._made[pattern] = Expression(pattern)
        try:
            if not self.where.checked:
                _ = found.compiled
        except re.error as error:  # a group name in two of them
            raise self.where.error(*keys, message=f"the patterns do not go together: {error}.") from None
        found.ways = ways_of(found.pattern)
        self.literals |= found.literals
        return found

    def piece(self, text: str, *keys: str | int) -> tuple[Expression, list[frozenset[str]]]:
        """A pattern that is not compiled before it is needed, and groups of literals of which it needs one each.

        Raises RuleError at file:line.
        """
        pattern = self._filled(text, keys)
        if pattern not in self._pieces:
            marked = self._checked_marks(text, keys)
            if not self.where.checked and re.match(self._outline(text), ""):
                raise self.where.error(*keys, message=f"“{text}” also matches where nothing stands.")
            self._pieces[pattern] = self._later(pattern), groups_of(pattern, marked)
        return self._pieces[pattern]

    def later(self, entry: Mapping[str, Any], key: str, *keys: str | int) -> Expression | None:
        """What `optional` gives, not compiled before it is needed."""
        if key not in entry:
            return None
        texts = self.texts(entry[key], *keys, key)
        for i, text in enumerate(texts):
            self._checked_marks(text, (*keys, key, i) if isinstance(entry[key], list) else (*keys, key))
        return self._later("|".join(f"(?:{self._filled(text, (*keys, key))})" for text in texts))

    def _later(self, pattern: str) -> Expression:
        return self._made.setdefault(pattern, Expression(pattern))

    def _checked_marks(self, text: str, at: tuple[str | int, ...]) -> str:
        # Fragments are checked on their own; where they stand in a look-behind, their length counts.
        if not self.where.checked:
            self._check(self._filled(text, at) if "(?<" in text else self._outline(text), *at)
        return self._marked(text, at)

    def _outline(self, text: str) -> str:
        return _NAME.sub("(?:x)", text)

    def _marked(self, text: str, at: tuple[str | int, ...]) -> str:
        self._filled(text, at)  # names what is not defined
        return _NAME.sub(lambda found: self._mark(found[1], at), text)

    def _mark(self, name: str, at: tuple[str | int, ...]) -> str:
        fragment = self._fragments[name]
        if not self.where.checked and name not in self._checked:
            self._checked.add(name)
            self._check(self._outline(fragment), *self._keys, name)
        return stand_in(self._filled(fragment, at), self._marked(fragment, at))

    def texts(self, value: object, *keys: str | int) -> list[str]:
        """One pattern or a list of them, each on one line. Raises RuleError at file:line."""
        return [text.replace("\n", "") for text in self.where.texts(value, *keys)]

    def _check(self, part: str, *keys: str | int) -> None:
        if found := _NOT_FOLDED.search(_ESCAPES.sub("", part)):
            message = f"“{found[0]}” never matches: patterns see lower-case text with straight quotes and hyphens."
            raise self.where.error(*keys, message=message)
        try:
            re.compile(part)
        except re.error as error:
            raise self.where.error(*keys, message=f"not a regular expression: {error}.") from None

    def optional(self, entry: Mapping[str, Any], key: str, *keys: str | int) -> Expression | None:
        """The pattern under a key, or None where the key is missing."""
        return self.one(entry[key], *keys, key) if key in entry else None

    def check_all_used(self) -> None:
        """Raises RuleError for a defined fragment that no pattern uses: most likely a slip."""
        for name in self._fragments:
            if name not in self._used:
                raise self.where.error(*self._keys, name, message=f"“{name}” is defined and never used.")

    def _filled(self, text: str, at: tuple[str | int, ...]) -> str:
        for _ in range(_MAX_DEPTH):
            if not _NAME.search(text):
                return text
            text = _NAME.sub(lambda found: self._fragment(found[1], at), text)
        raise self.where.error(*at, message="the defined fragments name each other in a circle.")

    def _fragment(self, name: str, at: tuple[str | int, ...]) -> str:
        if name not in self._fragments:
            raise self.where.error(*at, message=f"“{{{name}}}” is not defined.", hint=nearest(name, self._fragments))
        self._used.add(name)
        return f"(?:{self._fragments[name]})"


class Unit(NamedTuple):
    """A stretch of folded text that conditions look at: a block's index and its offsets in it."""

    block: int
    start: int
    end: int


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
            yield Unit(*text.sentences[index])


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
