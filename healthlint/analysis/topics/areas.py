"""Finer than topics: what the pages of a topic lead to in other fields, and sub-areas that have little in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from operator import itemgetter

from healthlint.analysis.topics.profile import TopicProfile, unit_stem
from healthlint.analysis.topics.reading import Reader
from healthlint.analysis.topics.words import stem

_MAIN = 0.5  # from here on, a page is about a topic enough to lead to what its readers ask on
_TOLD = 2  # a page that says a word this often tells of it itself
_ANY = "any"  # the key of what every page leads to
_TROUBLE = frozenset(("disease", "disorder", "dysfunction", "failure", "problem"))
_NUMBERED = "chromosome "
_BY_CHROMOSOME = ("chromosomes", "development", "birth_defects", "growth")  # what differs with the chromosome


class Areas:
    """Answers from the lists of phrases in a lexicon, which it reads when they are first asked for."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self._lexicon = reader, reader.lexicon
        self._led: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._titles = tuple(key for key in self._lexicon.asked if key.startswith("title: "))
        self._phrases: dict[str, list[tuple[frozenset[str], int, int]]] = {}

    def led_to(self, page: TopicProfile, present: Mapping[int, float], link: Iterable[str]) -> frozenset[str]:
        """Return those stems of the words of a link that a page leads to; `present` gives topic number → weight."""
        said, wider = self._read(link)
        keys = [self._lexicon.topics[topic].id for topic, weight in present.items() if weight >= _MAIN]
        words = _words(page.units)
        keys += [_ANY, *(key for key in self._titles if words.issuperset(key.split()[1:]))]
        found: set[str] = set()
        for key in keys:
            for phrase in self._leads(key):
                if said.issuperset(phrase):
                    found.update(phrase)
                found.update(wider.get(" ".join(phrase), ()))
        return frozenset(found)

    def _read(self, link: Iterable[str]) -> tuple[frozenset[str], dict[str, list[str]]]:
        """Return the stems of a link, and wider word → stems that say it: "dry eyes" say eyes, "hay fever" no fever."""
        said: set[str] = set()
        wider: dict[str, list[str]] = defaultdict(list)
        for unit in link:
            form = unit_stem(unit)
            said.add(form)
            wider[form].append(form)
            first, _, head = unit.rpartition(" ")
            if not first:
                continue
            if head in _TROUBLE:  # "gum disease" is about gums
                wider[unit_stem(first)].append(form)
            elif (about := self._main(unit)) is not None and self._main(head) == about:
                wider[stem(head)].append(form)
        return frozenset(said), wider

    def _main(self, unit: str) -> int | None:
        weights = self._lexicon.entry(unit).weights
        return max(weights, key=itemgetter(1))[0] if weights else None

    def _leads(self, key: str) -> tuple[tuple[str, ...], ...]:
        if key not in self._led:
            phrases = (self._reader.units(" ".join(phrase)) for phrase in self._lexicon.asked.get(key, ()))
            self._led[key] = tuple(tuple(map(unit_stem, phrase)) for phrase in phrases if phrase)
        return self._led[key]

    def apart(self, page: TopicProfile, link: Iterable[str]) -> frozenset[int]:
        """Return the numbers of topics that a page and the words of a link divide between them.

        Both name an area of the topic in their title, no area is the same, and the page does not tell of the link's.
        """
        said = tuple(link)
        named = self._named(said)
        if not named:
            return frozenset()
        here = self._named(page.units)
        found: set[int] = set()
        for group, areas in named.items():
            if group not in here or not here[group].keys().isdisjoint(areas):
                continue
            words = frozenset(chain.from_iterable(areas.values()))
            naming = words.union(unit for unit in said if not words.isdisjoint(unit.split()))
            if any(page.stems.get(unit_stem(unit), 0) >= _TOLD for unit in naming):
                continue
            if group < 0:
                found.update(self._lexicon.number[topic] for topic in _BY_CHROMOSOME)
            else:
                found.update(self._lexicon.areas[group][0])
        return frozenset(found)

    def _named(self, said: tuple[str, ...]) -> dict[int, dict[int, frozenset[str]]]:
        """Return group → area → the words that named it; group -1 are the chromosomes by number."""
        words = _words(said)
        index = self._index()
        found: dict[int, dict[int, frozenset[str]]] = {}
        for word in words:
            for phrase, group, area in index.get(word, ()):
                if phrase <= words:
                    named = found.setdefault(group, {})
                    named[area] = phrase | named.get(area, frozenset())
        for unit in said:
            if unit.startswith(_NUMBERED) and (number := unit[len(_NUMBERED) :]).isdigit():
                found.setdefault(-1, {})[int(number)] = frozenset((unit,))
        return found

    def _index(self) -> dict[str, list[tuple[frozenset[str], int, int]]]:
        if not self._phrases:
            for group, (_, areas) in enumerate(self._lexicon.areas):
                for area, phrases in enumerate(areas):
                    for phrase in phrases:
                        self._phrases.setdefault(phrase[0], []).append((frozenset(phrase), group, area))
        return self._phrases


def _words(link: Iterable[str]) -> frozenset[str]:
    return frozenset(chain.from_iterable(unit.split() for unit in link))
