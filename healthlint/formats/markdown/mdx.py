"""Blanks what MDX adds to Markdown: imports and exports, JSX tags, `{expressions}` and their comments."""

from __future__ import annotations

import re

from healthlint.article import Comment
from healthlint.formats.html.names import BLOCKS
from healthlint.formats.masked import BREAK, FILL, Code, Mask
from healthlint.formats.templates import container_title
from healthlint.ranges import TextRange

_OPENERS = re.compile(
    r"(?P<escape>\\[<{])|(?P<fence>^[ \t>]*(?:`{3,}|~{3,}))|(?P<code>`+)|(?P<esm>^(?:"
    r"import[ \t]*(?:[\"']|\{[^\n]*$|[\w$*][^\n]*?\bfrom[ \t]*[\"'])|"
    r"export[ \t]+(?:default|const|let|var|function|async|class|type|interface)\b|export[ \t]*[{*]))|(?P<brace>\{)|"
    r"(?P<tag></?(?:(?P<name>[A-Za-z][\w.:-]*)(?=[\s/>{])|(?=>)))|(?P<container>^[ \t]*:::+[^\n]*)",
    re.MULTILINE,
)
_QUOTED = re.compile(r"(?<![:\w/])//[^\n]*|\"[^\"]*\"|'[^'\n]*'|`[^`]*`|/\*|[{}]")
_ATTRIBUTE = re.compile(r"\"[^\"]*\"|'[^']*'|[{}>]|\n[ \t]*\r?\n")
_TEXT = re.compile(r"\{\s*(?:\"([^\"\\\n]+)\"|'([^'\\\n]+)'|`([^`\\$\n]+)`)\s*\}")  # an expression that is only a text
_SCRIPT_END = re.compile(r"</(?:script|style)\s*>", re.IGNORECASE)
# HTML inside a line, which Markdown knows too: links, raised numbers, abbreviations.
_INLINE = frozenset("a abbr b br cite del em i img ins mark q s small span strong sub sup time u".split())
_BEGIN = re.compile(r"\s*(?:# [^\n]*\n\s*)?(?=import|export)")
_BLANK_LINE = re.compile(r"\r?\n[ \t]*\r?\n")


def mask_mdx(source: str, start: int) -> Mask:
    """MDX from `start` on with everything that is no prose under the mask. Linear in the length."""
    made = Mask(source, start)
    _hide(made)
    return made.applied()


def begins_with_modules(source: str, start: int) -> bool:
    """Whether the first line from `start` on, a heading aside, imports: Docusaurus reads Markdown files as MDX, too."""
    begin = _BEGIN.match(source, start)
    opener = _OPENERS.match(source, begin.end()) if begin else None
    return opener is not None and opener["esm"] is not None


def _hide(made: Mask) -> None:
    source, at = made.source, made.start
    code = Code(source)
    dead = len(source) + 1  # from here on no brace is closed any more
    line = seen = made.start  # where the line of the tag at `seen` begins
    no_tag_before = 0  # a tag that begins before this offset would fail where one before it failed
    while True:
        match = _OPENERS.search(source, at)
        if match is None:
            return
        at = match.end()
        group = "tag" if match["tag"] else match.lastgroup
        if group in ("fence", "code"):
            at = code.end(match)
        elif group == "container":
            made.hide(match.start(), at, container_title(source, match.start(), at))
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
            if inner.startswith("//"):
                made.comments.append(Comment(inner[2:].strip(), TextRange(match.start(), end)))
            elif inner.startswith("/*") and inner.endswith("*/"):
                made.comments.append(Comment(inner[2:-2].strip(), TextRange(match.start(), end)))
            text = _TEXT.fullmatch(source, match.start(), end)
            made.hide(match.start(), end, _kept(text, match.start(), end) if text else "")
            at = end
        elif group == "tag" and at >= no_tag_before:
            is_tag, end = _tag_end(source, at)
            if is_tag:
                name, start = match["name"] or "", match.start()
                newline = source.rfind("\n", seen, start)
                line, seen = newline + 1 or line, start
                if name in ("script", "style") and source[end - 2] != "/":
                    close = _SCRIPT_END.search(source, end)
                    end = close.end() if close else end
                if not (name in _INLINE and _is_html(source, line, start, end)):
                    made.hide(start, end, last=_last(source, name, line, start, end))
                at = end
            else:
                no_tag_before = end


def _kept(text: re.Match[str], start: int, end: int) -> str:
    """What stands for an expression that is only a text: the text."""
    first, last = text.span(text.lastindex or 0)
    return FILL * (first - start) + text[text.lastindex or 0] + FILL * (end - last)


def _is_html(source: str, line: int, start: int, end: int) -> bool:
    """Whether Markdown takes a tag for HTML inside a line: on a line with other text, not indented as code is."""
    before, rest = source[line : min(start, line + 100)], source[end : end + 100].split("\n", 1)[0]
    indent = len(before) - len(before.lstrip())
    tag = source[start:end]
    return indent < 4 and not {"{", "\n"} & {*tag} and "\t" not in before and bool(rest.strip() or before.strip())


def _last(source: str, name: str, line: int, start: int, end: int) -> str:
    """What stands for the last character of a tag on a line that begins at `line`: a break, where readers see one."""
    if name in BLOCKS or name == "br":
        return BREAK
    if not name[:1].isupper() or source[start + 1] != "/":
        return ""
    # Between two components, and after one that has a line to itself, a text ends.
    after = source[end : end + 2]
    alone = after[:1] in ("", "\r", "\n") and source[line : line + 100].lstrip()[:1] == "<"
    return BREAK if alone or (after[:1] == "<" and after[1:].isalpha()) else ""


def _balanced(source: str, start: int) -> int:
    """The offset after the brace that closes the one at `start`; -1 where there is none."""
    depth, at = 0, start
    while True:
        match = _QUOTED.search(source, at)
        if match is None:
            return -1
        at = match.end()
        token = match[0]
        if token.startswith("//"):
            continue
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
