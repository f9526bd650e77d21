"""Plain text as logical lines: which source lines belong together, and what stands around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from healthlint.article import Comment
from healthlint.ranges import TextRange

MARKER = re.compile(r"[ \t]*(?:[-*•‣◦▪●·–—■□▫►▶➤➢✓✔✅☑◆◇○❖★☆✦➜]\ufe0f?|\(?\d{1,3}[.)]|[a-h]\))[ \t]+(?=\S)")
_DECORATION = re.compile(r"^[ \t]*([-=_*~#.·•—–+])(?:[ \t]*\1){2,}[ \t]*$")
_DIRECTIVE = re.compile(r"#\s*healthlint-")
_STOP = re.compile(r"[.!?:;…][\"”’')\]]*$")
_CUT = re.compile(
    r"\s*(?:…|\.\.\.)\s*(?:(?:(?:read|learn|see) )?more|continue reading|continue)?\s*[»→>]*$", re.IGNORECASE
)
_LOWER = re.compile(r"[\"“(]?[a-z]")
CAPITAL = re.compile(r"[\"“‘(¿]?[A-Z0-9À-Þ]")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SMALL = frozenset(
    re.findall(r"\w+", "a an and as at by for from in into of on or the to vs with your their its is are")
)
TITLE_LENGTH, ITEM_LENGTH = 160, 100  # at most, in code points
_BYLINE = re.compile(r"(?:written |posted |reviewed )?by:? [A-ZÀ-Þ][\w.'’-]*(?: [\w.'’-]+){0,5}(?:$|[,|])")
_AGAIN = 24  # code points at the end of a line that the next one has too
_NARROW, _WIDE = 45, 120  # hard-wrapped text has its longest lines in between, in code points


@dataclass(slots=True)
class Line:
    """One logical line: a paragraph, a heading or an item, from one source line or several hard-wrapped ones.

    `spans` are the source ranges of its trimmed lines; `blank` says how many blank lines stand before it.
    """

    spans: list[tuple[int, int]]
    text: str
    blank: int = 0
    marker: str = ""
    indent: int = 0
    underlined: bool = False
    attached: bool = field(default=False)  # the next logical line follows without a blank line

    @property
    def start(self) -> int:
        """The offset of its first visible character."""
        return self.spans[0][0]

    @property
    def stopped(self) -> bool:
        """Whether it ends like a sentence."""
        return bool(_STOP.search(self.text))


@dataclass(slots=True)
class _Raw:
    start: int
    end: int
    text: str
    indent: int


def is_prose(line: Line) -> bool:
    """Whether a line reads like running text: long, or with a final mark that is no question mark."""
    return not line.marker and (len(line.text) > ITEM_LENGTH or (line.stopped and not line.text.endswith("?")))


def is_text(line: Line) -> bool:
    """Whether a line is a sentence or more, and no title with an exclamation mark or cut off at its end."""
    return is_prose(line) and not line.text.endswith("!") and not _CUT.search(line.text)


def title_case(text: str) -> float:
    """The share of a text's words, small ones aside, that begin with a capital letter."""
    words = [word for word in _WORD.findall(text) if word.lower() not in _SMALL]
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0


def logical_lines(source: str, start: int, comments: list[Comment]) -> list[Line]:
    """The logical lines of source[start:], in order. `# healthlint-…` lines go to `comments`.

    Rules made of dashes are dropped; one under a line marks that line as a heading.
    """
    chunks = _chunks(source, start, comments)
    wrapped = _is_wrapped([chunk for _, chunk in chunks])
    lines: list[Line] = []
    for blank, chunk in chunks:
        first = True
        for line in _join(chunk, wrapped, bool(lines) and lines[-1].text.endswith(":")):
            line.blank = blank if first else 0
            if not first and lines:
                lines[-1].attached = True
            if _DECORATION.match(line.text):
                if lines and not first:
                    lines[-1].underlined, lines[-1].attached = True, False
                continue
            first = False
            lines.append(line)
    return lines


def _chunks(source: str, start: int, comments: list[Comment]) -> list[tuple[int, list[_Raw]]]:
    """Runs of lines without a blank line in between, each with the number of blank lines before it."""
    chunks: list[tuple[int, list[_Raw]]] = []
    current: list[_Raw] = []
    blank, at = 0, start
    while at <= len(source):
        end = source.find("\n", at)
        end = len(source) if end < 0 else end
        text = source[at:end]
        shown = text.strip()
        if shown.startswith("#") and _DIRECTIVE.match(shown):
            at_text = at + text.index("#")
            comments.append(Comment(shown[1:].strip(), TextRange(at_text, at_text + len(shown))))
        elif not shown:
            if current:
                current, blank = [], 0
            blank += 1
        else:
            if not current:
                chunks.append((blank, current))
            lead = len(text) - len(text.lstrip())
            current.append(_Raw(at + lead, at + lead + len(shown), shown, lead))
        at = end + 1
    return chunks


def _breaks(chunks: list[list[_Raw]]) -> list[tuple[_Raw, _Raw]]:
    return [(a, b) for chunk in chunks for a, b in pairwise(chunk) if not (MARKER.match(b.text) or _apart(a, b))]


def _is_wrapped(chunks: list[list[_Raw]]) -> int:
    """The width at which a text was hard-wrapped, 0 where it was not.

    Wrapped text has no long lines, and many of its lines go on in lower case where a sentence was cut.
    """
    breaks = _breaks(chunks)
    if not breaks:
        return 0
    widths = sorted(len(a.text) + a.indent for a, _ in breaks)
    width = widths[min(len(widths) - 1, len(widths) * 19 // 20)]
    cut = sum(1 for a, b in breaks if _LOWER.match(b.text) and not _STOP.search(a.text))
    return width if _NARROW <= width <= _WIDE and cut * 4 >= len(breaks) else 0


def _join(chunk: list[_Raw], width: int, introduced: bool) -> list[Line]:
    """The logical lines of one chunk; `introduced` says that the line before it ends in a colon."""
    lines: list[Line] = []
    parts: list[list[str]] = []
    last: _Raw | None = None
    listing = introduced  # in text that is not wrapped, lines in lower case under a colon are the items of a list
    for raw in chunk:
        marker = MARKER.match(raw.text)
        if last is not None:
            listing = last.text.endswith(":") or (listing and bool(_LOWER.match(last.text)))
        item = listing and not width
        if last is not None and marker is None and not item and _goes_on(last, raw, width):
            lines[-1].spans.append((raw.start, raw.end))
            parts[-1].append(raw.text)
        else:
            skip = marker.end() if marker else 0
            lines.append(Line([(raw.start + skip, raw.end)], "", marker=raw.text[:skip].strip(), indent=raw.indent))
            parts.append([raw.text[skip:]])
        last = raw
    for line, texts in zip(lines, parts, strict=True):
        line.text = " ".join(texts)
    return lines


def _apart(a: _Raw, b: _Raw) -> bool:
    """Whether a line that begins in lower case is one of its own: a byline, or the title again behind a label."""
    return bool(_BYLINE.match(b.text)) or a.text[-_AGAIN:].lower() in b.text.lower()


def _goes_on(a: _Raw, b: _Raw, width: int) -> bool:
    """Whether a line break only wraps a sentence or paragraph."""
    lower = bool(_LOWER.match(b.text)) and not _STOP.search(a.text) and not _apart(a, b)
    if not width:
        return lower and len(a.text) >= _NARROW
    # Wrapping is greedy: the first word of the next line would not have fitted on this one.
    full = len(a.text) + a.indent + 1 + len(b.text.split(None, 1)[0]) > width
    return full or lower
