"""YAML as plain data, strict, with the line of every key: a mistake is shown where it was made."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from healthlint.errors import ConfigError, HealthlintError, RuleError, nearest

Key = str | int
_DEEP = re.compile(r"[\[{]{60}|(?:[-?] ){60}|^ {400}", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MOST_BRACKETS = 20_000
_MOST_VALUES, _MOST_LEVELS = 200_000, 100  # aliases can make more of a short text
_WORDS = (
    ("mapping values are not allowed", "there is a second “: ” on a line; put the value in quotes"),
    ("could not find expected ':'", "a colon is missing after a name"),
    (
        "cannot start any token",
        "a value begins with a character that has a meaning in YAML, such as @ or `; put it in quotes",
    ),
    ("unexpected end of stream", "a quotation mark is never closed"),
    ("expected <block end>", "the indentation, or a quotation mark inside a quoted value, is wrong"),
    ("expected key", "the indentation, or a quotation mark inside a quoted value, is wrong"),
    ("expected '-' indicator", "the indentation is wrong, or an entry of a list lacks its “- ”"),
    ("another document", "a second document begins here (“---”), and one file holds one"),
    ("control characters", "it holds a control character, which no editor shows"),
    ("expected ',' or", "a list or mapping in brackets is not closed, or a comma is missing"),
    ("undefined alias", "a value begins with *, which has a meaning in YAML; put it in quotes"),
    ("expected alphabetic or", "a value begins with * or &, which has a meaning in YAML; put it in quotes"),
    ("unknown escape character", "a backslash in double quotes is not one that YAML knows; use single quotes"),
)


class Locator:
    """Where each key of a file stands; makes errors at file:line.

    `checked` is true where everything in the file was found right before, so that costly checks need not be repeated.
    """

    __slots__ = ("checked", "error_type", "lines", "path")

    def __init__(
        self,
        path: str,
        lines: Mapping[tuple[Key, ...], int] | None = None,
        error_type: type[HealthlintError] = RuleError,
        checked: bool = False,
    ) -> None:
        self.path, self.lines, self.error_type, self.checked = path, lines or {}, error_type, checked

    def line(self, *keys: Key) -> int:
        """The 1-based line of a key path, or of its nearest known ancestor."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)

    def error(self, *keys: Key, message: str, hint: str = "") -> HealthlintError:
        """An error that points at the line of a key path."""
        return self.error_type(message, where=f"{self.path}:{self.line(*keys)}", hint=hint)

    def check_keys(
        self, value: object, known: Iterable[str], *keys: Key, required: Iterable[str] = (), what: str = "key"
    ) -> dict[str, Any]:
        """The value as a mapping with only known keys and all required ones; raises the locator's error otherwise."""
        names = list(known)
        if not isinstance(value, dict):
            which = f" with the keys {', '.join(names)}" if names else ""
            empty = "the file is empty: " if value is None and not keys else ""
            raise self.error(*keys, message=f"{empty}expected a mapping{which}.")
        for name in value:
            if name not in names:
                hint = nearest(name, names) or _quotes(name)
                raise self.error(*keys, name, message=f"unknown {what} “{name}”.", hint=hint)
        for name in required:
            if name not in value:
                raise self.error(*keys, message=f"the key “{name}” is missing.")
        return value

    def mapping(self, value: object, *keys: Key) -> dict[str, Any]:
        """The value as a mapping, whatever its keys; raises the locator's error otherwise."""
        return self.check_keys(value, value if isinstance(value, dict) else (), *keys)

    def text(self, value: object, *keys: Key) -> str:
        """The value as a non-empty text; raises the locator's error otherwise."""
        if not isinstance(value, str) or not value.strip():
            raise self.error(*keys, message=f"{_named(keys)} must be a text.")
        return " ".join(value.split())

    def texts(self, value: object, *keys: Key) -> list[str]:
        """The value as a list of texts (one text counts as a list of one); raises the locator's error otherwise."""
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise self.error(*keys, message=f"{_named(keys)} must be a list of texts.")
        return items

    def flag(self, value: object, *keys: Key) -> bool:
        """The value as true or false; raises the locator's error otherwise."""
        if not isinstance(value, bool):
            raise self.error(*keys, message=f"{_named(keys)} must be true or false.")
        return value

    def whole(self, value: object, *keys: Key, least: int = 0) -> int:
        """The value as a whole number that is not too small; raises the locator's error otherwise."""
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.error(*keys, message=f"{_named(keys)} must be a whole number from {least}.")
        return value

    def one_of(self, value: object, known: Collection[str], *keys: Key) -> str:
        """The value as one of some names; raises the locator's error, with the nearest of them, otherwise."""
        if not isinstance(value, str) or value not in known:
            hint = nearest(str(value), known)
            raise self.error(*keys, message=f"“{value}” is not one of {', '.join(known)}.", hint=hint)
        return value


