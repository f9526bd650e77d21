"""Hides template syntax before an article is parsed: shortcodes, Liquid, ERB, PHP, containers …"""

from __future__ import annotations

import re

from healthlint.article import Comment
from healthlint.formats.masked import FILL, Code, Mask
from healthlint.late import late
from healthlint.ranges import TextRange

MARKS = ("{{", "{%", "<%", "<?php", "<?=")
# A “<%” before a digit or another “%” is text. PHP that is never closed goes on to the end; then it begins a line.
_TAGS = (
    r"(?P<comment><!--)|"
    r"(?P<hugo>\{\{(?:[<%]|/\*))|(?P<liquid>\{%)|(?P<value>\{\{)|(?P<erb><%(?:--|(?![\d%])))|(?P<php><\?(?:php\b|=))"
)
_OPENERS = late(
    rf"(?P<fence>^[ \t>]*(?:`{{3,}}|~{{3,}}))|(?P<code>`+)|{_TAGS}|"
    r"(?P<container>^[ \t]*:::+[^\n]*)|(?P<attributes>\{:?[ \t]*[.#][\w-]+[^{}\n`]*\})|"
    r"(?P<admonition>^(?P<indent>[ \t]*)(?:!!!|\?\?\?\+?)[ \t]+[a-z][^\n]*)",
    re.MULTILINE,
)
_TEMPLATES = late(_TAGS)
_CLOSERS = {"{{<": ">}}", "{{%": "%}}", "{{/*": "*/}}", "{%": "%}", "{{": "}}"}
_CLOSERS |= {"<%--": "--%>", "<%": "%>", "<?php": "?>", "<?=": "?>"}
_CODE_SHORTCODE = late(r"\{\{[<%]\s*(highlight|mermaid|katex|math)\b|\{%-?\s*(highlight|comment|raw_html|mermaid)\b")
_COMMENT = late(
    r"\{\{/\*(.*)\*/\}\}|\{%-?\s*comment\s*-?%\}(.*)\{%-?\s*endcomment\s*-?%\}|\{%-?\s*#(.*?)-?%\}|<%--(.*)--%>|<%#(.*)%>",
    re.DOTALL,
)
_MAX_VALUE = 1000  # a `{{ value }}` is short; further on, the braces are somebody else's
_HINTS = {"<": ("<%", "<?php", "<?="), "{": ("{{", "{%", "{:", "{.", "{#"), ":": (":::",), "!": ("!!!",), "?": ("???",)}


def mask_markdown(source: str, start: int) -> Mask:
    """Markdown from `start` on with its template syntax under the mask; code is left alone. Linear in the length."""
    made = Mask(source, start)
    if any(sign in source and any(map(source.__contains__, hints)) for sign, hints in _HINTS.items()):
        _hide_templates(made, _OPENERS)
    return made.applied()


def mask_html(source: str, start: int) -> Mask:
    """HTML from `start` on with its shortcodes and template tags under the mask."""
    made = Mask(source, start)
    if any(map(source.__contains__, MARKS)):
        _hide_templates(made, _TEMPLATES)
    return made.applied()


def _hide_templates(made: Mask, openers: re.Pattern[str]) -> None:
    source, at = made.source, made.start
    code = Code(source)
    absent: set[str] = set()
    while True:
        match = openers.search(source, at)
        if match is None:
            return
        group = match.lastgroup
        if group in ("fence", "code"):
            at = code.end(match)
            continue
        if group == "comment":
            close = -1 if "-->" in absent else source.find("-->", match.start() + 2)
            absent |= {"-->"} if close < 0 else set()
            at = max(close, match.end())
            continue
        if group == "admonition":
            # “!!! note” with indented text under it is read as “-   …”, whose indented text belongs to it.
            begin = match.end("indent")
            made.containers.add(begin)
            made.hide(begin, match.end(), "- " + FILL * (match.end() - begin - 2))
            at = match.end()
            continue
        if group in ("container", "attributes"):
            made.hide(match.start(), match.end())
            at = match.end()
            continue
        opener = match[0]
        closer = _CLOSERS[opener]
        reach = match.end() + _MAX_VALUE if opener == "{{" else len(source)
        close = -1 if closer in absent else source.find(closer, match.end(), reach)
        if close < 0 and opener == "<?php" and _begins_line(source, match.start()):
            made.hide(match.start(), len(source))
            return
        if close < 0 or (opener == "{{" and "\n\n" in source[match.end() : close]):
            if close < 0 and reach >= len(source):
                absent.add(closer)
            at = match.end()
            continue
        end = close + len(closer)
        block = _CODE_SHORTCODE.match(source, match.start(), end)
        if block:
            name = block[1] or block[2]
            over = None if name in absent else _end_of(name).search(source, end)
            if over is None:
                absent.add(name)
            else:
                end = over.end()
        made.hide(match.start(), end)
        note = _COMMENT.fullmatch(source, match.start(), end)
        if note:
            made.comments.append(Comment(note[note.lastindex or 0].strip(), TextRange(match.start(), end)))
        at = end


def _end_of(name: str) -> re.Pattern[str]:
    """The shortcode or tag that closes a block of code."""
    return re.compile(rf"\{{\{{[<%]\s*/\s*{name}\s*[>%]\}}\}}|\{{%-?\s*end{name}\s*-?%\}}")


def _begins_line(source: str, at: int) -> bool:
    return not source[source.rfind("\n", 0, at) + 1 : at].strip()
