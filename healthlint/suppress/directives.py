"""Directives in an article's comments and front matter: what they silence, and where."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from healthlint.article import Article, Problem, Value
from healthlint.errors import nearest
from healthlint.ranges import LineIndex, TextRange

UNKNOWN = "suppression-unknown"
EVERYTHING = ""  # the name of a directive that names no rule
_ALL = "all"  # the same in a list that must hold something, such as front matter's


class Action(StrEnum):
    """What a directive does."""

    DISABLE = "disable"
    ENABLE = "enable"
    LINE = "disable-line"
    NEXT_LINE = "disable-next-line"
    FILE = "disable-file"


class Directive(NamedTuple):
    """One directive: `names` are rule ids and families with their places in the source; none means every rule.

    `line` is the 1-based line that disable-line and disable-next-line act on. `top` is true for a disable above the
    first visible text: it reaches findings about the whole article too, of rules that nothing enables again.
    """

    action: Action
    range: TextRange
    names: tuple[tuple[str, TextRange], ...] = ()
    line: int = 0
    reason: str = ""
    top: bool = False

    def hit(self, rule: str, family: str) -> str | None:
        """The name by which the directive means a rule, EVERYTHING where it names none, or None."""
        if not self.names:
            return EVERYTHING
        return next((name for name, _ in self.names if name in (rule, family)), None)


class Directives(NamedTuple):
    """All directives of one article, in source order."""

    items: tuple[Directive, ...] = ()

    def silencing(self, rule: str, family: str, offset: int, line: int, whole: bool) -> tuple[int, str] | None:
        """The directive (its index, and the name that hit) that silences a finding which starts at `offset` on `line`.

        `whole` is true for a finding about the whole article. Of several, the narrowest answers for it: line, then
        block, then file, so that a broader one that is not needed is seen as unused.
        """
        block: tuple[int, str] | None = None
        top: tuple[int, str] | None = None
        broad: tuple[int, str] | None = None
        for at, item in enumerate(self.items):
            name = item.hit(rule, family)
            if name is None:
                continue
            if item.action in (Action.LINE, Action.NEXT_LINE):
                if item.line == line:
                    return at, name
            elif item.action is Action.FILE:
                broad = broad or (at, name)
            elif whole and (item.top or item.action is Action.ENABLE):
                top = (at, name) if item.action is Action.DISABLE else None
            elif item.range.start <= offset:
                block = (at, name) if item.action is Action.DISABLE else None
        return block or top or broad

    def silences(self, rule: str, family: str, offset: int, line: int, whole: bool) -> bool:
        """Whether a finding is silenced; for findings that are known only after all articles were read."""
        return self.silencing(rule, family, offset, line, whole) is not None

    def to_data(self) -> list[list[Any]]:
        """Plain lists, for caches and other processes."""
        return [
            [i.action.value, *i.range, [[name, *at] for name, at in i.names], i.line, i.reason, i.top]
            for i in self.items
        ]

    @classmethod
    def from_data(cls, data: Iterable[Sequence[Any]]) -> Directives:
        """What `to_data` gave."""
        return cls(
            tuple(
                Directive(
                    Action(action), TextRange(start, end), tuple((n, TextRange(a, b)) for n, a, b in names), *rest
                )
                for action, start, end, names, *rest in data
            )
        )


_START = re.compile(
    r"[\s-]*(healthlint(?:-([A-Za-z][\w-]*)|\s*[: _]\s*((?:dis|en)able[\w-]*|ignore|skip|off)))(?![\w-]):?",
    re.IGNORECASE,
)
_TEXT = re.compile(  # after the mark of a comment, or with nothing but names and a reason behind it
    r"(?:#|//|/\*|<!--|\{[#*]|[;%(])\s*(?P<marked>healthlint(?:-[a-z]+(?:-[a-z]+)*|\s*[: ]\s*(?:dis|en)able[a-z-]*))|"
    r"(?<![\w-])(?P<bare>healthlint-(?:dis|en)able(?:-[a-z]+)*)(?=(?:[\s,]+[a-z]+(?:-[a-z]+)*)*(?:\s+(?:-+|[–—])\s.*)?$)",
    re.IGNORECASE,
)
_REASON = re.compile(r"(?:^|\s)(?:-+|[–—])(?:\s|$)")  # word processors make one dash of two
_NAME = re.compile(r"[^\s,]+")


def parse(article: Article, lines: LineIndex) -> tuple[Directives, list[Problem]]:
    """The directives of an article's comments and front matter, and comments that look like one but are none."""
    problems: list[Problem] = []
    found = [
        Directive(Action.FILE, at, _unless_all([(name, at)]))
        for value in article.metadata.disable
        for name, at in _listed(value)
    ]
    for value in article.metadata.meaningless:
        message = f"“healthlint: {value.text}” means nothing, so nothing is silenced."
        problems.append(Problem(UNKNOWN, f"{message} Write `healthlint: {{disable: [rule]}}`.", value.range))
    problems += _as_text(article)
    if not (found or article.comments):
        return Directives(), problems
    body = [b.range().start for b in article.blocks if "metadata" not in b.within]
    first = min(body, default=len(article.source))
    for comment in article.comments:
        begin = _START.match(comment.text)
        if begin is None:
            continue
        word = (begin[2] or "").lower()
        if word not in set(Action):
            meant = nearest(f"healthlint-{word or begin[3].lower()}", [f"healthlint-{action}" for action in Action])
            message = f"“{' '.join(begin[1].split())}” is not a directive, so nothing is silenced here."
            problems.append(Problem(UNKNOWN, f"{message} {meant}".rstrip(), comment.range))
            continue
        names, reason = _names(article.source, comment.range, comment.text, begin.end())
        action = Action(word)
        if action is Action.LINE and article.format == "plain":  # there a directive has a line of its own
            message = f"“{begin[1]}” stands on a line of its own, so nothing is silenced. {_write(article, begin[1])}"
            problems.append(Problem(UNKNOWN, message, comment.range))
            continue
        line = 0
        if action is Action.LINE:
            line = lines.position(comment.range.start).line
        elif action is Action.NEXT_LINE:
            line = _next_line(article, lines, comment.range.end)
        top = action is Action.DISABLE and comment.range.start < first
        found.append(Directive(action, comment.range, names, line, reason, top))
    found.sort(key=lambda item: item.range)
    return Directives(tuple(found)), problems


