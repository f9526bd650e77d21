"""Blanks what MDX adds to Markdown: imports and exports, JSX tags, `{expressions}` and their comments."""

from __future__ import annotations

import re

from healthlint.article import Comment
from healthlint.formats.masks import Mask, skip_code
from healthlint.ranges import TextRange

_OPENERS = re.compile(
    r"(?P<fence>^[ \t>]*(?:`{3,}|~{3,}))|(?P<code>`+)|(?P<esm>^(?:import|export)[ \t{*][^\n]*)|(?P<brace>\{)|"
    r"(?P<tag></?(?:[A-Za-z][\w.:-]*)?(?=[\s/>{]))|(?P<container>^[ \t]*:::+[^\n]*)",
    re.MULTILINE,
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^'\n]*'|`[^`]*`|/\*|[{}]")
_ATTRIBUTE = re.compile(r"\"[^\"]*\"|'[^']*'|[{}>]|\n[ \t]*\r?\n")
_ESM = re.compile(
    r"(?:import\b.*(?:from\s*)?[\"'][^\"']*[\"']|export\s+(?:default|const|let|var|function|async|class|\{|\*))", re.S
)


def hide_mdx(made: Mask) -> None:
    """Marks everything in `made.source` that is no prose; comments go to `made.comments`. Linear in the length."""
    source, at = made.source, made.start
    missing: dict[str, int] = {}
    dead = len(source) + 1  # from here on no brace is closed any more
    while True:
        match = _OPENERS.search(source, at)
        if match is None:
            return
        at = match.end()
        group = match.lastgroup
        if group in ("fence", "code"):
            at = skip_code(source, match, missing)
        elif group == "container":
            made.hide(match.start(), at)
        elif group == "esm":
            blank = re.compile(r"\r?\n[ \t]*\r?\n").search(source, at)
            end = blank.start() if blank else len(source)
            if _ESM.match(source, match.start(), end):
                made.hide(match.start(), end)
                at = end
        elif group == "brace":
            end = -1 if match.start() >= dead else _balanced(source, match.start())
            if end < 0:
                dead = min(dead, match.start())
                continue
            inner = source[match.start() + 1 : end - 1].strip()
            if inner.startswith("/*") and inner.endswith("*/"):
                made.comments.append(Comment(inner[2:-2].strip(), TextRange(match.start(), end)))
            made.hide(match.start(), end)
            at = end
        else:
            end = _tag_end(source, at)
            if end > 0:
                made.hide(match.start(), end)
                at = end


def _balanced(source: str, start: int) -> int:
    """The offset after the brace that closes the one at `start`; -1 where there is none."""
    depth, at = 0, start
    while True:
        match = _QUOTED.search(source, at)
        if match is None:
            return -1
        at = match.end()
        token = match[0]
        if token == "/*":
            close = source.find("*/", at)
            if close < 0:
                return -1
            at = close + 2
        elif token == "{":
            depth += 1
        elif token == "}":
            depth -= 1
            if depth == 0:
                return at


def _tag_end(source: str, at: int) -> int:
    """The offset after the `>` of a tag whose name ends at `at`; -1 where it is no tag."""
    while True:
        match = _ATTRIBUTE.search(source, at)
        if match is None:
            return -1
        at = match.end()
        if match[0] == ">":
            return at
        if match[0] == "}" or match[0][0] == "\n":
            return -1
        if match[0] == "{":
            at = _balanced(source, match.start())
            if at < 0:
                return -1
