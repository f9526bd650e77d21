"""The parts of a pattern as a tree: what each needs, the shapes of token sequences it can match, and the exact test.

A long word list with entries of several words would give thousands of sequences. So entries of one shape are laid over
each other (`paths`), which may match too much, and a match is then held against the exact expression (`expression`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, product
from math import prod
from typing import NamedTuple

WORD = re.compile(r"[^\W\d_]+|\d+")
ANY_WORD = r"[^\W_].*"
_RANKS = 3
CLAUSE_ENDS = (".", ";", ":", "?", "!", "(", ")", '"')  # single tokens that no gap crosses
# Words too common to be worth looking for; the number is a rough cost.
_COMMON_WORDS = (
    "a an and are as at be been but by can do for from had has have he her his i if in is it its more most my n't no "
    "not of on one or our people she so some than that the their them then there these they this those to up us was "
    "we were what when which who will with without you your"
)
_COMMON = dict.fromkeys(_COMMON_WORDS.split(" "), 200)


class Slot(NamedTuple):
    """One token of a path: one of some words, a regular expression, or anything (`gap`: nothing that ends a clause)."""

    words: frozenset[str] = frozenset()
    regex: str = ""
    gap: bool = False
    optional: bool = False


Path = tuple[Slot, ...]


class Node:
    """A part of a pattern. `anchor`: words of which one stands wherever it matches; None where there is none."""

    anchor: frozenset[str] | None = None

    def may(self, words: frozenset[str]) -> bool:
        """Whether a sentence with these words can match; may err only by saying yes."""
        return True

    def needs(self) -> Iterable[frozenset[str]]:
        """Groups of words, of each of which one stands wherever it matches; quicker to ask than `may`, and weaker."""
        return () if self.anchor is None else (self.anchor,)

    def longest(self) -> int:
        """How many tokens it can match, at most."""
        return 1

    def steps(self) -> Iterable[frozenset[str] | int]:
        """In order: groups of words, of each of which one stands there, and how many tokens there may be in between."""
        return (self.longest(),) if self.anchor is None else (self.anchor,)

    def paths(self) -> list[Path]:
        """Shapes of token sequences; together they match whatever it matches, and maybe more."""
        raise NotImplementedError

    def expression(self, marks: list[str]) -> str:
        """A regular expression for exactly its token sequences, each token ended by NUL; adds its mark's group name."""
        raise NotImplementedError

    def count(self) -> int:
        """How many paths there are, at most."""
        return 1

    def leaves(self) -> Iterable[Node]:
        """The words, regular expressions and gaps it is made of."""
        return (self,)


@dataclass(eq=False)
class Word(Node):
    """One token with one of some texts."""

    texts: frozenset[str]

    def __post_init__(self) -> None:
        plain = all(WORD.fullmatch(text) or text == "n't" for text in self.texts)
        self.anchor = self.texts if plain and self.texts else None

    def may(self, words: frozenset[str]) -> bool:
        return self.anchor is None or not words.isdisjoint(self.anchor)

    def paths(self) -> list[Path]:
        return [(Slot(self.texts),)]

    def expression(self, marks: list[str]) -> str:
        return f"(?:{'|'.join(re.escape(text) for text in sorted(self.texts))})\0"


@dataclass(eq=False)
class Bare(Node):
    """A regular expression (`regex`), any word (neither), or up to `gap` tokens of whatever kind."""

    regex: str = ""
    gap: int = 0

    def longest(self) -> int:
        return self.gap or 1

    def paths(self) -> list[Path]:
        if self.gap:
            return [(Slot(gap=True, optional=True),) * self.gap]
        return [(Slot(regex=self.regex or ANY_WORD),)]

    def expression(self, marks: list[str]) -> str:
        if self.gap:
            return rf"(?:[^{re.escape(''.join(CLAUSE_ENDS))}\0][^\0]*\0){{0,{self.gap}}}"
        return rf"(?:{_within_token(self.regex) or self.regex})\0" if self.regex else r"[^\W_][^\0]*\0"

    @property
    def token_bound(self) -> bool:
        """Whether its expression keeps to one token where tokens stand in a row."""
        return not self.regex or _within_token(self.regex) is not None


_TOKEN_END, _TOKEN_START = r"(?=\0)", r"(?<![^\0])"
_BOUND = {".": r"[^\0]", "$": _TOKEN_END, "^": _TOKEN_START, r"\Z": _TOKEN_END, r"\A": _TOKEN_START}
_BOUND |= {r"\W": r"[^\w\0]", r"\S": r"[^\s\0]", r"\D": r"[^\d\0]"}
_REGEX_PART = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)


@cache
def _within_token(regex: str) -> str | None:
    # The same expression for tokens that stand in a row, each ended by NUL; None where that is not to be had.
    found = []
    for part in _REGEX_PART.findall(regex):
        if part.startswith("["):
            if any(escape in part for escape in (r"\W", r"\S", r"\D")):
                return None
            part = part[:-1] + r"\0]" if part.startswith("[^") else part
        found.append(_BOUND.get(part, part))
    return "".join(found)


