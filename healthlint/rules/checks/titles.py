"""Titles: repeated inside an article, and shared between articles."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from healthlint.analysis import Analysis
from healthlint.analysis.titles import exact_key, telling_words, typo_keys
from healthlint.article import HEADINGS, Block, BlockKind
from healthlint.finding import Match, Related
from healthlint.ranges import TextRange
from healthlint.rules.messages import a_dozen
from healthlint.rules.model import Fact, Facts, Options, Place, ProjectMatch

_WORD = re.compile(r"[^\W_]+")
_TITLE_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")  # as in the key of a title: “won't” is one
_BREADCRUMB = re.compile(r"\s[›»>/→]\s")
_MAY_REPEAT = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.QUESTION})
_NOT_REPEATS = frozenset({"footer", "aside", "header", "list"})
_CUT = re.compile(r"(?:…|\.{3})\W*$")
_MOST_EXTRA = 0.6  # a repeat may carry this share of other words: a category before it, a site name behind it
_LONG_TITLE = 6
_LONG, _NEARLY_ALL = 8, 0.9  # of so many words, this share is the title still
_MARKS = "|–—:·•-›»(\"“‘'*"
_NEAR_TOP = 3  # blocks
_FEW_WORDS = 3  # a title shorter than this is an ordinary phrase: only a heading or a line at the top repeats it


def repeated(text: Analysis, options: Options) -> Iterator[Match]:
    """The first line that is only the title again (else the first that holds it), with the others as related places."""
    title = text.article.title_block
    if title is None:
        return
    words = _words(title.prose)
    if not words:
        return
    longest = sorted(words, key=len, reverse=True)
    enough = math.ceil(len(words) * (_NEARLY_ALL if len(words) >= _LONG else 1))  # of a long title nearly all will do
    places: list[TextRange] = []
    bare: list[TextRange] = []  # of these, the lines that hold nothing else
    # The heading of an HTML page without an <h1> is often a bold line: its first line may say what its <title> says.
    bold = text.article.format == "html" and not any(
        b.level == 1 and b.kind in HEADINGS and "metadata" not in b.within for b in text.blocks
    )
    spared = "metadata" not in title.within  # a title in front matter may stand once more, as the page's heading
    for i, block in enumerate(text.blocks):
        if block is title or block.kind not in _MAY_REPEAT or not _NOT_REPEATS.isdisjoint(block.within):
            continue
        if not _may_stand_in(longest, enough, text.folded[i]):
            continue
        found = _standing_in(words, block)
        if found is None or (len(words) < _FEW_WORDS and not _short_title_repeated(found, block, i)):
            continue
        if not spared and ((block.kind is BlockKind.HEADING and block.level == 1) or (bold and i <= _NEAR_TOP)):
            spared = True
            continue
        places.append(block.range(*found))
        if len(_words(block.prose)) == len(words):
            bare.append(places[-1])
    if places:
        first = (bare or places)[0]
        places.remove(first)
        count = {0: "a second time", 1: "three times"}.get(len(places), f"{len(places) + 2} times")
        related = a_dozen([Related("the title stands here again", place) for place in places])
        yield Match(first, {"count": count}, related=related, evidence={"title": title.prose})


def _words(prose: str) -> list[str]:
    return exact_key(prose).split()


def _may_stand_in(words: list[str], enough: int, folded: str) -> bool:
    """Whether a block has enough of some words, the longest first; said only of whole titles in plain letters."""
    if not folded.isascii() or "&" in folded or "..." in folded:
        return True
    if not any(map(folded.__contains__, words[: len(words) - enough + 1])):
        return False  # without these, too few are left
    return sum(map(folded.__contains__, words)) >= enough


def _standing_in(words: list[str], block: Block) -> tuple[int, int] | None:
    """Where in a block's prose the title stands, if the block holds little else."""
    if len(block.prose) > 400 or _BREADCRUMB.search(block.prose):
        return None
    found = list(_TITLE_WORD.finditer(block.prose))
    if len(found) > len(words) * (1 + _MOST_EXTRA):
        return None
    spans = [(match.span(), exact_key(match.group())) for match in found]
    theirs = [word for _, word in spans]
    for i in range(len(theirs) - len(words) + 1):
        if theirs[i : i + len(words)] == words:
            start, end = spans[i][0][0], spans[i + len(words) - 1][0][1]
            # “What is oxygen therapy?” does not repeat “What is oxygen?”: beside a short title, further words count
            # as a label only where a mark sets them off.
            if len(words) >= _LONG_TITLE or _set_off(block.prose, start, end):
                return start, end
    # A way to the page, or the line under a picture, often cuts the title off.
    if _LONG_TITLE <= len(theirs) < len(words) and theirs == words[: len(theirs)] and _CUT.search(block.prose):
        return spans[0][0][0], spans[-1][0][1]
    # One word lost or changed in a long title is still the title.
    if len(words) >= _LONG and abs(len(theirs) - len(words)) <= 1:
        shared = sum((Counter(words) & Counter(theirs)).values())
        if shared / max(len(words), len(theirs)) >= _NEARLY_ALL:
            return spans[0][0][0], spans[-1][0][1]
    return None


