"""Who stands behind an article, when it was checked, where it is from, and who pays for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from healthlint.analysis import Analysis
from healthlint.analysis.dates import DateMark, parse_date
from healthlint.analysis.sections import host_of
from healthlint.article import BlockKind, Link
from healthlint.errors import ConfigError
from healthlint.finding import Match, Related
from healthlint.ranges import TextRange
from healthlint.rules.model import Options

_APPEAL = re.compile(
    r"\b(?:studies|research|trials?|evidence|experts?|scientists|researchers|doctors) "
    r"(?:have |has |also |now )?(?:shown?|found|find|suggests?|proven?|agree|say|indicates?|reveal\w*|confirm\w*)\b"
)
_MONTH = timedelta(days=30.44)


def references_missing(text: Analysis, options: Options) -> Iterator[Match]:
    """One match for an article of some length without any source; where studies are appealed to, that is related."""
    if _words(text) < int(options["min-words"]) or text.sections.names_a_source:
        return
    if any(mark.organisation for mark in text.sections.bylines if mark.visible):
        return  # “NIH: National Institute of …” at the end of a fact sheet says where it comes from
    related = []
    for index in text.body:
        if text.blocks[index].kind in (BlockKind.QUESTION, BlockKind.TITLE):
            continue
        found = _APPEAL.search(text.folded[index])
        if found:
            related.append(Related("this needs a source", text.blocks[index].range(*found.span())))
    yield Match(None, {"words": str(_words(text))}, "", {"words": str(_words(text))}, tuple(related[:5]))


def _words(text: Analysis) -> int:
    return text.body_text.count(" ") + text.body_text.count("\n") + 1


_TREATMENT_TITLE = re.compile(
    r"\b(?:treat\w*|therap(?:y|ies)|medicines?|medications?|drugs?|tablets?|pills?|vaccines?|surgery|antidepressants?|"
    r"antibiotics?|painkillers?|opioids?|steroids?|statins?|supplements?|remed(?:y|ies)|herbs?|herbal|doses?|cures?)\b"
)


def author_missing(text: Analysis, options: Options) -> Iterator[Match]:
    """One match where nobody is named, or, on a treatment topic, where nobody named shows a qualification."""
    if _words(text) < int(options["min-words"]):
        return
    bylines = text.sections.bylines
    if not bylines:
        yield Match(None, {}, "", {"bylines": "none"})
        return
    treatment = _TREATMENT_TITLE.search(text.article.title.lower()) is not None
    if treatment and not any(mark.qualified or mark.organisation for mark in bylines):
        first = next((mark for mark in bylines if mark.visible), bylines[0])
        at = first.range if first.range.end > first.range.start else None
        yield Match(at, {"name": first.name}, "unqualified", {"bylines": ", ".join(mark.name for mark in bylines)})


def date_missing_or_stale(text: Analysis, options: Options) -> Iterator[Match]:
    """One match: no date, a latest date that is too old, or a date still to come."""
    if _words(text) < int(options["min-words"]):
        return
    today = _today(options)
    dates = [mark for mark in text.sections.dates if mark.span is not None]
    if not dates:
        yield _undated(next(iter(text.sections.dates), None), today)
        return
    for mark in dates:
        assert mark.span is not None
        if mark.span.first > today + timedelta(days=1):  # a day's grace: time zones
            yield _dated(mark, "future", today)
            return
    latest = max(dates, key=_last_day)
    age = (today - _last_day(latest)) / _MONTH
    if age > float(options["outdated-months"]):
        yield _dated(latest, "outdated", today)
    elif age > float(options["stale-months"]):
        yield _dated(latest, "stale", today)


def _undated(unread: DateMark | None, today: date) -> Match:
    evidence = {"today": today.isoformat(), "dates": unread.text if unread else "none"}
    if unread is None:
        return Match(None, {}, "", evidence)
    return Match(_place(unread), {"date": unread.text}, "unreadable", evidence)


def _place(mark: DateMark) -> TextRange | None:
    """Where a date stands; None where its metadata has no single place."""
    return mark.range if mark.range.end > mark.range.start else None


def _today(options: Options) -> date:
    given = str(options["today"])
    if not given:
        return date.today()
    span = parse_date(given)
    if span is None:
        raise ConfigError(
            f"the option “today” of date-missing-or-stale is no date: “{given}”.", hint="Write 2025-05-04."
        )
    return span.first


def _last_day(mark: DateMark) -> date:
    assert mark.span is not None
    return mark.span.last


def _dated(mark: DateMark, variant: str, today: date) -> Match:
    years = (today - _last_day(mark)).days // 365
    values = {"date": mark.text, "role": mark.role.value, "years": f"{years} years"}
    return Match(
        _place(mark), values, variant, {"date": mark.text, "role": mark.role.value, "today": today.isoformat()}
    )


_SHOPS = re.compile(
    r"(?:^|\.)(?:amzn\.(?:to|com|eu)|a\.co|shareasale\.com|shrsl\.com|awin1\.com|anrdoezrs\.net|jdoqocy\.com|dpbolvw\.net|"
    r"tkqlhce\.com|kqzyfj\.com|linksynergy\.com|click\.linksynergy\.com|go\.redirectingat\.com|skimresources\.com|"
    r"rstyle\.me|prf\.hn|pxf\.io|sjv\.io|clickbank\.net|hop\.clickbank\.net|avantlink\.com|viglink\.com|ltk\.app\.link)$"
)
_PARAMETERS = frozenset(
    {"aff", "affid", "aff_id", "affiliate", "affiliate_id", "aff_sub", "afftrack", "irclickid", "awc"}
)
_COUPON = re.compile(
    r"\b(?:use|enter|with|apply)(?: (?:my|our|the|discount|promo|coupon|voucher))* code:? "
    r"[\"']?[a-z]*\d*[a-z\d]{3,}\b.{0,40}\b(?:checkout|off|discount|save|saving|order|free)\b|\b(?:coupon|promo|discount|voucher) code\b|"
    r"\b(?:\d{1,2}% off|save \d{1,2}%) (?:with|when you use|using) (?:the )?code\b"
)
_SPONSOR = re.compile(r"\bsponsored by\b|\bin (?:paid )?partnership with\b|\bbrought to you by\b|\bpaid for by\b")
_BUY = re.compile(
    r"\b(?:buy (?:it )?now|add to (?:cart|basket)|order (?:it )?now|shop now|buy it (?:here|today)|"
    r"get yours (?:now|here|today))\b"
)
_DISCLOSED = re.compile(
    r"\b(?:affiliate (?:links?|commissions?|partners?|programs?|programmes?|disclosure)|"
    r"(?:earns?|receives?|gets?|paid|make) (?:us |a |an |you )?(?:small |affiliate |referral |sales )*"
    r"(?:commissions?|fees?|percentage|share)|commissions?|sponsored (?:content|post|article|page|links?|by)|"
    r"paid (?:partnership|promotion|content|post|for by)|advertisements?|advertorial|"
    r"(?:was|were|been) (?:paid|sponsored)|"
    r"gifted|amazon associates?|we sell|our own (?:shop|products?|store)|in paid partnership|"
    r"conflicts? of interest|"
    r"received (?:the |this )?(?:product|it|sample)s? (?:for )?free)\b|#(?:ad|sponsored)\b"
)


def commercial_undisclosed(text: Analysis, options: Options) -> Iterator[Match]:
    """One match at the first paid link, coupon code or order button before which nothing says that money is involved."""
    signs = [*_paid_links(text), *_paid_words(text)]
    if not signs:
        return
    signs.sort(key=lambda sign: sign[0])
    told = _disclosed_at(text)
    first, what = signs[0]
    if told is not None and told.start <= first.start:
        return
    related = [Related("also here", at) for at, _ in signs[1:6]]
    variant = ""
    if told is not None:
        related.insert(0, Related("this is said only here", told))
        variant = "late"
    yield Match(first, {"what": what}, variant, {"sign": what}, tuple(related))


def _paid_links(text: Analysis) -> Iterator[tuple[TextRange, str]]:
    for link in text.article.links:
        if _is_paid(link):
            at = link.range
            if at.end > at.start:
                yield at, "a link that pays"


def _is_paid(link: Link) -> bool:
    host = host_of(link.target)
    if not host:
        return False
    if _SHOPS.search(host):
        return True
    try:
        query = parse_qs(urlsplit(link.target).query)
    except ValueError:
        return False
    names = {name.lower() for name in query}
    if names & _PARAMETERS or any("affiliate" in value.lower() for value in query.get("utm_medium", [])):
        return True
    # Amazon's tags end in a country number: tag=site-20.
    return "amazon." in host and any(re.search(r"-2\d$", value) for value in query.get("tag", []))


def _paid_words(text: Analysis) -> Iterator[tuple[TextRange, str]]:
    for index in text.body:
        block = text.blocks[index]
        if block.kind is BlockKind.QUESTION:
            continue
        folded = text.folded[index]
        for pattern, what in ((_COUPON, "a discount code"), (_BUY, "a call to buy")):
            found = pattern.search(folded)
            if found and not re.search(
                r"\b(?:never|do not|don't|beware|avoid|scam|not)\b", folded[: found.start()][-60:]
            ):
                yield block.range(*found.span()), what


def _disclosed_at(text: Analysis) -> TextRange | None:
    for index, block in enumerate(text.blocks):
        if block.kind in (BlockKind.RELATED_LINK, BlockKind.REFERENCE):
            continue
        found = _DISCLOSED.search(text.folded[index]) or _SPONSOR.search(text.folded[index])
        if found:
            return block.range(*found.span())
    return None


_TRUE = frozenset({"true", "yes", "1", "on", "full", "partial", "draft"})
_SAID = re.compile(
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
