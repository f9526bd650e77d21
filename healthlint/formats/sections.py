"""Gives blocks the kind their section calls for: references, related links, and the questions of an FAQ."""

from __future__ import annotations

import re

from healthlint.article import APART, HEADS, Block, BlockKind, Link
from healthlint.late import late

_LEAD = r"^(?:\W*\d{0,2}[.)]?\s*)"
_TAIL = r"\s*(?:\(\w*\))?\s*[:.]?\W*$"
REFERENCES = late(
    _LEAD + r"(?:(?:selected|key|medical|scientific|article|additional|our|cited)\s+)*"
    r"(?:references?|sources?|citations?|bibliography|further reading|footnotes|endnotes|works cited|"
    r"literature(?: cited)?|references? (?:and|&) (?:sources?|further reading|notes|citations?)|"
    r"sources? (?:and|&) (?:references?|further reading|citations?)|notes and references|"
    r"source list|reference list|where (?:this|the|our) (?:information |advice |page |leaflet )?(?:comes|came) from|"
    r"where (?:we|i) (?:got|found|looked|took) (?:this|these|it|the|our)(?: \w+){0,3}|(?:how|where) to learn more)"
    + _TAIL,
    re.IGNORECASE,
)
# A line about the article itself, wherever it stands: who wrote or checked it, and when.
OWN_LINE = late(
    r"^(?i:(?:(?:this|the|our)\s+)?(?:(?:page|content|article|information|guide|leaflet|fact ?sheet|document|site)\s+)?"
    r"(?:(?:was|is|has been)\s+)?(?:(?:last|next|first|originally|due|date)\s+){0,2}"
    r"(?:(?:medically|clinically|clinical|medical|expertly|expert|fact)[\s-]+)?"
    r"(?:reviewed|reviews?|checked|updated|modified|published|posted|produced|written|prepared)(?:\s+and\s+\w+)?\b"
    r"(?=\s+(?:on|in|by|date|due)\b|\s*:|\s+\d|\s+[a-z]{3,9}\s+(?:\d|20))"
    r"|(?:authors?|reviewers?|by|date|date (?:of )?\w+|leaflet (?:code|number)|clinical lead|medical reviewer)\s*:"
    r"|by (?:dr|prof|professor)\b|(?:dr|prof)\.?\s+\w[^.!?]{3,70}$)"
    # “By Ana Ruiz”; “By age group” is a heading.
    r"|^[Bb][Yy]:? (?!(?:Age|Type|Stage|Sex|Gender|Country|Region|Severity)\b)(?:the )?[A-ZÀ-Þ]"
)
RELATED = late(
    _LEAD
    + r"(?:related(?:\s+(?:\w+\s+){0,2}(?:articles?|posts?|stories|story|reading|reads|content|links?|topics?|pages?|"
    r"news|information|resources?|guides?|coverage|blogs?|health topics|conditions|medicines|treatments|services|"
    r"tests))?|(?:see|read) also|also read|"
    r"(?:you )?(?:may|might) also (?:like|enjoy|be interested in|find|want|need).*|you(?:’|')?ll also (?:like|love).*|"
    r"read (?:next|this next|more)|what to read next|up next|next up|more on\b.{0,60}|"
    r"more (?:about|from|in|like this)\b.{0,60}|"
    r"more (?:articles?|stories|posts?|reading|to read)|"
    r"recommended(?: (?:for you|reading|articles?|posts?|stories|reads))?|"
    r"keep (?:reading|learning|exploring)|continue reading|popular (?:articles?|posts?|stories|now)|most (?:read|"
    r"viewed|popular)|"
    r"trending(?: now| articles| stories)?|other (?:articles?|posts?|stories)(?: you .*)?|"
    r"(?:latest|recent) (?:articles?|posts?|stories)(?: (?:by|from)\b.{1,60})?|"
    r"similar (?:articles?|posts?|stories)|in case you missed it)" + _TAIL,
    re.IGNORECASE,
)
_FAQ = late(
    r"\bFAQs?\b|frequently asked|common(?:ly asked)? questions|questions (?:and|&) answers|\bq\s?(?:&|and)\s?a\b|"
    r"your questions,? answered|people also ask|questions (?:people|patients|readers|parents) ask",
    re.IGNORECASE,
)
# Headings that may also open a section of the article's own: only what is linked under them leads elsewhere.
WEAK = late(r"^\W*(?:more (?:on|about|from|in)|read more|up next|next up)\b", re.IGNORECASE)
# Words of running text, such as a disclaimer or a byline that stands after the references.
_RUNNING = late(
    r"\b(?:you|your|we|our|please|should|(?:is|are|does|do) not|"
    r"this (?:article|page|site|website|information|content))\b",
    re.IGNORECASE,
)
_INLINE_REFERENCES = late(r"^(?:sources?|references?|citations?)\s*:\s*\S", re.IGNORECASE)
# “3 Ruiz A, Moss B, et al. Title. Journal 2019;12(3):34-40”: authors, and a volume with its pages.
_CITATION = late(
    r"\W*\d{0,3}[.)\]]?\s*[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)? (?:[A-Z]{1,3}\b[,.]|et al)[^\n]{10,500}?"
    r"\b(?:19|20)\d\d(?: [A-Z][a-z]{2,8}\.?(?: \d{1,2})?)?;\s?\d{1,4}\s?(?:\([^)]{1,14}\))?\s?:\s?\w{0,3}\d"
)
_SENTENCE_END = late(r"[.!?:;][\"”’)\]]*$")
_TEXT_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE})
_MAX_HEADING = 80
_MAX_LABEL = 40
_MAX_OWN = 160  # characters of a byline
_PSEUDO_LEVEL = 7  # a bold line ends at any real heading


