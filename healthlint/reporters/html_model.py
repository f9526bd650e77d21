"""What the HTML report shows of one article: its blocks, findings, and how hard each sentence is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from healthlint.article import Article
from healthlint.finding import Finding
from healthlint.reporters.safe_text import REPLACEMENT, xml
from healthlint.result import FileSummary

TARGET = 8.0
"""The grade that a text for the public should not go above: the NIH's and CDC's advice for patient materials."""
METRIC = "consensus_grade"
_MIN_WORDS = 8  # the grade of a shorter sentence says more about one long word than about the sentence
_ABOVE = 4.0  # grades above the target from which a sentence is shaded; single sentences scatter far more than texts
_SHARE = 10  # at most one sentence in this many, but three, is among the hardest


_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def escape(text: str) -> str:
    """The text for an element or attribute; characters that would hide or reorder what stands beside them are shown."""
    return xml(_REORDERING.sub(REPLACEMENT, text))


class HardSentence(NamedTuple):
    """A sentence to shade: its block, its offsets in the block's prose, its words and its Flesch–Kincaid grade.

    `hardest` is true for those without which the grade of the article falls most.
    """

    block: int
    start: int
    end: int
    words: int
    grade: float
    hardest: bool


class ReportArticle(NamedTuple):
    """One article of the report: what was read, what was found, its summary, and the sentences to shade."""

    article: Article
    summary: FileSummary
    findings: Sequence[Finding]
    hard: Sequence[HardSentence] = ()

    @property
    def path(self) -> str:
        """The path that its findings and its summary carry."""
        return self.summary.path


def report_article(
    article: Article, summary: FileSummary, findings: Sequence[Finding], target: float = TARGET
) -> ReportArticle:
    """An article with its hard sentences found. `target` is a reading grade."""
    return ReportArticle(article, summary, findings, hard_sentences(article, target))


def hard_sentences(article: Article, target: float = TARGET) -> tuple[HardSentence, ...]:
    """The sentences of the running text that stand four grades or more above the target, in source order."""
    from healthlint.analysis import Analysis
    from healthlint.analysis.readability.formulas import flesch_kincaid_grade

    readability = Analysis(article).readability
    sentences = readability.sentences
    relief = readability.hardest_sentences(target, METRIC, limit=max(3, len(sentences) // _SHARE))
    worst = set(relief.sentences) if relief else set()
    graded = ((index, s, flesch_kincaid_grade(s.counts)) for index, s in enumerate(sentences) if s.counts.words)
    return tuple(
        HardSentence(s.block, s.start, s.end, s.counts.words, grade, index in worst)
        for index, s, grade in graded
        if s.counts.words >= _MIN_WORDS and grade >= target + _ABOVE
    )


def grade_of(summary: FileSummary) -> float | None:
    """The reading grade of an article, None where its text is too short for one."""
    value = summary.readability.get(METRIC)
    return float(value) if isinstance(value, int | float) else None
