"""What an article, a title or a link is about, and whether two of them have anything to do with each other."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from healthlint.analysis.topics.areas import Areas
from healthlint.analysis.topics.lexicon import Lexicon, Topic
from healthlint.analysis.topics.profile import INHERITED, TopicProfile, evidence, profile, unit_stem
from healthlint.analysis.topics.reading import Reader
from healthlint.analysis.topics.units import SURE, Units

Verdict = Literal["related", "unsure", "off_topic"]

# Chosen on labelled links of several sites; tests/analysis/test_topics.py and its neighbours hold what they must keep.
OFF_TOPIC = 0.42  # below: the link is about something else
WELL_KNOWN = 0.45  # the same, where the words of the link say twice what is enough and none stands in the page
OTHER_ILLNESS = 0.65  # the same, where page and link each name an illness and share no word
RELATED = 0.6  # from here: about the same
ENOUGH = 0.5  # what a link's words must say together before it is judged; one sure word says 0.84
_BODY_SHARE = 0.7  # a topic of the text only, against one of the title
_BODY_POWER = 1.2  # faint topics of the text count less
_ONCE, _MORE = 0.7, 0.15  # a link's word that stands in the text once, and for each doubling
_RARE = 0.8  # a shared rare word, against one that the lexicon is sure of
_UNKNOWN, _NEUTRAL = 0.1, 0.7  # an unknown word weighs little, and for being related
_MIX = 0.5  # a word's best topic against all its topics
_BEST = 0.3  # a link's best word against all its words
_BROAD = 0.5  # advice such as sleep and exercise is at least this near to any page
_APART = 0.35  # organs that are related less than this have nothing to do with each other
_ACROSS = 0.35  # what any organ can have, of two pages on different organs; and a topic of two pages on different areas
_LED_TO = 0.55  # what the readers of a page ask on is at least this near to it
_SUBJECT = 0.3  # a page about services above all has no subject that a link could leave
_NAMED = 3  # topics in a message, at most
_SERVICE = 0.5  # from this share on, a link is about getting care or money, and is not judged


class Relation(NamedTuple):
    """How a page and a link relate: `score` 0 to 1, verdict, what each is about (if off topic), words they share."""

    score: float
    verdict: Verdict
    about_a: tuple[str, ...]
    about_b: tuple[str, ...]
    shared: tuple[str, ...]


class _Judged(NamedTuple):
    score: float
    said: float
    shared: list[str]
    strange: set[str]
    service: bool


class TopicModel:
    """Compares texts by what they are about; `extra` and the errors it raises are those of `Lexicon`."""

    def __init__(self, extra: Mapping[str, Iterable[str]] | None = None) -> None:
        self.lexicon = Lexicon(extra)
        self._reader = Reader(self.lexicon)
        self._areas = Areas(self._reader)
        self._subjects = {
            topic.id: number for number, topic in enumerate(self.topics) if topic.kind in ("subject", "outside")
        }
        self._said = Units(self.lexicon)
        # The last page, as it is held against many links: what it is about, and, where it names an organ, the same
        # without what any organ can have.
        self._page: tuple[TopicProfile, dict[int, float], dict[int, float] | None] | None = None

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Every topic, the project's own last."""
        return self.lexicon.topics

    def profile(self, title: str, headings: Iterable[str] = (), body: Iterable[str] = ()) -> TopicProfile:
        """Return what a text is about; headings count twice. A bare title or an anchor text has only `title`."""
        return profile(self._reader, title, headings, body)

    def evidence(
        self, title: str, headings: Iterable[str] = (), body: Iterable[str] = ()
    ) -> dict[str, tuple[str, ...]]:
        """Return topic id → the words of a text that spoke for it, the strongest first."""
        return evidence(self._reader, title, headings, body)

    def relatedness(self, page: TopicProfile, link: TopicProfile) -> Relation:
        """Say whether `link` (an anchor text, a title, or the target's own page) belongs with `page`.

        Off topic needs both sides known; a word that the lexicon does not know never makes a link off topic, and links
        to services (finding a doctor, insurance, benefits) are never judged.
        """
        areas = self._areas.apart(page, link.units)
        if self._page is None or self._page[0] is not page:
            whole = self._present(page)
            at = {t: weight for t, weight in whole.items() if t not in self.lexicon.across}
            self._page = page, whole, at if self._organs(page.units) else None
        _, whole, at_organs = self._page
        far = areas | self.lexicon.across if self._elsewhere(link.units, at_organs) else areas
        judged = self._judge(link.units, _weighed(whole, far), page.title_stems, page.stems, far)
        score, said = judged.score, judged.said
        if link.body:  # the target's text says more than its title
            here, there = _weighed(whole, areas), _weighed(self._present(link), areas)
            back = self._judge(page.units, there, link.title_stems, link.stems, areas)
            score = max(score if said >= ENOUGH else 0.0, back.score if back.said >= ENOUGH else 0.0)
            score = max(score, self._overlap(there, here))
            said = max(said, 1.0)
        verdict: Verdict = "related" if score >= RELATED else "unsure"
        known = said >= ENOUGH and max(whole.values(), default=0.0) >= _SUBJECT
        others = bool(page.condition and link.condition and not judged.shared)
        if score < self._least(judged, others) and known and not judged.service:
            # What readers ask on is no guide from one inherited illness to another.
            named = others and link.condition == INHERITED
            led_to = frozenset() if named else self._areas.led_to(page, whole, link.units)
            if led_to and judged.strange <= led_to:
                score = _LED_TO
            else:
                verdict = "off_topic"
        about = (self.about(page), self.about(link)) if verdict == "off_topic" else ((), ())
        return Relation(score, verdict, *about, tuple(judged.shared))

    def _least(self, judged: _Judged, others: bool) -> float:
        """Return the score below which a link is off topic: the more is known of it, the higher."""
        if others:
            return OTHER_ILLNESS
        return WELL_KNOWN if not judged.shared and judged.said >= 2 * ENOUGH else OFF_TOPIC

    def about(self, text: TopicProfile) -> tuple[str, ...]:
        """Return the names of what a text is about, strongest first; the title speaks before the text."""
        weights: dict[str, float] = defaultdict(float)
        for topic, weight in text.title.items():
            weights[topic] += 1.5 * weight
        for topic, weight in text.body.items():
            weights[topic] += weight
        kinds = {topic: self._kind(topic) for topic in weights}
        subjects = [topic for topic in weights if kinds[topic] != "aspect"] or list(weights)
        ranked = sorted(subjects, key=lambda topic: -weights[topic])
        least = 0.45 * weights[ranked[0]] if ranked else 0.0
        return tuple(self.topics[self.lexicon.number[t]].name for t in ranked[:_NAMED] if weights[t] >= least)

    def _kind(self, topic: str) -> str:
        return self.topics[self.lexicon.number[topic]].kind

    def _present(self, text: TopicProfile) -> dict[int, float]:
        """Return topic number → how much the text is about it, for subjects only."""
        number = self._subjects
        present = {number[t]: _BODY_SHARE * w**_BODY_POWER for t, w in text.body.items() if t in number}
        for topic, weight in text.title.items():
            if topic in number:
                present[number[topic]] = max(weight, present.get(number[topic], 0.0))
        return present

    def _elsewhere(self, units: Iterable[str], present: Mapping[int, float] | None) -> bool:
        """Whether a link names organs that are far from the one that its page names."""
        if present is None:
            return False
        named = self._organs(units)
        return bool(named) and all(self._nearest(topic, present) < _APART for topic in named)

    def _organs(self, units: Iterable[str]) -> frozenset[int]:
        return frozenset().union(*[self._said[unit].organs for unit in units])

    def _judge(
        self,
        units: Iterable[str],
        present: Mapping[int, float],
        in_title: frozenset[str],
        in_text: Mapping[str, int],
        far: frozenset[int] = frozenset(),
    ) -> _Judged:
        """Say how much of what `units` say is present, word by word; topics that are `far` make no word the same."""
        hit = total = said = best = service = 0.0
        shared: list[str] = []
        strange: set[str] = set()
        for unit in units:
            entry = self.lexicon.entries[unit]
            subject, side, serve, strong, topic, sure, _ = self._said[unit]
            if serve >= max(0.4, strong):
                service += serve
            if strong < 0.2 or side > strong:
                strong = 0.0
            same = _same(unit, in_title, in_text)
            if same:
                same *= min(1.0, 0.25 + max(entry.rarity, 0.8 * strong))
                if strong < 0.3 and entry.rarity < 0.5:
                    same = 0.0
                elif strong and topic in far:
                    same *= _ACROSS
            if same and (strong or not entry.weights):
                shared.append(unit)
            if not (strong or entry.known or same):
                hit += _UNKNOWN * _NEUTRAL
                total += _UNKNOWN
                continue
            cover = self._cover(subject, topic, present) if strong else 0.0
            if strong >= SURE and max(cover, same) < _APART:
                strange.add(unit_stem(unit))
            weight = max(strong, _RARE * entry.rarity if same and max(side, serve) <= strong else 0.0)
            hit += weight * max(cover, same)
            total += weight
            said += strong * sure
            best = max(best, min(1.0, 1.3 * weight) * max(cover, same))
        score = (1 - _BEST) * hit / total + _BEST * best if total else 0.5
        return _Judged(score, said, shared, strange, service >= _SERVICE * max(1.0, said))

    def _cover(self, subject: Mapping[int, float], best: int, present: Mapping[int, float]) -> float:
        least = _BROAD if best in self.lexicon.broad else 0.0
        each = [weight * self._nearest(topic, present) for topic, weight in subject.items()]
        return max(least, _MIX * max(each) / subject[best] + (1 - _MIX) * sum(each) / sum(subject.values()))

    def _nearest(self, topic: int, present: Mapping[int, float]) -> float:
        related = self.lexicon.related[topic].items()
        return max([weight * present[other] for other, weight in related if other in present], default=0.0)

    def _overlap(self, a: Mapping[int, float], b: Mapping[int, float]) -> float:
        total = sum(a.values())
        return sum(weight * self._nearest(topic, b) for topic, weight in a.items()) / total if total else 0.5


def _weighed(present: Mapping[int, float], far: frozenset[int]) -> Mapping[int, float]:
    """Cancer of the one organ and cancer of the other have little in common."""
    return {t: w * _ACROSS if t in far else w for t, w in present.items()} if far else present


def _same(unit: str, in_title: frozenset[str], in_text: Mapping[str, int]) -> float:
    """Return how surely a unit stands in a text: 1.0 in its title, less in its body, 0.0 nowhere."""
    form = unit_stem(unit)
    if form in in_title:
        return 1.0
    times = in_text.get(form, 0)
    if not times and " " in form:  # “nerve pain” is what a text with nerves and pain is about, too
        times = min(in_text.get(part, 0) or part in in_title for part in form.split())
    return min(1.0, _ONCE + _MORE * math.log2(times)) if times else 0.0
