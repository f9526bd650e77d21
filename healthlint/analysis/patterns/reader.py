"""The pattern language of rule files: how a text becomes a tree of parts.

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
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from healthlint.analysis.fold import fold
from healthlint.analysis.patterns.choice import Choice
from healthlint.analysis.patterns.inflection import inflections
from healthlint.analysis.patterns.nodes import Bare, Node, Optional, Sequence_, Word

_LEX = re.compile(
    r"\s*(\[\[|\]\]|\(|\)\??|\||\.\.\d+(?![^\s()|\[\]])|@[a-z0-9-]+\??|/(?:\\/|[^/\s])+/\??|[\^$]|[^\s()|\[\]]+)"
)
_PIECE = re.compile(
    r"[^\W\d_]+-\d+|[^\W\d_]&[^\W\d_]+|[^\W\d_]+(?=n't)|n't|'(?:s|ll|re|ve|d|m)(?!\w)|[^\W\d_]+|\d+(?:[.,]\d+)*|[^\w\s]"
)
_PLAIN = re.compile(r"[a-z]+(?: [a-z]+)*")
_PLAIN_WORD = re.compile(r"(?!cannot$)[a-z]+")  # one that stays in one piece
_ENDS = (")", ")?", "|", "[[", "]]")


class PatternError(Exception):
    """A pattern that cannot be read; the text says why and what would be right."""


class Reading(NamedTuple):
    """What a pattern says: its tree, whether it is bound to the edges of the sentence, and which part it marks."""

    node: Node
    start: bool = False
    end: bool = False
    marked: tuple[Node | None, Node, Node | None] | None = None  # what stands before the part to report, it, and after


def pieces(literal: str) -> list[str]:
    """A literal of a pattern cut into tokens the way spaCy's English tokenizer cuts running text."""
    return [part for piece in _PIECE.findall(literal) for part in (("can", "not") if piece == "cannot" else (piece,))]


def word_list(entries: Sequence[str], lists: Mapping[str, Node] | None = None) -> Choice:
    """A named list as a pattern part; entries are written as in patterns.

    Raises PatternError for a bad entry when the list is read: by `parts`, or by a pattern that names it.
    """
    return Choice(lambda: _entries(entries, lists or {}))


def _entries(entries: Sequence[str], lists: Mapping[str, Node]) -> list[Node]:
    # Many are a word and nothing else: all of these are one part.
    words = frozenset(filter(_PLAIN_WORD.fullmatch, entries))
    others = [_entry(entry, lists) for entry in entries if entry not in words]
    return [Word(words), *others] if words else others


def _entry(entry: str, lists: Mapping[str, Node]) -> Node:
    if _PLAIN.fullmatch(entry):  # as most are: nothing but words
        return _joined([_Reader.literal(word) for word in entry.split(" ")])
    return _Reader(entry, lists).read()


def read(source: str, lists: Mapping[str, Node]) -> Reading:
    """Read a pattern. Raises PatternError for syntax that makes no sense and for unknown lists."""
    return _Reader(source, lists).pattern()


def _joined(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else Sequence_(parts)


class _Reader:
    """Recursive descent over the lexemes of one pattern."""

    def __init__(self, source: str, lists: Mapping[str, Node]) -> None:
        self.lists, self.at, self.depth, self.start, self.end = lists, 0, 0, False, False
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
        if self.at < len(self.lexemes) and self.lexemes[self.at] == "[[" and self.depth:
            raise PatternError("“[[” stands inside a “(”.")
        if not parts:
            raise PatternError("an alternative is empty; for an optional part write “(a|b)?”.")
        return parts

    def _part(self) -> Node:
        lexeme = self.lexemes[self.at]
        self.at += 1
        if lexeme == "(":
            self.depth += 1
            parts = [_joined(self._parts())]
            while self._take("|"):
                parts.append(_joined(self._parts()))
            if len(parts) > 1 and any(isinstance(part, Optional) for part in parts):
                raise PatternError("an alternative is optional (“(a|b?)”); write “(a|b)?”, or “b~” for a plural.")
            self.depth -= 1
            close = self._take(")", ")?")
            if not close:
                raise PatternError("a “(” has no “)”.")
            node: Node = parts[0] if len(parts) == 1 else Choice(lambda: parts)
            return Optional(node) if close == ")?" else node
        if lexeme.startswith("..") and lexeme[2:].isdigit():
            return Bare(gap=int(lexeme[2:]))
        if lexeme.startswith(".") and len(lexeme) > 1:
            raise PatternError(f"“{lexeme}” is no gap: write “..3” for up to three words in between.")
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
        return self.literal(fold(lexeme))

    @staticmethod
    @lru_cache(maxsize=1 << 14)
    def literal(literal: str) -> Node:
        """A word as a part, or several that its hyphens and apostrophes make of it. Raises PatternError."""
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
