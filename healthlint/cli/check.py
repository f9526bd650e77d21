"""`healthlint check`: findings of articles, as text or for machines."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from healthlint.cli.common import (
    asked_paths,
    bar,
    color_option,
    config_options,
    option,
    run_options,
    run_settings,
    say,
    stdin_option,
    stdin_texts,
    terminal_width,
    use_color,
)
from healthlint.cli.output import mark_length, opened, source_reader, spare_articles
from healthlint.cli.values import A_PATH, OneOf
from healthlint.config import settle_profile
from healthlint.config.keys import FAIL_LEVELS
from healthlint.diff import FilterMode, changed_since, staged_lines
from healthlint.errors import UsageError
from healthlint.finding import Severity
from healthlint.reporters import DEFAULT_GRADE, ReportContext, format_names, render, report_base
from healthlint.result import RunError, RunResult
from healthlint.runner import run
from healthlint.runner.baselines import Baselines
from healthlint.runner.gate import Gate, apply
from healthlint.runner.session import Options, Session
from healthlint.version import __version__

FORMATS = format_names()


@click.command("check", short_help="Check articles.")
@click.argument("paths", nargs=-1)
@option("--output-format", type=OneOf(FORMATS), default="text", show_default=True, help="How to report.")
@option("--output", "-o", type=A_PATH, help="Write the report to this file.")
@option(
    "--report", "reports", multiple=True, metavar="FORMAT=FILE", help="One more report (FILE “-”: standard output)."
)
@config_options
@option("--fail-level", type=OneOf(FAIL_LEVELS), help="The least severity that fails (default: error).")
@option("--max-warnings", type=click.IntRange(0), help="Fail on more warnings than this.")
@option("--exit-zero", is_flag=True, help="Findings never make the exit code 1.")
@option("--min-level", type=OneOf([s.value for s in Severity]), default="info", help="Show nothing below this.")
@option("--baseline", type=A_PATH, help="The file of accepted findings.")
@option("--no-baseline", is_flag=True, help="Show accepted findings too.")
@option("--diff-base", metavar="REF", help="Only what changed since the merge base with this branch or commit.")
@option("--staged", is_flag=True, help="Only what the next commit changes.")
@option(
    "--filter-mode",
    type=OneOf([m.value for m in FilterMode]),
    help="With --diff-base or --staged.  [default: added]",
)
@option("--fix", is_flag=True, help="Apply fixes that cannot change the meaning.")
@option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: changes of wording too.")
@option("--diff", "show_diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@option("--watch", is_flag=True, help="Check again whenever an article changes.")
@stdin_option
@option("--show-files", is_flag=True, help="List the articles that would be checked.")
@option("--statistics", is_flag=True, help="Count the findings of each rule.")
@option("--quiet", "-q", is_flag=True, help="Findings only.")
@option("--verbose", "-v", is_flag=True, help="Evidence beside findings, and why articles were not in the cache.")
@color_option
@run_options
def command(paths: tuple[str, ...], **given: Any) -> int:
    """Check articles and report what is wrong with them.

    PATHS are files or folders; none means the current folder, “-” standard input.
    """
    if given["staged"] and given["diff_base"]:
        raise UsageError("--staged and --diff-base exclude each other.")
    if given["baseline"] and given["no_baseline"]:
        raise UsageError("--baseline and --no-baseline exclude each other.")
    if given["filter_mode"] and not (given["diff_base"] or given["staged"]):
        raise UsageError("--filter-mode has an effect only with --diff-base or --staged.")
    if given["unsafe_fixes"] and not (given["fix"] or given["show_diff"]):
        raise UsageError("--unsafe-fixes has an effect only with --fix or --diff.")
    if "-" in paths:
        for option_name, cannot in (("watch", "watch"), ("fix", "change")):
            if given[option_name] and not given["show_diff"]:
                raise UsageError(f"--{option_name} cannot {cannot} standard input.")
    if given["show_diff"]:
        source = click.get_current_context().get_parameter_source
        for name, option_name in (("output", "-o"), ("reports", "--report"), ("output_format", "--output-format")):
            if source(name) is ParameterSource.COMMANDLINE:
                raise UsageError(f"{option_name} has no effect with --diff, which prints changes and no report.")
    outputs = _outputs(given)
    texts = stdin_texts(paths, given["stdin_filename"])
    asked = asked_paths(paths, texts)
    for name, file in outputs:
        if file is not None:
            spare_articles(file, name, asked)
    options: Options = run_settings(
        given, texts=texts, progress=bar("Checking", given), explain_misses=given["verbose"]
    )
    if given["show_files"]:
        return _show_files(asked, options)
    if given["watch"]:
        from healthlint.cli.watching import watch

        return watch(asked, lambda: _check(asked, options, given, outputs), [file for _, file in outputs if file])
    return _check(asked, options, given, outputs)


def _check(
    asked: Sequence[str], options: Options, given: dict[str, Any], outputs: list[tuple[str, Path | None]]
) -> int:
    result, session, gate = _shown(asked, options, given)
    if given["fix"] or given["show_diff"]:
        from healthlint.cli.fixing import fix

        write = given["fix"] and not given["show_diff"]
        changed = fix(result, options.texts, unsafe=given["unsafe_fixes"], write=write, quiet=given["quiet"])
        if given["show_diff"]:
            _notes(result, session, given)
            return 2 if result.errors else int(changed > 0 and not gate.exit_zero)
        if changed:
            result, session, gate = _shown(asked, options, given)
    code = gate.exit_code(result)
    _notes(result, session, given)
    _write(result, session, options, given, outputs)
    return code


def _shown(asked: Sequence[str], options: Options, given: dict[str, Any]) -> tuple[RunResult, Session, Gate]:
    # Fixes too are made only of findings that would be shown: what is accepted or unchanged stays as it is.
    result, session = run(asked, options)
    gate = _gate(given, session)
    changed_lines = staged_lines(Path.cwd()) if given["staged"] else None
    if given["diff_base"]:
        changed_lines = changed_since(given["diff_base"], Path.cwd())
    baselines = None if given["no_baseline"] else Baselines(session, given["baseline"])
    apply(result, gate, baselines, changed_lines, FilterMode(given["filter_mode"] or FilterMode.ADDED))
    return result, session, gate


def _gate(given: dict[str, Any], session: Session) -> Gate:
    runs = [config.run for config in session.configs]
    levels = {run.fail_level for run in runs} or {"error"}
    most = [run.max_warnings for run in runs if run.max_warnings is not None]
    return Gate(
        fail_level=given["fail_level"] or max(levels, key=FAIL_LEVELS[:3].index if "never" not in levels else len),
        max_warnings=given["max_warnings"] if given["max_warnings"] is not None else min(most, default=None),
        min_level=Severity(given["min_level"]),
        exit_zero=given["exit_zero"],
    )


def _outputs(given: dict[str, Any]) -> list[tuple[str, Path | None]]:
    outputs: list[tuple[str, Path | None]] = []
    for report in given["reports"]:
        name, equals, file = report.partition("=")
        if not equals or not file or name not in FORMATS:
            raise UsageError(f"--report {report}: write FORMAT=FILE with one of the formats {', '.join(FORMATS)}.")
        outputs.append((name, None if file == "-" else Path(file)))
    source = click.get_current_context().get_parameter_source("output_format")
    if not any(file is None for _, file in outputs) or given["output"] or source is ParameterSource.COMMANDLINE:
        outputs.insert(0, (given["output_format"], given["output"]))
    if sum(file is None for _, file in outputs) > 1:
        raise UsageError("two reports cannot both go to standard output.", hint="Give one of them a file.")
    files = [file.absolute() for _, file in outputs if file is not None]
    twice = next((file for at, file in enumerate(files) if file in files[:at]), None)
    if twice is not None:
        raise UsageError("two reports cannot both go to this file.", where=str(twice))
    return outputs


def _show_files(asked: Sequence[str], options: Options) -> int:
    from healthlint.runner.discover import discover

    session = Session(options)
    paths = [path for path in asked if path not in options.texts]
    broken: list[str] = []
    unread: list[RunError] = []
    targets = discover(paths, session.config_for, options.force_exclude, broken, unread)
    for note in settle_profile(session.configs, options.profile):
        say(note)
    for target in targets:
        click.echo(target.shown)
    for name in broken:
        say(f"{name}: the link leads nowhere.")
    for error in unread:
        say(error)
    return 2 if unread else 0


def _notes(result: RunResult, session: Session, given: dict[str, Any]) -> None:
    for error in result.errors:
        say(error)
    if given["quiet"]:
        return
    for note in result.notes:
        say(note)
    if len(result.files) > 1:
        for config in session.configs:
            for origin, globs in config.globs():
                if not globs.matched:
                    shown = ", ".join(globs.patterns)
                    say(f"{origin}: the glob {shown} matched none of these articles.")
    if given["verbose"]:
        from healthlint.runner.discover import idle_excludes

        for config in session.configs:
            for pattern in idle_excludes(config):
                say(f"{config.run.origins['exclude']}: the glob {pattern} of “exclude” left nothing out.")


def _write(
    result: RunResult, session: Session, options: Options, given: dict[str, Any], outputs: list[tuple[str, Path | None]]
) -> None:
    for name, file in outputs:
        # A reader of standard output who has seen enough, such as `head`, changes neither files nor exit code.
        with suppress(*[] if file else [BrokenPipeError]), opened(file) as out:
            context = ReportContext(
                rules=session.metas(),
                read_source=source_reader(options.texts),
                mark_length=partial(mark_length, options.texts),
                color=use_color(given["color"]) and file is None,
                version=__version__,
                target_grade=session.target_grade()
                if name == "html"
                else DEFAULT_GRADE,  # finding it out costs imports
                width=terminal_width() if file is None else 0,
                base=report_base(Path.cwd()),
                statistics=given["statistics"],
                verbosity=-1 if given["quiet"] else int(given["verbose"]),
            )
            render(name, result, context, out)
