"""The report for people at a terminal: each phrase underlined on its line, with the reason and the remedy."""

from __future__ import annotations

from textwrap import wrap
from typing import TextIO

from healthlint.finding import Finding, Severity, quotable
from healthlint.ranges import TextRange
from healthlint.reporters import ReportContext
from healthlint.reporters._excerpt import display_width, excerpt
from healthlint.reporters._sources import Sources
from healthlint.reporters._style import Style
from healthlint.reporters.run_summary import gravity, headline, left_out, rule_counts
from healthlint.reporters.safe_text import terminal
from healthlint.result import FileSummary, RunResult

SHOWS_STATISTICS = True
_WIDTH = 100  # no wider than this, or than the terminal
_LEAST = 40
_EXCERPT = 96


def render(result: RunResult, context: ReportContext, out: TextIO) -> None:
    """Write the findings grouped by file, then what to do first. With statistics, counts take the findings' place."""
    style = Style(context.color, getattr(out, "encoding", None))
    if context.statistics:
        write_statistics(result, context, style, out)
    else:
        _Writer(result, context, style, out).findings()
    if context.verbosity >= 0:
        write_summary(result, context, style, out)


class _Writer:
    def __init__(self, result: RunResult, context: ReportContext, style: Style, out: TextIO) -> None:
        self.result, self.context, self.style, self.out = result, context, style, out
        self.sources = Sources(context.read_source)
        self.explained: set[tuple[str, str]] = set()
        self.files = {file.path: file for file in result.files}
        self.width = max(_LEAST, min(_WIDTH, context.width)) - 1 if context.width else _WIDTH

    def findings(self) -> None:
        path = None
        for finding in self.result.findings:
            if finding.path != path:
                path = finding.path
                self.file_header(path, self.files.get(path))
            self.finding(finding)

    def file_header(self, path: str, file: FileSummary | None) -> None:
        facts = []
        if file:
            grade = file.readability.get("consensus_grade")
            facts = [f"“{terminal(quotable(file.title))}”"] if file.title else []
            facts.append(f"{file.words:,} words")
            facts += [f"grade {grade:.1f}"] if isinstance(grade, float) else []
        self.out.write(self.style.bold(f"== {terminal(path)}") + (f"  {', '.join(facts)}" if facts else "") + "\n\n")

    def finding(self, finding: Finding) -> None:
        style, write = self.style, self.out.write
        place = f"{terminal(finding.path)}:{finding.line}:{finding.column}"
        write(f"{place} {style.severity(finding.severity)} {style.bold(finding.rule)}\n")
        gutter = self.phrase(finding)
        pad = " " * gutter
        for line in wrap(terminal(finding.message), self.width - gutter, break_on_hyphens=False):
            write(f"{pad} {line}\n")
        for related in finding.related:
            where = f"{terminal(related.path or finding.path)}:{related.line}:{related.column}"
            self.note(pad, "see", f"{where} {terminal(related.message)}")
        if finding.fix and self.context.verbosity >= 0:
            flag = "--fix" if finding.fix.safe else "--fix --unsafe-fixes"
            self.note(pad, "fix", f"{terminal(finding.fix.title)} (healthlint check {flag})")
        if self.context.verbosity >= 0:
            self.advice(finding, pad)
        if self.context.verbosity > 0:
            evidence = "; ".join(f"{key}: {value}" for key, value in finding.evidence.items())
            self.note(
                pad, "seen", f"confidence {finding.confidence.value}" + (f"; {terminal(evidence)}" if evidence else "")
            )
        write("\n")

    def phrase(self, finding: Finding) -> int:
        """Write the marked lines; returns the width of the margin that the rest is indented by."""
        if finding.offset == finding.end_offset and not finding.text:
            return 3
        span = TextRange(finding.offset, finding.end_offset)
        source, index = self.sources.text(finding.path), self.sources.index(finding.path)
        if source is None or index is None:
            phrase = terminal(finding.text)
            self.out.write(
                f"    {phrase}\n    {self.style.mark('^' * max(1, display_width(phrase)), finding.severity)}\n"
            )
            return 3
        # A line that the terminal breaks would leave its carets behind.
        digits = len(str(index.position(finding.end_offset).line))
        room = self.context.width - digits - 5 if self.context.width else _EXCERPT
        lines = excerpt(source, index, span, max(_LEAST // 2, min(_EXCERPT, room)))
        margin = max(len(str(line.number)) for line in lines) + 2
        for line in lines:
            number = str(line.number) if line.number else ""
            blank = self.style.dim(f"{'':>{margin}} {self.style.bar}")
            self.out.write(f"{self.style.dim(f'{number:>{margin}} {self.style.bar}')} {line.text}\n")
            if line.carets.strip():
                head = line.carets[: len(line.carets) - len(line.carets.lstrip())]
                marks = self.style.mark(line.carets.lstrip(), finding.severity)
                self.out.write(f"{blank} {head}{marks}\n")
        return margin + 2

    def advice(self, finding: Finding, pad: str) -> None:
        """What to do, and why: once per run and rule, so that thirty findings do not say it thirty times."""
        if (finding.rule, finding.help) in self.explained:
            return
        first = not any(rule == finding.rule for rule, _ in self.explained)
        self.explained.add((finding.rule, finding.help))
        meta = self.context.rules.get(finding.rule)
        text = finding.help or (meta.help if meta else "")
        if text:
            self.note(pad, "do", terminal(text))
        if meta and meta.why and first:
            self.note(pad, "why", terminal(meta.why))

    def note(self, pad: str, label: str, text: str) -> None:
        head = f"{pad} {label}: "
        lines = wrap(
            text, max(_LEAST // 2, self.width - len(head)), break_on_hyphens=False, break_long_words=False
        ) or [""]
        self.out.write(f"{pad} {self.style.dim(label + ':')} {lines[0]}\n")
        for line in lines[1:]:
            self.out.write(" " * len(head) + line + "\n")


def write_summary(result: RunResult, context: ReportContext, style: Style, out: TextIO) -> None:
    """The counts, what they leave out, and where to begin."""
    out.write(style.bold(headline(result)) + "\n")
    for sentence in left_out(result):
        out.write(terminal(sentence) + "\n")
    if result.findings:
        first = min(result.findings, key=gravity)
        place = f"{terminal(first.path)}:{first.line}:{first.column}"
        if len(result.findings) > 1:
            out.write(f"Start with {place} ({first.severity.value}, {first.rule}). ")
        out.write(f"The reason and its source: healthlint explain {first.rule}\n")


def write_statistics(result: RunResult, context: ReportContext, style: Style, out: TextIO) -> None:
    """A table: how often each rule spoke, most frequent first."""
    rows = rule_counts(result)
    if not rows:
        return
    number = max(len(str(count)) for count, _, _ in rows)
    name = max(len(rule) for _, _, rule in rows)
    for count, severity, rule in rows:
        meta = context.rules.get(rule)
        about = f"  {terminal(meta.summary)}" if meta else ""
        label = style.severity(severity, len(Severity.WARNING.value))
        out.write(f"{count:>{number}}  {label}  {rule:<{name}}{about}".rstrip() + "\n")
    out.write("\n")
