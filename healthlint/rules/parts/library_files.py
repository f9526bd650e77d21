"""Word lists (`vocabulary/*.yaml`) and contexts (`contexts/*.yaml`) of a rules folder, read strictly and once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from healthlint.analysis.patterns.nodes import Node
from healthlint.errors import RuleError
from healthlint.rules.compiled import context_anchors, libraries, made_libraries
from healthlint.rules.library import ContextExample, Library
from healthlint.rules.parts.contexts import CONTEXT_KEYS, contexts_named, read_context
from healthlint.rules.parts.word_lists import named_lists, read_list
from healthlint.rules.rule_files import catalogue_root
from healthlint.strict_yaml import Locator, load


def library_for(rule_path: str, checked: bool = False) -> Library:
    """The library that a rule file sees: that of the folder in which the folder of its family lies.

    Raises RuleError at file:line for a wrong vocabulary or context file. Where they were `checked` before, as the
    compiled catalogue says, each word list and pattern is read only when it is needed.
    """
    parents = Path(rule_path).resolve().parents
    return library_of(parents[1] if len(parents) > 1 else catalogue_root(), checked)


def library_of(folder: Path, checked: bool = False) -> Library:
    """The word lists and contexts of a rules folder, laid over the shipped ones. Raises as `library_for` does."""
    shipped = catalogue_root()
    if folder.resolve() != shipped.resolve() and any((folder / name).is_dir() for name in ("vocabulary", "contexts")):
        return _library(folder, shipped, checked)
    return _library(shipped, None, checked)


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
    waiting: dict[str, tuple[Any, Locator, dict[str, Node]]] = {}
    for stem, data, where in _documents(root, "contexts", checked):
        data = where.check_keys(data, CONTEXT_KEYS, required=("id", "about", "cues", "examples"))
        name = where.text(data["id"], "id")
        if name != stem:
            raise where.error("id", message=f"the id “{name}” and the file name “{stem}” differ.")
        lists = named_lists(data.get("lists", {}), where, library.lists, "lists")
        context = library.contexts[name] = read_context(data, where, lists)
        if checked and name in context_anchors.get(root, ()):
            for finder, anchors in zip(context.finders, context_anchors[root][name], strict=True):
                finder.tell(anchors)
        library.examples[name] = _context_examples(data["examples"], where)
        waiting[name] = (data.get("unless", []), where, lists)
    for name, (unless, where, lists) in waiting.items():
        library.contexts[name].unless = tuple(contexts_named(unless, where, library, lists, "unless"))
    return library


def as_data(root: Path, texts: Mapping[str, str]) -> dict[str, Any]:
    """What the files of word lists, contexts and presets in a rules folder say, for the compiled catalogue."""
    names = [name for name in texts if name.startswith(("vocabulary/", "contexts/", "presets/"))]
    return {str(root / name): load(texts[name], str(root / name), RuleError)[0] for name in names}


def anchors_of_contexts(root: Path, texts: Mapping[str, str]) -> dict[str, list[str]]:
    """By the name of each context of a rules folder, the anchors of its finders, for the compiled catalogue."""
    contexts = library_of(root).contexts
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


def _context_examples(value: Any, where: Locator) -> list[ContextExample]:
    entry = where.check_keys(value, ("holds", "not"), "examples", required=("holds", "not"))
    found = []
    for side in ("holds", "not"):
        for i, text in enumerate(where.texts(entry[side], "examples", side)):
            if text.count("[[") != 1 or text.count("]]") != 1:
                raise where.error("examples", side, i, message="a context example marks one phrase with [[…]].")
            found.append(ContextExample(text, side == "holds", where.line("examples", side, i)))
    return found
