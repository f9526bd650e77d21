"""Acronyms that an article never spells out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from healthlint.analysis import Analysis
from healthlint.analysis.memo import Memo
from healthlint.article import BlockKind
from healthlint.finding import Match, Related
from healthlint.formats.sections import is_own_line
from healthlint.late import late
from healthlint.rules.messages import times
from healthlint.rules.model import Options
from healthlint.rules.surroundings import in_quotes, is_label

_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.QUESTION})
# Where an acronym may be spelled out: also in headings, the title and captions.
_EXPANDS = _KINDS | {BlockKind.TITLE, BlockKind.HEADING, BlockKind.CAPTION}
_ACRONYM = late(
    r"[A-Z](?<![\w.&/@#$'’-][A-Z])(?=[A-Za-z0-9&]*[A-Z])[A-Za-z0-9]{0,2}(?:&[A-Z])?[A-Z0-9]{1,5}(?:s|’s|'s)?"
    r"(?![\w@&]|[-‑–/.:][A-Z0-9]|[’'-][A-Za-z]{2})"
)
_POSSESSIVE = late(r"['’]s$")
_ROMAN = late(r"F?[IVXLC]+|(?:I{1,3}|IV)[AB]")  # a clotting factor, too: FXIII
_CODE = late(r"\d")
_LETTER_WORD = late(r"[^\W_]+")
# Two capitals are mostly a state, a time zone or somebody's initials; met this often they are an acronym.
_LEAST_OF_TWO = 3
_SMALL_WORDS = frozenset("of the and for in to a an on at by with or de la".split(" "))
_PARTS = late(r"[:;,?!()|]|\s[-–—]\s|\b(?i:what (?:is|are)|about|treating|living with)\b")
_SHOUT = late(r"[A-Z]{2,}")
_SPELLED_AFTER = late(
    r"(?:s|’s|'s)?[\"”'’)*]*(?:\s*\((?=[^)]*[a-z]{3}[^)]*[a-z]{3})"
    r"|,? (?:which |that )?(?:stands? for|is short for|means|or|also called|also known as|is the|is an?|are)\b"
    r"|\s*(?:[–—=:]|-{1,2}(?=\s)|\s-\s)\s*[A-Za-z]|, (?:an?|another|one of) "
    r"|, (?:the|our|your) (?:[\w'’-]+ ){1,6}(?:service|agency|group|organi[sz]ation|charity|team|body|test|measure|"
    r"score|hormone|protein|virus|type|kind|form|enzyme|programme|program|scale|system|part|name|unit|fund|insurer)\b)"
)
# A word to send: “text HELLO to 55555”.
_TO_SEND = late(r"\b(?:text(?:ing|s)?|sms|send)(?: the word)? [\"“'‘*]*$", re.IGNORECASE)
_SPELLED_BEFORE = late(
    r"(?:\b(?:called|known as|termed|abbreviated(?: as| to)?|for short,?|acronym|short for|abbreviation|named)"
    r"(?: an?| the)?|, or|[a-z][a-z]+\*?(?: type)?(?: [A-Z0-9]{1,4})?,? ?[(\[/])\s*[\"“'‘*]*$"
)
# How what stands before an acronym ends there, quotation marks aside: to ask this first is far quicker.
_ENDS_BEFORE = (
    "(", "[", "/", ", or", " a", " an", " the",
    "called", "known as", "termed", "abbreviated", "abbreviated as", "abbreviated to", "short", "short,", "acronym",
    "short for", "abbreviation", "named",
)  # fmt: skip
# Genes, enzymes and syndromes are called by their letters: “mutations in the MMAA, MMAB and MCEE genes”, “KRAS G12C”.
_NO_ENZYME = r"(?:disease|increase|decrease|release|purchase|database|phrase|please)\b"
_NAME_AFTER = late(
    r"(?:,? (?:(?:and|or) )?(?:the )?[A-Z][A-Z0-9-]{1,9}\b){0,12}[*_)]* (?:(?:gene )?(?:fusions?|amplifications?|"
    r"rearrangements?|alterations?|alleles?)|genes?|mutations?|mutants?|variants?|kinases?|oncogenes?)\b"
    rf"|[*_]*(?: [a-z-]+){{0,2}} syndromes?\b|[*_]* (?:(?!{_NO_ENZYME})[a-z]{{3,}}ase|[A-Z]\d{{2,4}}[A-Z*])\b"
    r"|-(?:mutant|mutated|driven)\b"
    r"|[*_]*(?: deficiency| diseases?| disorder), (?:or|also called|also known as) (?!an? |the )"
)
_TO_WHOM = late(r"[\"”’'*]* to\b")
_NAME_BEFORE = late(r"\bgenes?,? (?:(?:called|named|include|including|such as) )?[*_(]*$")
# “Other genes are FLNA (one form), CASK and …”: a list in a sentence about genes.
_OF_GENES = late(
    r"\b(?:genes?|mutations?|oncogenes?)\b[^.;]*(?:\b(?:(?:in|of)(?: the)?|and|or|include|including|are)|[,/]) [*_(]*$"
)
_TRIAL = late(r"[*_]* (?:trials?|registry)\b")
# “ITG Brands”, “the ESMO HPB Guidelines”, “ASCO GI 2025”: part of a name of somebody or something.
_NAME_GOES_ON = late(r"(?: [A-Z]{2,6})? (?:[A-Z][a-z]{2,}|(?:19|20)\d\d\b)")


class _Use(NamedTuple):
    block: int
    start: int
    end: int
    text: str


def acronym_undefined(text: Analysis, options: Options) -> Iterator[Match]:
    """One match for each acronym that the article never spells out, at its first use.

    An acronym counts as spelled out where it follows its words in brackets, is followed by them, or where words with
    its initials in order stand before its first use or in its sentence. Acronyms of `known` and `names`, Roman
    numerals, codes, names of genes, syndromes, trials and institutions, the texts of links, which lead to what they
    name, and text in capitals are left alone.
    """
    if not (places_of := dict(_places(text))):
        return
    left_alone = (*options["known"], *options["names"], *options["also-known"], *text.settings.glossary)
    known = set(map(str.upper, left_alone))
    first: dict[str, list[_Use]] = {}
    spelled: set[str] = set()
    linked = _linked(text)
    for index, places in places_of.items():
        block = text.blocks[index]
        for found in () if _shouts(block.prose) else places:
            name = _singular(found[0])
            if name.upper() in known or _not_an_acronym(name) or name in spelled:
                continue
            if _spelled_out(block.prose, found.start(), found.end(), name):
                spelled.add(name)
            elif _NAME_GOES_ON.match(block.prose, found.end()) or _in_link(linked.get(index, ()), found.start()):
                continue
            elif block.kind in _KINDS and not is_label(text, index) and not in_quotes(block.prose, *found.span()):
                shown = _POSSESSIVE.sub("", found[0])
                start = found.start()
                first.setdefault(name, []).append(_Use(index, start, start + len(shown), shown))
    words = _Words(text) if first else None
    for name, uses in first.items():
        least = max(options["least"], _LEAST_OF_TWO if len(name) == 2 else 1)
        if name in spelled or len(uses) < least or (words and words.stand_before(name, uses[0].block)):
            continue
        use = uses[0]
        where = text.blocks[use.block].range(use.start, use.end)
        related = tuple(Related("here too", text.blocks[u.block].range(u.start, u.end)) for u in uses[1:6])
        values = {"match": use.text, "times": times(len(uses)), "count": str(len(uses))}
        yield Match(where, values, "", {"acronym": name}, related)


def _places(text: Analysis) -> Iterator[tuple[int, list[re.Match[str]]]]:
    blocks = [i for i in text.body if text.blocks[i].kind in _EXPANDS and i not in text.title_repeats]
    if _ACRONYM.search("\n".join([text.blocks[i].prose for i in blocks])):  # many articles have none
        for index in blocks:
            prose = text.blocks[index].prose
            # Letters behind the name of an author are degrees.
            if (places := list(_ACRONYM.finditer(prose))) and not is_own_line(prose):
                yield index, places


def _linked(text: Analysis) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for link in text.article.links:
        found.setdefault(link.block, []).append((link.start, link.end))
    return found


def _in_link(spans: Iterable[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in spans)


def _singular(text: str) -> str:
    return re.sub(r"(?:['’]s|s)$", "", text)


def _shouts(prose: str) -> bool:
    letters = sum(map(str.isalpha, prose))
    return letters > 6 and sum(map(str.isupper, prose)) > 0.6 * letters


def _not_an_acronym(name: str) -> bool:
    capitals = sum(c.isupper() for c in name)
    return bool(_ROMAN.fullmatch(name)) or bool(_CODE.search(name)) or capitals < 2 or len(name) < 2


_LEAST_OF_TRIAL = 4  # letters; trials have names like words
_NEAR = 2000  # characters to both sides in which the words of an acronym may stand
_BETWEEN = "\n" * 5  # of blocks; more than may stand between an acronym and its words
_CLOSE = 200  # characters; an acronym's words stand no further before it
_TAIL = 60  # characters; more than what says so right before it


def _spelled_out(prose: str, start: int, end: int, name: str) -> bool:
    if _SPELLED_AFTER.match(prose, end) and not _only_or(prose, end):
        return True
    before = prose[max(0, start - _CLOSE) : start]
    if before.rstrip("\"“‘'*").rstrip().endswith(_ENDS_BEFORE) and _SPELLED_BEFORE.search(before[-_TAIL:]):
        return True
    if _TO_SEND.search(before[-_TAIL:]) and _TO_WHOM.match(prose, end):
        return True
    if _NAME_AFTER.match(prose, end) or _NAME_BEFORE.search(before) or _OF_GENES.search(before):
        return True
    if len(name) >= _LEAST_OF_TRIAL and _TRIAL.match(prose, end):
        return True
    around = prose if len(prose) <= 2 * _NEAR else prose[max(0, start - _NEAR) : end + _NEAR]
    return len(name) > 2 and any(_letters(name) in initials for initials in _initials(around))


def _only_or(prose: str, end: int) -> bool:
    # “ask for a CBC or a scan”: here “or” joins two things, it does not explain.
    return bool(re.match(r"s? or\b", prose[end:])) and not re.match(r"s?, or\b", prose[end:])


def _letters(name: str) -> str:
    return name.lower().replace("&", "")


@lru_cache(maxsize=16)
def _initials(prose: str) -> tuple[str, str]:
    """The initials of the words of a text, with and without small words."""
    pieces = prose.split()
    return "".join(map(_ALL_INITIALS.__getitem__, pieces)), "".join(map(_LARGE_INITIALS.__getitem__, pieces))


def _initials_of(piece: str, left_out: frozenset[str] = frozenset()) -> str:
    words = [word.lower() for word in _LETTER_WORD.findall(piece) if not _SHOUT.fullmatch(word)]
    return "".join([word[0] for word in words if word not in left_out])


_ALL_INITIALS = Memo(_initials_of)
_LARGE_INITIALS = Memo(partial(_initials_of, left_out=_SMALL_WORDS))


class _Words:
    """The initials of all words of an article, and up to where they reach at the end of each block."""

    def __init__(self, text: Analysis) -> None:
        metadata = text.article.metadata.title
        title = " . ".join(dict.fromkeys(filter(None, (text.article.title, metadata.text if metadata else ""))))
        parts = [(-1, title), *((i, text.blocks[i].prose) for i in text.body)]
        self._prose = _BETWEEN.join(prose for _, prose in parts)
        self._ends: dict[int, tuple[int, int, int]] = {}
        initials: tuple[list[str], list[str]] = ([], [])
        at = every = large = 0
        for index, prose in parts:
            for kept, found in zip(initials, _initials(prose), strict=True):
                kept.append(found)
            at, every, large = (
                at + len(prose) + len(_BETWEEN),
                every + len(initials[0][-1]),
                large + len(initials[1][-1]),
            )
            self._ends[index] = at, every, large
        self._initials = "".join(initials[0]), "".join(initials[1])
        names = (title, *(text.blocks[i].prose for i in text.body if text.blocks[i].kind is BlockKind.HEADING))
        self._subjects = {_initials(part)[0] for name in names for part in _PARTS.split(name)}

    def stand_before(self, name: str, block: int) -> bool:
        """Whether words in a row with these initials stand in a block or before it; two next to the acronym itself."""
        wanted = _letters(name)
        at, *ends = self._ends[block]
        if len(wanted) > 2:
            return any(found.find(wanted, 0, end) >= 0 for found, end in zip(self._initials, ends, strict=True))
        if wanted in self._subjects:  # “Ankylosing spondylitis”: what the page or a part of it is about
            return True
        first, second = map(re.escape, wanted)
        pattern = rf"\b{first}[^\W_]*\W+{second}[^\W_]*\W{{1,4}}{re.escape(name)}"
        return re.compile(pattern, re.IGNORECASE).search(self._prose, 0, at) is not None
