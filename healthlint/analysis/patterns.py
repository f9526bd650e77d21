"""The pattern language of rule files: read, checked and held against tokens, without loading spaCy.

| written | matches |
|---|---|
| `say goodbye to` | these words, in any case; a hyphen in the text or in the pattern is optional (`game-changer`) |
| `cure~` | any inflected form: cure, cures, cured, curing |
| `(wave|kiss your ..2) goodbye` | one of the alternatives, of any length |
| `your?` `(your|the)?` `@food?` | optional |
| `@condition` | an entry of a named word list |
| `..3` | up to three tokens in between, never over the end of a clause |
| `*` `*-free` | any one word; any word before a hyphen and “free” |
| `/\\d+(\\.\\d+)?/` | a token that the regular expression matches as a whole |
| `^` `$` | the start and the end of the sentence |
| `… [[reported part]] …` | only the marked part is reported |
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from healthlint.analysis.fold import fold
from healthlint.analysis.inflection import inflections
from healthlint.analysis.patterns_choice import Choice
from healthlint.analysis.patterns_nodes import (
    ANY_WORD,
    WORD,
    Bare,
    Node,
    Optional,
    Sequence_,
    Word,
    cost,
)

if TYPE_CHECKING:
    from healthlint.analysis.tokens import Tokens

_LEX = re.compile(r"\s*(\[\[|\]\]|\(|\)\??|\||\.\.\d+|@[a-z0-9-]+\??|/(?:\\/|[^/\s])+/\??|[\^$]|[^\s()|\[\]]+)")
_PIECE = re.compile(
    r"[^\W\d_]+-\d+|[^\W\d_]&[^\W\d_]+|[^\W\d_]+(?=n't)|n't|'(?:s|ll|re|ve|d|m)(?!\w)|[^\W\d_]+|\d+(?:[.,]\d+)*|[^\w\s]"
)
_ENDS = (")", ")?", "|", "[[", "]]")
_NEGATED = re.compile(r"([a-z]+)n't")


class PatternError(Exception):
    """A pattern that cannot be read; the text says why and what would be right."""


class Reading(NamedTuple):
    """What a pattern says: its tree, whether it is bound to the edges of the sentence, and which part it marks."""

    node: Node
    start: bool = False
    end: bool = False
    marked: tuple[Node | None, Node, Node | None] | None = None  # what stands before the part to report, it, and after


class Pattern:
    """A pattern as written, and as read, which is done when somebody asks."""

    def __init__(self, source: str, lists: Mapping[str, Node]) -> None:
        self.source, self._lists = source, lists

    @cached_property
    def reading(self) -> Reading:
        """The pattern as read. Raises PatternError for syntax that makes no sense and for unknown lists."""
        return _Reader(self.source, self._lists).pattern()

    @property
    def anchor(self) -> frozenset[str] | None:
        """Words of which one stands in every sentence it matches, or None."""
        return self.reading.node.anchor

    @cached_property
    def needs(self) -> tuple[frozenset[str], ...]:
        """Groups of words, of each of which one stands in every sentence it matches; the rarest first."""
        return tuple(sorted(self.reading.node.needs(), key=cost))

    @cached_property
    def _beginnings(self) -> list[frozenset[str]]:
        """For each part that has to be there, in order, the tokens it can begin with, where that is known."""
        node = self.reading.node
        parts = node.parts if isinstance(node, Sequence_) else [node]
        return [firsts for part in parts if not isinstance(part, Optional) and (firsts := part.firsts())]

    def spans(self, tokens: Tokens) -> list[tuple[int, int]]:
        """Every match in a sentence, as token offsets."""
        before = -1
        for beginning in self._beginnings:
            before = next((place for place in tokens.at(beginning) if place > before), -1)
            if before < 0:
                return []
        node, at_start, at_end, _ = self.reading
        firsts = node.firsts()
        starts: Iterable[int] = range(len(tokens)) if firsts is None else tokens.at(firsts)
        if at_start:
            starts = (start for start in starts if start <= tokens.first_word)
        least = tokens.after_last_word if at_end else 0
        return [(start, end) for start in starts for end in node.ends(tokens, start) if end > start and end >= least]

    def mark(self, tokens: Tokens, start: int, end: int) -> tuple[int, int]:
        """The part of a match to report, by the reading of the pattern that takes most."""
        if self.reading.marked is None:
            return start, end
        before, inner, after = self.reading.marked
        for first in sorted(before.ends(tokens, start) if before else (start,), reverse=True):
            for last in sorted(inner.ends(tokens, first), reverse=True):
                if end in (after.ends(tokens, last) if after else (last,)):
                    return first, last
        return start, end

    def can_touch(self, their_words: set[str], their_regexes: set[str]) -> bool:
        """Whether a token of a match of this can belong to a match of patterns with these tokens (`tokens_of`)."""
        words, regexes = tokens_of([self])
        return (
            not words.isdisjoint(their_words)
            or any(re.fullmatch(regex, word) for regex in regexes for word in their_words)
            or any(re.fullmatch(regex, word) for regex in their_regexes for word in words)
            or bool(regexes & their_regexes)
        )


def tokens_of(patterns: Iterable[Pattern]) -> tuple[set[str], set[str]]:
    """The words that matches of some patterns can hold, and the regular expressions for others."""
    words: set[str] = set()
    regexes: set[str] = set()
    for leaf in chain.from_iterable(pattern.reading.node.leaves() for pattern in patterns):
        if isinstance(leaf, Word):
            words |= leaf.texts
        elif isinstance(leaf, Bare) and not leaf.gap:
            regexes.add(leaf.regex or ANY_WORD)
    return words - {"-"}, regexes


def words_of(folded: str) -> frozenset[str]:
    """The words of a folded text, cut as anchors are: letters or digits only, “n't” and its verb apart."""
    words = set(WORD.findall(folded))
    if "n't" in words or "n't" in folded:
        words.update(_NEGATED.findall(folded))
        words.add("n't")
    if "cannot" in words:
        words.update(("can", "not"))
    return frozenset(words)


