"""The parts of an article that are not its argument: FAQ, sources, related links, disclaimers, bylines and dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from healthlint.analysis.memo import cached_fact
from healthlint.article import APART, POINTERS, BlockKind, Link
from healthlint.late import late
from healthlint.ranges import TextRange

if TYPE_CHECKING:
    from healthlint.analysis import Analysis
    from healthlint.analysis.bylines import Byline
    from healthlint.analysis.dates import DateMark


class Question(NamedTuple):
    """A question of an FAQ: its block and the blocks of its answer."""

    block: int
    answer: tuple[int, ...]


class Marker(NamedTuple):
    """A citation mark in the text (“[3]”, “[4–6]”, a superscript): the numbers it stands for, and where."""

    numbers: tuple[int, ...]
    range: TextRange
    block: int


class Identifier(NamedTuple):
    """A DOI or PMID as written, and where."""

    kind: str
    text: str
    range: TextRange


_MARKER = late(
    r"\[\s?(\d{1,3}(?:\s?[-–,;]\s?\d{1,3})*)\s?\]|(?<=[\w.,;:)”\"'’%])([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}(?:[,⁻–-][⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})*)"
)
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_ENDS_ANSWER = POINTERS | {BlockKind.QUESTION, BlockKind.HEADING}
# A superscript after these is a unit or a power, not a citation: m², cm³, 10⁹.
_UNIT = late(r"(?:\b(?:[kcmd]?m|in|ft|kg/m|x)|\d)$")
_AUTHOR_YEAR = late(
    r"\((?:[A-Z][\w'’-]+(?:(?:,? (?:and|&) |, )[A-Z][\w'’-]+)*(?: et al\.?)?,? (?:19|20)\d\d[a-z]?(?:; )?)+\)"
    # “(Ruiz et al., J Pain Med, 2014)”
    r"|\([A-Z][\w'’-]+ et al\.?,? [^()]{2,60}\b(?:19|20)\d\d[a-z]?\)"
)
_DOI = late(
    r"\bdoi(?:\.org/|\s?:\s?)(?:https?://(?:dx\.)?doi\.org/)?([^\s\"'<>,;)\]]{4,})|\b(10\.\d{4,9}/[^\s\"'<>,;)\]]+)",
    re.IGNORECASE,
)
_IDENTIFIED = ("doi", "10.", "pmid", "pmcid")  # without any of these, folded, there is neither a DOI nor a PMID
_PMID = late(r"\bPM(?:ID|CID)\s?:?\s?(?:PMC)?(\w{1,12})\b")
_NAMED_SOURCE = late(
    r"^(?:\W{0,3})(?:sources?|references?|adapted from|based on|information from)\s?:\s*\S", re.IGNORECASE
)
_SOCIAL = late(
    r"(?:^|\.)(?:facebook|fb|twitter|x|linkedin|pinterest|instagram|youtube|youtu|tiktok|whatsapp|wa|t|reddit|threads|snapchat|addtoany|sharethis)"
    r"\.(?:com|me|be|net|co)$"
)


# Where something is bought, and links that pay whoever sends a reader there, say nothing of a source.
_SHOP = late(
    r"//(?:www\.|smile\.)?(?:amazon\.[a-z.]+/|amzn\.|ebay\.|etsy\.|walmart\.|iherb\.|shareasale|awin1\.|shopify)|"
    r"[?&](?:tag|affid|aff_id|affiliate\w*|ascsubtag)=",
    re.IGNORECASE,
)


class Sections:
    """The sections of one article; each is found when first asked for."""

    def __init__(self, text: Analysis) -> None:
        self._text = text

    @cached_fact
    def faq(self) -> tuple[Question, ...]:
        """The questions of the article and the blocks that answer them."""
        found: list[Question] = []
        answer: list[int] = []
        open_at = -1
        for index, block in enumerate(self._text.blocks):
            if block.kind in _ENDS_ANSWER:
                if open_at >= 0:
                    found.append(Question(open_at, tuple(answer)))
                open_at, answer = (index if block.kind is BlockKind.QUESTION else -1), []
            elif open_at >= 0:
                answer.append(index)
        if open_at >= 0:
            found.append(Question(open_at, tuple(answer)))
        return tuple(found)

    def _of_kind(self, kind: BlockKind) -> tuple[int, ...]:
        return tuple([i for i, block in enumerate(self._text.blocks) if block.kind is kind])

    @cached_fact
    def references(self) -> tuple[int, ...]:
        """Indices of the blocks that are entries of a source list."""
        return self._of_kind(BlockKind.REFERENCE)

    @cached_fact
    def related(self) -> tuple[int, ...]:
        """Indices of the blocks that only point to other articles."""
        return self._of_kind(BlockKind.RELATED_LINK)

    @cached_fact
    def markers(self) -> tuple[Marker, ...]:
        """Numbered citation marks in the body, in source order."""
        found = []
        for index in self._text.body:
            block = self._text.blocks[index]
            if "[" not in block.prose and block.prose.isascii():
                continue
            for at in _MARKER.finditer(block.prose):
                if at[2] and _UNIT.search(block.prose[: at.start()]):
                    continue
                numbers = _numbers(at[1] or at[2].translate(_SUPERSCRIPT))
                found.append(Marker(numbers, block.range(*at.span()), index))
        return tuple(found)

    @cached_fact
    def identifiers(self) -> tuple[Identifier, ...]:
        """DOIs and PMIDs as written, valid or not, anywhere but in related links."""
        found = []
        for index in self._text.blocks_with(_IDENTIFIED):
            block = self._text.blocks[index]
            if block.kind is BlockKind.RELATED_LINK:
                continue
            for at in _DOI.finditer(block.prose):
                group = 1 if at[1] else 2
                text = at[group].rstrip(".")
                found.append(Identifier("doi", text, block.range(at.start(group), at.start(group) + len(text))))
            found += [Identifier("pmid", at[1], block.range(*at.span(1))) for at in _PMID.finditer(block.prose)]
        return tuple(found)

    @cached_fact
    def outbound(self) -> tuple[Link, ...]:
        """Links of the body and the source list that lead to another site, social networks left out."""
        own = self._own_hosts
        found = []
        for link in self._text.article.links:
            host = host_of(link.target)
            if not host or host in own or _SOCIAL.search(host) or _SHOP.search(link.target):
                continue
            if link.block >= 0:
                block = self._text.blocks[link.block]
                if block.kind is BlockKind.RELATED_LINK or block.within & APART:
                    continue
            found.append(link)
        return tuple(found)

    @cached_fact
    def _own_hosts(self) -> frozenset[str]:
        raw = self._text.article.metadata.raw
        names = ("canonical", "canonical_url", "canonicalurl", "url", "og:url", "permalink", "baseurl")
        return frozenset(h for key, value in raw.items() if key.lower() in names and (h := host_of(str(value))))

    @cached_fact
    def names_a_source(self) -> bool:
        """Whether readers can see where at least one statement comes from."""
        text = self._text
        if self.references or text.article.metadata.references or self.markers or self.identifiers or self.outbound:
            return True
        return any(
            _NAMED_SOURCE.match(text.blocks[i].prose) or _AUTHOR_YEAR.search(text.blocks[i].prose) for i in text.body
        )

    @cached_fact
    def bylines(self) -> tuple[Byline, ...]:
        """Named authors and reviewers."""
        from healthlint.analysis.bylines import bylines_of

        return bylines_of(self._text)

    @cached_fact
    def dates(self) -> tuple[DateMark, ...]:
        """When the article was published, updated and reviewed."""
        from healthlint.analysis.dates import dates_of

        return dates_of(self._text)

    @cached_fact
    def disclaimers(self) -> tuple[int, ...]:
        """Indices of the blocks that hold a disclaimer."""
        from healthlint.analysis.disclaimers import disclaimer_blocks

        return disclaimer_blocks(self._text)


def host_of(target: str) -> str:
    """The host of an absolute web address in lower case without “www.”, or an empty string."""
    if not target.lower().startswith(("http://", "https://", "//")):
        return ""
    try:
        host = urlsplit(target).hostname or ""
    except ValueError:  # “http://[broken”
        return ""
    return host.removeprefix("www.")


def _numbers(text: str) -> tuple[int, ...]:
    found: list[int] = []
    for part in re.split(r"[,;]", text):
        ends = [int(n) for n in re.findall(r"\d+", part)]
        if len(ends) == 2 and 0 <= ends[1] - ends[0] <= 50:
            found += range(ends[0], ends[1] + 1)
        else:
            found += ends
    return tuple(found)
