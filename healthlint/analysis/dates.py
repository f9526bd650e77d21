"""Dates that say how current an article is: in its metadata, and in lines such as “Last reviewed: 4 May 2025”."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from healthlint.article import POINTERS, BlockKind
from healthlint.late import late
from healthlint.ranges import TextRange

if TYPE_CHECKING:
    from healthlint.analysis import Analysis


class DateRole(StrEnum):
    """What happened on a date."""

    PUBLISHED = "published"
    UPDATED = "updated"
    REVIEWED = "reviewed"


class DateSpan(NamedTuple):
    """The first and the last day that a written date can mean: one day, or all of “May 2025” or of “2025”."""

    first: date
    last: date


class DateMark(NamedTuple):
    """A date of the article itself and where it stands; `span` is None where it cannot be read."""

    role: DateRole
    text: str
    range: TextRange
    span: DateSpan | None
    visible: bool
    ahead: bool = False  # "Review date: May 2027" can also say when the next review is due


_NAMES = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
_MONTHS = {name[:length]: i for i, name in enumerate(_NAMES, 1) for length in (3, 4, len(name))}
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thurs?|fri|satur?|sun)(?:day)?\.?,?\s+)?"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
# One alternative a way of writing; the groups' names tell them apart.
_DATE_TEXT = (
    rf"(?P<iso>{_YEAR})[-/.](?P<iso_month>\d{{1,2}})(?:[-/.](?P<iso_day>\d{{1,2}}))?(?!\d)"
    rf"|{_WEEKDAY}(?P<d1>{_DAY})(?:\s+of)?[\s-]+(?P<m1>{_MONTH}),?[\s-]+(?P<y1>{_YEAR})\b"
    rf"|{_WEEKDAY}(?P<m2>{_MONTH})\s+(?P<d2>{_DAY}),?\s+(?P<y2>{_YEAR})\b"
    rf"|(?P<m3>{_MONTH}),?\s+(?P<y3>{_YEAR})\b"
    rf"|(?<!\d)(?P<a>\d{{1,2}})[-/.](?P<b>\d{{1,2}})[-/.](?P<y4>{_YEAR})\b"
    rf"|(?<!\d)(?P<m5>\d{{1,2}})/(?P<y5>{_YEAR})\b"
)
_DATE = late(_DATE_TEXT)
_ANY_YEAR = late(_YEAR)
_BARE_YEAR = late(rf"\s*({_YEAR})\s*")

_VERBS = {
    DateRole.REVIEWED: r"reviewed|checked|verified|fact[- ]checked|medically reviewed|review(?! due)",
    DateRole.UPDATED: r"updated|modified|revised|amended|changed|edited|update|revision",
    DateRole.PUBLISHED: r"published|posted|created|written|issued|publication|released|produced|first published",
}
_ROLE_OF = {role: late(verbs) for role, verbs in _VERBS.items()}
_VERB_BEGINNINGS = (
    "review", "check", "verified", "updat", "modified", "revis", "amended", "changed", "edited",
    "publi", "posted", "created", "written", "issued", "released", "produced",
)  # fmt: skip
_ALL_VERBS = "|".join(_VERBS.values())
# A label opens its line or follows a separator; between it and the date stand a name or small words, no sentence.
_LABEL = late(
    r"(?:^|[.|·•;(\[–—-]\s*|\s{2,}|\byears? ago\b|"
    r"^(?:written )?(?:by|author:|dr\.?) [^.,:|]{3,50},)\s*"
    r"(?:(?:this|the|our)\s+)?"
    r"(?:(?:page|content|article|information|guide|leaflet|fact ?sheet|document|topic|text|website|site|it)\s+)?"
    r"(?:(?:was|is|has been|were)\s+)?(?:date\s+(?:of\s+)?|on\s+)?"
    r"(?:(?:last|latest|most recent(?:ly)?|recently|first|originally|medically|clinically|medical|clinical)\s+){0,2}"
    rf"(?:(?:{_ALL_VERBS})(?:\s*(?:/|and|&|or)\s*(?:{_ALL_VERBS}))?)(?:\s+date|\s+on|\s+in)?\b"
)
# “Dr Ruiz checked this page in July 2025.”
_ACTIVE = late(
    r"\b(?:checked|reviewed|updated|revised|wrote)\s(?:it|(?:this|the|our)\s(?:page|article|leaflet|guide|"
    r"fact ?sheet|text))"
    rf"\s(?:last\s)?(?:in|on)\s(?={_DATE_TEXT})"
)
_AHEAD = late(r"^(?!.*\b(?:last|latest|recent)).*\breview\b")
_REVIEW_DATE = late(r"review[_ -]?date")
_NEXT = late(r"\bnext\s+(?:\w+\s+){0,2}$|\bdue\b")
_BETWEEN = late(
    r"\s*(?:online\s+)?(?:date\s*)?[:\s–—-]*"
    r"(?:by:?\s+[^:|]{2,90}?[,\s(|·-]+)?(?:on|in|at|as of)?:?\s*"
    rf"(?={_DATE_TEXT})"
)
# “Updated in May 2021, the guideline …” is a sentence about something else.
_AFTER = late(
    r"\s*(?:$|[.|·•;)\]–—(-]|\d|,?\s*(?:by|and|reviewed|updated|last|next|at|medically|published|posted|written|"
    r"t\d)\b)|t\d"
)
_ONLY_YEAR = late(rf"\s*(?::\s*)?({_YEAR})\s*(?:$|[.|·;)])")
_ALONE = late(rf"\s*(?:date:?\s*)?(?:{_DATE_TEXT})\s*[.)]?\s*(?:[|·•-].*)?")
_HEAD_BLOCKS = 8  # a date that stands alone counts near the title only


def parse_date(text: str) -> DateSpan | None:
    """The first date in a text, in any of the usual ways of writing it, or a year alone; None where there is none.

    Numbers such as 04/05/2025 can mean two days: the span then runs from the one to the other.
    """
    folded = text.lower()
    for found in _DATE.finditer(folded):
        span = _span(found)
        if span is not None:
            return span
    year = _BARE_YEAR.fullmatch(folded)
    return DateSpan(date(int(year[1]), 1, 1), date(int(year[1]), 12, 31)) if year else None


def _span(found: re.Match[str]) -> DateSpan | None:
    if found["iso"]:
        return _day_or_month(found["iso"], int(found["iso_month"]), found["iso_day"])
    if found["a"]:
        spans = [_day_or_month(found["y4"], int(m), d) for d, m in ((found["a"], found["b"]), (found["b"], found["a"]))]
        days = sorted(span.first for span in spans if span)
        return DateSpan(days[0], days[-1]) if days else None
    if found["m5"]:
        return _day_or_month(found["y5"], int(found["m5"]), None)
    for i in "123":
        if found["m" + i]:
            month = _MONTHS[found["m" + i].rstrip(".")]
            return _day_or_month(found["y" + i], month, found["d" + i] if i != "3" else None)
    return None


def _day_or_month(year: str, month: int, day: str | None) -> DateSpan | None:
    if not 1 <= month <= 12:
        return None
    last = monthrange(int(year), month)[1]
    if day is None:
        return DateSpan(date(int(year), month, 1), date(int(year), month, last))
    number = int(day.rstrip("stndrh"))
    if not 1 <= number <= last:
        return None
    at = date(int(year), month, number)
    return DateSpan(at, at)


def dates_of(text: Analysis) -> tuple[DateMark, ...]:
    """Every date of the article itself, metadata first, then what readers see, in source order.

    Dates inside references, related links and running sentences are about other things and are left out.
    """
    meta = text.article.metadata
    marks = [
        DateMark(role, value.text, value.range, parse_date(value.text), visible=False, ahead=ahead)
        for role, value, ahead in (
            (DateRole.PUBLISHED, meta.published, False),
            (DateRole.UPDATED, meta.updated, False),
            (DateRole.REVIEWED, meta.reviewed, any(_REVIEW_DATE.fullmatch(key.lower()) for key in meta.raw)),
        )
        if value is not None and value.text.strip()
    ]
    return (*marks, *_visible(text))


def _visible(text: Analysis) -> Iterator[DateMark]:
    apart = POINTERS | {BlockKind.TITLE}
    seen = 0
    before = ""  # the block before, where it may be a label
    for index, block in enumerate(text.blocks):
        if block.kind in apart or "metadata" in block.within:
            continue
        folded = text.folded[index]
        seen += "header" not in block.within  # a menu above the article may be long
        if not (("20" in folded or "19" in folded) and _ANY_YEAR.search(folded)):
            before = folded
            continue
        alone = _ALONE.fullmatch(folded) if len(folded) <= 60 else None
        if alone and (date_found := _DATE.search(folded)):
            label = _open_label(before)
            if label or seen <= _HEAD_BLOCKS:
                ahead = label is not None and _AHEAD.search(before) is not None
                yield _mark(text, index, label or DateRole.PUBLISHED, *date_found.span(), ahead=ahead)
        found = list(_labelled(folded))
        for role, start, end, ahead in found:
            yield _mark(text, index, role, start, end, ahead=ahead)
        before = "" if found or alone else folded


def _labelled(folded: str) -> Iterator[tuple[DateRole, int, int, bool]]:
    if not any(map(folded.__contains__, _VERB_BEGINNINGS)):
        return
    for said in _ACTIVE.finditer(folded):
        if day := _DATE.match(folded, said.end()):
            yield _role(said.group()), *day.span(), False
    for label in _LABEL.finditer(folded):
        if _NEXT.search(folded[max(0, label.start() - 24) : label.start() + 1]):
            continue
        if "due" in folded[label.end() : label.end() + 5]:
            continue
        gap = _BETWEEN.match(folded, label.end())
        at = _DATE.match(folded, gap.end()) if gap else None
        if at is not None and _AFTER.match(folded, at.end()):
            yield _role(label.group()), at.start(), at.end(), _AHEAD.search(label.group()) is not None
        elif at is None and (year := _ONLY_YEAR.match(folded, label.end())):
            yield _role(label.group()), *year.span(1), _AHEAD.search(label.group()) is not None


def _open_label(folded: str) -> DateRole | None:
    """The role of a block that is nothing but a label (“Last reviewed:”); its date stands in the next block."""
    if len(folded) > 40 or "next" in folded or "due" in folded:
        return None
    label = _LABEL.match(folded)
    return _role(label.group()) if label and not folded[label.end() :].strip(" :") else None


def _role(label: str) -> DateRole:
    for role in (DateRole.REVIEWED, DateRole.UPDATED):
        if _ROLE_OF[role].search(label):
            return role
    return DateRole.PUBLISHED


def _mark(text: Analysis, index: int, role: DateRole, start: int, end: int, *, ahead: bool) -> DateMark:
    block = text.blocks[index]
    said = block.prose[start:end]
    return DateMark(role, said, block.range(start, end), parse_date(said), visible=True, ahead=ahead)
