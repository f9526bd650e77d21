"""Reads HTML reports back, as a browser would."""

from __future__ import annotations

import io
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

from healthlint.article import Article
from healthlint.finding import Finding
from healthlint.ranges import TextRange
from healthlint.reporters.html import render_html, report_article
from healthlint.result import FileSummary, RunResult
from tests.reporters.samples import finding

EXAMPLES = Path(__file__).parents[2] / "examples"
VOID = {"meta", "input", "br", "hr", "img", "link"}


class Page(HTMLParser):
    """A report as a browser would read it: its elements, the text under each mark and in each element with an id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, dict[str, str]]] = []
        self.marked: dict[tuple[str, str], str] = {}
        self.also: dict[tuple[str, str], str] = {}
        self.texts: dict[str, str] = {}
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.classes: Counter[str] = Counter()
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        self.classes.update(given.get("class", "").split())
        if tag not in VOID:
            self.open.append((tag, given))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        article = ""
        if any("sr" in attrs.get("class", "").split() for _, attrs in self.open):
            return
        for tag, attrs in self.open:
            if tag in self.raw:
                self.raw[tag].append(data)
                return
            key = attrs.get("id", "")
            if key:
                self.texts[key] = self.texts.get(key, "") + data
            if tag == "article":
                article = key
            if tag == "mark":
                for names, found in ((attrs.get("data-n", ""), self.marked), (attrs.get("data-also", ""), self.also)):
                    for number in names.split():
                        found[article, number] = found.get((article, number), "") + data

    def attribute(self, name: str) -> list[str]:
        return [attrs[name] for _, attrs in self.tags if name in attrs]


def page_of(article: Article, *findings: Finding, target: float = 8.0) -> Page:
    summary = FileSummary(article.path, article.title, 100, 10, {"consensus_grade": 9.5})
    ordered = sorted(findings, key=lambda item: item.sort_key)
    out = io.StringIO()
    result = RunResult([summary], ordered)
    render_html([report_article(article, summary, ordered, target)], result, {}, out)
    return Page(out.getvalue())


def on(article: Article, span: TextRange, **given_: object) -> Finding:
    return finding(article.path, article.source, span, **given_)
