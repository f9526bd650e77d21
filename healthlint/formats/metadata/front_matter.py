"""Front matter in YAML, TOML or JSON: the metadata before an article, each value with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from healthlint.article import Article, Block, BlockKind, Problem, Segment, SourceMap, Value
from healthlint.formats.metadata.fields import Node, metadata
from healthlint.formats.metadata.yaml_lines import MAX_LENGTH, read_lines
from healthlint.ranges import LineIndex, TextRange

_FENCE = re.compile(r"(---|\+\+\+)[ \t]*\r?(?:\n|$)")
_CLOSE = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*\r?$", re.MULTILINE),
}
_BLANK_LINES = re.compile(r"(?:[ \t\ufeff]*\r?\n)+")
_KEY_LINE = re.compile(r"^([A-Za-z_][\w .-]{0,60}?)[ \t]*[:=][ \t]*(.*?)[ \t]*\r?$")
_JSON_START = re.compile(r"\{\s*(?:\"|\}|'[\w-]+'\s*:|\w+\s*:\s*[\"'])")  # names without double quotes are a slip
_TEMPLATE = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|<%[^\n]*?%>")
_RULE = "front-matter-broken"
_AFTERMATH = "Until this is fixed, its title, author and dates may not be read as meant."


class FrontMatter(NamedTuple):
    """What stood before the article: where the article's body begins, and the fields."""

    body: int
    node: Node | None = None
    problems: Sequence[Problem] = ()


def apply(article: Article) -> int:
    """Reads the front matter into `article.metadata` and returns the offset at which the body begins."""
    found = read(article.source)
    article.problems += found.problems
    if found.node is not None:
        article.metadata = metadata(found.node)
    return found.body


def title_block(title: Value | None) -> Block | None:
    """A block for a title that stands in front matter or <head>, mapped to its place there; None if it says nothing."""
    if title is None or not any(map(str.isalnum, title.text)):
        return None
    prose = " ".join(title.text.split())
    start, end = title.range
    segments = [Segment(0, start, len(prose), end - start)] if end > start else []
    return Block(BlockKind.TITLE, prose, SourceMap(segments), 1, frozenset({"metadata"}))


def read(source: str) -> FrontMatter:
    """Finds and reads the front matter of a source; without one, the body begins at 0."""
    fence = _FENCE.match(source)
    if fence is not None:
        return _fenced(source, fence)
    if source.startswith("{") and _JSON_START.match(source):
        return _json(source)
    return _behind_blank_lines(source)


def _behind_blank_lines(source: str) -> FrontMatter:
    """Front matter that blank lines stand above: read, because it is meant, and told, because not everybody reads it.

    Hugo takes it for front matter; Jekyll and what is made with gray-matter look at the first line only.
    """
    blank = _BLANK_LINES.match(source)
    fence = _FENCE.match(source, blank.end()) if blank else None
    close = _CLOSE[fence[1]].search(source, fence.end()) if fence else None
    if fence is None or close is None:
        return FrontMatter(0)
    lines = source[fence.end() : close.start()].split("\n", 1)
    if not _KEY_LINE.match(lines[0]):
        return FrontMatter(0)  # an article's own text between two lines of dashes
    found = _fenced(source, fence)
    message = (
        "Blank lines stand above the front matter. Hugo reads it all the same; Jekyll, Eleventy and others show it to "
        f"readers as text. Let the file begin with “{fence[1]}”."
    )
    problem = Problem(_RULE, message, TextRange(fence.start(), fence.start() + 3), "late")
    return found._replace(problems=[problem, *found.problems])


def _fenced(source: str, fence: re.Match[str]) -> FrontMatter:
    start = fence.end()
    close = _CLOSE[fence[1]].search(source, start)
    first = source[start : start + 200].split("\n", 1)[0]
    if close is None:
        if not _KEY_LINE.match(first):
            return FrontMatter(0)  # a line of dashes, nothing more
        stop = _key_lines_end(source, start)
        message = f"The front matter is never closed: a line with only “{fence[1]}” is missing after it. {_AFTERMATH}"
        return FrontMatter(stop, _salvage(source, start, stop), [Problem(_RULE, message, TextRange(*fence.span(1)))])
    stop, body = close.start(), min(len(source), close.end() + 1)
    if not source[start:stop].strip():
        return FrontMatter(body)
    if fence[1] == "+++":
        return _toml(source, start, stop, body)
    lines = read_lines(source, start, stop) if stop - start < MAX_LENGTH else None
    return _yaml(source, start, stop, body) if lines is None else FrontMatter(body, lines)


