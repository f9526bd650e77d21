"""Articles that name no source, and what in them needs one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from healthlint.analysis import Analysis
from healthlint.analysis.sounds import Sounds
from healthlint.analysis.topics.services import about_services
from healthlint.article import HEADINGS
from healthlint.finding import Match, Related
from healthlint.late import late
from healthlint.rules.model import Options

_APPEAL = late(
    r"\b(?:studies|study|research|trials?|evidence|experts?|scientists|researchers|doctors|reviews?|data|surveys?)\b"
    r"[^.]{0,40}?\b(?:show|shows|shown|showed|found|finds?|suggests?|suggested|proven?|agree|says?|indicates?|indicated|"
    r"reveal\w*|confirm\w*|conclud\w*|estimates?)\b|\b(?:clinically|scientifically) (?:proven|shown|tested)\b|"
    r"\b(?:been|was|were|is|are) (?:shown|proven|linked|associated) (?:to|with)\b|\baccording to (?:a |the )?(?:study|"
    r"studies|research|survey|review|experts?|scientists)\b"
)
_NUMBER = r"(?:\d[\d,]*|two|three|four|five|six|eight|nine|ten|twenty|a? ?(?:hundred|thousand))"
_FIGURE = late(
    r"\d(?:\.\d+)? ?(?:%|percent\b|per cent\b)"
    rf"|\b(?:one|two|three|four|five|six|seven|eight|nine|\d[\d,]*) (?:in|out of)(?: every)? {_NUMBER}\b"
    r"(?! (?:minutes|hours|days|weeks|months|years))"
    r"|\b(?:twice|\d+ times|three times|four times) (?:as|more|the|higher|lower)\b"
    r"|\b\d[\d,]+ (?:people|women|men|children|adults|deaths|cases|patients)\b"
)
_EFFECT = late(
    r"\b(?:cur(?:es?|ed|ing)|prevents?|preventing|heals?|reverses?|reliev(?:es?|ing)|boosts?|improv(?:es?|ing)|"
    r"reduc(?:es?|ing)|lower(?:s|ing)?|increas(?:es?|ing)|rais(?:es?|ing)|eas(?:es|ing)|protects?|strengthens?|slows?|"
    r"detox\w*|cleans(?:es?|ing)|effective(?:ly|ness)?|benefits?|works?(?= by| for| well| best)|safest|safer|risk of|"
    r"chances? of|helps|(?:can|may|will|could|might) help|treats?)\b"
)
_INSTRUCTION = late(
    r"^(?:(?:please|always|never|do not|don't|then|also|next|gently|only|instead,|(?:if|when|once|after|before|to|for) "
    r"[^,]*,) )?(?:allow|apply|ask|attend|avoid|be|bend|breathe|bring|call|change|check|clean|collect|come|complete|"
    r"contact|continue|cover|cut|do|don't|drink|dry|eat|elevate|encourage|find|finish|follow|get|give|go|have|hold|"
    r"keep|leave|let|lie|lift|limit|look|make|measure|move|phone|plan|press|put|raise|read|record|remember|remove|"
    r"repeat|rest|rinse|rub|seek|send|sit|sleep|spread|stand|start|stay|stop|store|swallow|take|talk|tell|throw|touch|"
    r"try|turn|use|visit|wait|walk|wash|watch|wear|write)\b"
    r"|\b(?:you|your child|your baby)(?:'ll|'d)? (?:should|will|may|can|must|need|might|could|do not|don't|have to|"
    r"are (?:advised|asked|allowed|given))\b|\byou'll\b"
)
_SHORT = 3  # words; fewer are a label
_MANY_EFFECTS = 1 / 3  # of the sentences
_MANY_INSTRUCTIONS = 0.4
_PROMISE, _MANY_PROMISES = 0.3, 0.25  # how likely a sentence is an overclaim, and the share of such


def references_missing(text: Analysis, options: Options) -> Iterator[Match]:
    """One match for an article of some length without any source; where studies are appealed to, that is related.

    Appeals to evidence, figures, effects in more than a third of the sentences, and sentences that sound like
    overclaims in a quarter of them are claims. An article without them that mostly tells readers what to do needs no
    list of sources.
    """
    if text.body_length < int(options["min-words"]) or text.sections.names_a_source:
        return
    if any(mark.organisation for mark in text.sections.bylines if mark.visible):
        return  # “NIH: National Institute of …” at the end of a fact sheet says where it comes from
    if about_services(text):
        return
    said = _read(text)
    claims = said.claims or _promises(text, said.places)
    if not claims and said.instructions >= _MANY_INSTRUCTIONS * max(len(said.places), 1):
        return
    words = text.readability.counts.words or text.body_length  # as the report counts; a page may be one table
    shown = {"words": str(words)}
    evidence = shown | {"figures": str(said.figures), "effects": str(said.effects), "sentences": str(len(said.places))}
    yield Match(None, shown, "" if claims else "facts", evidence, tuple(said.appeals[:5]))


@dataclass(slots=True)
class _Said:
    places: list[int] = field(default_factory=list)  # the sentences that count
    instructions: int = 0
    effects: int = 0
    figures: int = 0
    appeals: list[Related] = field(default_factory=list)

    @property
    def claims(self) -> bool:
        return bool(self.appeals or self.figures or self.effects > _MANY_EFFECTS * len(self.places))


def _read(text: Analysis) -> _Said:
    said = _Said()
    for sentence, (block, start, _) in enumerate(text.sentences):
        if block not in text.body_blocks or text.blocks[block].kind in HEADINGS:
            continue
        folded = text.folded_sentence(sentence).strip()
        if folded.count(" ") < _SHORT - 1:
            continue
        said.places.append(sentence)
        said.figures += bool(_FIGURE.search(folded))
        if _INSTRUCTION.search(folded):
            said.instructions += 1
        else:
            said.effects += bool(_EFFECT.search(folded))
        if found := _APPEAL.search(text.folded_sentence(sentence)):
            first, last = (start + at for at in found.span())
            said.appeals.append(Related("this needs a source", text.blocks[block].range(first, last)))
    return said


def _promises(text: Analysis, places: list[int]) -> bool:
    sounds = Sounds.of(text, "overclaims")
    return sum(sounds.likelihood(place) >= _PROMISE for place in places) >= max(_MANY_PROMISES * len(places), 1)
