"""Who wrote an article and who checked it: in its metadata, and in lines such as “Medically reviewed by …, MD”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from healthlint.article import HEADINGS, POINTERS, BlockKind
from healthlint.ranges import TextRange

if TYPE_CHECKING:
    from healthlint.analysis import Analysis


class BylineRole(StrEnum):
    """What a person or an organisation did for the article."""

    AUTHOR = "author"
    REVIEWER = "reviewer"


class Byline(NamedTuple):
    """A named author or reviewer; `qualified` where a credential or a professional title stands with the name."""

    role: BylineRole
    name: str
    range: TextRange
    qualified: bool
    organisation: bool
    visible: bool


_TOKEN = r"(?:[A-ZÀ-ÖØ-Þ][\w'’-]*\.?|[A-Z]\.)"
_LINK = r"(?:de|del|della|der|den|van|von|la|le|di|da|dos|bin|al|el|of|for|and|&|the|on|in)"
_STAFF = (
    r"(?:(?:the|our)\s+(?:[a-z]+\s+){0,2}(?:nurses|doctors|team|staff|pharmacists|dietitians|midwives|editors)\s+"
    r"(?:of|at|from)\s+)"
)
_NAME = re.compile(rf"{_STAFF}?(?:the\s+)?{_TOKEN}(?:\s+(?:{_LINK}\s+){{0,3}}{_TOKEN}|\s*&\s*{_TOKEN}){{0,9}}")
_CREDENTIAL = re.compile(
    r"\b(?:M\.?D|D\.?O|Ph\.?\s?D|D\.?Phil|R\.?N|B\.?S\.?N|M\.?S\.?N|N\.?P|F\.?N\.?P|APRN|DNP|CNM|CRNA|PA-?C|Pharm\.?D|"
    r"R\.?Ph|R\.?D\.?N?|L\.?D\.?N?|C\.?D\.?C?E\.?S|M\.?P\.?H|M\.?Sc?|B\.?Sc|M\.?B\.?B\.?S|M\.?B\.?\s?Ch\.?B|MB|BCh|"
    r"M?R?CP(?:CH|sych)?|FRCP|FRCS|MRCGP|FACP|FAAP|FACC|FACOG|D\.?D\.?S|D\.?M\.?D|B\.?D\.?S|D\.?P\.?T|P\.?T|O\.?T|"
    r"Psy\.?D|Ed\.?D|LCSW|LMFT|LPC|D\.?P\.?M|O\.?D|D\.?V\.?M|BPharm|BVSc|CCC-SLP)\b\.?|\b(?:Dr|Prof)\b\.?|"
    r"(?i:\b(?:professor|physician|doctor|surgeon|[\w-]+ologist|p(?:a?e)diatrician|psychiatrist|gp|"
    r"general practitioner|pharmacist|dieti[ct]ian|nurse|midwife|physiotherapist|physical therapist|dentist|"
    r"nutritionist|consultant)\b)"
)
_ORGANISATION = re.compile(
    r"\b(?:Foundation|Association|Society|Institutes?|Hospitals?|Clinic|University|NHS|CDC|NIH|WHO|FDA|Department|"
    r"Agency|"
    r"Cent(?:er|re)s?|Team|Staff|Editors?|Editorial|Group|College|Committee|Council|Network|Service|Trust|Ministry|"
    r"Organi[sz]ation|Charity|Board|Academy|Alliance|Federation|Administration|Library|School|Health|Office|Bureau|"
    r"Medicine|Unit|Initiative|Panel|Faculty)\b|^[A-Z][A-Z.&]{1,7}$"
)
# Names that name nobody.
_NOBODY = re.compile(
    r"^(?:the\s+)?(?:admin(?:istrator)?|staff|editors?|guest|author|webmaster|user|root|team|anonymous|contributors?|"
    r"writer|unknown|none|n/?a|null|tbd|tba|todo|name|your name|editorial|dr\.?|prof\.?|guest (?:author|post|writer|"
    r"blogger)|"
    r"staff writer|content team|web ?team|default|test|blog|site admin|admin ?\d*|no author|author name)$",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"^(?:the\s+)?(?:Your|You|My|Our|Their|His|Her|Its|This|That|These|Those|Using|Taking|Being|Having|Doing|Law|"
    r"Default|"
    r"Phone|Mail|Email|Post|Mouth|Then|Now|Age|Design|Contrast|Comparison|Definition|Doctors?|Nurses?|Patients?|"
    r"Experts?|"
    r"People|Women|Men|Children|Adding|Making|Getting|Eating|Keeping|Working|Learning|Knowing|Far|Itself|Hand|Accident|"
    r"Chance|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May \d|June|July|August|September|"
    r"October|November|December)\b"
)
_THIS = r"(?:(?:this\s+)?(?:article|page|content|information|guide|topic)\s+)?(?:(?:was|has been|is)\s+)?"
_ON_DATE = r"(?:\s+(?:on|in)\s+[\w ,]{4,20}?)?"
_REVIEWED = (
    rf"{_THIS}(?:last\s+)?(?:(?:medically|clinically|scientifically|expertly|professionally|peer|expert|fact)[- ]?)?"
    rf"(?:reviewed|checked|verified|approved|vetted)(?:\s+(?:and|&)\s+\w+)?{_ON_DATE}\s+"
    r"(?:for (?:medical )?accuracy\s+)?by:?|"
    r"(?:(?:medical|clinical|expert|scientific|peer|editorial|content|fact)[\s-]+)?reviewers?\s?:|"
    r"(?:medical|clinical) (?:editor|advis[eo]r|review)\s?:|(?:medical|clinical|expert) review(?:ed)? by:?"
)
_WRITTEN = (
    rf"{_THIS}(?:originally\s+)?(?:written|authored|prepared|compiled|produced|developed|contributed|created|published|"
    rf"posted|edited)(?:\s+(?:and|&)\s+\w+)?{_ON_DATE}\s+by:?|(?:content\s+)?(?:authors?|writers?|editors?|byline)\s?:|"
    r"(?:content\s+)?provided by:?|(?:information|article|content) (?:from|by):?"
)
# A label opens the line or stands behind a mark or a gap. To look for these first is far quicker than in one pattern.
_MARK = re.compile(
    r"[|·•;–—(.!]\s*|,?\s+and\s+(?=(?:medically|clinically|then)?\s*(?:reviewed|checked|approved|edited) by\b)|"
    r",\s+(?=\w+ed by\b)"
)
_NEXT_LABEL = re.compile(
    r"[.,]?\s+(?=(?:(?i:last|medically|clinically|fact[- ])\s?)?(?:Updated|Reviewed|Published|Posted|Checked|"
    r"updated|reviewed)\b)"
)
_GAP = re.compile(r"\s\s+")
_LABEL = re.compile(rf"(?:(?P<reviewer>(?i:{_REVIEWED}))|(?P<author>(?i:{_WRITTEN}))|(?P<bare>(?i:by):?))\s+")
_LABELLED = ("by ", ": ", "information from ", "article from ", "content from ")  # how every label ends, folded
_SMALL = frozenset(
    {"of", "and", "the", "for", "de", "van", "on", "in", "at", "a", "an", "is", "who", "with", "from", "by", "last",
     "updated", "reviewed", "medically", "published", "posted", "min", "mins", "minute", "minutes", "read",
     "registered", "nurse", "doctor", "dietitian", "pharmacist", "physician", "writer", "editor", "author",
     "specialist",     "consultant", "senior", "health", "medical", "editorial", "team", "staff", "editors", "desk"}
)  # fmt: skip
# “The ward nurses wrote this page. Dr Ana Ruiz, psychiatrist, checked it in July 2025.”
_ACTIVE = re.compile(
    rf"(?:^|[.!]\s+|\band\s+)(?P<name>(?:The|Our|Dr|Prof)?\.?\s?(?:[a-z]+\s)?{_TOKEN}(?:\s(?:[a-z]+\s)?{_TOKEN}){{0,6}}"
    r"(?:\s(?:(?:medical|editorial|nursing|clinical|patient|information|health)\s){0,2}(?:team|staff|nurses|doctors|"
    r"editors))?)"
    r"(?:,\s[\w\s-]{3,60},)?\s(?P<verb>wrote|prepared|produced|reviewed|checked|approved|edited)\s"
    r"(?:it|(?:this|the|our)\s(?:page|article|leaflet|guide|fact\s?sheet|information|text|content|post))\b"
)
_SAYS_WHO = ("wrote ", "prepared ", "produced ", "reviewed ", "checked ", "approved ", "edited ")
# A line of its own near the title: “Dr. Ana Ruiz, neurologist”.
_TITLED = re.compile(
    rf"(?P<name>(?:(?:Dr|Prof|Professor)\.?\s{_TOKEN}|(?!By\b|Author|Written|Posted|"
    rf"\w+ed\b){_TOKEN}\s{_TOKEN})(?:\s{_TOKEN}){{0,2}})"
    r",\s[\w\s.,()-]{2,60}"
)
# “Ana Ruiz”, and below it “Senior editor”.
_ONLY_NAME = re.compile(rf"{_TOKEN}(?:\s{_TOKEN}){{1,3}}")
_ROLE = re.compile(
    r"(?:(?:senior|staff|chief|contributing|freelance|managing|associate|assistant|deputy|guest|health|medical|science|"
    r"nutrition|fitness|wellness|beauty|news|lead|content|and|&|,|/)\s*)*"
    r"(?:editor|writer|reporter|journalist|contributor|correspondent|author|columnist)(?:\s*[,|·–-].{0,60})?",
    re.IGNORECASE,
)
_HEAD_BLOCKS = 8
_LONGEST = 90  # characters of a byline
_ATTRIBUTION = re.compile(r"(?:[A-Z]{2,8}\s?[:—–-]\s+)?(?:the\s+)?[A-Z][^.!?]{6,110}")
_NOT_A_LINE = HEADINGS | POINTERS


def bylines_of(text: Analysis) -> tuple[Byline, ...]:
    """Every named author and reviewer, metadata first, then what readers see, in source order.

    “By your doctor” is no byline, “Admin” is no name; an organisation is a valid author.
    """
    meta = text.article.metadata
    found = []
    for role, values in ((BylineRole.AUTHOR, meta.authors), (BylineRole.REVIEWER, meta.reviewers)):
        for value in values:
            name = value.text.strip()
            if name and not _NOBODY.match(name) and any(c.isalpha() for c in name):
                found.append(_byline(role, name, name, value.range, visible=False))
    return (*found, *_visible(text))


def _visible(text: Analysis) -> Iterator[Byline]:
    blocks = text.blocks
    shown = [i for i, b in enumerate(blocks) if b.kind not in _NOT_A_LINE and "metadata" not in b.within]
    labelled = set(text.blocks_with(_LABELLED))
    for index in filter(labelled.__contains__, shown):
        prose = blocks[index].prose
        for label in _labels(prose, text.folded[index]):
            name = _NAME.match(prose, label.end())
            if name is None or _NOT_A_NAME.match(name.group()) or _NOBODY.match(_trimmed(name.group())):
                continue
            if label["bare"] and not _is_line(prose, label.start()):
                continue
            role = BylineRole.REVIEWER if label["reviewer"] else BylineRole.AUTHOR
            said = _trimmed(name.group())
            tail = prose[label.end() : name.end() + 60]
            yield _byline(role, said, tail, blocks[index].range(label.end(), label.end() + len(said)), visible=True)
    for index in shown:
        for found in _ACTIVE.finditer(blocks[index].prose) if _says_who(text.folded[index]) else ():
            role = BylineRole.AUTHOR if found["verb"] in ("wrote", "prepared", "produced") else BylineRole.REVIEWER
            start, end = found.span("name")
            yield _byline(role, found["name"], found[0], blocks[index].range(start, end), visible=True)
    body = [at for at, index in enumerate(shown) if "header" not in blocks[index].within][:_HEAD_BLOCKS]
    top = shown[: body[-1] + 1 if body else _HEAD_BLOCKS]  # what menus show does not push a byline out of sight
    for index in top:
        prose = blocks[index].prose
        name = _TITLED.fullmatch(prose) if len(prose) <= _LONGEST else None
        if name and _CREDENTIAL.search(prose):
            said = name["name"]
            yield _byline(BylineRole.AUTHOR, said, prose, blocks[index].range(*name.span("name")), visible=True)
    for index, below in pairwise(top):
        prose = blocks[index].prose
        if _ONLY_NAME.fullmatch(prose) and _ROLE.fullmatch(blocks[below].prose) and not _NOBODY.match(prose):
            yield _byline(BylineRole.AUTHOR, prose, blocks[below].prose, blocks[index].range(), visible=True)
    for index in shown[-3:]:
        prose = blocks[index].prose
        # The closing line of a fact sheet: “NIH: National Institute of …”.
        if (
            blocks[index].kind is not BlockKind.LIST_ITEM
            and _ATTRIBUTION.fullmatch(prose)
            and _names_only_an_organisation(prose)
        ):
            yield Byline(BylineRole.AUTHOR, prose, blocks[index].range(), False, True, True)


def _says_who(folded: str) -> bool:
    return any(map(folded.__contains__, _SAYS_WHO))


def _labels(prose: str, folded: str) -> Iterator[re.Match[str]]:
    places = {0, *[m.end() for m in _MARK.finditer(prose) if m.end() - m.start() > 1 or m[0] not in ".!"]}
    if "  " in folded:
        places.update([m.end() for m in _GAP.finditer(prose)])
    end = 0
    for at in sorted(places):
        if at >= end and (label := _LABEL.match(prose, at)):
            end = label.end()
            yield label


def _trimmed(name: str) -> str:
    # “Ana Ruiz Updated” or a following label is not part of the name; credentials after a comma are not either.
    cut = re.split(r"\s+(?:Updated|Reviewed|Medically|Published|Last|Posted|On)\b", name)[0]
    return cut.strip().rstrip(",&")


def _is_line(prose: str, start: int) -> bool:
    """Whether what stands from `start` on is a byline of its own and not the middle of a sentence."""
    line = re.split(r"[|·•]", prose[start : start + 3 * _LONGEST].lstrip("|·•;–—(. "))[0].strip()
    line = _NEXT_LABEL.split(line)[0]
    if len(line) > _LONGEST or (line.endswith(".") and not re.search(r"\b[A-Z]\.(?:[A-Z]\.)?$", line)):
        return False
    low = [word for word in re.findall(r"[\w'’-]+", line) if word[0].islower()]
    return sum(word not in _SMALL for word in low) <= 1


def _names_only_an_organisation(prose: str) -> bool:
    low = [
        word
        for word in re.findall(r"[\w'’-]+", prose)
        if word[0].islower() and word not in ("of", "and", "the", "for", "on", "in", "at")
    ]
    return not low and len(prose.split()) >= 3 and bool(_ORGANISATION.search(prose))


def _byline(role: BylineRole, name: str, said: str, at: TextRange, *, visible: bool) -> Byline:
    return Byline(
        role, name, at, bool(_CREDENTIAL.search(said.replace("_", " "))), bool(_ORGANISATION.search(name)), visible
    )
