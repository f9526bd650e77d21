"""Blanks what MDX adds to Markdown: imports and exports, JSX tags, `{expressions}` and their comments."""

from __future__ import annotations

import re

from healthlint.article import Comment
from healthlint.formats.masked import Code, Mask
from healthlint.ranges import TextRange

_OPENERS = re.compile(
    r"(?P<fence>^[ \t>]*(?:`{3,}|~{3,}))|(?P<code>`+)|(?P<esm>^(?:"
    r"import[ \t]*(?:[\"']|\{[^\n]*$|[\w$*][^\n]*?\bfrom[ \t]*[\"'])|"
    r"export[ \t]+(?:default|const|let|var|function|async|class|type|interface)\b|export[ \t]*[{*]))|(?P<brace>\{)|"
    r"(?P<tag></?(?:[A-Za-z][\w.:-]*)?(?=[\s/>{]))|(?P<container>^[ \t]*:::+[^\n]*)",
    re.MULTILINE,
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^'\n]*'|`[^`]*`|/\*|[{}]")
_ATTRIBUTE = re.compile(r"\"[^\"]*\"|'[^']*'|[{}>]|\n[ \t]*\r?\n")
_BLANK_LINE = re.compile(r"\r?\n[ \t]*\r?\n")


def mask_mdx(source: str, start: int) -> Mask:
    """MDX from `start` on with everything that is no prose under the mask. Linear in the length."""
    made = Mask(source, start)
    _hide(made)
    return made.applied()


def _hide(made: Mask) -> None:
    source, at = made.source, made.start
    code = Code(source)
    dead = len(source) + 1  # from here on no brace is closed any more
    no_tag_before = 0  # a tag that begins before this offset would fail where one before it failed
    while True:
        match = _OPENERS.search(source, at)
        if match is None:
            return
        at = match.end()
        group = match.lastgroup
        if group in ("fence", "code"):
            at = code.end(match)
        elif group == "container":
            made.hide(match.start(), at)
        elif group == "esm":
            blank = _BLANK_LINE.search(source, at)
            end = blank.start() if blank else len(source)
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
        elif at >= no_tag_before:
            is_tag, end = _tag_end(source, at)
            if is_tag:
                made.hide(match.start(), end)
                at = end
            else:
                no_tag_before = end


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


def _tag_end(source: str, at: int) -> tuple[bool, int]:
    """Whether a tag whose name ends at `at` is one, and the offset after its `>` or where it fails to be one."""
    while True:
        match = _ATTRIBUTE.search(source, at)
        if match is None:
            return False, len(source)
        at = match.end()
        if match[0] == ">":
            return True, at
        if match[0] == "}" or match[0][0] == "\n":
            return False, at
        if match[0] == "{":
            at = _balanced(source, match.start())
            if at < 0:
                return False, len(source)