@dataclass(eq=False)
class Optional(Node):
    """A part that may be missing."""

    part: Node

    def longest(self) -> int:
        return self.part.longest()

    def paths(self) -> list[Path]:
        inner = self.part.paths()
        if all(len(path) == 1 for path in inner):
            return [(path[0]._replace(optional=True),) for path in inner]
        return [(), *inner]

    def expression(self, marks: list[str]) -> str:
        return f"(?:{self.part.expression(marks)})?"

    def count(self) -> int:
        return self.part.count() + 1

    def leaves(self) -> Iterable[Node]:
        return self.part.leaves()


@dataclass(eq=False)
class Marked(Node):
    """The part to report."""

    part: Node

    def __post_init__(self) -> None:
        self.anchor = self.part.anchor

    def may(self, words: frozenset[str]) -> bool:
        return self.part.may(words)

    def needs(self) -> Iterable[frozenset[str]]:
        return self.part.needs()

    def longest(self) -> int:
        return self.part.longest()

    def steps(self) -> Iterable[frozenset[str] | int]:
        return self.part.steps()

    def paths(self) -> list[Path]:
        return self.part.paths()

    def expression(self, marks: list[str]) -> str:
        marks.append(name := f"mark{len(marks)}")
        return f"(?P<{name}>{self.part.expression(marks)})"

    def count(self) -> int:
        return self.part.count()

    def leaves(self) -> Iterable[Node]:
        return self.part.leaves()


@dataclass(eq=False)
class Sequence_(Node):  # noqa: N801 - the plain name is a typing term
    """Parts one after the other."""

    parts: list[Node]

    def __post_init__(self) -> None:
        anchors = [part.anchor for part in self.parts if part.anchor]
        self.anchor = min(anchors, key=cost, default=None)

    def may(self, words: frozenset[str]) -> bool:
        return all(part.may(words) for part in self.parts)

    def needs(self) -> Iterable[frozenset[str]]:
        return chain.from_iterable(part.needs() for part in self.parts)

    def longest(self) -> int:
        return sum(part.longest() for part in self.parts)

    def steps(self) -> Iterable[frozenset[str] | int]:
        return chain.from_iterable(part.steps() for part in self.parts)

    def paths(self) -> list[Path]:
        combinations = product(*(part.paths() for part in self.parts))
        return [tuple(slot for path in combination for slot in path) for combination in combinations]

    def expression(self, marks: list[str]) -> str:
        return "".join(part.expression(marks) for part in self.parts)

    def count(self) -> int:
        return prod(part.count() for part in self.parts)

    def leaves(self) -> Iterable[Node]:
        return chain.from_iterable(part.leaves() for part in self.parts)


@dataclass(eq=False)
class Choice(Node):
    """One of several alternatives."""

    parts: list[Node]
    _paths: list[Path] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        anchors = [part.anchor for part in self.parts]
        self.anchor = frozenset().union(*(a for a in anchors if a)) if all(anchors) else None
        # A list of hundreds of entries is asked by the words of the sentence, not entry by entry.
        self._enough: set[str] = set()
        self._others: list[Node] = []
        self._by_word: dict[str, list[Node]] = {}
        for part in self.parts:
            if part.anchor is None:
                self._others.append(part)
            elif isinstance(part, Word):
                self._enough |= part.texts
            else:
                for word in part.anchor:
                    self._by_word.setdefault(word, []).append(part)

    def may(self, words: frozenset[str]) -> bool:
        if self.anchor is not None and words.isdisjoint(self.anchor):
            return False
        if not words.isdisjoint(self._enough) or any(part.may(words) for part in self._others):
            return True
        return any(part.may(words) for word in words & self._by_word.keys() for part in self._by_word[word])

    def needs(self) -> Iterable[frozenset[str]]:
        # The rarest word of each alternative, then the next (or the same), then the one after that.
        if self.anchor is None:
            return
        ranked = [sorted(part.needs(), key=cost) for part in self.parts]
        for rank in range(min(_RANKS, max(map(len, ranked)))):
            yield frozenset().union(*(groups[min(rank, len(groups) - 1)] for groups in ranked))

    def longest(self) -> int:
        return max(part.longest() for part in self.parts)

    def steps(self) -> Iterable[frozenset[str] | int]:
        around = self.longest() - 1  # its word may be the first or the last of an alternative
        return (around + 1,) if self.anchor is None else (around, self.anchor, around)

    def paths(self) -> list[Path]:
        if self._paths is None:
            self._paths = _overlay([path for part in self.parts for path in part.paths()])
        return self._paths

    def expression(self, marks: list[str]) -> str:
        return f"(?:{'|'.join(part.expression(marks) for part in self.parts)})"

    def count(self) -> int:
        return len(self.paths())

    def leaves(self) -> Iterable[Node]:
        return chain.from_iterable(part.leaves() for part in self.parts)


def _overlay(paths: Iterable[Path]) -> list[Path]:
    # Paths that differ only in their words become one, with all words of a place in that place.
    shapes: dict[Path, list[frozenset[str]]] = {}
    for path in paths:
        shape = tuple(slot._replace(words=frozenset(("*",))) if slot.words else slot for slot in path)
        words = [slot.words for slot in path]
        known = shapes.get(shape)
        shapes[shape] = words if known is None else [a | b for a, b in zip(known, words, strict=True)]
    return [
        tuple(slot._replace(words=found) for slot, found in zip(shape, words, strict=True))
        for shape, words in shapes.items()
    ]


def cost(words: frozenset[str]) -> int:
    """Roughly how many sentences hold one of some words."""
    return sum(_COMMON.get(word, 40 if len(word) < 4 else 1) for word in words)
