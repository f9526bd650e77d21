"""Patterns as rule files write them: regular expressions over folded text (lower case, straight quotes, plain hyphens).

`{name}` stands for a fragment of the file's `define`. A long pattern may run over several lines of a YAML block (`|-`):
line ends mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from healthlint.analysis.expressions import Expression
from healthlint.errors import nearest
from healthlint.late import late
from healthlint.rules.parts.anchors import groups_of, stand_in, ways_of
from healthlint.strict_yaml import Locator

_NAME = re.compile(r"\{([a-z][a-z0-9_-]*)\}")
_NOT_FOLDED = late(r"[A-Z‘’“”–—]")
_ESCAPES = late(r"\\[A-Za-z]|\(\?P")
_MAX_DEPTH = 8


class Patterns:
    """Compiles the patterns of one rule file, with its defined fragments filled in."""

    def __init__(self, where: Locator, define: object, *keys: str | int) -> None:
        self.where = where
        self._keys = keys
        given = define if isinstance(define, dict) else {}
        where.check_keys(define, given, *keys)
        self._parts = {name: self.texts(value, *keys, name) for name, value in given.items()}
        self._fragments = {name: "|".join(parts) for name, parts in self._parts.items()}
        self._used: set[str] = set()
        self.literals: frozenset[str] = frozenset()
        self._made: dict[str, Expression] = {}
        self._pieces: dict[str, tuple[Expression, list[frozenset[str]]]] = {}
        self._gates: dict[str, Expression] = {}
        self._alternatives: dict[str, tuple[Expression, ...]] = {}
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
        if text not in self._pieces:
            self._check_outline(text, keys)
            if not self.where.checked and re.match(self._outline(text), ""):
                raise self.where.error(*keys, message=f"“{text}” also matches where nothing stands.")
            piece = self._gated(text, keys)
            self._pieces[text] = piece, [group for way in piece.ways or () for group in way]
        return self._pieces[text]

    def each(self, entry: Mapping[str, Any], key: str, *keys: str | int) -> tuple[Expression, ...]:
        """The expressions under a key, of which one has to match, none compiled before it is needed.

        A fragment that stands alone counts as the patterns it is made of: each is smaller and more often needless.
        Raises RuleError at file:line.
        """
        found: dict[Expression, None] = {}
        for i, text in enumerate(self.texts(entry[key], *keys, key) if key in entry else ()):
            if text not in self._alternatives:
                at = (*keys, key, i) if isinstance(entry[key], list) else (*keys, key)
                self._check_outline(text, at)
                self._alternatives[text] = tuple(self._gated(part, at) for part in self._split(text, at))
            found |= dict.fromkeys(self._alternatives[text])
        return tuple(found)

    def _split(self, text: str, at: tuple[str | int, ...]) -> Iterator[str]:
        name = _NAME.fullmatch(text)
        if name is None:
            yield text
            return
        self._filled(text, at)  # names what is not defined, or defined in a circle
        for part in self._parts[name[1]]:
            yield from self._split(part, at)

    def _gated(self, text: str, at: tuple[str | int, ...]) -> Expression:
        if text not in self._gates:
            pattern = self._filled(text, at)
            groups = groups_of(pattern, lambda: self._marked(text, at))
            self._gates[text] = Expression(pattern, (tuple(groups),) if groups else None)
        return self._gates[text]

    def _check_outline(self, text: str, at: tuple[str | int, ...]) -> None:
        # Fragments are checked on their own; where they stand in a look-behind, their length counts.
        if not self.where.checked:
            self._check(self._filled(text, at) if "(?<" in text else self._outline(text), *at)
            self._marked(text, at)

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
