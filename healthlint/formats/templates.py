"""Hides template syntax before an article is parsed: shortcodes, Liquid, ERB, PHP, containers …"""

from __future__ import annotations

import re

from healthlint.article import Comment
from healthlint.formats.masked import FILL, TITLE, Code, Mask
from healthlint.late import late
from healthlint.ranges import TextRange

MARKS = ("{{", "{%", "{#", "<%", "<?php", "<?=", "[/", '"]', ";]", "'] ", "[gallery", "[toc")
# A “<%” before a digit or another “%” is text. PHP that is never closed goes on to the end; then it begins a line.
_TAGS = (
    r"(?P<comment><!--)|"
    r"(?P<wordpress>\[(?:/[a-z][\w-]*|[a-z][\w-]*(?:\s+[\w-]+=(?:\"[^\"\]\n]*\"|'[^'\]\n]*'|[^\s\]\"']+))+\s*/?|(?P<name>[a-z][\w-]*))\]"
    r"(?![(:]))|"
    r"(?P<hugo>\{\{(?:[<%]|/\*))|(?P<liquid>\{%)|(?P<jinja>\{#(?=-?\s))|(?P<value>\{\{)|(?P<erb><%(?:--|(?![\d%])))|(?P<php><\?(?:php\b|=))"
)
_OPENERS = late(
    rf"(?P<fence>^[ \t>]*(?:`{{3,}}|~{{3,}}))|(?P<code>`+)|{_TAGS}|"
    r"(?P<container>^[ \t]*:::+[^\n]*|^[ \t]*/{3,}(?:[ \t][^\n]*|[ \t]*$))|"
    # kramdown: a list that its table of contents replaces, comments, options, and attributes
    r"(?P<contents>^[ \t]*(?:[-*+]|\d+\.)[ \t][^\n]*\n[ \t]*\{:[ \t]*toc\b[^{}\n]*\})|(?P<note>\{::comment\})|"
    r"(?P<attributes>\{:?[ \t]*[.#][\w-]+[^{}\n`]*\}|\{:[^{}\n`]*\}|(?<=[)\]*_`])\{[ \t]*[\w-]+=[^{}\n`]*\})|"
    r"(?P<emoji>(?<![\w:/]):[a-z][a-z0-9_+-]*:(?![\w:/]))|"
    r"(?P<snippet>^[ \t]*-+8<-+(?:[ \t]+[\"'][^\n]*|[ \t]*\n(?:[^\n]*\n){1,20}?[ \t]*-+8<-+[ \t]*$))|"
    r"(?P<admonition>^(?P<indent>[ \t]*)(?:(?:!!!|\?\?\?\+?)[ \t]+[a-z][^\n]*|===[!+]?[ \t]+[\"'][^\n]*))",
    re.MULTILINE,
)
_TEMPLATES = late(_TAGS)
_CLOSERS = {"{{<": ">}}", "{{%": "%}}", "{{/*": "*/}}", "{%": "%}", "{{": "}}", "{#": "#}"}
_CLOSERS |= {"<%--": "--%>", "<%": "%>", "<?php": "?>", "<?=": "?>"}
_CODE_SHORTCODE = late(r"\{\{[<%]\s*(highlight|mermaid|katex|math)\b|\{%-?\s*(highlight|comment|raw_html|mermaid)\b")
_COMMENT = late(
    r"\{\{-?\s*/\*(.*)\*/\s*-?\}\}|\{\{~?!(?:--)?(.*?)(?:--)?~?\}\}|\{%-?\s*comment\s*-?%\}(.*)\{%-?\s*endcomment\s*-?%\}|"
    r"\{%-?\s*#(.*?)-?%\}|\{#-?(.*?)-?#\}|<%--(.*)--%>|<%#(.*)%>|<\?(?:php\s)?\s*(?:/\*|//|#)(.*?)(?:\*/)?\s*\?>",
    re.DOTALL,
)
_NOTE_END = late(r"\{:/(?:comment)?\}")
# WordPress: shortcodes without attributes are known by their name, by what page builders call theirs, or by their end.
_BARE = frozenset("audio caption embed gallery playlist toc video".split())
_BUILDERS = ("vc_", "et_pb_", "fusion_", "su_", "elementor-")
_CLOSING = late(r"\[/[a-z][\w-]*\]")
_LONGEST_TITLE = 300
_MAX_VALUE = 1000  # a `{{ value }}` is short; further on, the braces are somebody else's
_HINTS = {
    "<": ("<%", "<?php", "<?=", "8<-"), "{": ("{{", "{%", "{:", "{.", "{#", "{ .", "{ #", "){", "]{", "*{", "_{", "`{"),
    ":": (":::", ":material-", ":octicons-", ":fontawesome-", ":simple-", "\n:", " :"),
    "[": ("[/", '"]', ";]", "'] ", "[gallery", "[toc"),
    "!": ("!!!",), "?": ("???",), "/": ("\n///",), "=": ("=== ", "===+", "===!"),
}  # fmt: skip
_BOX_TITLE = late(r"[!?=+]+[^\"'\n]*(?:\"(?P<a>[^\"\n]+)\"|'(?P<b>[^'\n]+)')[ \t]*\r?$")
_CONTAINER_TITLE = late(
    r"[ \t]*(?::::+[ \t]*[\w-]+(?:\[(?P<a>[^\]\n]+)\]|[ \t]+(?P<b>\w[^{}=:|\n]*?(?:: [^{}=:|\n]*?)?))|"
    r"/{3,}[ \t]+[\w-]+[ \t]*\|[ \t]*(?P<c>[^\n]+?))[ \t]*\r?$"
)


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


def container_title(source: str, start: int, stop: int) -> str:
    """What stands for a line such as `:::tip[Title]`: its title, and nothing else; empty where it has none."""
    return _title(_CONTAINER_TITLE, source, start, stop)


def _title(pattern: re.Pattern[str], source: str, start: int, stop: int) -> str:
    found = pattern.match(source, start, stop) if stop - start < _LONGEST_TITLE else None
    if found is None or not found.lastgroup:
        return ""
    first, last = found.span(found.lastgroup)
    return FILL * (first - start - 1) + TITLE + found[found.lastgroup] + FILL * (stop - last)


def _hide_templates(made: Mask, openers: re.Pattern[str]) -> None:
    source, at = made.source, made.start
    code = Code(source)
    absent: set[str] = set()
    closed = set(_CLOSING.findall(source)) if "[/" in source else ()
    while True:
        match = openers.search(source, at)
        if match is None:
            return
        group = "wordpress" if match["wordpress"] else match.lastgroup
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
            begin, at = match.end("indent"), match.end()
            made.containers.add(begin)
            title = _title(_BOX_TITLE, source, begin, at)
            made.hide(begin, at, "- " + (title or FILL * (at - begin))[2:])
            continue
        if group == "note":
            over = None if "{:/" in absent else _NOTE_END.search(source, match.end())
            at = over.end() if over else match.end()
            made.hide(match.start(), at)
            if over:
                text = source[match.end() : over.start()].strip()
                made.comments.append(Comment(text, TextRange(match.start(), at)))
            absent |= set() if over else {"{:/"}
            continue
        if group == "wordpress":
            at = match.end()
            name = match["name"]
            if not name or name in _BARE or name.startswith(_BUILDERS) or f"[/{name}]" in closed:
                made.hide(match.start(), at)
            continue
        if group in ("container", "attributes", "contents", "emoji", "snippet"):
            at = match.end()
            made.hide(match.start(), at, container_title(source, match.start(), at) if group == "container" else "")
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
