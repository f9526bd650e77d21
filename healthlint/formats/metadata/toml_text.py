"""TOML front matter with the place of every text value. `tomllib` reads it; this only finds the places."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from healthlint.formats.metadata.fields import Node
from healthlint.ranges import TextRange

_HEADER = re.compile(r"[ \t]*\[([^\[\]\n]+)\][ \t]*(?:#.*)?\r?$")
_PAIR = re.compile(r"[ \t]*([A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')(?:[ \t]*\.[ \t]*([A-Za-z0-9_-]+))?[ \t]*=[ \t]*")
_STRING = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'([^'\n]*)'")
_LINE = re.compile(r"\bline (\d+)")
_TWICE = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate inline table key")  # as tomllib says it
_TRIPLE = ('"""', "'''")


class TomlError(ValueError):
    """Text that is no TOML; `line` is its 0-based line, `place` the name that is wrong, where that is known."""

    def __init__(self, message: str, line: int, place: TextRange | None = None) -> None:
        super().__init__(message)
        self.line, self.place = line, place


def read_toml(source: str, start: int, stop: int) -> Node:
    """Reads source[start:stop] as TOML. Values whose place is not certain have an empty range at their line.

    Raises TomlError with the line that does not fit.
    """
    text = source[start:stop].replace("\r\n", "\n")
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        said = str(error)
        line = _LINE.search(said)
        at_end = "end of document" in said
        message = said.split(" (at")[0] if isinstance(error, tomllib.TOMLDecodeError) else "it is nested too deeply"
        if message == "Invalid value":
            message = "a value is not one that TOML knows; a text needs quotes around it"
        place = None
        if message.startswith(_TWICE):
            place = _second(source, start, stop)
            name = f"“{place.within(source)}”" if place else "a name"
            message = f"{name} stands here a second time, which TOML does not allow"
        number = int(line[1]) - 1 if line else text.count("\n") if at_end else 0
        raise TomlError(message, number, place) from None
    return _node(data, (), _places(source, start, stop), TextRange(start, start))


def _node(value: Any, path: tuple[str, ...], places: dict[tuple[str, ...], list[TextRange]], at: TextRange) -> Node:
    here = places.get(path, [])
    if isinstance(value, dict):
        return Node(at, fields={key: _node(inner, (*path, key), places, at) for key, inner in value.items()})
    if isinstance(value, list):
        exact = len(here) == len(value) and all(isinstance(item, str) for item in value)
        first = here[0] if here else at
        empty = TextRange(first.start, first.start)
        items = []
        for index, item in enumerate(value):
            node = _node(item, (*path, str(index)), {}, empty)
            if exact:
                node.range = here[index]
            items.append(node)
        return Node(empty, items=items)
    if len(here) == 1:
        at = here[0]
    if isinstance(value, str):
        return Node(at, text=value, quoted=True)
    if isinstance(value, bool):
        return Node(at, text=str(value).lower())
    return Node(at, text=str(value))


def _places(source: str, start: int, stop: int) -> dict[tuple[str, ...], list[TextRange]]:
    """Where the values of `key = …` lines stand: the inside of each string, or the bare value."""
    return {path: values for path, _, values in _names(source, start, stop) if values is not None}


def _second(source: str, start: int, stop: int) -> TextRange | None:
    """The first name of a value or a table that stood before."""
    seen: set[tuple[tuple[str, ...], bool]] = set()
    for path, name, values in _names(source, start, stop):
        if (path, values is None) in seen:
            return name
        seen.add((path, values is None))
    return None


def _names(source: str, start: int, stop: int) -> Iterator[tuple[tuple[str, ...], TextRange, list[TextRange] | None]]:
    """The path of each `[table]` and `key = …` line, where its name stands, and for a key the places of its values."""
    table: tuple[str, ...] = ()
    known = True
    at = start
    while at < stop:
        end = source.find("\n", at, stop)
        end = stop if end < 0 else end
        header = _HEADER.match(source, at, end)
        pair = None if header else _PAIR.match(source, at, end)
        if header:
            table, known = tuple(part.strip().strip("\"'") for part in header[1].split(".")), True
            yield table, TextRange(*header.span(1)), None
        elif source[at:end].lstrip().startswith("[["):
            known = False
        elif pair:
            path = (*table, *(part.strip("\"'") for part in pair.groups() if part))
            found, at = _value(source, pair.end(), end, stop)
            if known:
                yield path, TextRange(pair.start(1), pair.end(pair.lastindex or 1)), found
            end = source.find("\n", at, stop)
            end = stop if end < 0 else end
        at = end + 1


def _value(source: str, at: int, end: int, stop: int) -> tuple[list[TextRange], int]:
    """The places of one value that begins at `at`, and the offset where it ends."""
    opener = source[at : at + 3]
    if opener in _TRIPLE:
        close = source.find(opener, at + 3, stop)
        if close < 0:
            return [], end
        return [TextRange(at + 3, close).stripped(source)], close + 3
    string = _STRING.match(source, at, end)
    if string:
        group = string.lastindex or 1
        return [TextRange(*string.span(group))], string.end()
    if source[at : at + 1] == "[":
        return _array(source, at + 1, stop)
    bare = source[at:end].split("#")[0].rstrip()
    return [TextRange(at, at + len(bare))] if bare and bare[0] not in "{" else [], end


def _array(source: str, at: int, stop: int) -> tuple[list[TextRange], int]:
    """The strings of a flat array, also over several lines; nothing where it holds anything else."""
    found: list[TextRange] = []
    while at < stop:
        char = source[at]
        if char in " \t\r\n,":
            at += 1
        elif char == "#":
            newline = source.find("\n", at, stop)
            at = stop if newline < 0 else newline
        elif char == "]":
            return found, at + 1
        else:
            string = None if source[at : at + 3] in _TRIPLE else _STRING.match(source, at, stop)
            if string is None:
                return [], at
            found.append(TextRange(*string.span(string.lastindex or 1)))
            at = string.end()
    return [], stop
