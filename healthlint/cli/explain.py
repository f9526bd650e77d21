"""`healthlint explain RULE`: why a rule exists, what it finds, what to write instead."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import fill
from typing import Any

import click

from healthlint.cli.common import config_at, config_options
from healthlint.errors import UsageError, nearest
from healthlint.rules.model import Example, RuleMeta, Scope


@click.command("explain", short_help="Explain a rule.")
@click.argument("rule")
@config_options
def command(rule: str, **given: Any) -> None:
    """Why a rule exists, what it finds, and what to write instead.

    For authors of rules: `explain rule-file` says what stands in a rule file, `explain KIND` (tokens, phrases, pattern,
    glossary, required, slots, metric, learned, python) what its check may hold, `explain patterns` how patterns are
    written, and `explain contexts` how contexts and word lists are.
    """
    config = config_at(Path.cwd(), given)
    metas = config.catalogue.metas
    if rule not in metas:
        if rule in config.catalogue.families:
            raise UsageError(f"“{rule}” is a family of rules.", hint=f"`healthlint rules {rule}` lists them.")
        from healthlint.rules.guide import chapter, chapters  # late: it reads every kind

        if rule in chapters():
            click.echo(chapter(rule))
            if rule == "contexts":
                click.echo(_shipped())
            return
        raise UsageError(f"there is no rule “{rule}”.", hint=nearest(rule, [*metas, *chapters()]))
    state = config.states_for(None)[rule]
    click.echo(explanation(metas[rule], state.on, state.on_origin))


def _shipped() -> str:
    """The contexts and word lists that every rule can name."""
    from healthlint.rules.parts.library_files import library_of
    from healthlint.rules.rule_files import catalogue_root

    library = library_of(catalogue_root())
    told = {name: " ".join(context.about.split()) for name, context in sorted(library.contexts.items())}
    contexts = "\n".join(_wrap(f"– {name}: {about}", "  ") for name, about in told.items())
    return f"\nShipped contexts\n{contexts}\n\nShipped word lists\n{_wrap(', '.join(library.lists), '  ')}"


def explanation(meta: RuleMeta, on: bool, origin: str) -> str:
    """A rule file as a page of text, 88 columns wide."""
    status = f"on ({origin})" if on else f"off ({origin or 'not selected'})"
    parts = [
        f"{meta.id}  ·  {meta.family}  ·  {meta.severity.value}, {meta.confidence.value} confidence  ·  {status}",
        _wrap(meta.summary),
        "Why it matters\n" + _wrap(meta.why, "  "),
        "What to do\n" + _wrap(meta.help, "  "),
    ]
    for title, bad in (("Reported", True), ("Fine", False)):
        shown = [_example(example) for example in meta.examples if example.bad is bad and _short(example)][:6]
        if shown:
            parts.append(title + "\n" + "\n".join(shown))
    if meta.options:
        rows = [
            _wrap(f"{spec.name} (default: {json.dumps(spec.default, ensure_ascii=False)}): {spec.about}", "  ")
            for spec in meta.options.values()
        ]
        parts.append("Options\n" + "\n".join(rows))
    sources = [
        _wrap(", ".join(part for part in (s.title, s.clause) if part) + (f" <{s.url}>" if s.url else ""), "  ")
        for s in meta.sources
    ]
    parts.append("It rests on\n" + "\n".join(sources))
    action = "disable-line" if meta.scope is Scope.SPAN else "disable-file"
    parts.append(
        "To silence it\n"
        f"  here:       <!-- healthlint-{action} {meta.id} -- your reason -->\n"
        f"  everywhere: rules: {{{meta.id}: off}} in .healthlint.yml"
    )
    return "\n\n".join(parts)


def _short(example: Example) -> bool:
    return not example.document and not example.files and len(example.text) < 400


def _example(example: Example) -> str:
    text = _marked(example.text, example.marks) if example.text else ""
    title = _marked(example.title, example.title_marks) if example.title else ""
    whole = " / ".join(part for part in (title and f"(title) {title}", text) if part)
    return _wrap("– " + " ".join(whole.split()), "  ")


def _marked(text: str, marks: tuple[tuple[int, int], ...]) -> str:
    for start, end in sorted(marks, reverse=True):
        text = f"{text[:start]}»{text[start:end]}«{text[end:]}"
    return text


def _wrap(text: str, indent: str = "") -> str:
    hanging = indent + ("  " if text.startswith("– ") else "")
    return fill(text, 88, initial_indent=indent, subsequent_indent=hanging, break_on_hyphens=False)
