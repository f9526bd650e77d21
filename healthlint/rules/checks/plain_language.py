"""Checks on plain language that need more of the article than a sentence: advice that says too little."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.article import BlockKind
from healthlint.finding import Match, Related
from healthlint.ranges import TextRange
from healthlint.rules.messages import a_dozen, join_names
from healthlint.rules.model import Options

_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.QUESTION})

_VERBS = (
    "talk|speak|consult|check|discuss|consulting|speaking|talking|communication|work|ask|see|contact|seek|get|visit|"
)
_CONSULT = re.compile(
    rf"\b(?:{_VERBS}advice|call|tell|discuss\w*(?: [\w’'-]+){{0,8}})"
    r"(?: (?:to|with|from|your|a|an|the|any|it|this|these|about))*"
    r"(?: (?:qualified|licensed|trusted|healthcare|health care|health|health-care|medical|primary care|professional))* "
    r"(?:doctors?|professionals?|providers?|pharmacists?|physicians?|specialists?|practitioners?|gp|medical advice|"
    r"(?:healthcare |health care |care )team)\b"
)
_SPECIFIC = re.compile(
    r"\b(?:if|when|before|after|about|whether|right away|immediately|at once|within|how (?:to|much|often|long)|which|"
    r"what|why|bring|write down|list of|for (?:a|an) (?:blood|test|referral|scan|prescription)|symptoms?|signs?|rash|"
    r"fever|pain(?!-)|bleeding|dose|tests?|allerg\w+|pregnan\w+|day|hours?|weeks?|emergency|911|999|112|urgent\w*|worse|"
    r"changes? in)\b"
)
_EMERGENCY = re.compile(r"\b(?:911|999|112|emergency (?:room|department|services|number)|a&e)\b")
# “before starting treatment” and the like say nothing that a reader could do.
_VAGUE = re.compile(
    r"\b(?:before (?:starting|beginning|taking|trying|making|using|considering|you (?:start|begin|take|try|make))|"
    r"about (?:any|your|the) (?:concerns?|options?|questions?|treatment)|what (?:is|works) best|"
    r"if you(?:'re| are) (?:experiencing|considering|unsure|concerned|worried|thinking|suffering)[^,.]*|"
    r"if you have (?:any )?(?:questions|concerns)[^,.]*|for (?:pain|treatment|weight) (?:management|relief)|"
    r"which (?:is|treatment is|option is) (?:best|right)|chronic pain|neuropathic pain|back pain|pain management|"
    r"pain relief)\b"
)


def action_not_specific(text: Analysis, options: Options) -> Iterator[Match]:
    """One match where the article sends readers to a professional several times and never says what for.

    Silent as soon as one sentence of the article names a question, a symptom, a time limit or something to bring.
    """
    found: list[tuple[TextRange, str]] = []
    for sentence in text.candidates_for("action-not-specific", _KINDS):
        folded = text.folded_sentence(sentence)
        hits = list(_CONSULT.finditer(folded))
        if not hits or folded.rstrip().endswith("?"):
            continue
        rest = _VAGUE.sub(" ", _CONSULT.sub(" ", folded))
        if _SPECIFIC.search(rest):
            return
        start, end = hits[0].span()
        found.append((text.range(sentence, start, end), text.prose(sentence)[start:end]))
    if len(found) < options["least"] or _EMERGENCY.search(text.body_text):
        return
    where, shown = found[0]
    related = a_dozen([Related(f"here too: {other}", place) for place, other in found[1:]])
    values = {"match": shown, "count": str(len(found)), "list": join_names([f"“{other}”" for _, other in found[:3]])}
    yield Match(where, values, "", {"sentences": str(len(found))}, related)
