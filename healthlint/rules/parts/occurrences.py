"""Where a rule of literals or expressions found something, and the matches that are made of that: one each, or one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from healthlint.finding import Fix, Match, Related
from healthlint.ranges import TextRange
from healthlint.rules.messages import a_dozen, times


@dataclass(slots=True)
class Occurrence:
    """One thing found: `key` says which of them are the same fault."""

    key: str
    range: TextRange
    text: str
    values: Mapping[str, str] = field(default_factory=dict)
    variant: str = ""
    fix: Fix | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)


def grouped(found: Iterable[Occurrence]) -> Iterator[Match]:
    """One match for all occurrences with the same key, at the first of them; the others are related."""
    groups: dict[str, list[Occurrence]] = {}
    for occurrence in found:
        groups.setdefault(occurrence.key, []).append(occurrence)
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
        related = a_dozen([Related("here too", member.range) for member in members[1:]])
        yield Match(first.range, values, first.variant, first.evidence, related, fix)


def single(found: Iterable[Occurrence]) -> Iterator[Match]:
    """One match for each occurrence."""
    for one in found:
        values = {"match": one.text, "count": "1", "times": times(1), **one.values}
        yield Match(one.range, values, one.variant, one.evidence, (), one.fix)
