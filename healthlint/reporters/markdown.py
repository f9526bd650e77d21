"""GitHub Markdown for a job summary: tables by article, and what the rules mean. At most one mebibyte."""

from __future__ import annotations

from itertools import groupby
from typing import TextIO
from urllib.parse import quote

from healthlint.finding import Finding
from healthlint.formats.html.names import MARKDOWN_REPORT_MARK
from healthlint.reporters import ReportContext
from healthlint.reporters.run_summary import gravity, headline, left_out, plural, rule_counts
from healthlint.reporters.safe_text import markdown
from healthlint.result import RunResult

SHOWS_STATISTICS = True
# GitHub refuses a step's summary over 1 MiB whole; some room stays for what other commands of the step add.
_MAX_BYTES = 1_000_000
_MAX_PHRASE = 160
_URL = ":/?#[]@!$&'()*+,;=%-._~"


class _FullError(Exception):
    """The page has no room for another piece."""


class _Page:
    def __init__(self, room: int) -> None:
        self.room = room
        self.parts: list[str] = []

    def add(self, text: str) -> None:
        size = len(text.encode("utf-8", "replace"))
        if size > self.room:
            raise _FullError
        self.room -= size
        self.parts.append(text)


def render(result: RunResult, context: ReportContext, out: TextIO) -> None:
    """Write the summary, articles with the gravest findings first; where it grows too long, it says what is missing."""
    page = _Page(_MAX_BYTES - 1_000)
    shown = 0
    try:
        page.add(f"{MARKDOWN_REPORT_MARK}\n\n## healthlint: {markdown(headline(result))}\n\n")
        for sentence in left_out(result):
            page.add(f"{markdown(sentence)}  \n")
        for error in result.errors:
            page.add(f"- **not checked:** {markdown(str(error))}\n")
        if context.statistics:
            _statistics(result, context, page)
        else:
            for path, findings in _files(result):
                page.add(
                    f"\n### {markdown(context.relative(path))}\n\n| line | | what and why |\n| ---: | --- | --- |\n"
                )
                for finding in findings:
                    page.add(_row(finding))
                    shown += 1
        _rules(result, context, page)
    except _FullError:
        left = len(result.findings) - shown
        what = f"{plural(left, 'finding')} left out here" if left else "The explanations of the rules are left out"
        page.parts.append(f"\n\n**{what}: GitHub takes no more than 1 MiB.** Other formats hold everything.\n")
    out.write("".join(page.parts))


def _files(result: RunResult) -> list[tuple[str, list[Finding]]]:
    groups = [(path, list(group)) for path, group in groupby(result.findings, key=lambda finding: finding.path)]
    return sorted(groups, key=lambda group: gravity(min(group[1], key=gravity))[:2])


def _row(finding: Finding) -> str:
    phrase = " ".join(finding.text.split())
    if len(phrase) > _MAX_PHRASE:
        phrase = phrase[: _MAX_PHRASE - 1] + "…"
    told = not phrase or phrase in " ".join(finding.message.split())
    mark = "" if told else f"“{markdown(phrase)}”<br>"
    rule = f"{finding.severity.value}<br>**{markdown(finding.rule)}**"
    return f"| {finding.line} | {rule} | {mark}{markdown(finding.message)} |\n"


def _statistics(result: RunResult, context: ReportContext, page: _Page) -> None:
    if result.findings:
        page.add("\n| findings | | rule | about |\n| ---: | --- | --- | --- |\n")
    for count, severity, rule in rule_counts(result):
        meta = context.rules.get(rule)
        page.add(f"| {count} | {severity.value} | {markdown(rule)} | {markdown(meta.summary) if meta else ''} |\n")


def _rules(result: RunResult, context: ReportContext, page: _Page) -> None:
    names = dict.fromkeys(rule for _, _, rule in rule_counts(result))
    metas = [context.rules[rule] for rule in names if rule in context.rules]
    if not metas:
        return
    page.add("\n<details><summary>What these rules mean, and what to do</summary>\n")
    try:
        for meta in metas:
            page.add(f"\n**{markdown(meta.id)}** {markdown(meta.summary)}\n\n")
            page.add(f"- {markdown(meta.help)}\n- {markdown(meta.why)}\n")
            for source in meta.sources:
                clause = f", {source.clause}" if source.clause else ""
                page.add(
                    f"- {markdown(source.title + clause)}"
                    + (f" <{quote(source.url, _URL)}>" if source.url else "")
                    + "\n"
                )
    finally:
        page.parts.append("\n</details>\n")