def _quotes(name: str) -> str:
    """What to do where a text was taken for a key, as a colon or a comma in it makes of it."""
    if any(mark in name for mark in "“”„‘’"):
        return 'Quotation marks are written straight: "…".'
    return "A text with a colon or in brackets is put in quotes." if " " in name or name[:1].isupper() else ""


def _named(keys: tuple[Key, ...]) -> str:
    """A value as messages call it: “summary”, “entry 2 of patterns”."""
    if not keys:
        return "the value"
    if isinstance(keys[-1], int) and len(keys) > 1:
        return f"entry {keys[-1] + 1} of “{keys[-2]}”"
    return f"“{keys[-1]}”"


def load(text: str, path: str, error_type: type[HealthlintError] = ConfigError) -> tuple[Any, Locator]:
    """Parse one YAML document into plain data and a Locator.

    Raises `error_type` at file:line for syntax errors, duplicate keys and keys that are not texts.
    """
    import yaml  # late: a run from the compiled catalogue reads none

    if _DEEP.search(text) or text.count("[") + text.count("{") > _MOST_BRACKETS:
        raise error_type("nested too deeply to be read.", where=path)  # the C parser would overflow its stack
    try:
        node: Any = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        if "quoted scalar" in (getattr(error, "context", None) or ""):  # where it begins, not where the file ends
            mark = getattr(error, "context_mark", None) or mark
        problem = plain_words(getattr(error, "problem", None) or str(error))
        where = f"{path}:{mark.line + 1}" if mark else path
        if found := _CONTROL.search(text):
            where = f"{path}:{text.count(chr(10), 0, found.start()) + 1}"
        if mark and text[mark.index : mark.index + 1] == "\t":
            problem = "a tab stands where YAML wants spaces"
        raise error_type(f"not valid YAML: {problem}.", where=where) from None
    lines: dict[tuple[Key, ...], int] = {(): 1}
    locator = Locator(path, lines, error_type)
    if node is None:
        return None, locator
    return _plain(node, (), lines, locator), locator


def plain_words(problem: str) -> str:
    """A YAML parser's words as an editor's."""
    return next((words for sign, words in _WORDS if sign in problem), problem)


def _plain(node: Any, keys: tuple[Key, ...], lines: dict[tuple[Key, ...], int], locator: Locator) -> Any:
    if len(keys) > _MOST_LEVELS or len(lines) > _MOST_VALUES:
        raise locator.error(*keys[:1], message="nested too deeply, or repeated too often by “*”, to be read.")
    if not node.tag.startswith("tag:"):
        raise locator.error(*keys, message=f"a value begins with “{node.tag}”; put it in quotes.")
    lines.setdefault(keys, node.start_mark.line + 1)
    if node.id == "mapping":
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            name = _scalar(key_node) if key_node.id == "scalar" else None
            name = str(name) if isinstance(name, int | float) and not isinstance(name, bool) else name
            lines[(*keys, str(name))] = key_node.start_mark.line + 1
            if not isinstance(name, str):
                raise locator.error(*keys, str(name), message="a key must be a text.")
            if name in found:
                raise locator.error(*keys, name, message=f"the key “{name}” stands here a second time.")
            found[name] = _plain(value_node, (*keys, name), lines, locator)
        return found
    if node.id == "sequence":
        return [_plain(item, (*keys, i), lines, locator) for i, item in enumerate(node.value)]
    return _scalar(node)


_INT = re.compile(r"[-+]?\d[\d_]*")


def _scalar(node: Any) -> Any:
    tag, value = node.tag.rsplit(":", 1)[-1], node.value
    if tag == "null":
        return None
    if tag == "bool" and value.lower() in ("true", "false"):  # as in YAML 1.2: off, on, yes and no are texts
        return value.lower() == "true"
    if tag == "int" and _INT.fullmatch(value):
        return int(value.replace("_", ""))
    if tag == "float":
        try:
            return float(value.replace("_", ""))
        except ValueError:
            return value
    return value
