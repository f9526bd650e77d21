"""Who pays: paid links, discount codes and order buttons, and whether readers are told before they meet them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qs, urlsplit

from healthlint.analysis import Analysis
from healthlint.analysis.sections import host_of
from healthlint.article import POINTERS, BlockKind, Link
from healthlint.finding import Match, Related
from healthlint.late import late
from healthlint.ranges import TextRange
from healthlint.rules.model import Options

_SHOPS = late(
    r"(?:^|\.)(?:amzn\.(?:to|com|eu)|a\.co|shareasale\.com|shrsl\.com|awin1\.com|anrdoezrs\.net|jdoqocy\.com|dpbolvw\.net|"
    r"tkqlhce\.com|kqzyfj\.com|linksynergy\.com|click\.linksynergy\.com|go\.redirectingat\.com|skimresources\.com|"
    r"rstyle\.me|prf\.hn|pxf\.io|sjv\.io|clickbank\.net|hop\.clickbank\.net|avantlink\.com|viglink\.com|ltk\.app\.link)$"
)
_PARAMETERS = frozenset(
    {"aff", "affid", "aff_id", "affiliate", "affiliate_id", "aff_sub", "afftrack", "irclickid", "awc"}
)
_COUPON = late(
    r"\b(?:use|enter|with|apply)(?: (?:my|our|the|discount|promo|coupon|voucher))* code:? "
    r"[\"']?[a-z]*\d*[a-z\d]{3,}\b.{0,40}\b(?:checkout|off|discount|save|saving|order|free)\b|"
    r"\b(?:coupon|promo|discount|voucher) code\b|"
    r"\b(?:\d{1,2}% off|save \d{1,2}%) (?:with|when you use|using) (?:the )?code\b"
)
_SPONSOR = late(r"\bsponsored by\b|\bin (?:paid )?partnership with\b|\bbrought to you by\b|\bpaid for by\b")
_BUY = late(
    r"\b(?:buy (?:it )?now|add to (?:cart|basket)|order (?:it )?now|shop now|buy it (?:here|today)|"
    r"get yours (?:now|here|today))\b"
)
# What to look for, and literals of which one stands wherever it matches.
_PAID = (
    (_COUPON, ("code",), "a discount code"),
    (_BUY, ("buy ", "add to ", "order ", "shop now", "get yours "), "a call to buy"),
)
_DISCLOSED = late(
    r"\b(?:affiliate (?:links?|commissions?|partners?|programs?|programmes?|disclosure)|"
    r"(?:earns?|receives?|gets?|paid|make) (?:us |a |an |you )?(?:small |affiliate |referral |sales )*"
    r"(?:commissions?|fees?|percentage|share)|commissions?|sponsored (?:content|post|article|page|links?|by)|"
    r"paid (?:partnership|promotion|content|post|for by)|advertisements?|advertorial|"
    r"(?:was|were|been) (?:paid|sponsored)|"
    r"gifted|amazon associates?|we sell|our own (?:shop|products?|store)|in paid partnership|"
    r"conflicts? of interest|"
    r"received (?:the |this )?(?:product|it|sample)s? (?:for )?free|"
    r"as an affiliate|paid links?|reader-supported|full disclosure|earn from (?:\w+ )?purchases|"
    r"in (?:exchange|return) for (?:this|a|my|an|our) (?:\w+ )?(?:review|post|article)|"
    r"sent (?:me|us)\b[^.;]{0,30}\bfree|"
    r"(?:i|we)(?:'m|'re| am| are| get| got| was| were| (?:may|might|can|could|will) be) (?:paid|compensated)|"
    # “If you buy through our links, a share of the price goes to us”
    r"(?:links?|codes?|purchases?|buy|shop|click|order)\b(?:(?!\b(?:not|never|no|nothing)\b|n't)[^.;]){0,60}"
    r"\b(?:(?:pays?|earns?) (?:us|me)|(?:i|we) (?:(?:may|might|can|could|will|also) )*(?:earn|get|receive)|"
    r"goes to (?:us|me)|supports? (?:this|our|my|us|me)|helps? (?:to )?(?:fund|support|pay for|keep)))\b|"
    r"#(?:ad|sponsored)\b|^ad:"
)


def commercial_undisclosed(text: Analysis, options: Options) -> Iterator[Match]:
    """One match at the first paid link, coupon code or order button before which no one is told of money."""
    signs = [*_paid_links(text), *_paid_words(text)]
    if not signs:
        return
    signs.sort(key=lambda sign: sign[0])
    told = _disclosed_at(text)
    first, what = signs[0]
    if told is not None and told.start <= first.start:
        return
    others = dict.fromkeys(at for at, _ in signs if at != first)  # “Buy now” may be a link and an order button
    related = [Related("here too", at) for at in islice(others, 5)]
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
    for pattern, literals, what in _PAID:
        for index in set(text.body).intersection(text.blocks_with(literals)):
            block, folded = text.blocks[index], text.folded[index]
            found = pattern.search(folded) if block.kind is not BlockKind.QUESTION else None
            if found and not re.search(
                r"\b(?:never|do not|don't|beware|avoid|scam|not)\b", folded[: found.start()][-60:]
            ):
                yield block.range(*found.span()), what


def _disclosed_at(text: Analysis) -> TextRange | None:
    for index, block in enumerate(text.blocks):
        if block.kind in POINTERS:
            continue
        found = _DISCLOSED.search(text.folded[index]) or _SPONSOR.search(text.folded[index])
        if found:
            return block.range(*found.span())
    return None
