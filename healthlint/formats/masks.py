"""Blanks template syntax at the same length before an article is parsed: shortcodes, Liquid, ERB, PHP, containers …"""

from __future__ import annotations

import re
from bisect import bisect_left

from healthlint.article import Comment
from healthlint.late import late
from healthlint.ranges import TextRange

# Stands for a masked character inside a line: unlike a space it changes no indentation and no emphasis; prose drops it.
FILL = "\ue000"

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


class Mask:
    """A source under its mask. `text` has the source's length; `containers` are offsets of masked admonition marks."""

    def __init__(self, source: str, start: int) -> None:
        self.source, self.start = source, start
        self.text = source
        self.comments: list[Comment] = []
        self.containers: set[int] = set()
        self._cuts: list[tuple[int, int, str]] = []

    def hide(self, start: int, end: int, put: str = "") -> None:
        """Marks source[start:end] as no prose, with another text of that length in its place. Calls come in order."""
        self._cuts.append((start, end, put or _NOT_BREAK.sub(FILL, self.source[start:end])))

    def apply(self) -> None:
        """Writes the mask: a line with nothing else on it becomes blank, anything else is filled."""
        if not self._cuts:
            return
        source, at = self.source, 0
        out: list[str] = []
        for start, end, put in self._cuts:
            out += (source[at:start], put)
            at = end
        out.append(source[at:])
        text = "".join(out)
        pieces: list[str] = []
        at = seen = 0  # everything before `seen` has been looked at
        for start, end, put in self._cuts:
            if start < seen or put[0] != FILL:
                continue
            first = text.rfind("\n", seen, start) + 1 or seen
            last = text.find("\n", end)
            seen = last = len(text) if last < 0 else last
            stretch = text[first:last]
            if not stretch.strip(_BLANK):
                pieces += (text[at:first], stretch.replace(FILL, " "))
                at = last
        pieces.append(text[at:])
        self.text = "".join(pieces)


_BACKTICKS = late(r"`+")
_NOT_BREAK = late(r"[^\r\n]")
_BLANK = FILL + " \t\r\n"


def mask(source: str, start: int, mdx: bool = False) -> Mask:
    """Masks source[start:] for the Markdown parser. Code is left alone. Linear in the length of the source."""
    made = Mask(source, start)
    if mdx:
        from healthlint.formats.mdx import hide_mdx

        hide_mdx(made)
    elif any(sign in source and any(map(source.__contains__, hints)) for sign, hints in _HINTS.items()):
        _hide_templates(made, _OPENERS)
    made.apply()
    return made


class Code:
    """Finds where code ends. Each paragraph's backticks are looked at once."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._paragraph = -1  # where the paragraph ends whose backticks are known
        self._runs: dict[int, list[int]] = {}

    def end(self, match: re.Match[str]) -> int:
        """Where the fenced block or code span ends that this match opens; the end of the match if it is not closed."""
        source, end = self._source, match.end()
        if match.lastgroup == "fence":
            mark = match[0].lstrip(" \t>")
            fence = rf"^[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*\r?$"
            close = re.compile(fence, re.MULTILINE).search(source, end)
            return close.end() if close else len(source)
        if match.start() >= self._paragraph:
            stop = source.find("\n\n", end)
            self._paragraph = len(source) if stop < 0 else stop
            self._runs = {}
            for run in _BACKTICKS.finditer(source, match.start(), self._paragraph):
                self._runs.setdefault(len(run[0]), []).append(run.start())
        length = end - match.start()
        starts = self._runs.get(length, [])
        at = bisect_left(starts, end)
        return starts[at] + length if at < len(starts) else end


def _end_of(name: str) -> re.Pattern[str]:
    """The shortcode or tag that closes a block of code."""
    return re.compile(rf"\{{\{{[<%]\s*/\s*{name}\s*[>%]\}}\}}|\{{%-?\s*end{name}\s*-?%\}}")


def _begins_line(source: str, at: int) -> bool:
    return not source[source.rfind("\n", 0, at) + 1 : at].strip()


def mask_templates(source: str, start: int) -> Mask:
    """HTML with its shortcodes and template tags under the mask."""
    made = Mask(source, start)
    if any(map(source.__contains__, MARKS)):
        _hide_templates(made, _TEMPLATES)
        made.apply()
    return made


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
