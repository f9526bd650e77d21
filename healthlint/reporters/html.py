"""The report for people who do not read terminals: one HTML file that needs no network and works from disk.

Everything stands in the page as plain elements, so it can be read, searched and printed without scripts; the script
adds views, filters and sorting. Text from articles is only ever escaped text: the page's policy allows its own script
and style by their hashes and nothing else, and no link of an article is live. Each article is written as soon as it is
given, so a thousand articles need the memory of one.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TextIO

from healthlint.errors import HealthlintError
from healthlint.finding import Finding
from healthlint.formats.html.names import REPORT_MARK
from healthlint.reporters import ReportContext
from healthlint.reporters.html_model import TARGET, ReportArticle, escape, grade_of, report_article
from healthlint.reporters.html_notes import family_name, notes_html, place
from healthlint.reporters.html_overview import Row, filters_html, overview_html
from healthlint.reporters.html_text import text_html
from healthlint.reporters.run_summary import plural
from healthlint.result import FileSummary, RunResult
from healthlint.rules.model import RuleMeta

__all__ = ["ReportArticle", "render", "render_html", "report_article"]

_STYLES = ("base.css", "overview.css", "article.css", "print.css")
_SCRIPTS = ("filters.js", "table.js", "article.js", "views.js")
# A hue for each family; a family that is not listed here takes one that is free. The numbers are the classes h0 to h11.
_HUES = ("claims", "safety", "evidence", "trust", "titles", "links", "readability", "plain-language", "numbers",
         "respectful-language", "residue", "structure")  # fmt: skip
_GRADES = {
    "smog": "SMOG",
    "flesch_kincaid_grade": "Flesch–Kincaid",
    "gunning_fog": "Gunning fog",
    "coleman_liau": "Coleman–Liau",
    "automated_readability": "Automated readability",
    "dale_chall": "Dale–Chall score",
    "flesch_reading_ease": "Flesch reading ease (higher is easier)",
}


def render(result: RunResult, context: ReportContext, out: TextIO) -> None:
    """Write the report of a run; each article is read again for its text."""
    articles = _read_articles(result, context)
    render_html(
        articles,
        result,
        context.rules,
        out,
        target=context.target_grade,
        version=context.version,
        relative=context.relative,
    )


def _read_articles(result: RunResult, context: ReportContext) -> Iterator[ReportArticle]:
    from healthlint.formats import parse

    by_path = _by_path(result.findings)
    for summary in result.files:
        source = context.read_source(summary.path)
        if source is not None:
            try:
                article = parse(summary.path, source)
            except HealthlintError:
                continue  # the page says that its text cannot be shown
            yield report_article(article, summary, by_path.get(summary.path, ()), context.target_grade)


def render_html(
    articles: Iterable[ReportArticle],
    result: RunResult,
    rules: Mapping[str, RuleMeta],
    out: TextIO,
    *,
    target: float = TARGET,
    version: str = "",
    made: str = "",
    relative: Callable[[str], str] = str,
) -> None:
    """Write the report of a run as one HTML page.

    `articles` may be a generator and is consumed in order; an article of `result.files` that it does not give is in the
    overview and its findings are listed, but its text is not shown. `target` is a reading grade; `made` says when or
    from what the report was made (left out, the same input gives the same bytes); `relative` turns a path into the one
    to show.
    """
    by_path = _by_path(result.findings)
    rows = {
        summary.path: Row(f"a{number}", relative(summary.path), summary, by_path.get(summary.path, ()))
        for number, summary in enumerate(result.files, 1)
    }
    hues = _hues({finding.family for finding in result.findings})
    out.write(_head(version, made))
    out.write(filters_html(result, hues))
    for part in overview_html(list(rows.values()), result, rules, target):
        out.write(part)
    written = set()
    for article in articles:
        row = rows.get(article.path)
        if row is not None and article.path not in written:
            written.add(article.path)
            for part in _article(article, row, rules, hues, target):
                out.write(part)
    for path, row in rows.items():
        if path not in written:
            for part in _article(None, row, rules, hues, target):
                out.write(part)
    out.write(_rules(sorted({finding.rule for finding in result.findings}), rules))
    out.write(f"</main>\n<script>{_asset(_SCRIPTS)}</script>\n</body>\n</html>\n")


def _by_path(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.path, []).append(finding)
    return found


def _hues(families: set[str]) -> dict[str, int]:
    """A number from 0 to 11 for each family, in the order in which they are listed."""
    known = [family for family in _HUES if family in families]
    others = sorted(families.difference(_HUES))
    free = [number for number, family in enumerate(_HUES) if family not in families] or list(range(len(_HUES)))
    hues = {family: _HUES.index(family) for family in known}
    hues.update({family: free[index % len(free)] for index, family in enumerate(others)})
    return hues


@cache
def _asset(names: tuple[str, ...]) -> str:
    folder = files("healthlint.reporters") / "html_assets"
    return "\n" + "".join((folder / name).read_text(encoding="utf-8") for name in names)


def _hash(text: str) -> str:
    """A source expression of Content Security Policy Level 3, section 2.3.1: 'sha256-…'."""
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _head(version: str, made: str) -> str:
    style, script, early = _asset(_STYLES), _asset(_SCRIPTS), _EARLY
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(early)} {_hash(script)}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )
    about = " ".join(part for part in (f"healthlint {version}".strip(), made) if part)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"{REPORT_MARK}\n"
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>Health article report</title>\n<style>{style}</style>\n<script>{early}</script>\n</head>\n<body>\n"
        '<a class="skip" href="#main">Skip to the report</a>\n<header class="page"><h1>Health article report</h1>'
        f'<p class="about">{escape(about)}</p></header>\n<main id="main" tabindex="-1">\n'
    )


# Runs before the first paint, so that a long report does not flash by.
_EARLY = 'document.documentElement.className="js v-home"'


def _article(
    article: ReportArticle | None, row: Row, rules: Mapping[str, RuleMeta], hues: Mapping[str, int], target: float
) -> Iterator[str]:
    key, summary = row.key, row.summary
    yield f'<article id="{key}" class="view art" aria-labelledby="{key}-title">\n<header>\n'
    yield (
        '<nav class="steps" aria-label="Articles"><a href="#overview">All articles</a> '
        '<a class="step" rel="prev" hidden>Previous</a> <a class="step" rel="next" hidden>Next</a></nav>\n'
    )
    yield f'<h2 id="{key}-title" tabindex="-1" dir="auto">{escape(row.title)}</h2>\n'
    yield f'<p class="path">{escape(row.shown)}</p>\n'
    yield f"{_facts(summary, target)}</header>\n"
    if article is None:
        from healthlint.article import Article

        notes = place(Article(summary.path, "", "plain"), row.findings)
        yield '<div class="text"><p class="none">The text could not be read again, so it is not shown.</p></div>\n'
    else:
        notes = place(article.article, article.findings)
        yield '<div class="text">\n'
        yield from text_html(article.article, notes, article.hard, key, hues)
        yield "</div>\n"
    yield f'<aside class="notes-side" id="{key}-notes" aria-label="Notes" tabindex="-1">\n'
    yield f"{notes_html(notes, key, rules, hues)}</aside>\n</article>\n"


def _facts(summary: FileSummary, target: float) -> str:
    grade = grade_of(summary)
    counts = f"{plural(summary.words, 'word')}, {plural(summary.sentences, 'sentence')}"
    if grade is None:
        return f'<p class="facts">{counts}. Too short for a reading grade.</p>\n'
    verdict = f"above the target of {target:g}" if grade > target else f"within the target of {target:g}"
    scores = "".join(
        f"<div><dt>{name}</dt><dd>{value:.1f}</dd></div>"
        for key, name in _GRADES.items()
        if isinstance(value := summary.readability.get(key), int | float)
    )
    return (
        f'<p class="facts"><b class="{"over" if grade > target else "fine"}">Grade {grade:.1f}</b>, {verdict}. '
        f"{counts}.</p>\n"
        f'<details class="scores"><summary>All measures</summary><dl>{scores}</dl></details>\n'
    )


def _rules(names: Sequence[str], rules: Mapping[str, RuleMeta]) -> str:
    if not names:
        return ""
    parts = [
        '<section id="rules" class="view" aria-labelledby="rules-title">\n<nav class="steps" aria-label="Rules">'
        '<a href="#overview">All articles</a></nav>\n'
        '<h2 id="rules-title" tabindex="-1">The rules behind the notes</h2>\n'
    ]
    for name in names:
        meta = rules.get(name)
        parts.append(f'<section class="rule" id="rule-{escape(name)}" tabindex="-1"><h3>{escape(name)}</h3>\n')
        if meta:
            parts.append(f'<p class="fam">{escape(family_name(meta.family))}</p>\n<p>{escape(meta.summary)}</p>\n')
            parts.append(f"<p>{escape(meta.why)}</p>\n")
            sources = "".join(f"<li>{_source(s.title, s.clause, s.url)}</li>\n" for s in meta.sources)
            parts.append(f"<ul>\n{sources}</ul>\n" if sources else "")
        parts.append("</section>\n")
    return "".join(parts) + "</section>\n"


def _source(title: str, clause: str, url: str) -> str:
    text = escape(f"{title}, {clause}" if clause else title)
    if url.startswith(("https://", "http://")):
        return f'<a href="{escape(url)}" rel="noreferrer noopener">{text}</a>'
    return text
