"""Who stands behind an article, and when it was checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from healthlint.analysis import Analysis
from healthlint.analysis.dates import DateMark
from healthlint.analysis.topics.services import about_services
from healthlint.finding import Match
from healthlint.late import late
from healthlint.ranges import TextRange
from healthlint.rules.model import Options, day_of

_MONTH = timedelta(days=30.44)


_TREATMENT_TITLE = late(
    r"\b(?:treat\w*|therap(?:y|ies)|medicines?|medications?|drugs?|tablets?|pills?|vaccines?|surgery|antidepressants?|"
    r"antibiotics?|painkillers?|opioids?|steroids?|statins?|supplements?|remed(?:y|ies)|herbs?|herbal|doses?|cures?)\b"
)


def author_missing(text: Analysis, options: Options) -> Iterator[Match]:
    """One match where nobody is named, or, on a treatment topic, where nobody named shows a qualification."""
    if text.body_length < int(options["min-words"]):
        return
    bylines = text.sections.bylines
    if not bylines:
        if about_services(text):
            return
        yield Match(None, {}, "", {"bylines": "none"})
        return
    treatment = _TREATMENT_TITLE.search(text.article.title.lower()) is not None
    if treatment and not any(mark.qualified or mark.organisation for mark in bylines):
        first = next((mark for mark in bylines if mark.visible), bylines[0])
        at = first.range if first.range.end > first.range.start else None
        yield Match(at, {"name": first.name}, "unqualified", {"bylines": ", ".join(mark.name for mark in bylines)})


def date_missing_or_stale(text: Analysis, options: Options) -> Iterator[Match]:
    """One match: no date, a latest date that is too old, or a date still to come."""
    if text.body_length < int(options["min-words"]):
        return
    today = day_of(options["today"])
    dates = [mark for mark in text.sections.dates if mark.span is not None]
    if not dates:
        yield _undated(next(iter(text.sections.dates), None), today)
        return
    for mark in dates:
        assert mark.span is not None
        if mark.span.first > today + timedelta(days=1):  # a day's grace: time zones
            if mark.ahead:  # the day of the next review: somebody keeps the page
                continue
            yield _dated(mark, "future", today)
            return
    if any(mark.ahead and _last_day(mark) >= today for mark in dates):
        return
    latest = max(dates, key=_last_day)
    age = (today - _last_day(latest)) / _MONTH
    if age > float(options["stale-months"]):
        yield _dated(latest, "outdated" if age > float(options["outdated-months"]) else "stale", today)


def _undated(unread: DateMark | None, today: date) -> Match:
    evidence = {"today": today.isoformat(), "dates": unread.text if unread else "none"}
    if unread is None:
        return Match(None, {}, "", evidence)
    return Match(_place(unread), {"date": unread.text}, "unreadable", evidence)


def _place(mark: DateMark) -> TextRange | None:
    """Where a date stands; None where its metadata has no single place."""
    return mark.range if mark.range.end > mark.range.start else None


def _last_day(mark: DateMark) -> date:
    assert mark.span is not None
    return mark.span.last


def _dated(mark: DateMark, variant: str, today: date) -> Match:
    years = (today - _last_day(mark)).days // 365
    values = {"date": mark.text, "role": mark.role.value, "years": f"{years} years"}
    return Match(
        _place(mark), values, variant, {"date": mark.text, "role": mark.role.value, "today": today.isoformat()}
    )


_TRUE = frozenset({"true", "yes", "1", "on", "full", "partial", "draft"})
_SAID = late(
    r"\b(?:written|drafted|created|generated|produced|translated|prepared|made|edited|summari[sz]ed)\b.{0,40}"
    r"\b(?:with|by|using)\b.{0,40}\b(?:ai|artificial intelligence|a language model|chatgpt|claude|gemini|copilot)\b|"
    r"\bai[- ](?:assisted|generated|written|drafted)\b"
)
_AI_KEYS = frozenset({"aiassisted", "aigenerated", "ai", "aiuse", "generatedby", "aidraft"})


def ai_undisclosed(text: Analysis, options: Options) -> Iterator[Match]:
    """One match where metadata says that a model helped and readers are not told, or no person has checked it.

    Only what the project itself declares counts; nothing is inferred from style.
    """
    if not options["required"] or not _declared(text.article.metadata.raw):
        return
    told = any(_SAID.search(text.folded[i]) for i, b in enumerate(text.blocks) if "metadata" not in b.within)
    reviewed = any(mark.role.value == "reviewer" for mark in text.sections.bylines)
    if not told:
        yield Match(None, {}, "", {"declared": "yes", "told": "no", "reviewer": "yes" if reviewed else "no"})
    elif not reviewed:
        yield Match(None, {}, "unreviewed", {"declared": "yes", "told": "yes", "reviewer": "no"})


def _declared(raw: Any) -> bool:
    for key, value in raw.items():
        if re.sub(r"[^a-z]", "", str(key).lower()) in _AI_KEYS:
            said = str(value).strip().lower()
            return said in _TRUE or any(name in said for name in ("gpt", "claude", "gemini", "model", "ai"))
    return False
