"""The overview of the HTML report: counts, what went wrong, the plot, frequent rules, and a table of the articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from healthlint.finding import Finding, Severity
from healthlint.reporters.html_model import escape, grade_of
from healthlint.reporters.html_notes import family_name
from healthlint.reporters.html_plot import Dot, plot, spoken
from healthlint.reporters.run_summary import headline, left_out, plural, rule_counts
from healthlint.result import FileSummary, RunResult
from healthlint.rules.model import RuleMeta

_FREQUENT = 6
_ABOVE = '<span class="sr"> (above the target)</span><span aria-hidden="true"> ▲</span>'


class Row(NamedTuple):
    """An article in the table: the key of its section, the path as shown, its summary, and its findings."""

    key: str
    shown: str
    summary: FileSummary
    findings: Sequence[Finding]

    @property
    def title(self) -> str:
        """The title, or the path where there is none."""
        return " ".join(self.summary.title.split()) or self.shown

    def count_of(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(finding.severity is severity for finding in self.findings)


def filters_html(result: RunResult, hues: Mapping[str, int]) -> str:
    """The filters; they need a script, so the style sheet shows them only where it runs."""
    by_severity, by_family = result.counts(), Counter(finding.family for finding in result.findings)
    severities = "".join(
        _chip("severity", s.value, plural(2, s.value).removeprefix("2 "), by_severity[s], f"s-{s.value}")
        for s in Severity
    )
    families = "".join(
        _chip("family", family, family_name(family), by_family[family], f"h{hue}") for family, hue in hues.items()
    )
    parts = [
        '<details class="filters" open><summary>What to show</summary>\n<form aria-label="What to show">\n'
        f'<fieldset><legend>How serious</legend><div class="chips">{severities}</div></fieldset>\n'
    ]
    if families:
        parts.append(f'<fieldset><legend>About what</legend><div class="chips">{families}</div></fieldset>\n')
    parts.append(
        '<fieldset><legend>In the text</legend><div class="chips"><label class="chip">'
        '<input type="checkbox" name="shade" checked>'
        '<span class="swatch hard">Hard sentences</span></label></div></fieldset>\n'
        '<p class="status" role="status"></p>\n</form></details>\n'
    )
    return "".join(parts)


def _chip(name: str, value: str, label: str, count: int, classes: str) -> str:
    return (
        f'<label class="chip {classes}"><input type="checkbox" name="{name}" value="{escape(value)}" checked>'
        f'<span class="swatch m {classes}">{escape(label[:1].upper() + label[1:])}</span> '
        f'<span class="n">{count:,}</span></label>\n'
    )


def overview_html(
    rows: Sequence[Row], result: RunResult, rules: Mapping[str, RuleMeta], target: float
) -> Iterator[str]:
    """The overview, part by part."""
    yield '<section id="overview" class="view" aria-labelledby="overview-title">\n'
    yield '<h2 id="overview-title" class="sr" tabindex="-1">Overview</h2>\n'
    yield f'<p class="headline">{escape(headline(result))}</p>\n'
    yield "".join(f"<p>{escape(sentence)}</p>\n" for sentence in left_out(result))
    if result.errors:
        yield '<div class="problems"><h3>This run is not complete</h3>\n<ul>\n'
        yield "".join(f"<li>{escape(str(error))}</li>\n" for error in result.errors)
        yield "</ul></div>\n"
    yield _grades(rows, target)
    yield "".join(_frequent(result, rules))
    yield "".join(_table(rows, target))
    yield "</section>\n"


def _grades(rows: Sequence[Row], target: float) -> str:
    graded = [(row, grade_of(row.summary)) for row in rows]
    dots = [Dot(row.key, row.title, grade) for row, grade in graded if grade is not None]
    figure = plot(dots, target) if dots else ""
    missing = len(rows) - len(dots)
    short = f" {plural(missing, 'article')} too short for a grade." if missing else ""
    return (
        '<section class="grades" aria-labelledby="grades-title">'
        '<h3 id="grades-title">How hard the articles are to read</h3>\n'
        f"<figure>{figure}<figcaption>{escape(spoken(dots, target))}{short} A grade is the school year whose pupils "
        "can read the text; it is an estimate from the length of words and sentences.</figcaption></figure></section>\n"
    )


def _frequent(result: RunResult, rules: Mapping[str, RuleMeta]) -> Iterator[str]:
    counts = rule_counts(result)[:_FREQUENT]
    if not counts:
        return
    yield '<section class="frequent" aria-labelledby="frequent-title">'
    yield '<h3 id="frequent-title">What comes up most</h3>\n<ol>\n'
    for count, severity, rule in counts:
        meta = rules.get(rule)
        about = escape(meta.summary) if meta else ""
        yield (
            f'<li><span class="times">{count:,} ×</span> <span class="sev s-{severity.value}">{severity.value}</span> '
            f'<a href="#rule-{escape(rule)}">{escape(rule)}</a> <span class="about">{about}</span></li>\n'
        )
    yield "</ol></section>\n"


_COLUMNS = (
    ("title", "Article", "name"),
    ("grade", "Grade", "number"),
    ("words", "Words", "number"),
    ("error", "Errors", "number"),
    ("warning", "Warnings", "number"),
    ("info", "Infos", "number"),
)


def _table(rows: Sequence[Row], target: float) -> Iterator[str]:
    yield (
        '<section class="articles" aria-labelledby="articles-title"><h3 id="articles-title">The articles</h3>\n'
        '<form class="find" role="search"><label>Find <input type="search" name="query" autocomplete="off" '
        'spellcheck="false" placeholder="a word in the title, text or notes"></label>\n'
        '<label class="chip"><input type="checkbox" name="errors-only"> Only articles with errors</label>\n'
        '<button type="button" name="print-all">Print all articles</button></form>\n'
        '<div class="scroll" tabindex="0" role="region" aria-labelledby="articles-title">'
        '<table id="articles"><thead><tr>'
    )
    for name, label, kind in _COLUMNS:
        yield f'<th scope="col" class="{kind}" data-column="{name}">{label}</th>'
    yield "</tr></thead>\n<tbody>\n"
    for row in sorted(rows, key=lambda r: (*(-r.count_of(s) for s in Severity), r.shown)):
        yield _row(row, target)
    yield '</tbody></table></div>\n<p class="nothing" hidden>No article matches.</p></section>\n'


def _row(row: Row, target: float) -> str:
    grade = grade_of(row.summary)
    counts = Counter(f"{finding.family}:{finding.severity.value}" for finding in row.findings)
    data = " ".join(f"{name}:{count}" for name, count in sorted(counts.items()))
    shown = "–"
    if grade is not None:
        shown = f"{grade:.1f}{_ABOVE if grade > target else ''}"
    cells = "".join(
        f'<td class="number s-{name}{"" if count else " zero"}" data-value="{count}">{count}</td>'
        for name, count in ((severity.value, row.count_of(severity)) for severity in Severity)
    )
    return (
        f'<tr data-article="{row.key}" data-counts="{escape(data)}">'
        f'<th scope="row" class="name" data-value="{escape(row.title)}"><a href="#{row.key}">{escape(row.title)}</a>'
        f'<span class="path">{escape(row.shown)}</span></th>'
        f'<td class="number{" over" if grade is not None and grade > target else ""}" '
        f'data-value="{-1 if grade is None else round(grade, 3)}">{shown}</td>'
        f'<td class="number" data-value="{row.summary.words}">{row.summary.words:,}</td>{cells}</tr>\n'
    )
