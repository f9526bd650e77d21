"""Whether the words of a pattern can stand in a sentence in their order, told without tokens (so without spaCy)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from healthlint.analysis.patterns import words_of
from healthlint.analysis.patterns_nodes import WORD
from healthlint.article import BlockKind

_CHUNK = re.compile(r"\S+")
Order = Sequence[tuple[frozenset[str], int]]


class Needs(NamedTuple):
    """What a sentence must have for a pattern: words in order, a word of each group of `words`, a kind of block."""

    order: Order
    words: Sequence[frozenset[str]]
    kinds: frozenset[BlockKind]


class WordOrder:
    """The words of one folded sentence, and where each stands: its number, and that of its chunk between spaces.

    No token reaches over a space, so between two words of which one stands n chunks after the other there are at least
    n - 1 tokens.
    """

    def __init__(self, folded: str, words: frozenset[str] | None = None) -> None:
        self._folded = folded
        self.words = words_of(folded) if words is None else words

    @cached_property
    def _places(self) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = {}
        number = 0
        for chunk, match in enumerate(_CHUNK.finditer(self._folded)):
            for word in WORD.findall(match.group()):
                found.setdefault(word, []).append((number, chunk))
                number += 1
        return found

    def allows(self, order: Order) -> bool:
        """Whether a word of each group stands in order, with no more tokens in between than given for each group.

        May err only by saying yes: a word that is a part of what is written together (“n't”) may stand anywhere.
        """
        places: list[tuple[int, int]] | None = None
        for group, most in order:
            present = group & self.words
            if any(word not in self._places for word in present):
                places = None
                continue
            here = [place for word in present for place in self._places[word]]
            if places is not None:
                here = [
                    (number, chunk)
                    for number, chunk in here
                    if any(number > before and chunk - other - 1 <= most for before, other in places)
                ]
            if not here:
                return False
            places = here
        return True
