"""One article in, findings out. The command line, the cache, editors and tests all call this."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from healthlint.analysis import Analysis
from healthlint.article import Article
from healthlint.errors import HealthlintError
from healthlint.finding import Finding, Match, Related, Severity
from healthlint.fingerprint import fingerprint
from healthlint.ranges import LineIndex, TextRange
from healthlint.result import FileSummary, RunError
from healthlint.rules.messages import phrase
from healthlint.rules.model import Fact, Place, Rule, RuleMeta
from healthlint.rules.ruleset import ActiveRule, RuleSet
from healthlint.suppress import suppress


@dataclass(slots=True)
class ArticleReport:
    """Everything one article gives: plain data that can be cached and sent between processes."""

    summary: FileSummary
    findings: list[Finding] = field(default_factory=list)
    facts: dict[str, Fact] = field(default_factory=dict)
    errors: list[RunError] = field(default_factory=list)
    suppressed: int = 0
    directives: list[list[Any]] = field(default_factory=list)  # for findings that only the project rules can make


def lint(
    article: Article,
    rules: RuleSet,
    known_rules: Mapping[str, str] | None = None,
    judged: frozenset[str] | None = None,
) -> ArticleReport:
    """All findings of one article, suppressions applied, sorted by offset and rule; and its facts for project rules.

    A rule that raises is reported in `errors`; the others go on. `known_rules` are all rule ids and families of the
    catalogue, each with its family, so that a directive for a rule that is switched off is not called unknown. `judged`
    are the names that may be called unused (`suppress.judged_names`); without it, the ids of the active rules that look
    at one article.
    """
    text = Analysis(article, rules.settings)
    rules.prefilter.run(text)
    report = ArticleReport(summarise(text))
    foreign = text.language_code != "en"
    findings: list[Finding] = []
    lines = text.lines
    for entry in rules.in_turn:
        rule: Any = entry.rule  # a ProjectRule where the entry is `in_project`, else a Rule
        meta: RuleMeta = rule.meta
        if not article.blocks and meta.kind != "reading":
            continue  # nothing is missing from an empty file but its text, and that is said already
        if foreign and not meta.any_language:
            continue  # its words mean nothing here; the finding language-unsupported says so
        if meta.id in text.silent:
            continue
        try:
            if entry.in_project:
                fact = rule.collect(text, entry.options)
                if fact is not None:
                    report.facts[meta.id] = fact
            else:
                findings += _run(rule, text, entry, lines, findings)
        except HealthlintError:
            raise
        except Exception as error:
            message = f"the rule {meta.id} crashed on this article ({type(error).__name__}: {error})."
            report.errors.append(RunError(message, article.path, meta.id))
    findings.sort(key=lambda finding: finding.sort_key)
    if judged is None:
        judged = frozenset(name for name, entry in rules.by_id.items() if not entry.in_project)
    kept = suppress(article, findings, lines, judged, known_rules)
    for problem in kept.problems:
        if owner := rules.by_id.get(problem.rule):
            match = Match(problem.range, {"problem": problem.message}, problem.variant)
            kept.findings.append(to_finding(match, owner.rule.meta, article, lines, owner.severity))
    report.findings = sorted(kept.findings, key=lambda finding: finding.sort_key)
    report.suppressed = kept.suppressed
    report.directives = kept.directives.to_data()
    text.forget()
    return report


def _run(
    rule: Rule, text: Analysis, entry: ActiveRule, lines: LineIndex, others: Sequence[Finding]
) -> Iterator[Finding]:
    families = rule.meta.yields_to
    weightless = {Severity.INFO} - {entry.severity or rule.meta.severity}  # a suggestion silences nothing graver
    before = (finding for finding in others if finding.family in families and finding.severity not in weightless)
    taken = _Taken(before) if families else None
    for match in rule.check(text, entry.options):
        if match.range is None or taken is None or not taken.overlaps(match.range):
            yield to_finding(match, rule.meta, text.article, lines, entry.severity)


class _Taken:
    """The places of findings, in order, each with the furthest end of those up to it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        spans = sorted((finding.offset, finding.end_offset) for finding in findings)
        self._starts = [start for start, _ in spans]
        self._ends = list(accumulate((end for _, end in spans), max))

    def overlaps(self, at: TextRange) -> bool:
        """Whether one of them shares a character with a range."""
        before = bisect_left(self._starts, at.end)
        return before > 0 and self._ends[before - 1] > at.start


def to_finding(match: Match, meta: RuleMeta, article: Article, lines: LineIndex, severity: Severity | None) -> Finding:
    """A match as people see it. A match without a range stands at the title, else at the article's first character."""
    at = match.range
    if at is None:
        title = article.title_block
        first = title.range().start if title else 0
        at = TextRange(first, first)
    place = Place(*at, *lines.position(at.start), *lines.position(at.end), at.within(article.source))
    located = match._replace(related=tuple(_located(item, lines) for item in match.related))
    mark = fingerprint(meta.id, article.source, match.range)
    return finding_at(place, located, meta, article.path, severity, mark)


def finding_at(place: Place, match: Match, meta: RuleMeta, path: str, severity: Severity | None, mark: str) -> Finding:
    """A match at a place of an article, as people see it; `severity` is the project's own, `mark` the fingerprint."""
    return Finding(
        rule=meta.id,
        family=meta.family,
        severity=severity or meta.severity_for(match),
        confidence=meta.confidence,
        message=meta.message_for(match._replace(values={"match": phrase(place.text), **match.values})),
        path=path,
        line=place.line,
        column=place.column,
        end_line=place.end_line,
        end_column=place.end_column,
        offset=place.start,
        end_offset=place.end,
        text=place.text,
        help=meta.help,
        related=match.related,
        fix=match.fix,
        evidence=match.evidence,
        fingerprint=mark,
    )


def _located(item: Related, lines: LineIndex) -> Related:
    if item.path or item.range is None:
        return item
    at = lines.position(item.range.start)
    return Related(item.message, item.range, item.path, at.line, at.column)


def summarise(text: Analysis) -> FileSummary:
    """The counts and grades of an article's running text, as counted and with the words of its topic counted once."""
    grades = text.readability
    once = text.scores_terms_once.consensus_grade
    return FileSummary(
        path=text.article.path,
        title=text.article.title,
        words=grades.counts.words,
        sentences=grades.counts.sentences,
        readability=grades.as_dict() | {"consensus_grade_terms_once": once},
    )
