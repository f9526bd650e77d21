"""Word lists (`vocabulary/*.yaml`) and contexts (`contexts/*.yaml`) of a rules folder, read strictly and once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from healthlint.analysis.contexts import IN_PLACE, Context, Cue, Reach
from healthlint.analysis.linguistics import Finder
from healthlint.analysis.patterns.nodes import Node
from healthlint.analysis.patterns.pattern import Pattern, parse
from healthlint.analysis.patterns.reader import PatternError, word_list
from healthlint.errors import RuleError, nearest
from healthlint.late import late
from healthlint.rules.compiled import context_anchors, libraries, made_libraries
from healthlint.rules.kinds._rule_file import block_kinds, regex
from healthlint.rules.kinds._sound import sound
from healthlint.rules.kinds._unused import refuse_unused_lists
from healthlint.strict_yaml import Locator, load

_LIST_NAME = late(r"[a-z0-9-]+")  # as patterns can write it behind an @
_CUE_KEYS = ("reach", "match", "regex", "within", "quoted", "links", "blocks", "sounds")
_REACHES = tuple(reach.value for reach in Reach)
_SOUND_KEYS = ("model", "below")
_CONTEXT_KEYS = ("id", "about", "cues", "terminators", "pseudo", "lists", "unless", "examples")


class ContextExample(NamedTuple):
    """A sentence with a marked phrase, and whether the context holds for the phrase; executed as a test."""

    text: str
    holds: bool
    line: int


@dataclass(slots=True)
class Library:
    """The word lists and contexts that a rule can name."""

    lists: dict[str, Node] = field(default_factory=dict)
    contexts: dict[str, Context] = field(default_factory=dict)
    examples: dict[str, list[ContextExample]] = field(default_factory=dict)


def library_for(rule_path: str, checked: bool = False) -> Library:
    """The library a rule file sees: that of its own rules folder, laid over the shipped one.

    Raises RuleError at file:line for a wrong vocabulary or context file. Where they were `checked` before, as the
    compiled catalogue says, each word list and pattern is read only when it is needed.
    """
    from healthlint.rules.catalogue import catalogue_root

    shipped = catalogue_root()
    library = _library(shipped, None, checked)
    parents = Path(rule_path).resolve().parents
    own = parents[1] if len(parents) > 1 else shipped
    if own != shipped.resolve() and ((own / "vocabulary").is_dir() or (own / "contexts").is_dir()):
        library = _library(own, shipped, checked)
    return library


def _library(root: Path, base: Path | None, checked: bool) -> Library:
    key = root, base, checked
    if key not in made_libraries:
        made_libraries[key] = _read(*key)
    return made_libraries[key]


def _read(root: Path, base: Path | None, checked: bool) -> Library:
    library = Library()
    if base is not None:
        shipped = _library(base, None, checked)
        library = Library(dict(shipped.lists), dict(shipped.contexts), dict(shipped.examples))
    own: set[str] = set()  # a list of the shipped vocabulary may be laid over
    for _, data, where in _documents(root, "vocabulary", checked):
        for name, entries in where.mapping(data).items():
            if name in own:
                raise where.error(name, message=f"the word list “{name}” exists already.")
            own.add(name)
            library.lists[name] = read_list(entries, where, library.lists, name)
    waiting: dict[str, tuple[Any, Locator]] = {}
    for stem, data, where in _documents(root, "contexts", checked):
        data = where.check_keys(data, _CONTEXT_KEYS, required=("id", "about", "cues", "examples"))
        name = where.text(data["id"], "id")
        if name != stem:
            raise where.error("id", message=f"the id “{name}” and the file name “{stem}” differ.")
        context = library.contexts[name] = read_context(data, where, library.lists)
        if checked and name in context_anchors.get(root, ()):
            for finder, anchors in zip(context.finders, context_anchors[root][name], strict=True):
                finder.tell(anchors)
        library.examples[name] = _context_examples(data["examples"], where)
        waiting[name] = (data.get("unless", []), where)
    for name, (unless, where) in waiting.items():
        library.contexts[name].unless = tuple(contexts_named(unless, where, library, library.lists, "unless"))
    return library


def as_data(root: Path, texts: Mapping[str, str]) -> dict[str, Any]:
    """What the files of word lists, contexts and presets in a rules folder say, for the compiled catalogue."""
    names = [name for name in texts if name.startswith(("vocabulary/", "contexts/", "presets/"))]
    return {str(root / name): load(texts[name], str(root / name), RuleError)[0] for name in names}


def anchors_of_contexts(root: Path, texts: Mapping[str, str]) -> dict[str, list[str]]:
    """By the name of each context of a rules folder, the anchors of its finders, for the compiled catalogue."""
    contexts = library_for(str(root / "family" / "rule.yaml")).contexts
    own = {name: context for name, context in contexts.items() if f"contexts/{name}.yaml" in texts}
    return {name: [finder.anchors_as_text for finder in context.finders] for name, context in own.items()}


def _documents(root: Path, folder: str, checked: bool) -> Iterator[tuple[str, Any, Locator]]:
    for path in sorted((root / folder).glob("*.yaml")):
        if checked and str(path) in libraries.get(root, ()):
            yield path.stem, libraries[root][str(path)], Locator(str(path), checked=True)
        else:
            data, where = load(path.read_text("utf-8"), str(path), RuleError)
            where.checked = checked
            yield path.stem, data, where


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


def read_context(data: Mapping[str, Any], where: Locator, lists: Mapping[str, Node], *keys: str | int) -> Context:
    """A context from its mapping, in a file of its own or inside a rule. Raises RuleError at file:line."""
    lists = named_lists(data.get("lists", {}), where, lists, *keys, "lists")
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
    entry = where.check_keys(item, _CUE_KEYS, *keys, required=("reach",))
    if not any(key in entry for key in _CUE_KEYS[1:] if key != "within"):
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


def _context_examples(value: Any, where: Locator) -> list[ContextExample]:
    entry = where.check_keys(value, ("holds", "not"), "examples", required=("holds", "not"))
    found = []
    for side in ("holds", "not"):
        for i, text in enumerate(where.texts(entry[side], "examples", side)):
            if text.count("[[") != 1 or text.count("]]") != 1:
                raise where.error("examples", side, i, message="a context example marks one phrase with [[…]].")
            found.append(ContextExample(text, side == "holds", where.line("examples", side, i)))
    return found
