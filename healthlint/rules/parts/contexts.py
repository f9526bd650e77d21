"""Contexts as context files write them, and as rules name them or write them in place; read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from healthlint.analysis.contexts import IN_PLACE, Context, Cue, Reach
from healthlint.analysis.linguistics import Finder
from healthlint.analysis.patterns.nodes import Node
from healthlint.errors import nearest
from healthlint.rules.library import Library
from healthlint.rules.parts.rule_file import block_kinds, regex
from healthlint.rules.parts.sound import sound
from healthlint.rules.parts.unused import refuse_unused_lists
from healthlint.rules.parts.word_lists import read_patterns
from healthlint.strict_yaml import Locator

CUE_KEYS = ("reach", "match", "regex", "within", "quoted", "links", "blocks", "sounds")
CONTEXT_KEYS = ("id", "about", "cues", "terminators", "pseudo", "lists", "unless", "examples")
_REACHES = tuple(reach.value for reach in Reach)
_SOUND_KEYS = ("model", "below")


def read_context(data: Mapping[str, Any], where: Locator, lists: Mapping[str, Node], *keys: str | int) -> Context:
    """A context from what its file says; `lists` holds those of the file as well. Raises RuleError at file:line."""
    refuse_unused_lists(data.get("lists", {}), data, where, *keys, "lists")
    if not isinstance(data["cues"], list) or not data["cues"]:
        raise where.error(*keys, "cues", message="a context needs a list of cues.")
    return Context(
        name=str(data.get("id", "")),
        cues=tuple(_cue(item, where, lists, *keys, "cues", i) for i, item in enumerate(data["cues"])),
        terminators=_finder(data, "terminators", where, lists, *keys),
        pseudo=_finder(data, "pseudo", where, lists, *keys),
        about=str(data.get("about", "")),
    )


def contexts_named(
    value: Any, where: Locator, library: Library, lists: Mapping[str, Node], *keys: str | int
) -> list[Context]:
    """The contexts of an `unless:` or `only-if:` list: names, or cues written in place. RuleError at file:line."""
    if not isinstance(value, list):
        raise where.error(*keys, message="expected a list of contexts.")
    found = []
    for i, item in enumerate(value):
        if isinstance(item, dict):
            found.append(Context(IN_PLACE, (_cue(item, where, lists, *keys, i),)))
        elif item in library.contexts:
            found.append(library.contexts[item])
        else:
            message = f"there is no context “{item}”."
            raise where.error(*keys, i, message=message, hint=nearest(str(item), library.contexts))
    return found


def _finder(
    data: Mapping[str, Any], key: str, where: Locator, lists: Mapping[str, Node], *keys: str | int
) -> Finder | None:
    return Finder(read_patterns(data[key], where, lists, *keys, key)) if key in data else None


def _cue(item: Any, where: Locator, lists: Mapping[str, Node], *keys: str | int) -> Cue:
    entry = where.check_keys(item, CUE_KEYS, *keys, required=("reach",))
    if not any(key in entry for key in CUE_KEYS[1:] if key != "within"):
        raise where.error(*keys, message="a cue needs match, regex, quoted, links, blocks or sounds.")
    reach = Reach(where.one_of(entry["reach"], _REACHES, *keys, "reach"))
    if "sounds" in entry and (reach is not Reach.NEAR or any(key in entry for key in ("match", "regex", "links"))):
        message = "“sounds” reaches “near”, and stands without match, regex and links."
        raise where.error(*keys, "sounds", message=message)
    return Cue(
        reach=reach,
        finder=_finder(entry, "match", where, lists, *keys),
        regexes=tuple(regex(r, where, *keys, "regex") for r in where.texts(entry.get("regex", []), *keys, "regex")),
        within=where.whole(entry.get("within", 0), *keys, "within"),
        quoted=where.flag(entry.get("quoted", False), *keys, "quoted"),
        links=where.flag(entry.get("links", False), *keys, "links"),
        kinds=block_kinds(entry.get("blocks", []), where, *keys, "blocks"),
        sounds=_sounds(entry["sounds"], where, *keys, "sounds") if "sounds" in entry else None,
    )


def _sounds(value: Any, where: Locator, *keys: str | int) -> tuple[str, float]:
    return sound(where.check_keys(value, _SOUND_KEYS, *keys, required=_SOUND_KEYS), where, *keys, limit="below")
