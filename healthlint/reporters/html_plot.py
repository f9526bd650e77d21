"""The plot of the HTML report: every article's reading grade against the target, as inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import NamedTuple

from healthlint.finding import quotable
from healthlint.reporters.html_model import escape

_WIDTH, _LEFT, _RIGHT, _TOP, _AXIS = 560, 16, 16, 40, 36
_TALLEST, _LOWEST = 160, 84  # of the room for dots
_STEP = 16.0  # from one dot of a column to the next
_BIN = 0.5  # grades that share a column
_DOTS = 300  # with more articles a column is a bar


class Dot(NamedTuple):
    """An article in the plot: its key (the id of its section), its title and its grade."""

    key: str
    title: str
    grade: float


def plot(dots: Sequence[Dot], target: float) -> str:
    """The grades as columns of dots, filled above the target, else hollow; as bars where there are many articles."""
    low = min([0.0, *(floor(d.grade) for d in dots)])
    high = max([target + 4, 16.0, *(ceil(d.grade) for d in dots)])
    high = min(high, 30.0)  # a stray grade must not press all others together; its dot stands at the edge

    beyond = any(dot.grade > high for dot in dots)

    def x(grade: float) -> float:
        return _LEFT + (min(max(grade, low), high) - low) / (high - low) * (_WIDTH - _LEFT - _RIGHT)

    columns: dict[int, list[Dot]] = {}
    for dot in sorted(dots, key=lambda d: (d.grade, d.title)):
        columns.setdefault(floor(min(max(dot.grade, low), high) / _BIN), []).append(dot)
    tallest = max((len(column) for column in columns.values()), default=1)
    dotted = len(dots) <= _DOTS
    room = round(min(_TALLEST, max(_LOWEST, tallest * _STEP + 8))) if dotted else _TALLEST
    base = _TOP + room
    shapes = []
    for number, column in sorted(columns.items()):
        middle = x((number + 0.5) * _BIN)
        if dotted:
            shapes += _dots(column, middle, base, min(_STEP, room / tallest), target)
        else:
            above = (number + 0.5) * _BIN > target
            height = room * len(column) / tallest
            shapes.append(
                f'<rect class="{"above" if above else "within"}" x="{middle - 5:.1f}" y="{base - height:.1f}" '
                f'width="10" height="{height:.1f}"><title>Grade {number * _BIN:g} to {(number + 1) * _BIN:g}: '
                f"{len(column):,} articles</title></rect>"
            )
    at = x(target)
    # The words stand left of the line where there is no room on its right.
    anchor, beside = ("end", at - 8) if at > _WIDTH * 0.7 else ("start", at + 8)
    ticks = "".join(
        f'<line class="tick" x1="{x(g):.1f}" x2="{x(g):.1f}" y1="{base}" y2="{base + 5}"/>'
        f'<text x="{x(g):.1f}" y="{base + 20}" text-anchor="middle">{g}{"+" if g == high and beyond else ""}</text>'
        for g in range(ceil(low), floor(high) + 1, 2)
    )
    return (
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {base + _AXIS}" role="img" aria-labelledby="plot-title" '
        f'focusable="false"><title id="plot-title">{escape(spoken(dots, target))}</title>\n'
        f'<line class="target" x1="{at:.1f}" x2="{at:.1f}" y1="14" y2="{base}"/>'
        f'<text class="target-name" x="{beside:.1f}" y="24" text-anchor="{anchor}">Target: grade {target:g}</text>\n'
        f'<line class="axis" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{base}" y2="{base}"/>{ticks}\n'
        f"{''.join(shapes)}</svg>\n"
    )


def _dots(column: Sequence[Dot], middle: float, base: int, step: float, target: float) -> list[str]:
    radius = max(0.8, step / 2 - 1)
    return [
        f'<circle class="{"above" if dot.grade > target else "within"}" data-article="{dot.key}" cx="{middle:.1f}" '
        f'cy="{base - 3 - step * (i + 0.5):.1f}" r="{radius:.1f}">'
        f"<title>{escape(dot.title)}: grade {dot.grade:.1f}</title></circle>"
        for i, dot in enumerate(column)
    ]


def spoken(dots: Sequence[Dot], target: float) -> str:
    """What the plot shows, in words."""
    if not dots:
        return "No article is long enough for a reading grade."
    grades = sorted(dot.grade for dot in dots)
    within = sum(grade <= target for grade in grades)
    middle = len(grades) // 2
    median = grades[middle] if len(grades) % 2 else (grades[middle - 1] + grades[middle]) / 2
    hardest = max(dots, key=lambda dot: dot.grade)
    articles = "The article" if len(grades) == 1 else f"{within:,} of {len(grades):,} articles"
    verb = ("is" if within else "is not") if len(grades) == 1 else ("is" if within == 1 else "are")
    return (
        f"{articles} {verb} at grade {target:g} or below. The median is grade {median:.1f}. "
        f"The hardest to read is “{quotable(hardest.title)}” at grade {hardest.grade:.1f}."
    )