def _yaml(source: str, start: int, stop: int, body: int) -> FrontMatter:
    from healthlint.formats.metadata.yaml_text import YamlError, read_yaml

    repeated: list[TextRange] = []
    try:
        node = read_yaml(source, start, stop, repeated)
    except YamlError as error:
        filled = _TEMPLATE.sub(_blanks, source[start:stop])  # what a generator will fill in is no mistake
        if filled != source[start:stop]:
            return _yaml(source[:start] + filled + source[stop:], start, stop, body)
        return _broken(source, error.offset, start, stop, body, str(error))
    if node.fields is None:
        if not any(map(_KEY_LINE.match, source[start:stop].split("\n")[:3])):
            return FrontMatter(0)  # text between two lines of dashes is an article's own text
        return _broken(source, start, start, stop, body, "it is not a list of names and values")
    return FrontMatter(body, node, _twice(source, repeated))


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _toml(source: str, start: int, stop: int, body: int) -> FrontMatter:
    from healthlint.formats.metadata.toml_text import TomlError, read_toml

    try:
        return FrontMatter(body, read_toml(source, start, stop))
    except TomlError as error:
        at = start
        for _ in range(max(0, error.line)):
            at = source.find("\n", at, stop) + 1 or stop
        return _broken(source, at, start, stop, body, str(error)[:1].lower() + str(error)[1:], error.place)


def _json(source: str) -> FrontMatter:
    from healthlint.formats.metadata.json_text import JsonError, read_json

    try:
        repeated: list[TextRange] = []
        node, end = read_json(source, 0, len(source), repeated)
    except JsonError as error:
        blank = re.compile(r"\n[ \t]*\r?\n|\n\}[ \t]*\r?\n").search(source)
        body = blank.end() if blank else len(source)
        at = min(error.offset, len(source))
        return _broken(source, at, 0, body, body, str(error))
    return FrontMatter(end, node, _twice(source, repeated))


def _twice(source: str, places: Sequence[TextRange]) -> list[Problem]:
    return [
        Problem(
            _RULE,
            f"“{place.within(source)}” stands in the front matter a second time. Site generators refuse the page, or "
            "show the last value and drop the others without a word. Keep one.",
            place,
        )
        for place in places
    ]


def _broken(
    source: str, at: int, start: int, stop: int, body: int, reason: str, place: TextRange | None = None
) -> FrontMatter:
    lines = LineIndex(source)
    line = lines.position(place.start if place else min(at, max(start, stop - 1))).line
    where = place or lines.line_range(line)
    message = f"The front matter cannot be read: {reason} (line {line}). {_AFTERMATH}"
    return FrontMatter(body, _salvage(source, start, stop), [Problem(_RULE, message, where)])


def _salvage(source: str, start: int, stop: int) -> Node | None:
    """What can be saved of broken front matter: its simple `key: value` lines. One slip then costs one field."""
    fields: dict[str, Node] = {}
    at = start
    while at < stop and len(fields) < 200:
        end = source.find("\n", at, stop)
        end = stop if end < 0 else end
        match = _KEY_LINE.match(source[at:end]) if end - at < 2000 else None
        if match:
            first, last = at + match.start(2), at + match.end(2)
            if last - first >= 2 and source[first] in "\"'" and source[last - 1] == source[first]:
                first, last = first + 1, last - 1
            if last > first and source[first] not in "[{|>&*":
                fields.setdefault(match[1], Node(TextRange(first, last), text=source[first:last]))
        at = end + 1
    return Node(TextRange(start, start), fields=fields) if fields else None


def _key_lines_end(source: str, start: int) -> int:
    """Where the run of lines that look like front matter ends: at the first blank line or heading."""
    at = start
    while at < len(source):
        end = source.find("\n", at)
        end = len(source) if end < 0 else end
        line = source[at:end].strip()
        if not line or line.startswith("#"):
            return at
        at = end + 1
    return min(at, len(source))