def pieces(literal: str) -> list[str]:
    """A literal of a pattern cut into tokens the way spaCy's English tokenizer cuts running text."""
    return [part for piece in _PIECE.findall(literal) for part in (("can", "not") if piece == "cannot" else (piece,))]


def word_list(entries: Sequence[str], lists: Mapping[str, Node] | None = None) -> Choice:
    """A named list as a pattern part; entries are written as in patterns. Raises PatternError for a bad entry."""
    return Choice([_Reader(entry, lists or {}).read() for entry in entries])


def parse(source: str, lists: Mapping[str, Node]) -> Pattern:
    """Read a pattern. Raises PatternError for syntax that makes no sense and for unknown lists."""
    pattern = Pattern(source, lists)
    _ = pattern.reading
    return pattern


def _joined(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else Sequence_(parts)


class _Reader:
    """Recursive descent over the lexemes of one pattern."""

    def __init__(self, source: str, lists: Mapping[str, Node]) -> None:
        self.lists, self.at, self.start, self.end = lists, 0, False, False
        text = fold(source).strip() if "/" not in source else source.strip()
        self.lexemes = [match[1] for match in _LEX.finditer(text)]
        if not self.lexemes or "".join(self.lexemes) != "".join(text.split()):
            raise PatternError(f"“{source}” cannot be read as a pattern.")
        if self.lexemes[0] == "^":
            self.start, self.at = True, 1
        if self.lexemes[-1] == "$":
            self.end = True
            self.lexemes.pop()

    def read(self) -> Node:
        """A whole text as one part. Raises PatternError."""
        node = _joined(self._parts())
        if self.at < len(self.lexemes):
            raise PatternError(f"“{self.lexemes[self.at]}” has no partner.")
        return node

    def pattern(self) -> Reading:
        """A whole text as a pattern, in which one part can be marked. Raises PatternError."""
        before = self._parts() if not self._take("[[") else []
        if not before or self._take("[["):
            inner = self._parts()
            if not self._take("]]"):
                raise PatternError("a “[[” has no “]]”.")
            after = self._parts() if self.at < len(self.lexemes) else []
            marked = _joined(before) if before else None, _joined(inner), _joined(after) if after else None
        else:
            inner, after, marked = [], [], None
        if self.at < len(self.lexemes):
            raise PatternError(f"“{self.lexemes[self.at]}” has no partner.")
        node = _joined([*before, *inner, *after])
        if isinstance(node, Optional) or (isinstance(node, Bare) and node.gap):
            raise PatternError("nothing in the pattern has to be there: make one part required.")
        return Reading(node, self.start, self.end, marked)

    def _parts(self) -> list[Node]:
        parts: list[Node] = []
        while self.at < len(self.lexemes) and self.lexemes[self.at] not in _ENDS:
            parts.append(self._part())
        if not parts:
            raise PatternError("an alternative is empty; for an optional part write “(a|b)?”.")
        return parts

    def _part(self) -> Node:
        lexeme = self.lexemes[self.at]
        self.at += 1
        if lexeme == "(":
            parts = [_joined(self._parts())]
            while self._take("|"):
                parts.append(_joined(self._parts()))
            if len(parts) > 1 and any(isinstance(part, Optional) for part in parts):
                raise PatternError("an alternative is optional (“(a|b?)”); write “(a|b)?”, or “b~” for a plural.")
            close = self._take(")", ")?")
            if not close:
                found = self.lexemes[self.at] if self.at < len(self.lexemes) else ""
                raise PatternError("“[[” stands inside a “(”." if found == "[[" else "a “(” has no “)”.")
            node: Node = parts[0] if len(parts) == 1 else Choice(parts)
            return Optional(node) if close == ")?" else node
        if lexeme.startswith("..") and lexeme[2:].isdigit():
            return Bare(gap=int(lexeme[2:]))
        optional = len(lexeme) > 1 and lexeme.endswith("?")
        node = self._atom(lexeme[:-1] if optional else lexeme)
        return Optional(node) if optional else node

    def _take(self, *lexemes: str) -> str:
        if self.at < len(self.lexemes) and self.lexemes[self.at] in lexemes:
            self.at += 1
            return self.lexemes[self.at - 1]
        return ""

    def _atom(self, lexeme: str) -> Node:
        if lexeme.startswith("@"):
            if lexeme[1:] not in self.lists:
                from healthlint.errors import nearest

                raise PatternError(f"there is no word list “{lexeme[1:]}”. {nearest(lexeme[1:], self.lists)}".rstrip())
            return self.lists[lexeme[1:]]
        if len(lexeme) > 2 and lexeme[0] == lexeme[-1] == "/":
            try:
                re.compile(lexeme[1:-1])
            except re.error as error:
                raise PatternError(f"{lexeme} is not a regular expression: {error}.") from None
            return Bare(regex=lexeme[1:-1])
        if lexeme == "*":
            return Bare()
        if lexeme in ("^", "$"):
            raise PatternError(f"“{lexeme}” may stand only at the edge of a pattern.")
        return self._literal(fold(lexeme))

    @staticmethod
    @lru_cache(maxsize=1 << 14)
    def _literal(literal: str) -> Node:
        inflected = literal.endswith("~")
        literal = literal.rstrip("~")
        if "*" in literal:
            head, _, tail = literal.partition("*-")
            if head or not tail or "*" in tail:
                raise PatternError(f"“{literal}”: a star stands alone or before a hyphen (“*-free”).")
            return Sequence_([Bare(), Word(frozenset("-")), *(Word(frozenset((t,))) for t in pieces(tail))])
        tokens = pieces(literal)
        if inflected and len(tokens) > 1 and "-" not in tokens:
            raise PatternError(f"“{literal}~” is more than one word; put ~ after the word that changes.")
        parts: list[Node] = []
        for i, token in enumerate(tokens):
            last = i == len(tokens) - 1
            if token == "-" and len(tokens) > 1:
                parts.append(Optional(Word(frozenset("-"))))
            else:
                parts.append(Word(inflections(token) if inflected and last else frozenset((token,))))
        return parts[0] if len(parts) == 1 else Sequence_(parts)