def _set_off(prose: str, start: int, end: int) -> bool:
    before, after = prose[:start].rstrip(), prose[end:].lstrip(" .!?…\"'”’)")
    return (not before or before[-1] in _MARKS) and (not after or after[0] in _MARKS)


def _short_title_repeated(found: tuple[int, int], block: Block, index: int) -> bool:
    whole = found == (0, len(block.prose.rstrip(" .:!?")))
    return whole and (block.level == 1 or index <= 3)


def title_fact(title: str, place: Place, language: str) -> Fact:
    """What the rules of a project need of a title."""
    words = list(telling_words(title))
    return {"title": title, "key": exact_key(title), "words": words, "place": list(place), "language": language}


class _InProject:
    """Titles of a project that are the same, or tell the same page."""

    def collect(self, text: Analysis, options: Options) -> Fact | None:
        """The article's title and what it is compared by; none for drafts and articles without one."""
        block = text.article.title_block
        meta = text.article.metadata
        if block is None or meta.draft or not block.prose.strip():
            return None
        place = Place.of(text, block.range())
        return title_fact(block.prose, place, meta.language[:2].lower())

    def check(self, facts: Facts, options: Options) -> Iterator[ProjectMatch]:
        """Exact duplicates, then titles that differ only in words that tell nothing (or in one letter)."""
        exact: dict[tuple[str, str], list[str]] = defaultdict(list)
        for path in sorted(facts):
            exact[facts[path]["key"], language_of(path, facts[path])].append(path)
        for group in exact.values():
            yield from _each(_apart(group), facts, "")
        if options["near"]:
            for group in _near_groups(exact, facts):
                yield from _each(_apart(group), facts, "near")


def _near_groups(exact: Mapping[tuple[str, str], list[str]], facts: Mapping[str, Fact]) -> Iterator[list[str]]:
    # One path stands for all that share its exact title; those are reported already.
    first = {key: paths[0] for key, paths in exact.items()}
    told = {path: tuple(facts[path]["words"]) for path in first.values()}
    common = Counter(chain.from_iterable(told.values()))
    buckets: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for (key, language), path in first.items():
        words = told[path]
        if words:
            buckets[(language, *words)].append(path)
        buckets[language, key.replace(" ", "")].append(path)
        for word in words:
            if common[word] == 1:  # a misspelt word is one that no other title has
                for typo in typo_keys(words, word):
                    buckets[(language, *typo)].append(path)
    seen: set[frozenset[str]] = set()
    for paths in buckets.values():
        group = frozenset(paths)
        if len(group) > 1 and group not in seen:
            seen.add(group)
            yield sorted(group)


_LANGUAGE_FOLDER = re.compile(r"(?:^|/)([a-z]{2})(?:-[a-z]{2})?(?=/)|\.([a-z]{2})(?:-[a-z]{2})?\.\w+$", re.IGNORECASE)
_PAGE = re.compile(r"(?:^|[/_-])(?:page|part|p)[/_-]?\d+(?=[./_-]|$)", re.IGNORECASE)
_CODES = frozenset("ar bn de el en es fa fr he hi it ja ko nl pl pt ru so sv tl tr uk ur vi zh".split())


# Docusaurus keeps what it said of old versions in folders of their own; others name a folder “v2”, “1.4” or “latest”.
_VERSION = re.compile(
    r"(?:(?P<of>[\w-]+)_versioned_docs|versioned_docs)/version-[^/]+(?=/)|"
    r"(?:(?<=/)|^)(?:v\d+(?:\.\d+)*|\d+\.\d+(?:\.\d+)*|\d+(?:\.\d+)*\.x|latest|next|current|stable)(?=/)"
)


def in_any_version(path: str) -> str:
    """A path under which all versions of a page are one."""
    return _VERSION.sub(lambda found: "*" if "_docs/" not in found[0] else found["of"] or "docs", path)


def language_of(path: str, fact: Fact) -> str:
    if fact["language"]:
        return str(fact["language"])
    for match in _LANGUAGE_FOLDER.finditer(path):
        code = (match[1] or match[2]).lower()
        if code in _CODES:
            return code
    return ""


def _apart(paths: Iterable[str]) -> list[str]:
    """Without the later pages of a paginated article, and without other versions of a page."""
    found: dict[str, str] = {}
    for path in paths:
        found.setdefault(_PAGE.sub("", in_any_version(path)), path)
    return list(found.values())


def _each(paths: list[str], facts: Mapping[str, Fact], variant: str) -> Iterator[ProjectMatch]:
    if len(paths) < 2:
        return
    places = {path: Place(*facts[path]["place"]) for path in paths}
    for path in paths:
        others = [other for other in paths if other != path]
        related = tuple(
            Related(f"“{facts[other]['title']}”", None, other, places[other].line, places[other].column)
            for other in others[:10]
        )
        rest = len(others) - 1
        shown = others[0] + (f" and {rest} more" if rest else "")
        values = {"other": shown, "title": str(facts[others[0]]["title"])}
        yield ProjectMatch(path, places[path], Match(None, values, variant, related=related))


in_project = _InProject()
