"""`healthlint test`: run the examples of rule files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from healthlint.analysis.contexts import Context
from healthlint.cli.common import color_option, config_at, layer_options, use_color
from healthlint.errors import UsageError
from healthlint.ranges import LineIndex, TextRange
from healthlint.reporters.run_summary import plural
from healthlint.rules.catalogue import Catalogue
from healthlint.rules.library import ContextExample
from healthlint.rules.model import RuleMeta
from healthlint.rules.parts.library_files import library_for
from healthlint.testing import Outcome, run_examples, why_held


@click.command("test", short_help="Run the examples of rules.")
@click.argument("names", nargs=-1)
@layer_options
@color_option
def command(names: tuple[str, ...], color: str, **given: Any) -> int:
    """Run the examples of rules (ids, families, rule files or folders of them; all where none is named).

    Where a folder is named, or nothing, the examples of its contexts are run, too.

    A bad example must be reported exactly on its [[marked]] part; a good one must not be reported.
    """
    config = config_at(Path.cwd(), given)
    contexts = list(_contexts(config.catalogue, names))
    chosen = _chosen(config.catalogue, names, [file for file, _, _ in contexts])
    passed = failed = 0
    for rule_id in chosen:
        rule = config.catalogue.rule(rule_id)
        for outcome in run_examples(rule):
            passed += outcome.passed
            failed += not outcome.passed
            if not outcome.passed:
                click.echo("\n".join(describe(rule.meta, outcome, use_color(color))), color=True)
    for file, context, examples in contexts:
        for example in examples:
            cue = why_held(context, example)
            if bool(cue) is example.holds:
                passed += 1
                continue
            failed += 1
            problem = f"holds here, by “{cue}”, and should not" if cue else "does not hold here, and should"
            line = f"{file}:{example.line}: the context “{context.name}” {problem}"
            click.echo(f"{click.style(line, fg='red') if use_color(color) else line}\n    {example.text}", color=True)
    tested = plural(len(chosen), "rule") + (f" and {plural(len(contexts), 'context')}" if contexts else "")
    click.echo(f"{tested}: {plural(passed, 'example')} passed, {failed} failed.")
    return 1 if failed else 0


def _contexts(catalogue: Catalogue, names: tuple[str, ...]) -> Iterator[tuple[Path, Context, list[ContextExample]]]:
    """The contexts in the files or folders that are named, or all; each with its examples."""
    places = [Path(name).absolute() for name in names]
    rules = {Path(meta.path).absolute().parents[1]: meta.path for meta in catalogue.metas.values()}
    for root, rule in sorted(rules.items()):
        for file in sorted((root / "contexts").glob("*.yaml")):
            if not names or any(file.is_relative_to(place) for place in places):
                library = library_for(rule)
                yield file, library.contexts[file.stem], library.examples[file.stem]


def _chosen(catalogue: Catalogue, names: tuple[str, ...], contexts: list[Path]) -> list[str]:
    """The rules that are named, those of a file or folder by where they were read from."""
    chosen: dict[str, None] = {}
    for name in names or ("all",):
        path = Path(name).absolute()
        place = "/" in name or name.endswith(".yaml") or path.is_dir()
        if not place or name in catalogue.families:  # a family may share its name with a folder
            chosen |= dict.fromkeys(catalogue.expand([name]))
            continue
        inside = [meta.id for meta in catalogue.metas.values() if Path(meta.path).absolute().is_relative_to(path)]
        if not inside and not any(file.is_relative_to(path) for file in contexts):
            hint = "Name its folder in rule-paths of the configuration." if path.exists() else ""
            raise UsageError("no rule was read from there.", where=name, hint=hint)
        chosen |= dict.fromkeys(inside)
    return list(chosen)


def describe(meta: RuleMeta, outcome: Outcome, color: bool = False) -> Iterator[str]:
    """What went wrong with an example: the file and line, the text, what was expected and what was found."""
    side = "bad" if outcome.example.bad else "good"
    line = f"{meta.path}:{outcome.example.line}: this {side} example {outcome.problem}"
    yield click.style(line, fg="red") if color else line
    ranges = [("expected", at) for at in outcome.expected] + [("found", at) for at in outcome.found]
    if not ranges:
        for text in outcome.source.splitlines()[:12]:
            yield f"    {text}"
        if meta.check.get("kind") == "tokens":
            yield f"    tokens: {' | '.join(_tokens(outcome.example.text))}"
    index = LineIndex(outcome.source)
    for label, at in ranges:
        start = index.position(at.start)
        shown = index.line_range(start.line)
        end = min(at.end, shown.end)
        yield f"    {shown.within(outcome.source)}"
        yield f"    {' ' * (start.column - 1)}{'^' * max(1, end - at.start)} {label}{_rest(at, end)}"


def _rest(at: TextRange, shown_to: int) -> str:
    return " (and on)" if at.end > shown_to else ""


def _tokens(text: str) -> list[str]:
    from healthlint.analysis.fold import fold
    from healthlint.analysis.tokens import Tokens

    return Tokens(fold(text)).texts[:-1]
