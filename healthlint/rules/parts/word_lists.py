"""Word lists and patterns of tokens as rule, vocabulary and context files write them, read strictly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from healthlint.analysis.patterns.nodes import Node
from healthlint.analysis.patterns.pattern import Pattern, parse
from healthlint.analysis.patterns.reader import PatternError, word_list
from healthlint.late import late
from healthlint.strict_yaml import Locator

_LIST_NAME = late(r"[a-z0-9-]+")  # as patterns can write it behind an @


def read_list(entries: Any, where: Locator, lists: Mapping[str, Node], *keys: str | int) -> Node:
    """A word list; one text may hold several entries, with commas, and name earlier lists. RuleError at file:line."""
    items = [part.strip() for entry in where.texts(entries, *keys) for part in re.split(r",\s+", entry)]
    made = word_list([item for item in items if item], lists)
    if not where.checked:
        if keys and not _LIST_NAME.fullmatch(str(keys[-1])):
            message = f"“{keys[-1]}” is no name for a word list: write small letters, digits and hyphens."
            raise where.error(*keys, message=message)
        if not any(items):
            raise where.error(*keys, message=f"the word list “{keys[-1]}” is empty.")
        guarded(where, keys, lambda: made.parts)
    return made


def read_patterns(entries: Any, where: Locator, lists: Mapping[str, Node], *keys: str | int) -> list[Pattern]:
    """Patterns from a text or a list of texts. Raises RuleError at the line of the one that is wrong."""
    single = isinstance(entries, str)
    if where.checked:  # each is read when a sentence has the words for it
        return [Pattern(entry, lists) for entry in where.texts(entries, *keys)]
    return [
        guarded(where, keys if single else (*keys, i), lambda entry=entry: parse(entry, lists))  # type: ignore[misc]
        for i, entry in enumerate(where.texts(entries, *keys))
    ]


def guarded(where: Locator, keys: Iterable[str | int], make: Callable[[], Any]) -> Any:
    """The result of `make`; a PatternError becomes a RuleError at file:line."""
    try:
        return make()
    except PatternError as error:
        raise where.error(*keys, message=str(error)) from None


def named_lists(value: Any, where: Locator, known: Mapping[str, Node], *keys: str | int) -> dict[str, Node]:
    """The known lists and those of a `lists:` mapping of a rule or context file."""
    found = dict(known)
    for name, entries in where.mapping(value, *keys).items():
        if name in known:
            raise where.error(*keys, name, message=f"the word list “{name}” exists already in the vocabulary.")
        found[name] = read_list(entries, where, found, *keys, name)
    return found
