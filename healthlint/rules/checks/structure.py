"""Checks on headings: skipped levels, repeats, long stretches without one, and a heading that got lost."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from healthlint.analysis import Analysis
from healthlint.article import HEADINGS, Block, BlockKind
from healthlint.finding import Match, Related
from healthlint.late import late
from healthlint.rules.messages import a_dozen
from healthlint.rules.model import Options

_TEXT = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.TABLE_CELL})


def heading_structure(text: Analysis, options: Options) -> Iterator[Match]:
    """At most one match for each kind of fault: skipped-level, repeated, long-heading, long-stretch, lost-heading.

    In plain text headings are only inferred, so there only repeats, stretches and lost headings are looked for.
    """
    headings = [i for i in text.body if text.blocks[i].kind is BlockKind.HEADING and i not in text.title_repeats]
    if text.article.format != "plain":
        yield from _skipped(text, headings)
    yield from _repeated(text, headings)
    yield from _too_long(text, headings, options["heading-words"])
    yield from _stretches(text, options["stretch-words"])
    yield from _lost(text)


def _one(text: Analysis, blocks: list[int], variant: str, message: str, **values: str) -> Iterator[Match]:
    if not blocks:
        return
    first = text.blocks[blocks[0]]
    sentences = text.sentences_of(blocks[0])
    where = text.range(sentences[0]) if first.kind is BlockKind.PARAGRAPH and sentences else first.range()
    related = a_dozen([Related(message, text.blocks[i].range()) for i in blocks[1:]])
    more = {1: "", 2: " (and one more like it)"}.get(len(blocks), f" (and {len(blocks) - 1} more like it)")
    shown = {"match": first.prose, "count": str(len(blocks)), "more": more, **values}
    yield Match(where, shown, variant, {"places": str(len(blocks))}, related)


def _skipped(text: Analysis, headings: list[int]) -> Iterator[Match]:
    skipped: list[int] = []
    levels = ("", "")
    # A first heading is held against the title where readers see that as the page's first level.
    title = [i for i, block in enumerate(text.blocks) if block is text.article.title_block and not block.within]
    seen = [i for i in headings if "summary" not in text.blocks[i].within]  # what folds away a part has no level
    for before, index in pairwise(title + seen):
        upper, lower = text.blocks[before].level, text.blocks[index].level
        if 0 < upper < lower - 1:
            levels = levels if skipped else (str(upper), str(lower))
            skipped.append(index)
    yield from _one(text, skipped, "skipped-level", "also skips a level", upper=levels[0], lower=levels[1])


def _repeated(text: Analysis, headings: list[int]) -> Iterator[Match]:
    # “Symptoms” may stand under every illness of a page: only headings with the same parent are compared.
    seen: dict[tuple[str, ...], int] = {}
    repeated = []
    path: list[tuple[int, str]] = []
    for index in headings:
        block = text.blocks[index]
        path = [entry for entry in path if entry[0] < block.level]
        name = " ".join(text.folded[index].split()).strip(" .:")
        key = (*(parent for _, parent in path), name)
        if key in seen:
            repeated.append(index)
        seen.setdefault(key, index)
        path.append((block.level, name))
    yield from _one(text, repeated, "repeated", "also repeats a heading")


def _too_long(text: Analysis, headings: list[int], limit: int) -> Iterator[Match]:
    long = [i for i in headings if len(text.blocks[i].prose.split()) > limit and not _asks(text.blocks[i])]
    words = str(len(text.blocks[long[0]].prose.split())) if long else ""
    yield from _one(text, long, "long-heading", "also long", words=words, limit=str(limit))


def _asks(block: Block) -> bool:
    return block.prose.rstrip().endswith("?")


def _stretches(text: Analysis, limit: int) -> Iterator[Match]:
    # A bulleted list is a way to break up text too, so only words in paragraphs count, and a list starts anew.
    long: list[int] = []
    longest = 0
    stretch: list[int] = []
    for index in [*text.body, -1]:
        if index >= 0 and text.blocks[index].kind is BlockKind.PARAGRAPH and index not in text.title_repeats:
            stretch.append(index)
            continue
        if sum([text.folded[i].count(" ") for i in stretch]) > limit // 2:  # far fewer spaces: far fewer words
            words = sum(len(text.folded[i].split()) for i in stretch)
            if words > limit:
                long.append(stretch[0])
                longest = max(longest, words)
        stretch = []
    yield from _one(text, long, "long-stretch", "here too", words=str(longest), limit=str(limit))


def _lost(text: Analysis) -> Iterator[Match]:
    # After the last answer of an FAQ a wider gap and one more paragraph: the closing section without its heading.
    if not text.sections.faq:
        return
    last = text.sections.faq[-1]
    texts = [i for i in last.answer if text.blocks[i].kind in _TEXT]
    if len(texts) < 2 or text.blocks[texts[-1]].kind is not BlockKind.PARAGRAPH:
        return
    own = _gaps(text, texts)
    if own[-1] == 0 or own[-1] <= max(own[:-1], default=0):
        return
    gaps = sorted(_gaps(text, text.body))
    if max(own[:-1], default=0) <= gaps[len(gaps) // 2] < own[-1]:
        yield from _one(text, texts[-1:], "lost-heading", "here too")


def _gaps(text: Analysis, blocks: list[int]) -> list[int]:
    """The number of line ends between each block and the next."""
    ranges = [text.blocks[i].range() for i in blocks]
    return [text.article.source.count("\n", before.end, after.start) for before, after in pairwise(ranges)]


_SUMMARY = late(
    r"\b(?:key (?:points?|messages?|facts?|takeaways?)|at a glance|in short|in brief|summary|takeaways?|overview|"
    r"the bottom line|quick (?:facts|read|summary)|what you (?:need|should) (?:to )?know|highlights|tl;?dr|"
    r"main points?)\b"
)
_THROAT = late(
    r"^(?:when it comes to|in (?:today's|our|this) (?:\w+[ -]){0,3}(?:world|society|age|life|times|lifestyle)|"
    r"in recent years|over the (?:past|last) (?:few |several )?(?:years|decades?|centur\w+)|since (?:ancient|the dawn)|"
    r"for (?:centuries|thousands of years|many years|generations)|throughout history|have you ever|imagine |"
    r"picture this|let's face it|we(?:'ve| have) all |it's no secret|it is no secret|did you know|"
    r"navigating |welcome to|(?:life|health) is (?:a|the|full))"
)
_ANNOUNCE = late(
    r"\bin this (?:article|blog post|post|guide|section|piece|blog),? "
    r"(?:we(?:'ll| will)?|you(?:'ll| will)|i(?:'ll| will)?|let's)(?: \w+)? "
    r"(?:explore|discuss|look|cover|learn|take|delve|dive|examine|discover|break|explain|share|walk)\b"
)
_MESSAGE = late(
    r"\b(?:you (?:should|can|may|need|must|do not|don't)|ask your|tell your|talk to|call (?:911|999|your)|"
    r"see (?:a|your) (?:doctor|nurse|gp)|do not |don't |never |avoid |get (?:help|tested|vaccinated)|side effects|"
    r"not everyone|evidence|\d+ (?:in|out of) \d+|percent|is (?:a|an|the) (?:\w+ ){0,3}(?:disease|condition|"
    r"disorder|infection|illness|cancer|medicine|drug|injury|virus|procedure|test|vaccine|treatment|operation|surgery|"
    r"type of|kind of))\b|\d ?%"
)


def key_message_late(text: Analysis, options: Options) -> Iterator[Match]:
    """One match where the article opens by clearing its throat and its first section holds no message.

    A summary heading, a list, or one sentence with a definition, an action, a number or a limit is a message.
    """
    body = [i for i in text.body if i not in text.title_repeats and text.blocks[i].kind is not BlockKind.TITLE]
    first = next((i for i in body if text.blocks[i].kind is BlockKind.PARAGRAPH), None)
    if first is None:
        return
    section = []
    for i in body[body.index(first) :]:
        if text.blocks[i].kind in HEADINGS:
            break
        section.append(i)
    if any(text.blocks[i].kind is not BlockKind.PARAGRAPH for i in section):
        return
    sentences = [s for i in section for s in text.sentences_of(i)]
    opening = text.folded_sentence(sentences[0]) if sentences else ""
    announced = any("in this " in text.folded[i] for i in section) and any(
        _ANNOUNCE.search(text.folded_sentence(s)) for s in sentences
    )
    if not (_THROAT.match(opening) or announced):
        return
    if sum(len(text.blocks[i].prose.split()) for i in body) < options["least-words"]:
        return
    if any(text.blocks[i].kind is BlockKind.HEADING and _SUMMARY.search(text.folded[i]) for i in body):
        return
    if any(_MESSAGE.search(text.folded_sentence(s)) or _SUMMARY.search(text.folded_sentence(s)) for s in sentences):
        return
    shown = " ".join(text.prose(sentences[0]).split()[:5])
    yield Match(text.range(sentences[0]), {"opening": shown}, "", {"sentences": str(len(sentences))})
