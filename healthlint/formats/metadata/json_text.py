"""JSON with the place of every value, for front matter and JSON-LD."""

from __future__ import annotations

import json
import re

from healthlint.formats.metadata.fields import Node
from healthlint.ranges import TextRange

_TOKEN = re.compile(r'\s*(?:(?P<string>"(?:[^"\\\x00-\x1f]|\\.)*")|(?P<mark>[\[\]{},:])|(?P<word>[^\s\[\]{},:"]+))')
_MAX_DEPTH = 200


class JsonError(ValueError):
    """Text that is no JSON; `offset` is where it goes wrong."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


def read_json(source: str, start: int, stop: int, repeated: list[TextRange] | None = None) -> tuple[Node, int]:
    """Reads the JSON value at source[start:stop] and returns it with the offset after it.

    Of a name that stands twice the last value counts; the places of such names are added to `repeated`.
    Raises JsonError at the first character that does not fit. Nothing recurses; more than 200 levels are refused.
    """
    stack: list[tuple[Node, str]] = []  # open containers, and the key that waits for its value
    at = start
    comma = -1  # where the last comma stands
    expect = "value"
    while True:
        match = _TOKEN.match(source, at, stop)
        if match is None:
            rest = len(source[at:stop]) - len(source[at:stop].lstrip())
            raise JsonError("it ends too early" if at + rest >= stop else "something here does not belong", at + rest)
        at = match.end()
        begin = match.start(match.lastgroup or 0)
        token = match[match.lastgroup or 0]
        node: Node | None = None
        if token in ("{", "[") and expect in ("value", "value or end"):
            if len(stack) >= _MAX_DEPTH:
                raise JsonError("it is nested too deeply", begin)
            fresh = (
                Node(TextRange(begin, begin), fields={}) if token == "{" else Node(TextRange(begin, begin), items=[])
            )
            stack.append((fresh, ""))
            expect = "key or end" if token == "{" else "value or end"
            continue
        if token in ("}", "]"):
            if not stack or expect not in ("comma", "key or end", "value or end"):
                if comma >= 0 and not source[comma + 1 : begin].strip():
                    raise JsonError(f"a comma stands before the closing “{token}”; take it out", comma)
                raise JsonError("a value is missing", begin)
            if (token == "}") != (stack[-1][0].fields is not None):
                raise JsonError(f"“{token}” closes something that was not opened", begin)
            node = stack.pop()[0]
            node.range = TextRange(node.range.start, at)
        elif expect in ("key", "key or end"):
            if match["string"] is None:
                raise JsonError("a name in double quotes is missing", begin)
            stack[-1] = (stack[-1][0], _unquote(token, begin))
            if repeated is not None and stack[-1][1] in (stack[-1][0].fields or ()):
                repeated.append(TextRange(begin + 1, at - 1))
            expect = "colon"
            continue
        elif expect == "colon":
            if token != ":":
                raise JsonError("a colon is missing", begin)
            expect = "value"
            continue
        elif expect == "comma":
            if token != ",":
                raise JsonError("a comma is missing", begin)
            comma = begin
            expect = "key" if stack[-1][0].fields is not None else "value"
            continue
        elif match["string"] is not None:
            node = Node(TextRange(begin + 1, at - 1), text=_unquote(token, begin), quoted=True)
        elif match["word"] is not None:
            _check_word(token, begin)
            node = Node(TextRange(begin, at), text=token)
        else:
            raise JsonError("a value is missing", begin)
        if not stack:
            return node, at
        parent, key = stack[-1]
        if parent.fields is not None:
            parent.fields[key] = node
        elif parent.items is not None:
            parent.items.append(node)
        expect = "comma"


def _unquote(token: str, begin: int) -> str:
    if "\\" not in token:
        return token[1:-1]
    try:
        return str(json.loads(token))
    except ValueError:
        raise JsonError("this text has a wrong backslash", begin) from None


def _check_word(token: str, begin: int) -> None:
    if token in ("true", "false", "null"):
        return
    try:
        float(token)
    except ValueError:
        raise JsonError(f"“{token[:20]}” needs double quotes", begin) from None
