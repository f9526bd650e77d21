"""One text's topics: which of its words say what it is about, and how much of it is about what."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
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
_Spoke = dict[int, list[tuple[float, str]]]  # topic number → the words that spoke for it, each after minus its weight
_CONDITION = frozenset(
    "disease disorder syndrome deficiency paralysis palsy hyperplasia hypoplasia aplasia dysgenesis agenesis amyotrophy"
    " malformation".split()
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
    words → how often each stands there, rare words first; `evidence` gives topic id → the words that spoke for it;
    `condition` says whether the title names an illness as such: 1 for a disease or a syndrome, 2 for something
    inherited, otherwise 0.
    """

    title: Mapping[str, float]
    body: Mapping[str, float]
    units: tuple[str, ...]
    stems: Mapping[str, int]
    evidence: Mapping[str, tuple[str, ...]]
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
            "evidence": {topic: list(spoke) for topic, spoke in self.evidence.items()},
            "condition": self.condition,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> TopicProfile:
        """Rebuild a profile from what `as_data` returned."""
        evidence = {topic: tuple(spoke) for topic, spoke in data["evidence"].items()}
        return cls(data["title"], data["body"], tuple(data["units"]), data["stems"], evidence, data["condition"])


def profile(lexicon: Lexicon, title: str, headings: Iterable[str] = (), body: Iterable[str] = ()) -> TopicProfile:
    """Build the profile of a text; a bare title or an anchor text has neither headings nor body."""
    in_title = units(lexicon, title)
    counts: dict[str, int] = defaultdict(int)
    for weight, texts in ((HEADING_WEIGHT, headings), (1, body)):
        for text in texts:
            for unit in units(lexicon, text):
                counts[unit] += weight
    by_title, title_words = _sum(lexicon, dict.fromkeys(in_title, 1), _TITLE_LEAST)
    by_body, body_words = _sum(lexicon, counts, _BODY_LEAST)
    evidence = {
        lexicon.topics[topic].id: _spoke(title_words[topic], body_words[topic])
        for topic in {**by_title, **by_body}
        if max(by_title[topic], by_body[topic]) >= _TITLE_LEAST
    }
    return TopicProfile(
        _scaled(lexicon, by_title, _TITLE_ENOUGH),
        _scaled(lexicon, by_body, _BODY_ENOUGH),
        tuple(dict.fromkeys(in_title)),
        _stems(lexicon, counts),
        evidence,
        _condition(title),
    )


def _condition(title: str) -> int:
    named = set(words(title))
    if not _INHERITED.isdisjoint(named):
        return INHERITED
    return 0 if _CONDITION.isdisjoint(named) else 1


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


def _sum(lexicon: Lexicon, counts: Mapping[str, int], least: float) -> tuple[dict[int, float], _Spoke]:
    total: dict[int, float] = defaultdict(float)
    spoke: _Spoke = defaultdict(list)
    for unit, count in counts.items():
        weights = lexicon.entry(unit).weights
        if not weights:
            continue
        often = math.log1p(count)
        for topic, weight in weights:
            if weight >= least:
                # Squared: one word that certainly belongs says more than several that may.
                share = often * weight * weight
                total[topic] += share
                spoke[topic].append((-share, unit))
    return total, spoke


def _spoke(*found: list[tuple[float, str]]) -> tuple[str, ...]:
    """Return the words that spoke for a topic, those of the title first, the strongest of each first."""
    ranked = [unit for part in found for _, unit in sorted(part)[:_KEPT_WORDS]]
    return tuple(dict.fromkeys(ranked))[:_KEPT_WORDS]


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
