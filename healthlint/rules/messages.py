"""How messages put things: phrases of the source, lists of names, how often, and further places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from healthlint.finding import Related, quotable

_LONGEST_PHRASE = 100  # characters
_MARKUP = re.compile(
    r"<[^<>]{0,200}>|\[\^[^\]\s]*\]|\]\([^()\s]*\)|\*+|__+|[`\[\]\u00ad\u200b\u2060]|\{\{[<%][^{}]{0,200}[>%]\}\}"
)
_SLOT = re.compile(r"(“?)\{([\w-]+)\}(”?)")
_MOST_PLACES = 12


def phrase(text: str) -> str:
    """A piece of source as a message quotes it: without markup, on one line, no longer than a message can bear."""
    plain = _MARKUP.sub("", text)
    if "&" in plain:
        from html import unescape

        plain = unescape(plain)
    plain = " ".join(plain.split())
    return plain if len(plain) <= _LONGEST_PHRASE else plain[: _LONGEST_PHRASE - 1].rstrip() + "…"


def filled(template: str, values: Mapping[str, str]) -> str:
    """A message with its values in their places; quotation marks inside quotation marks become single ones."""

    def fill(slot: re.Match[str]) -> str:
        value = values.get(slot[2])
        if value is None:
            return slot[0]
        return f"{slot[1]}{quotable(value) if slot[1] or slot[3] else value}{slot[3]}"

    return _SLOT.sub(fill, template)


def join_names(names: Iterable[str], last: str = "and") -> str:
    """“a, b and c”."""
    items = list(names)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""


def times(count: int) -> str:
    """“once”, “twice”, “3 times”."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def a_dozen(places: Sequence[Related]) -> tuple[Related, ...]:
    """The first places of many, for nobody reads more than a dozen; the last says how many there are besides."""
    if len(places) <= _MOST_PLACES:
        return tuple(places)
    *first, last = places[:_MOST_PLACES]
    left = len(places) - _MOST_PLACES
    where = "one more place" if left == 1 else f"{left} more places"
    return (*first, Related(f"{last.message}, and in {where}", last.range))