def _as_text(article: Article) -> Iterator[Problem]:
    """Directives in a form that the article's format does not know: readers see them, and they do nothing."""
    if "healthlint" not in article.source.lower():
        return
    for block in article.blocks:
        for found in _TEXT.finditer(block.prose):
            said = found["marked"] or found["bare"]
            message = f"“{said}” is text that readers see, so nothing is silenced. {_write(article, said)}"
            yield Problem(UNKNOWN, message, block.range(*found.span(found.lastgroup or 0)))


def _write(article: Article, said: str) -> str:
    """How a directive is written in an article."""
    if article.format == "plain":
        word = "healthlint-disable-next-line" if said.endswith("-line") else re.sub(r"[\s:]+", "-", said)
        return f"In plain text write “# {word} …” on a line of its own above the text."
    return f"Write {'{/* … */}' if article.path.lower().endswith('.mdx') else '<!-- … -->'} around it."


def _names(source: str, span: TextRange, text: str, begin: int) -> tuple[tuple[tuple[str, TextRange], ...], str]:
    # The comment's inner text begins where it first stands after the opening mark, which holds no letters.
    inner = source.find(text, span.start, span.end) if text else span.start
    base = inner if inner >= 0 else span.start
    cut = _REASON.search(text, begin)
    reason = text[cut.end() :].strip() if cut else ""
    body = text[begin : cut.start() if cut else len(text)]
    names = [
        (found[0], TextRange(base + begin + found.start(), base + begin + found.end()))
        for found in _NAME.finditer(body)
    ]
    return _unless_all(names), reason


def _listed(value: Value) -> Iterator[tuple[str, TextRange]]:
    """The names in a value of front matter: one, or several with commas or blanks between them, as in a comment."""
    start, end = value.range
    exact = end - start == len(value.text)
    for found in _NAME.finditer(value.text):
        yield found[0], TextRange(start + found.start(), start + found.end()) if exact else value.range


def _unless_all(names: list[tuple[str, TextRange]]) -> tuple[tuple[str, TextRange], ...]:
    return () if any(name == _ALL for name, _ in names) else tuple(names)


def _next_line(article: Article, lines: LineIndex, end: int) -> int:
    """The first line after an offset that holds something other than blanks and comments; 0 where there is none."""
    comments = sorted(comment.range for comment in article.comments)
    starts = [comment.start for comment in comments]
    for line in range(lines.position(end).line + 1, lines.line_count + 1):
        span = lines.line_range(line)
        at = span.start
        while at < span.end:
            before = bisect_right(starts, at) - 1
            if before >= 0 and at < comments[before].end:
                at = comments[before].end
            elif article.source[at].isspace():
                at += 1
            else:
                return line
    return 0


def meet(one: Directive, other: Directive, families: Mapping[str, str]) -> bool:
    """Whether two directives mean a rule in common; `families` gives the family of each rule."""
    return (
        not one.names
        or not other.names
        or any(
            mine == theirs or families.get(mine) == theirs or families.get(theirs) == mine
            for mine, _ in one.names
            for theirs, _ in other.names
        )
    )
