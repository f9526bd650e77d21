"""Front matter of plain `name: value` lines, read without the YAML package: most is of this kind.

Importing that package takes longer than checking an article. Whatever it could read in another way is left to it.
"""

from __future__ import annotations

import re

from healthlint.formats.metadata.fields import Node
from healthlint.ranges import TextRange

MAX_LENGTH = 200_000  # characters; longer front matter is refused
_LINE = re.compile(
    r"([A-Za-z_][A-Za-z0-9_-]{0,60}): +"
    r"(?:\"(?P<double>[^\"\\]*)\"|'(?P<single>[^']*)'|(?P<plain>[\w/.(+$“‘](?!.*(?:: |:$| #)).*(?<! ))) *"
)


def read_lines(source: str, start: int, stop: int) -> Node | None:
    """The fields of the lines in a part of the source; None where one is not that plain, or a name stands twice."""
    fields: dict[str, Node] = {}
    at = start
    for line in source[start:stop].removesuffix("\n").split("\n"):
        match = _LINE.fullmatch(line)
        if match is None or match[1] in fields or not line.isprintable():
            return None
        kind = str(match.lastgroup)
        first, last = match.span(kind)
        fields[match[1]] = Node(TextRange(at + first, at + last), match[kind], quoted=kind != "plain")
        at += len(line) + 1
    return Node(TextRange(start, start), fields=fields)
