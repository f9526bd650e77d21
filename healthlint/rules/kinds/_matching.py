"""What the declarative kinds share: brace alternation, word boundaries, quotations, names, windows and grouping."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from healthlint.analysis import CLAIM_KINDS, Analysis
from healthlint.article import BlockKind
from healthlint.finding import Fix, Match, Related
from healthlint.ranges import TextRange
from healthlint.strict_yaml import Locator

_BRACES = re.compile(r"\{([^{}]*)\}")
_HEADS = frozenset({BlockKind.TITLE, BlockKind.HEADING})
MAX_RELATED = 12


class BraceError(ValueError):
    """A brace that is not closed, or that holds no alternatives."""


def expand(text: str) -> list[str]:
    """Every text that a brace alternation stands for: `eas{e|es|ed}` gives ease, eases, eased. Raises BraceError."""
    found = _BRACES.search(text)
    if found is None:
        if "{" in text or "}" in text:
            raise BraceError(f"“{text}” has a brace without its partner.")
        return [text]
    choices = found[1].split("|")
    if len(choices) < 2:
        raise BraceError(f"“{text}” has a brace with nothing to choose between.")
    return [one for choice in choices for one in expand(text[: found.start()] + choice + text[found.end() :])]


def bounded(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] begins and ends where a word does."""
    if start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        return False
    return not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


def in_quotes(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] stands inside quotation marks that open before it and close after it in the same text."""
    for opening, closing in zip("“„«", "”“»", strict=True):
        at = text.rfind(opening, 0, start)
        if at >= 0 and text.find(closing, at + 1, start) < 0 and text.find(closing, end) >= 0:
            return True
    return text.count('"', 0, start) % 2 == 1 and '"' in text[end:]


def is_name(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is capitalised in the middle of a sentence, as names of institutions and journals are."""
    if not text[start:end][:1].isupper():
        return False
    before = text[:start].rstrip(" (“\"'‘[")
    return bool(before) and before[-1] not in ".!?:;"


def window(text: Analysis, sentence: int, reach: int) -> list[int]:
    """The indices of the sentences at most `reach` before and after one; headings and the title end the window."""
    found = [sentence]
    for step in (-1, 1):
        at = sentence
        for _ in range(reach):
            at += step
            if not 0 <= at < len(text.sentences):
                break
            if text.blocks[text.sentences[at].block].kind in _HEADS:
                break
            found.append(at)
    return sorted(found)


def block_kinds(value: object, where: Locator, *keys: str | int) -> frozenset[BlockKind]:
    """Block kinds from their names in a rule file; raises RuleError at file:line for an unknown one."""
    names = where.texts(value, *keys)
    known = [kind.value for kind in BlockKind]
    for i, name in enumerate(names):
        if name not in known:
            raise where.error(*keys, i, message=f"“{name}” is not a kind of block.", hint=f"Known: {', '.join(known)}.")
    return frozenset(BlockKind(name) for name in names) or CLAIM_KINDS


def flag(check: Mapping[str, Any], key: str, where: Locator) -> bool:
    """A true-or-false key of a check, false where it is not given; raises RuleError at file:line for anything else."""
    value = check.get(key, False)
    if not isinstance(value, bool):
        raise where.error("check", key, message=f"“{key}” must be true or false.")
    return value


def whole(check: Mapping[str, Any], key: str, where: Locator, *keys: str | int, default: int = 0) -> int:
    """A whole number from 0 of a check; raises RuleError at file:line for anything else."""
    value = check.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise where.error(*keys, key, message=f"“{key}” must be a whole number from 0.")
    return value


@dataclass(slots=True)
class Place:
    """One hit before hits are grouped: `key` says which hits are the same fault."""

    key: str
    range: TextRange
    text: str
    values: Mapping[str, str] = field(default_factory=dict)
    variant: str = ""
    fix: Fix | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)


def times(count: int) -> str:
    """“once”, “twice”, “3 times”."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def a_dozen(places: Sequence[Related]) -> tuple[Related, ...]:
    """The first places of many, for nobody reads more than a dozen; the last says how many there are besides."""
    if len(places) <= MAX_RELATED:
        return tuple(places)
    *first, last = places[:MAX_RELATED]
    left = len(places) - MAX_RELATED
    where = "one more place" if left == 1 else f"{left} more places"
    return (*first, Related(f"{last.message}, and in {where}", last.range))


def grouped(places: Iterable[Place]) -> Iterator[Match]:
    """One match for all places with the same key, at the first of them; the others are related."""
    groups: dict[str, list[Place]] = {}
    for place in places:
        groups.setdefault(place.key, []).append(place)
    for members in groups.values():
        first = members[0]
        count = len(members)
        values = {"match": first.text, "count": str(count), "times": times(count), **first.values}
        fixes = [member.fix for member in members]
        fix = first.fix
        if fix is not None and count > 1 and all(fixes):
            these = "both places" if count == 2 else f"all {count} places"
            title = fix.title if len({f.title for f in fixes if f}) == 1 else f"Replace {these}"
            fix = Fix(title, tuple(edit for f in fixes if f for edit in f.edits))
        related = a_dozen([Related("also here", member.range) for member in members[1:]])
        yield Match(first.range, values, first.variant, first.evidence, related, fix)


def single(places: Iterable[Place]) -> Iterator[Match]:
    """One match for each place."""
    for place in places:
        values = {"match": place.text, "count": "1", "times": times(1), **place.values}
        yield Match(place.range, values, place.variant, place.evidence, (), place.fix)
