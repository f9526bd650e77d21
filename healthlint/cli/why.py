"""`healthlint why PATH:LINE`: why a rule fired there, or why it did not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill
from typing import Any

import click

from healthlint.analysis import Analysis
from healthlint.article import Article, BlockKind
from healthlint.cli.common import config_at, config_options, option
from healthlint.config import Config
from healthlint.config.resolve import Resolved
from healthlint.errors import UsageError, nearest
from healthlint.finding import Finding
from healthlint.formats import read
from healthlint.linter import lint
from healthlint.ranges import LineIndex
from healthlint.rules.model import ProjectRule, RuleMeta, Scope
from healthlint.rules.ruleset import ActiveRule, RuleSet
from healthlint.suppress.directives import parse as parse_directives


@click.command("why", short_help="Why a rule fired, or did not.")
@click.argument("place", metavar="PATH:LINE")
@option("--rule", help="Why this rule did not fire there.")
@config_options
def command(place: str, rule: str | None, **given: Any) -> None:
    """Why a rule fired at a line, or (--rule) why one did not: evidence, settings and where they come from."""
    found_place = re.fullmatch(r"(.+?):(\d+)(?::\d+)?", place)  # with its column, as reports print it, too
    if found_place is None:
        raise UsageError(f"“{place}” should be written as PATH:LINE.")
    name, line = found_place[1], int(found_place[2])
    path = Path(name)
    if path.is_dir():
        raise UsageError("this is a folder. Name one article and a line of it.", where=name)
    if not path.is_file():
        raise UsageError("there is no such file.", where=name)
    config = config_at(path.absolute().parent, given)
    if rule is not None and rule not in config.catalogue.entries:
        raise UsageError(f"there is no rule “{rule}”.", hint=nearest(rule, config.catalogue.entries))
    article = read(name, path.read_bytes())
    if not 1 <= line <= LineIndex(article.source).line_count:
        raise UsageError(f"the file has no line {line}.", where=name)
    resolved = config.resolve(path.absolute())
    found = [f for f in lint(article, resolved.rules).findings if f.line <= line <= f.end_line]
    shown = [finding for finding in found if rule in (None, finding.rule)]
    told: set[str] = set()
    for finding in shown:
        click.echo("\n".join(_fired(finding, article, config, resolved, told)) + "\n")
    if shown:
        return
    if rule is None:
        rest = "Findings that compare articles are shown by `healthlint check`."
        click.echo(f"Nothing is reported at {place}. Ask about one rule with --rule. {rest}")
    else:
        click.echo("\n".join(_silent(rule, line, article, config, resolved)))


def _fired(finding: Finding, article: Article, config: Config, resolved: Resolved, told: set[str]) -> Iterator[str]:
    """Why a finding is there. What holds for all findings of its rule is said with the first of them only."""
    meta = config.catalogue.metas[finding.rule]
    yield f"{finding.path}:{finding.line}:{finding.column}  {finding.rule} ({finding.severity.value})"
    yield fill(finding.message, 96, initial_indent="  ", subsequent_indent="  ")
    if finding.text and "phrase" not in finding.evidence:
        yield f"  phrase:   “{' '.join(finding.text.split())}”"
    for name, value in finding.evidence.items():
        yield f"  {name + ':':<9} {value}"
    for related in finding.related:
        yield f"  see also: {related.path or finding.path}:{related.line} {related.message}"
    if finding.rule in told:
        return
    told.add(finding.rule)
    yield _wrap(f"why:      {meta.why}")
    yield _wrap(f"do:       {meta.help}")
    yield f"  rule:     {meta.path}"
    for source in meta.sources:
        yield f"  source:   {', '.join(part for part in (source.title, source.clause, source.url) if part)}"
    yield from _settings(meta, resolved)
    yield f"  silence:  {_directive(finding, meta, article)}"


def _directive(finding: Finding, meta: RuleMeta, article: Article) -> str:
    """What to write into the article so that a finding is silent: a form that its place and its format allow."""
    head = [block.range() for block in article.blocks if "metadata" in block.within]  # no comment can stand there
    plain = article.format == "plain"
    if meta.scope is not Scope.SPAN or any(place.start <= finding.offset <= place.end for place in head):
        action = "disable-file"
    else:
        action = "disable-next-line" if plain else "disable-line"
    text = f"healthlint-{action} {finding.rule} -- your reason"
    if plain:
        return f"# {text}   (on a line of its own)"
    return f"{{/* {text} */}}" if article.path.lower().endswith(".mdx") else f"<!-- {text} -->"


def _settings(meta: RuleMeta, resolved: Resolved) -> Iterator[str]:
    state = resolved.states[meta.id]
    yield f"  on by:    {state.on_origin}"
    if state.severity is not None:
        yield f"  severity: {state.severity.value} ({state.severity_origin})"
    for spec in meta.options.values():
        value, origin = state.options.get(spec.name, (spec.default, "rule default"))
        yield f"  option:   {spec.name} = {json.dumps(value, ensure_ascii=False)} ({origin})"


def _silent(rule_id: str, line: int, article: Article, config: Config, resolved: Resolved) -> Iterator[str]:
    """The first of these that holds: switched off, silenced, out of scope, no anchor, excepted; else: no match."""
    meta = config.catalogue.metas[rule_id]
    state = resolved.states.get(rule_id)
    head = f"{rule_id} is silent at {article.path}:{line}:"
    if state is None or not state.on:
        yield f"{head} it is switched off by {state.on_origin if state and state.on_origin else 'default'}."
        return
    rule = config.catalogue.rule(rule_id)
    if isinstance(rule, ProjectRule):
        yield f"{head} it compares articles; `healthlint check` with the whole folder shows what it finds."
        return
    index = LineIndex(article.source)
    directives, _ = parse_directives(article, index)
    bare = Article(article.path, article.source, article.format, article.blocks, article.links, article.metadata)
    bare.metadata.disable = ()
    options = next(entry.options for entry in resolved.rules.active if entry.rule.meta.id == rule_id)
    alone = RuleSet((ActiveRule(rule, options),), resolved.rules.settings)
    for found in lint(bare, alone).findings:
        if found.line <= line <= found.end_line:
            whole = found.offset == found.end_offset
            hit = directives.silencing(rule_id, meta.family, found.offset, found.line, whole)
            where = f" on line {index.position(directives.items[hit[0]].range.start).line}" if hit else ""
            yield f"{head} a directive in the article{where} silences it."
            return
    text = Analysis(article, resolved.rules.settings)
    if meta.scope.value == "article":
        yield f"{head} it looks at the article as a whole and found nothing to report on this line."
        return
    here = [
        block
        for block in text.blocks
        if index.position(block.range().start).line <= line <= index.position(block.range().end).line
    ]
    if not here:
        yield f"{head} there is no prose on this line (markup, code or an empty line)."
        return
    block = here[0]
    at = text.blocks.index(block)
    if at in text.title_repeats:
        yield f"{head} the line repeats the title, and the title is reported once."
        return
    alone.prefilter.run(text, gates=False)
    wanted = list(text.sentences_of(at))
    candidates = wanted if rule.anchors is None else [i for i in text.candidates_for(rule_id) if i in wanted]
    if not candidates:
        apart = block.kind in (BlockKind.REFERENCE, BlockKind.RELATED_LINK, BlockKind.QUOTE) or block.within
        place = f"the line is a {block.kind.value.replace('_', ' ')}" if apart else "none of its words stands there"
        yield f"{head} {place}."
        return
    trace = getattr(rule, "trace", None)
    reasons = list(dict.fromkeys(trace(text, options, candidates))) if trace else []
    if reasons:
        yield head
        yield from (f"  {reason}" for reason in reasons)
    else:
        yield f"{head} its words stand there, but none of its patterns fits."


def _wrap(text: str) -> str:
    return fill(text, 96, initial_indent="  ", subsequent_indent="            ")
