"""Checks on plain language that need more of the article than a sentence: acronyms, and advice that says too little."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from healthlint.analysis import Analysis
from healthlint.article import BlockKind
from healthlint.finding import Match, Related
from healthlint.ranges import TextRange
from healthlint.rules.kinds._matching import a_dozen, in_quotes, times
from healthlint.rules.model import Options, join_names

_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.QUESTION})
# Where an acronym may be spelled out: also in headings, the title and captions.
_EXPANDS = _KINDS | {BlockKind.TITLE, BlockKind.HEADING, BlockKind.CAPTION}
_ACRONYM = re.compile(
    r"[A-Z](?<![\w.&/@#$'’-][A-Z])(?=[A-Za-z0-9&]*[A-Z])[A-Za-z0-9]{0,2}(?:&[A-Z])?[A-Z0-9]{1,5}(?:s|’s|'s)?"
    r"(?![\w@&]|[-‑–/.:][A-Z0-9]|[’'-][A-Za-z]{2})"
)
_ROMAN = re.compile(r"[IVXLC]+|(?:I{1,3}|IV)[AB]")
_CODE = re.compile(r"\d")
_LETTER_WORD = re.compile(r"[^\W_]+")
# Two capitals are mostly a state, a time zone or somebody's initials; met this often they are an acronym.
_LEAST_OF_TWO = 3
_SMALL_WORDS = frozenset("of the and for in to a an on at by with or de la".split(" "))
_SHOUT = re.compile(r"[A-Z]{2,}")
_SPELLED_AFTER = re.compile(
    r"(?:s|’s|'s)?[\"”'’)*]*(?:\s*\((?=[^)]*[a-z]{3}[^)]*[a-z]{3})"
    r"|,? (?:which |that )?(?:stands? for|is short for|means|or|also called|also known as|is the|is an?|are)\b"
    r"|\s*(?:[–—=:]|-{1,2}(?=\s)|\s-\s)\s*[A-Za-z]|, an? )"
)
_SPELLED_BEFORE = re.compile(
    r"(?:\b(?:called|known as|termed|abbreviated(?: as| to)?|for short,?|acronym|short for|abbreviation|named)"
    r"(?: an?| the)?|, or|[a-z][a-z]+\*?(?: type)?(?: [A-Z0-9]{1,4})?,? ?[(\[/])\s*[\"“'‘*]*$"
)
# Genes and syndromes are called by their letters: “mutations in the MMAA, MMAB and MCEE genes”, “the gene SNCA”.
_NAME_AFTER = re.compile(
    r"(?:,? (?:(?:and|or) )?(?:the )?[A-Z][A-Z0-9-]{1,9}\b){0,12}[*_)]* (?:genes?|mutations?|mutants?|variants?)\b"
    r"|[*_]* syndromes?\b"
)
_NAME_BEFORE = re.compile(r"\bgenes?,? (?:(?:called|named|include|including|such as) )?[*_(]*$")
# “ITG Brands”, “a DS Logon account”: part of a name of somebody or something.
_NAME_GOES_ON = re.compile(r" [A-Z][a-z]{2,}")


@dataclass(frozen=True, slots=True)
class _Use:
    block: int
    start: int
    end: int
    text: str


def acronym_undefined(text: Analysis, options: Options) -> Iterator[Match]:
    """One match for each acronym that the article never spells out, at its first use.

    An acronym counts as spelled out where it follows its words in brackets, is followed by them, or where words with
    its initials in order stand before its first use or in its sentence. Acronyms of `known`, Roman numerals, codes,
    names of genes, syndromes and institutions, and text in capitals are left alone.
    """
    known = {name.upper() for name in (*options["known"], *options["also-known"], *text.settings.glossary)}
    first: dict[str, list[_Use]] = {}
    spelled: set[str] = set()
    for index in text.body:
        block = text.blocks[index]
        if block.kind not in _EXPANDS or index in text.title_repeats:
            continue
        places = list(_ACRONYM.finditer(block.prose))
        for found in () if not places or _shouts(block.prose) else places:
            name = _singular(found[0])
            if name.upper() in known or _not_an_acronym(name) or name in spelled:
                continue
            if _spelled_out(text, block.prose, found.start(), found.end(), name):
                spelled.add(name)
            elif _NAME_GOES_ON.match(block.prose, found.end()):
                continue
            elif block.kind in _KINDS and not _label(text, index) and not in_quotes(block.prose, *found.span()):
                first.setdefault(name, []).append(_Use(index, *found.span(), found[0]))
    for name, uses in first.items():
        least = max(options["least"], _LEAST_OF_TWO if len(name) == 2 else 1)
        if name in spelled or len(uses) < least or _expanded_before(text, name, uses[0]):
            continue
        use = uses[0]
        where = text.blocks[use.block].range(use.start, use.end)
        related = tuple(Related("also here", text.blocks[u.block].range(u.start, u.end)) for u in uses[1:6])
        values = {"match": use.text, "times": times(len(uses)), "count": str(len(uses))}
        yield Match(where, values, "", {"acronym": name}, related)


def _label(text: Analysis, index: int) -> bool:
    # A short table cell is a label: the cell after it says what it means.
    cells = [block.kind is BlockKind.TABLE_CELL for block in text.blocks[index : index + 2]]
    return cells == [True, True] and len(text.blocks[index].prose.split()) <= 6


def _singular(text: str) -> str:
    return re.sub(r"(?:['’]s|s)$", "", text)


def _shouts(prose: str) -> bool:
    letters = [c for c in prose if c.isalpha()]
    return len(letters) > 6 and sum(c.isupper() for c in letters) > 0.6 * len(letters)


def _not_an_acronym(name: str) -> bool:
    capitals = sum(c.isupper() for c in name)
    return bool(_ROMAN.fullmatch(name)) or bool(_CODE.search(name)) or capitals < 2 or len(name) < 2


_CLOSE = 200  # characters; an acronym's words stand no further before it


def _spelled_out(text: Analysis, prose: str, start: int, end: int, name: str) -> bool:
    if _SPELLED_AFTER.match(prose, end) and not _only_or(prose, end):
        return True
    before = prose[max(0, start - _CLOSE) : start]
    if _SPELLED_BEFORE.search(before):
        return True
    if _NAME_AFTER.match(prose, end) or _NAME_BEFORE.search(before):
        return True
    return len(name) > 2 and _has_initials(prose, name)


def _only_or(prose: str, end: int) -> bool:
    # “ask for a CBC or a scan”: here “or” joins two things, it does not explain.
    return bool(re.match(r"s? or\b", prose[end:])) and not re.match(r"s?, or\b", prose[end:])


def _expanded_before(text: Analysis, name: str, use: _Use) -> bool:
    parts = [text.blocks[i].prose for i in text.body if i < use.block]
    return _has_initials(" . ".join([*parts, text.blocks[use.block].prose]), name)


@lru_cache(maxsize=4)
def _initials(prose: str) -> tuple[tuple[list[str], str], ...]:
    # The words of a text and their initials, with and without small words; kept, for a text has several acronyms.
    words = [word.lower() for word in _LETTER_WORD.findall(prose) if not _SHOUT.fullmatch(word)]
    large = [word for word in words if word not in _SMALL_WORDS]
    return tuple((kept, "".join(word[0] for word in kept)) for kept in (words, large))


def _has_initials(prose: str, name: str) -> bool:
    # Whether words stand in a row whose initials are the acronym; small words in between may be passed over.
    wanted = name.lower().replace("&", "")
    for kept, initials in _initials(prose):
        if len(wanted) > 2 and wanted in initials:
            return True
        at = initials.find(wanted) if len(wanted) == 2 else -1
        if at >= 0 and _adjacent(prose, kept[at : at + 2], name):
            return True
    return False


def _adjacent(prose: str, words: list[str], name: str) -> bool:
    # Two initials are met by chance: the words have to stand next to the acronym itself.
    return (
        re.search(rf"{re.escape(words[0])}\W+{re.escape(words[1])}\W{{1,4}}{re.escape(name)}", prose, re.I) is not None
    )


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
    related = a_dozen([Related(f"also here: {other}", place) for place, other in found[1:]])
    values = {"match": shown, "count": str(len(found)), "list": join_names([f"“{other}”" for _, other in found[:3]])}
    yield Match(where, values, "", {"sentences": str(len(found))}, related)
