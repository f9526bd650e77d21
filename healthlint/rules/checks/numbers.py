"""Checks on numbers that readers are asked to weigh: denominators, and probabilities without words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from healthlint.analysis import Analysis
from healthlint.article import HEADS
from healthlint.finding import Match, Related
from healthlint.late import late
from healthlint.ranges import TextRange
from healthlint.rules.messages import a_dozen, join_names
from healthlint.rules.model import Options
from healthlint.rules.surroundings import window

_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
          "twenty": 20, "fifty": 50, "a hundred": 100, "one hundred": 100, "hundred": 100, "a thousand": 1000,
          "one thousand": 1000, "thousand": 1000, "a million": 10**6, "one million": 10**6,
          "million": 10**6}  # fmt: skip
_NUMBER = r"\d[\d,]*(?:\.\d+)?(?: (?:thousand|million))?"
_SMALL = r"one|two|three|four|five|six|seven|eight|nine|ten"
_BIG = rf"{_SMALL}|twenty|fifty|a hundred|one hundred|a thousand|one thousand|one million|a million"
_FREQUENCY = late(
    rf"(?<![\w/.:$£€-])(?P<n>{_NUMBER}|{_SMALL}) (?P<link>in|out of)(?: every| each| about)? (?P<m>{_NUMBER}|{_BIG})\b"
    r"(?P<after>(?:[ -]\w+)?)(?![/:%]|\.\d)"
)
_ESTIMATE = late(r"(?:\bbetween .{4,30} and|\d to(?: about)?|\d-) ?$")
# Readers compare counts of people or events; these are measures, dates and scores.
_NOT_PEOPLE = late(
    r"(?:percent|per|%|hours?|days?|weeks?|months?|years?|minutes?|mg|ml|mcg|grams?|inch|inches|feet|miles?|dollars|"
    r"dimensions|stars?|points?|steps?|places?|rows?|sessions?|doses?|parts?|sizes?|volumes?|pregnanc\w+ test)\b"
)
_SCORE = late(r"\b(?:rate|rated|rating|score[ds]?|scale|grade[ds]?|stars?|pain (?:of|was|level)|marks?)\b")


@dataclass(frozen=True, slots=True)
class Frequency:
    """“3 in 1,000”: its two numbers, the words after it, its sentence and its range."""

    count: float
    base: float
    sentence: int
    range: TextRange
    text: str


def frequencies(text: Analysis, rule: str) -> Iterator[Frequency]:
    """Every “N in M” and “N out of M” of the article that speaks of how often something happens, in source order."""
    for sentence in text.candidates_for(rule):
        folded = text.folded_sentence(sentence)
        last = 0
        for found in _FREQUENCY.finditer(folded):
            between, last = folded[last : found.start()], found.end("m")
            if _ESTIMATE.search(folded[: found.start()]) and between in (" to ", " and ", " to about ", "-"):
                continue  # “1 in 5,000 to 1 in 10,000” is one estimate, not two figures to compare
            count, base = _value(found["n"]), _value(found["m"])
            if not 0 < count < base or base < 2 or _NOT_PEOPLE.match(found["after"].strip(" -")):
                continue
            if 1900 <= base <= 2100 and found["link"] == "in" and "," not in found["m"]:
                continue  # “2 in 2015” is a year
            if base <= 10 and _SCORE.search(folded):
                continue  # “8 out of 10” on a scale
            start, end = found.start("n"), found.end("m")
            shown = text.prose(sentence)[start:end]
            yield Frequency(count, base, sentence, text.range(sentence, start, end), shown)


def _value(number: str) -> float:
    if number in _WORDS:
        return _WORDS[number]
    digits, _, scale = number.partition(" ")
    return float(digits.replace(",", "")) * _WORDS.get(scale, 1)


def mixed_denominators(text: Analysis, options: Options) -> Iterator[Match]:
    """One match for each section in which readers would have to compare “1 in 8” with “3 in 1,000”."""
    sections: dict[int, list[Frequency]] = {}
    for frequency in frequencies(text, "mixed-denominators"):
        sections.setdefault(_section(text, frequency.sentence), []).append(frequency)
    for found in sections.values():
        near = [one for one in found if any(_comparable(one, other) for other in found)]
        if not near:
            continue
        different = {one.base: one for one in reversed(near)}
        shown = sorted(different.values(), key=lambda one: one.range)
        first, rest = shown[0], shown[1:]
        common = _common(max(one.base for one in shown))
        values = {"match": first.text, "list": join_names([f"“{one.text}”" for one in shown]), "common": f"{common:,}"}
        related = tuple(Related(f"here out of {one.base:,.0f}", one.range) for one in rest)
        yield Match(first.range, values, "", {"bases": join_names([f"{one.base:,.0f}" for one in shown])}, related)


def _common(largest: float) -> int:
    """A number that all figures can be given out of: 100, 1,000 and so on, not below the largest of theirs."""
    return int(10 ** max(2, math.ceil(math.log10(largest))))


def _comparable(one: Frequency, other: Frequency) -> bool:
    # Figures that stand a few sentences apart are read together; those of another paragraph far off are not.
    return one.base != other.base and abs(one.sentence - other.sentence) <= 3


def _section(text: Analysis, sentence: int) -> int:
    block = text.sentences[sentence].block
    while block > 0 and text.blocks[block].kind not in HEADS:
        block -= 1
    return block


_PERCENT = late(r"(?<![\w.,$£€-])(?:about |around |up to )?(?P<n>\d{1,3}(?:\.\d+)?) ?(?:%|percent\b|per cent\b)")
_RISK = late(
    r"\b(?:risks?|chances?|odds|likelihood|probability|rates? of|(?:complication|death|survival|success|failure|"
    r"infection|mortality|fatality|miscarriage|recurrence|relapse|transmission) rates?)\b"
)
_EXPLAINED = late(
    r"\b(?:that is|this means|that means|meaning|in other words|i\.e\.|put another way|as common as|about as (?:likely|"
    r"common)|"
    r"(?:in|out of|of)(?: every| each)? (?:\d[\d,]*|ten|twenty|a hundred|one hundred|a thousand|one thousand)(?! ?%)|"
    r"compared (?:with|to)|than|versus|whereas|while|from \d+|half|quarter|third|most|majority|few|rare|rarely|common|"
    r"very (?:low|high|small)|unlikely|likely|(?:low|high|small|slight|tiny|large)(?:er)? (?:risk|chance|rate)|"
    r"chart|figure|graph|picture|table|diagram|see below)\b"
)
_OTHER_PERCENT = late(
    r"\b(?:confidence (?:interval|level|limits?)|95 ?% ?ci|daily value|cream|gel|solution|lotion|ointment|strength|"
    r"alcohol|body fat|body weight|body's|oxygen|saturation|humidity|discount|tax|interest|funding|budget|price|cost|"
    r"rated|rating|disability|disabling|salary|pay|income|calories|fat|of the population)\b"
)


def probability_not_explained(text: Analysis, options: Options) -> Iterator[Match]:
    """One match for all risk percentages that neither their sentence nor its neighbours put into words.

    Silent below two such numbers: one percentage is no burden.
    """
    found: list[tuple[TextRange, str]] = []
    for sentence in text.candidates_for("probability-not-explained"):
        folded = text.folded_sentence(sentence)
        if not _RISK.search(folded) or _OTHER_PERCENT.search(folded) or folded.rstrip().endswith("?"):
            continue
        percents = list(_PERCENT.finditer(folded))
        if not percents or len(percents) > 2:
            continue  # two figures side by side compare with each other; more are a table in words
        near = " ".join(text.folded_sentence(i) for i in window(text, sentence, 1))
        if _EXPLAINED.search(near):
            continue
        start, end = percents[0].span()
        found.append((text.range(sentence, start, end), text.prose(sentence)[start:end]))
    if len(found) < options["least"]:
        return
    where, shown = found[0]
    related = a_dozen([Related(f"here too: {other}", place) for place, other in found[1:]])
    values = {"match": shown, "count": str(len(found))}
    yield Match(where, values, "several" if related else "", {"percentages": str(len(found))}, related)
