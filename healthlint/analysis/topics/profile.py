"""One text's topics: which of its words say what it is about, and how much of it is about what."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from operator import mul
from typing import Any, NamedTuple

from healthlint.analysis.memo import Memo
from healthlint.analysis.topics.lexicon import Lexicon
from healthlint.analysis.topics.reading import Reader
from healthlint.analysis.topics.words import stem, words

_REMEMBERED = 1 << 14  # words; a site uses the same ones again and again
_KEPT_STEMS = 200
_KEPT_WORDS = 8
_BETWEEN = "|"  # no word holds it
_FAINT = 0.05  # a topic with less than this share of the strongest is left out
_TITLE_LEAST, _BODY_LEAST = 0.2, 0.25  # weaker associations of single words are left out
_TITLE_ENOUGH, _BODY_ENOUGH = 0.35, 0.3  # below, no topic of the text is strong enough to speak of
_CONDITION = frozenset(
    "disease disorder syndrome deficiency paralysis palsy hyperplasia hypoplasia aplasia dysgenesis agenesis amyotrophy"
    " malformation".split()
)
# Illnesses by the way their names end: lymphoma, chondrodysplasia, cardiomyopathy, anaemia, aciduria, arthritis …
_ILLNESS = re.compile(
    r"[a-z-]*(?:[a-z]{3}(?:(?<!dipl)(?<!str)oma|plasia|(?<!homeo|osteo)(?<!naturo)(?<!sym)pathy|sclerosis|trophy|itis)"
    r"|[a-z]{2}(?:a?emia|uria))|epilepsy|tumou?rs?|injur(?:y|ies)"
)
_INHERITED = frozenset("dystrophy dysplasia atrophy familial hereditary congenital autosomal".split())
INHERITED = 2  # what `TopicProfile.condition` says of a title with one of these


class TopicProfile(NamedTuple):
    """What one text is about.

    `title` and `body` give topic id → weight, the strongest 1.0; each is empty when too little is known. `units` are
    the content words of the title, pairs such as "blood pressure" as one; `stems` gives the stems of the text's content
    words → how often each stands there; `condition` says whether the title names an illness as such: 1 for a disease or
    a syndrome, 2 for something inherited, otherwise 0.
    """

    title: Mapping[str, float]
    body: Mapping[str, float]
    units: tuple[str, ...]
    stems: Mapping[str, int]
    condition: int = 0

    @property
    def known(self) -> bool:
        """Whether enough is known of the text to compare it with another."""
        return bool(self.title or self.body)

    @property
    def title_stems(self) -> frozenset[str]:
        """The stems of the title's content words."""
        return frozenset(map(_UNIT_STEM.__getitem__, self.units))

    def as_data(self) -> dict[str, Any]:
        """Return plain data for a cache, weights in thousandths; `from_data` reads it back from JSON."""
        return {
            "title": {topic: round(weight * 1000) for topic, weight in self.title.items()},
            "body": {topic: round(weight * 1000) for topic, weight in self.body.items()},
            "units": self.units,
            "stems": _BETWEEN.join(self.stems),
            "times": list(self.stems.values()),
            "condition": self.condition,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> TopicProfile:
        """Rebuild a profile from what `as_data` returned."""
        title, body = ({topic: weight / 1000 for topic, weight in data[part].items()} for part in ("title", "body"))
        stems = dict(zip(data["stems"].split(_BETWEEN), data["times"], strict=False))
        return cls(title, body, tuple(data["units"]), stems, data["condition"])


def profile(reader: Reader, title: str, headings: Iterable[str] = (), body: Iterable[str] = ()) -> TopicProfile:
    """Build the profile of a text; a bare title or an anchor text has neither headings nor body."""
    lexicon = reader.lexicon
    in_title, counts = reader.units(title), reader.counts([*headings, *headings, *body])
    return TopicProfile(
        _scaled(lexicon, _sum(lexicon, dict.fromkeys(in_title, 1), _TITLE_LEAST), _TITLE_ENOUGH),
        _scaled(lexicon, _sum(lexicon, counts, _BODY_LEAST), _BODY_ENOUGH),
        tuple(dict.fromkeys(in_title)),
        _stems(lexicon, counts),
        _condition(title),
    )


def evidence(
    reader: Reader, title: str, headings: Iterable[str] = (), body: Iterable[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Topic id → the words of a text that spoke for it: those of the title first, the strongest of each first."""
    lexicon = reader.lexicon
    in_title, counts = dict.fromkeys(reader.units(title), 1), reader.counts([*headings, *headings, *body])
    words_of: dict[int, list[str]] = defaultdict(list)
    strength: dict[int, float] = defaultdict(float)
    for units_, least in ((in_title, _TITLE_LEAST), (counts, _BODY_LEAST)):
        spoke: dict[int, list[tuple[float, str]]] = defaultdict(list)
        for unit, count in units_.items():
            for topic, share in _sum(lexicon, {unit: count}, least).items():
                spoke[topic].append((-share, unit))
        for topic, said in spoke.items():
            strength[topic] = max(strength[topic], -sum(share for share, _ in said))
            words_of[topic] += [unit for _, unit in sorted(said)[:_KEPT_WORDS]]
    return {
        lexicon.topics[topic].id: tuple(dict.fromkeys(said))[:_KEPT_WORDS]
        for topic, said in words_of.items()
        if strength[topic] >= _TITLE_LEAST
    }


def _condition(title: str) -> int:
    return max(map(_names_illness, words(title)), default=0)


@lru_cache(maxsize=_REMEMBERED)
def _names_illness(word: str) -> int:
    if word in _INHERITED:
        return INHERITED
    return 1 if word in _CONDITION or _ILLNESS.fullmatch(word) else 0


# Unit → what it is compared by; the "blood" of "blood pressure" is not the same as blood.
_UNIT_STEM = Memo(lambda unit: " ".join(map(stem, unit.split())))


def unit_stem(unit: str) -> str:
    """Return what a unit is compared by."""
    return _UNIT_STEM[unit]


def _sum(lexicon: Lexicon, counts: Mapping[str, int], least: float) -> dict[int, float]:
    """Return topic → how much the units of a text say of it."""
    total: dict[int, float] = defaultdict(float)
    for (weights, _, _), count in zip(map(lexicon.entries.__getitem__, counts), counts.values(), strict=True):
        if weights:
            often = math.log1p(count)
            for topic, weight in weights:
                if weight >= least:
                    # Squared: one word that certainly belongs says more than several that may.
                    total[topic] += often * weight * weight
    return total


def _stems(lexicon: Lexicon, counts: Mapping[str, int]) -> dict[str, int]:
    """Return stem → how often it stands in a text; of a long text the rare and frequent ones."""
    kept: Iterable[str] = counts
    if len(counts) > _KEPT_STEMS:
        ranks = map(mul, map(lexicon.frequency.__getitem__, counts), counts.values())
        kept = [unit for _, unit in sorted(zip(ranks, counts, strict=True))[:_KEPT_STEMS]]
    stems: dict[str, int] = {}
    for unit, form in zip(kept, map(_UNIT_STEM.__getitem__, kept), strict=True):
        stems[form] = stems.get(form, 0) + counts[unit]
    return stems


def _scaled(lexicon: Lexicon, weights: Mapping[int, float], enough: float) -> dict[str, float]:
    """Scale so that the strongest is 1.0 and drop faint ones; nothing when even the strongest is weak."""
    top = max(weights.values(), default=0.0)
    if top < enough * math.log(2):
        return {}
    ranked = sorted(weights.items(), key=lambda item: -item[1])
    return {lexicon.topics[topic].id: weight / top for topic, weight in ranked if weight > _FAINT * top}
