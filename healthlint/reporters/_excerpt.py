"""The line a finding stands on, cut to fit, with its exact phrase underlined in terminal columns."""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import category, east_asian_width

from healthlint.ranges import LineIndex, TextRange
from healthlint.reporters.safe_text import PLAIN, defuse, visible

_TAB = "    "
_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_MAX_LINES = 3


class ExcerptLine(NamedTuple):
    """One line to show: its 1-based number, its text, and carets under the phrase (empty: nothing marked)."""

    number: int
    text: str
    carets: str


class _Cell(NamedTuple):
    text: str
    width: int
    marked: bool


def char_width(char: str, before: str = "") -> int:
    """Columns a terminal gives a character, by Unicode's East Asian Width (UAX #11) and the emoji rules of UTS #51.

    `before` is the character in front of it: what a joiner glues on takes no room, and neither does a skin tone;
    the emoji style selector widens a narrow character by one.
    """
    if " " <= char <= "~":
        return 1
    if char == _EMOJI_STYLE:
        return 1 if before and east_asian_width(before) not in "WF" and category(before) in ("So", "Sm", "Po") else 0
    if category(char) in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff":
        return 0
    if before == _JOINER or ("\U0001f3fb" <= char <= "\U0001f3ff" and before and category(before) == "So"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def display_width(text: str) -> int:
    """Columns that a text takes in a terminal."""
    return sum(char_width(char, text[at - 1] if at else "") for at, char in enumerate(text))


def excerpt(source: str, index: LineIndex, span: TextRange, width: int = 96) -> list[ExcerptLine]:
    """The lines that a span touches, at most three, each cut around the span to `width` columns."""
    first = index.position(span.start).line
    last = index.position(max(span.start, span.end - 1)).line
    lines = []
    for number in range(first, min(last, first + _MAX_LINES - 1) + 1):
        line = index.line_range(number)
        start, end = max(line.start, span.start), min(line.end, span.end)
        if number > first:  # indentation and quote marks of a following line are not the phrase
            while start < end and source[start] in " \t>":
                start += 1
        lines.append(ExcerptLine(number, *underline(source, line, start, max(start, end), width)))
    if last > first + _MAX_LINES - 1:
        lines.append(ExcerptLine(0, f"… to line {last}", ""))
    return lines


def underline(source: str, line: TextRange, start: int, end: int, width: int) -> tuple[str, str]:
    """One line cut around source[start:end], and the carets that go under it."""
    # Only the neighbourhood: a line may be a megabyte long.
    low, high = max(line.start, start - width), min(line.end, max(start, min(end, start + 2 * width)) + width)
    near = TextRange(low, high)
    cells = _cells(source, near, start, end)
    mark = next((at for at, cell in enumerate(cells) if cell.marked), None)
    if mark is None:  # an empty span, or one at the line end
        mark = min(max(start - near.start, 0), len(cells))
        cells.insert(mark, _Cell("", 0, True))
    after = mark + sum(cell.marked for cell in cells)
    low, high = _window(cells, mark, after, width)
    cut_left, cut_right = low > 0 or near.start > line.start, high < len(cells) or near.end < line.end
    if not cut_left:
        while low < mark and cells[low].text.isspace():  # indentation says nothing here
            low += 1
    shown = cells[low:high]
    text = ("…" if cut_left else "") + "".join(cell.text for cell in shown) + ("…" if cut_right else "")
    indent = (1 if cut_left else 0) + sum(cell.width for cell in cells[low:mark])
    carets = sum(cell.width for cell in shown if cell.marked) + (1 if cut_right and high < after else 0)
    return text.rstrip(), " " * indent + "^" * max(1, carets)


_ASCII = {marked: {char: _Cell(char, 1, marked) for char in map(chr, range(0x20, 0x7F))} for marked in (False, True)}


def _cells(source: str, near: TextRange, start: int, end: int) -> list[_Cell]:
    shown = defuse(near.within(source))  # exchanges characters one for one
    if PLAIN.fullmatch(shown):
        first, last = start - near.start, max(start, end) - near.start
        plain, marked = _ASCII[False], _ASCII[True]
        return (
            [plain[c] for c in shown[:first]]
            + [marked[c] for c in shown[first:last]]
            + [plain[c] for c in shown[last:]]
        )
    cells, before = [], ""
    for at, char in enumerate(shown, near.start):
        text = _TAB if char == "\t" else visible(char)
        width = len(_TAB) if char == "\t" else char_width(text, before) if text else 0
        cells.append(_Cell(text, width, start <= at < end))
        before = char
    return cells


def _window(cells: list[_Cell], mark: int, after: int, width: int) -> tuple[int, int]:
    """Which cells to show: the phrase, then context on both sides, left and right in turn, cut at spaces if near."""
    room = width - 2
    high = mark
    while high < after and room >= cells[high].width:
        room -= cells[high].width
        high += 1
    low = mark
    if high < after:  # the phrase alone is too long
        return low, high
    left = right = True
    while left or right:
        left = low > 0 and room >= cells[low - 1].width
        if left:
            low -= 1
            room -= cells[low].width
        right = high < len(cells) and room >= cells[high].width
        if right:
            room -= cells[high].width
            high += 1
    return _to_word_start(cells, low, mark), _to_word_end(cells, high, after)


def _to_word_start(cells: list[_Cell], low: int, mark: int) -> int:
    if low == 0:
        return low
    for at in range(low, min(low + 12, mark)):
        if cells[at].text == " ":
            return at + 1
    while low < mark and cells[low].width == 0:  # never begin inside a combined character
        low += 1
    return low


def _to_word_end(cells: list[_Cell], high: int, after: int) -> int:
    if high == len(cells):
        return high
    for at in range(high, max(high - 12, after), -1):
        if cells[at].text == " ":
            return at
    return high
