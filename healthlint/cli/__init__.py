"""The command line: one module a command, imported when it is called. A bare path means `check`."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module

import click

from healthlint.errors import HealthlintError, nearest
from healthlint.version import __version__

# New objects. What a start makes (a quarter of a million) stays until the end: to look through it for cycles is idle.
_COLLECT_AFTER = 500_000
# name → what `--help` says of it; the module of the same name is imported only to run it.
COMMANDS = {
    "check": "Check articles and report what is wrong with them (a bare path does the same).",
    "score": "Reading grades of articles, in a table.",
    "report": "Write one HTML page that shows every article with its findings marked.",
    "explain": "Why a rule exists, what it finds, and what to write instead.",
    "rules": "List all rules.",
    "why": "Why a rule fired at a line, or why it did not.",
    "topics": "What an article is taken to be about, and why.",
    "init": "Write a first configuration file.",
    "config": "Show, check or describe the configuration.",
    "baseline": "Accept the findings that are there, so that only new ones count.",
    "new": "Begin a rule of your own.",
    "test": "Run the examples of rule files.",
    "docs": "Write a page of documentation for every rule.",
    "completions": "Completion for bash, zsh or fish.",
    "clean": "Delete the cache.",
}


class Commands(click.Group):
    """Finds commands by name without importing the others; takes a bare path as `check PATH`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"healthlint.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, from the table above: help imports none of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named first; a path, or an option, means `check`."""
        name = args[0]
        if name not in COMMANDS:
            if name == "-" or os.path.exists(name) or "/" in name or "." in name:  # noqa: PTH110 - no Path needed yet
                args = ["check", *args]
            else:
                hint = nearest(name, COMMANDS) or "All commands: healthlint --help"
                raise click.UsageError(f"There is no command or file “{name}”. {hint}".rstrip())
        return super().resolve_command(ctx, args)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(__version__, "-V", "--version", prog_name="healthlint")
@click.option("--debug", is_flag=True, help="Show where in the program an error arose.")
def cli(debug: bool) -> None:
    """The linter for health articles.

    Says what is wrong with an article before it goes out, where, why, and what to do.
    Nothing leaves this machine.
    """


def main() -> None:
    """Run the command line. Exit codes: 0 nothing to fix, 1 findings, 2 something could not be done."""
    gc.set_threshold(_COLLECT_AFTER)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller: what is said goes nowhere, the exit code stays
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    debug = "--debug" in sys.argv[1:]
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    try:
        code = cli.main(arguments, prog_name="healthlint", standalone_mode=False)
    except click.exceptions.Abort:
        _say("interrupted.")
        code = 130
    except KeyboardInterrupt:
        _say("interrupted.")
        code = 130
    except click.ClickException as error:
        if isinstance(error, click.exceptions.NoArgsIsHelpError):
            error.show()
        else:
            _say(_said(error))
        code = 2
    except HealthlintError as error:
        if debug:
            raise
        _say(str(error))
        code = 2
    except BrokenPipeError:
        code = 0  # the reader has seen enough
    except OSError as error:  # a full disk, a folder that may not be written to
        if debug:
            raise
        _say(f"{error.filename or 'the output'}: cannot be read or written ({error.strerror or error}).")
        code = 2
    except MemoryError:
        if debug:
            raise
        _say("there is not enough memory. Check fewer articles at a time, or try --jobs 1.")
        code = 2
    except Exception as error:
        if debug:
            raise
        _say(f"this is a fault of healthlint itself ({type(error).__name__}: {error}). Run it again with --debug.")
        code = 2
    try:
        sys.stdout.flush()
    except OSError as error:
        if not isinstance(error, BrokenPipeError) and code != 2:
            _say(f"the output: cannot be written ({error.strerror}).")
            code = 2
        # Keeps the interpreter from writing to the closed pipe again, and from printing a traceback, as it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    gc.freeze()  # nor as the interpreter ends
    sys.exit(code if isinstance(code, int) else 0)


_ELSEWHERE = {
    "--preset": "Presets stand in .healthlint.yml, `extends: [patient]`; for one run: --profile patient",
    "--format": "Write --output-format.",
    "--severity": "Write --fail-level for what fails a run, --min-level for what is shown.",
    "--rule": "Write --select to run some rules only.",
    "--exclude": "What to leave out stands in .healthlint.yml, `exclude: [drafts/]`, or in .healthlintignore.",
}


def _said(error: click.ClickException) -> str:
    """What is wrong with a command, and what to type instead."""
    if isinstance(error, click.NoSuchOption) and error.option_name in _ELSEWHERE:
        return f"There is no option {error.option_name}. {_ELSEWHERE[error.option_name]}"
    said = error.format_message()
    unlike = isinstance(error, click.MissingParameter) or type(error) is click.UsageError
    context = error.ctx if isinstance(error, click.UsageError) else None
    if not unlike or context is None or context.parent is None:
        return said
    return f"{said.rstrip('.')}. {context.get_usage()}"


def _say(message: str) -> None:
    try:
        from healthlint.cli.common import say

        say(message)
    except (MemoryError, ImportError, OSError):  # no memory for more, or nowhere to say it
        with suppress(OSError):
            os.write(2, f"healthlint: {message!a}\n".encode())
