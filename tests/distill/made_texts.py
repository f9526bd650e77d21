"""Texts made of labelled ones, for a teacher to label: parts of them, parts joined, words put for others."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from encoder import Encoder

LONGEST = 45  # words
_WORD = re.compile(r"([^A-Za-z]*)([A-Za-z]+)(.*)", re.DOTALL)
_OFTEN, _LONG, _NEAR = 3, 4, 8  # texts with a word, letters of it, words like it
_PUT = 0.35  # share of the words that are put for others


def alike(texts: Sequence[str], encoder: Encoder) -> dict[str, list[str]]:
    """For each longer word that stands in some texts, the words that the encoder takes as most like it."""
    counts = Counter(word for text in texts for word in set(re.findall("[a-z]+", text.lower())))
    words = sorted(word for word, count in counts.items() if count >= _OFTEN and len(word) >= _LONG)
    vectors = encoder.vectors(words)
    found = {}
    for start in range(0, len(words), 2000):
        nearest = (vectors[start : start + 2000] @ vectors.T).topk(_NEAR + 1).indices[:, 1:].tolist()
        found |= {words[start + i]: [words[at] for at in row] for i, row in enumerate(nearest)}
    return found


def made_of(cases: Sequence[tuple[str, bool]], near: Mapping[str, Sequence[str]], many: int) -> list[str]:
    """About so many texts: half of them begin with an overclaim."""
    draw = random.Random(1)
    sides = [[text for text, kind in cases if kind is side] for side in (True, False)]

    def one() -> list[str]:
        return draw.choice(draw.choice(sides)).split()

    def stretch(text: list[str]) -> list[str]:
        length = draw.randint(min(5, len(text)), len(text))
        start = draw.randint(0, len(text) - length)
        return text[start : start + length]

    def joined(text: list[str]) -> list[str]:
        other = one()
        return text[: draw.randint(1, len(text))] + other[draw.randint(0, len(other) - 1) :]

    def reworded(text: list[str]) -> list[str]:
        return [_put(word, near, draw) if draw.random() < _PUT else word for word in text]

    def thinned(text: list[str]) -> list[str]:
        return [word for word in text if draw.random() > 0.15]

    def followed(text: list[str]) -> list[str]:
        return text + draw.choice(sides[1]).split()

    ways = [reworded] * 8 + [stretch] * 5 + [joined] * 4 + [lambda text: reworded(joined(text))] * 2
    ways += [thinned] * 2 + [followed]
    return sorted({" ".join(draw.choice(ways)(one())[:LONGEST]) for _ in range(many)} - {""})


def _put(word: str, near: Mapping[str, Sequence[str]], draw: random.Random) -> str:
    parts = _WORD.fullmatch(word)
    if parts is None or parts[2].lower() not in near:
        return word
    other = draw.choice(near[parts[2].lower()])
    return f"{parts[1]}{other.capitalize() if parts[2][0].isupper() else other}{parts[3]}"
