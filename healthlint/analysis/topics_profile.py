"""One text's topics: which of its words say what it is about, and how much of it is about what."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from healthlint.analysis.topics_store import FRAME, Lexicon, Part
from healthlint.analysis.topics_words import WORD, stem, tokens, words

_REMEMBERED = 1 << 14  # words; a site uses the same ones again and again
_KEPT_STEMS = 200
_KEPT_WORDS = 8
_FAINT = 0.05  # a topic with less than this share of the strongest is left out
_TITLE_LEAST, _BODY_LEAST = 0.2, 0.25  # weaker associations of single words are left out
_TITLE_ENOUGH, _BODY_ENOUGH = 0.35, 0.3  # below, no topic of the text is strong enough to speak of
HEADING_WEIGHT = 2
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
_DIGITS = frozenset("0123456789")
_ARM = re.compile(r"(\d{1,2})[pq]\d*")


@dataclass(frozen=True, slots=True)
class TopicProfile:
    """What one text is about.

    `title` and `body` give topic id → weight, the strongest 1.0; each is empty when too little is known. `units` are
    the content words of the title, pairs such as "blood pressure" as one; `stems` gives the stems of the text's content
    words → how often each stands there, rare words first; `condition` says whether the title names an illness as such:
    1 for a disease or a syndrome, 2 for something inherited, otherwise 0.
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
        return frozenset(map(unit_stem, self.units))

    def as_data(self) -> dict[str, Any]:
        """Return plain data for a cache; `from_data` reads it back."""
        return {
            "title": {topic: round(weight, 3) for topic, weight in self.title.items()},
            "body": {topic: round(weight, 3) for topic, weight in self.body.items()},
            "units": list(self.units),
            "stems": dict(self.stems),
            "condition": self.condition,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> TopicProfile:
        """Rebuild a profile from what `as_data` returned."""
        return cls(data["title"], data["body"], tuple(data["units"]), data["stems"], data["condition"])


def profile(lexicon: Lexicon, title: str, headings: Iterable[str] = (), body: Iterable[str] = ()) -> TopicProfile:
    """Build the profile of a text; a bare title or an anchor text has neither headings nor body."""
    in_title, counts = units(lexicon, title), _counts(lexicon, headings, body)
    return TopicProfile(
        _scaled(lexicon, _sum(lexicon, dict.fromkeys(in_title, 1), _TITLE_LEAST), _TITLE_ENOUGH),
        _scaled(lexicon, _sum(lexicon, counts, _BODY_LEAST), _BODY_ENOUGH),
        tuple(dict.fromkeys(in_title)),
        _stems(lexicon, counts),
        _condition(title),
    )


def evidence(
    lexicon: Lexicon, title: str, headings: Iterable[str] = (), body: Iterable[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Topic id → the words of a text that spoke for it: those of the title first, the strongest of each first."""
    in_title, counts = dict.fromkeys(units(lexicon, title), 1), _counts(lexicon, headings, body)
    words_of: dict[int, list[str]] = defaultdict(list)
    strength: dict[int, float] = defaultdict(float)
    for units_, least in ((in_title, _TITLE_LEAST), (counts, _BODY_LEAST)):
        spoke: dict[int, list[tuple[float, str]]] = defaultdict(list)
        for unit, topic, share in _shares(lexicon, units_, least):
            spoke[topic].append((-share, unit))
        for topic, said in spoke.items():
            strength[topic] = max(strength[topic], -sum(share for share, _ in said))
            words_of[topic] += [unit for _, unit in sorted(said)[:_KEPT_WORDS]]
    return {
        lexicon.topics[topic].id: tuple(dict.fromkeys(said))[:_KEPT_WORDS]
        for topic, said in words_of.items()
        if strength[topic] >= _TITLE_LEAST
    }


def _counts(lexicon: Lexicon, headings: Iterable[str], body: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for weight, texts in ((HEADING_WEIGHT, headings), (1, body)):
        for text in texts:
            for unit in units(lexicon, text):
                counts[unit] += weight
    return counts


def _condition(title: str) -> int:
    named = set(words(title))
    if not _INHERITED.isdisjoint(named):
        return INHERITED
    return 0 if _CONDITION.isdisjoint(named) and not any(map(_ILLNESS.fullmatch, named)) else 1


def units(lexicon: Lexicon, text: str) -> list[str]:
    """Return the words of `text` as the lexicon reads them: pairs it knows as one, headline words left out."""
    found: list[str] = []
    last, starts = "", False
    parts = lexicon.parts
    for raw in WORD.findall(text):
        for part, kept, starting, numbered in parts.get(raw) or _parts(lexicon, raw):
            if starts and lexicon.holds(pair := f"{last} {part}"):
                if found and found[-1] == last:
                    found.pop()
                found.append(pair)
                last, starts = "", False
                continue
            if numbered and (number := _chromosome(part, last or (found[-1] if found else ""))):
                found.append(number)
            last, starts = part, starting
            if kept:
                found.append(part)
    return found


def _parts(lexicon: Lexicon, raw: str) -> tuple[Part, ...]:
    """Read one word as it stands in a text, and remember how."""
    if len(lexicon.parts) >= _REMEMBERED:
        lexicon.parts.clear()
    (token,) = tokens(raw)
    parts = token[:-1] or token
    if len(token) > 1 and lexicon.strength(token[-1]) >= max(map(lexicon.strength, parts)):
        parts = token[-1:]  # "x-ray" is a word of its own, "Creutzfeldt-Jakob" two names
    lexicon.parts[raw] = tuple(
        Part(
            part,
            len(part) > 2 and part not in FRAME and not part.isdigit(),
            part in lexicon.pair_starts,
            part[:1] in _DIGITS,
        )
        for part in parts
    )
    return lexicon.parts[raw]


def _chromosome(part: str, before: str) -> str:
    """Return "chromosome 15" for the "15" after that word, and for "15q11"; else nothing."""
    if match := _ARM.fullmatch(part):
        return f"chromosome {match[1]}"
    return f"chromosome {part}" if before.endswith("chromosome") and part.isdigit() else ""


@lru_cache(maxsize=_REMEMBERED)
def unit_stem(unit: str) -> str:
    """Return what a unit is compared by; the "blood" of "blood pressure" is not the same as blood."""
    return " ".join(map(stem, unit.split()))


def _sum(lexicon: Lexicon, counts: Mapping[str, int], least: float) -> dict[int, float]:
    total: dict[int, float] = defaultdict(float)
    for _, topic, share in _shares(lexicon, counts, least):
        total[topic] += share
    return total


def _shares(lexicon: Lexicon, counts: Mapping[str, int], least: float) -> Iterator[tuple[str, int, float]]:
    """How much each unit says of each topic."""
    for unit, count in counts.items():
        weights = lexicon.entry(unit).weights
        if not weights:
            continue
        often = math.log1p(count)
        for topic, weight in weights:
            if weight >= least:
                # Squared: one word that certainly belongs says more than several that may.
                yield unit, topic, often * weight * weight


def _stems(lexicon: Lexicon, counts: Mapping[str, int]) -> dict[str, int]:
    entry = lexicon.entry
    ranked = sorted((-count * (0.2 + entry(unit).rarity), unit, count) for unit, count in counts.items())
    stems: dict[str, int] = defaultdict(int)
    for _, unit, count in ranked[:_KEPT_STEMS]:
        stems[unit_stem(unit)] += count
    return dict(stems)


def _scaled(lexicon: Lexicon, weights: Mapping[int, float], enough: float) -> dict[str, float]:
    """Scale so that the strongest is 1.0 and drop faint ones; nothing when even the strongest is weak."""
    top = max(weights.values(), default=0.0)
    if top < enough * math.log(2):
        return {}
    ranked = sorted(weights.items(), key=lambda item: -item[1])
    return {lexicon.topics[topic].id: weight / top for topic, weight in ranked if weight > _FAINT * top}