def classify(blocks: list[Block], links: list[Link], strong: set[int]) -> None:
    """Changes the kinds of blocks in place by the section they stand in; `strong` holds the ids of all-bold blocks."""
    linked: dict[int, int] = {}
    for link in links:
        linked[link.block] = linked.get(link.block, 0) + link.end - link.start
    states = [("", 0), ("", 0)]  # the text beside the article has its own sections
    for index, block in enumerate(blocks):
        if "metadata" in block.within:
            continue
        apart = not APART.isdisjoint(block.within)
        section, level = states[apart]
        named = _named(block, id(block) in strong)
        if block.kind in HEADS or named:
            depth = block.level or _PSEUDO_LEVEL
            if section == "faq" and not named and block.prose.endswith("?"):
                if depth > level or block.kind is BlockKind.HEADING:
                    block.kind = BlockKind.QUESTION
                continue
            if named:
                section, level = named, depth
            elif depth <= level or section in ("references", "related", "weak"):
                section = ""
            states[apart] = section, level
            continue
        if section == "faq":
            if (
                block.prose.endswith("?")
                and _asked(block, id(block) in strong)
                and not _in_list_of_questions(blocks, index)
            ):
                block.kind = BlockKind.QUESTION
        elif section == "references":
            if block.kind in _TEXT_KINDS and not _is_running(block, index in linked):
                block.kind = BlockKind.REFERENCE
        elif section in ("related", "weak") and block.kind in _TEXT_KINDS:
            if _teaser(block, linked.get(index, 0), bare=section == "related"):
                block.kind = BlockKind.RELATED_LINK
            elif block.kind is not BlockKind.LIST_ITEM:
                states[apart] = "", 0  # running text: the section is over
        if block.kind in _TEXT_KINDS and ";" in block.prose and _CITATION.match(block.prose):
            block.kind = BlockKind.REFERENCE
        if block.prose[0] in "SsRrCc" and block.kind is BlockKind.PARAGRAPH and _INLINE_REFERENCES.match(block.prose):
            block.kind = BlockKind.REFERENCE


def mark_related(blocks: list[Block], links: list[Link], related: set[int]) -> None:
    """Marks the linked titles among the blocks that stand in an element named as related links."""
    if not related:
        return
    linked = {link.block for link in links}
    for index in related:
        block = blocks[index]
        if block.kind in _TEXT_KINDS or (block.kind is BlockKind.HEADING and index in linked):
            if index in linked and _teaser(block, len(block.prose)):
                block.kind = BlockKind.RELATED_LINK
            else:
                block.within |= {"aside"}


def names_faq(text: str) -> bool:
    """Whether a text says that questions and answers follow. Few texts have the letters for it."""
    low = text.lower()
    return ("q" in low or "also ask" in low) and _FAQ.search(text) is not None


def _named(block: Block, strong: bool) -> str:
    """The section that a block opens by its words, or an empty string."""
    text = block.prose
    if len(text) > _MAX_HEADING:
        return ""
    head = block.kind in HEADS
    if head:
        if block.kind is BlockKind.TITLE:
            return "faq" if names_faq(text) else ""
    elif block.kind not in _TEXT_KINDS:
        return ""
    elif not (strong or text.endswith(":")):
        alone = block.kind is BlockKind.PARAGRAPH and len(text) <= _MAX_LABEL and "list" not in block.within
        return "references" if alone and REFERENCES.match(text) else ""
    if REFERENCES.match(text):
        return "references"
    if RELATED.match(text):
        return "weak" if WEAK.match(text) else "related"
    if head or strong:
        return "faq" if names_faq(text) else ""
    return ""


def _asked(block: Block, strong: bool) -> bool:
    """Whether a block that ends in a question mark is the question itself, not an answer that ends in one."""
    if block.kind not in _TEXT_KINDS:
        return False
    return strong or (len(block.prose) <= 200 and not re.search(r"[.!?]\s", block.prose))


def is_own_line(prose: str) -> bool:
    """Whether a text is a line about the article itself, such as “Reviewed by Ana Ruiz, RN, May 2025”."""
    return len(prose) <= _MAX_OWN and OWN_LINE.match(prose) is not None


def _in_list_of_questions(blocks: list[Block], index: int) -> bool:
    """Whether a list item stands next to another question of its list, with no answer in between: things to ask."""
    around = (blocks[at] for at in (index - 1, index + 1) if 0 <= at < len(blocks))
    return "list" in blocks[index].within and any("list" in b.within and b.prose.endswith("?") for b in around)


def _teaser(block: Block, linked: int, bare: bool = True) -> bool:
    """Whether a block in a related section is one linked title or, if `bare`, a title without a link."""
    length = len(block.prose)
    return linked * 2 >= length or (bare and length <= 140 and not _SENTENCE_END.search(block.prose))


def _is_running(block: Block, linked: bool) -> bool:
    """Whether a paragraph under the references is running text or about the article itself, and no reference."""
    if is_own_line(block.prose):
        return True
    return (
        block.kind is not BlockKind.LIST_ITEM
        and not linked
        and bool(_RUNNING.search(block.prose))
        and bool(_SENTENCE_END.search(block.prose))
    )
