"""Options that several commands share, and what they mean for a run."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from healthlint.cli.values import A_PATH, OneOf
from healthlint.errors import UsageError

if TYPE_CHECKING:
    from healthlint.config import Config

F = TypeVar("F", bound=Callable[..., Any])


def option(*names: str, **settings: Any) -> Callable[[F], F]:
    """A Click option that also reads the environment variable HEALTHLINT_<NAME>."""
    long = next(name for name in names if name.startswith("--")).split("/")[0]
    settings.setdefault("envvar", "HEALTHLINT_" + long[2:].upper().replace("-", "_"))
    settings.setdefault("show_envvar", False)
    settings.setdefault("callback", _not_empty)
    return click.option(*names, **settings)


def _not_empty(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """The value; raises UsageError for an empty text, as an unset variable of a script leaves it."""
    if value == "" and context.get_parameter_source(parameter.name or "") is ParameterSource.COMMANDLINE:
        raise UsageError(f"{max(parameter.opts, key=len)} is given no value.")
    return value


def _all_of(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    """Several options as one decorator; the help lists them in this order."""

    def decorate(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


layer_options = _all_of(
    option("--config", "config_file", type=A_PATH, help="Use this configuration file."),
    option("--isolated", is_flag=True, help="Use no configuration file and look at no other articles."),
    option("--profile", default="", help="A profile of the configuration, or a preset."),
)
config_options = _all_of(
    layer_options,
    option("--select", multiple=True, help="Only these rules, families or presets (commas separate)."),
    option("--extend-select", multiple=True, help="Also these rules, families or presets."),
    option("--ignore", multiple=True, help="Not these rules, families or presets."),
)
run_options = _all_of(
    option("--jobs", "-j", type=click.IntRange(0), default=0, help="Worker processes (0: one per processor)."),
    option("--no-cache", is_flag=True, help="Neither read nor write stored results."),
    option("--cache-dir", type=A_PATH, help="Where results are stored."),
    option("--no-project", is_flag=True, help="Do not compare with the project's other articles."),
    option("--force-exclude", is_flag=True, help="Leave excluded files out even when named here."),
    option("--no-progress", is_flag=True, help="No progress bar."),
)
_COLORS = OneOf(["auto", "always", "never"])
color_option = option("--color", type=_COLORS, default="auto", help="Colours (NO_COLOR and FORCE_COLOR are honoured).")
stdin_option = option("--stdin-filename", metavar="FILE", help="The name of the article on standard input (path “-”).")


def default_cache_dir() -> Path | None:
    """The user's cache folder for healthlint; None for a user without a home, as containers may run one."""
    import platformdirs

    try:
        return Path(platformdirs.user_cache_dir("healthlint", appauthor=False))
    except RuntimeError:
        return None


def use_color(choice: str) -> bool:
    """Whether to print in colour: as asked, else as NO_COLOR and FORCE_COLOR say, else on a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def terminal_width() -> int:
    """The columns of the terminal that standard output is, 0 where it is none."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def names(values: tuple[str, ...]) -> list[str]:
    """The names in repeated, comma-separated options."""
    return [name.strip() for value in values for name in value.split(",") if name.strip()]


def stdin_texts(paths: tuple[str, ...], name: str | None) -> dict[str, bytes]:
    """What stands on standard input, by its name as reports show it, where “-” is among the paths."""
    from healthlint.runner.discover import is_text, shown_path

    if "-" not in paths:
        if name:
            raise UsageError("--stdin-filename goes with the path “-”.")
        return {}
    if name and not is_text(name):
        raise UsageError("--stdin-filename is not valid text.")
    if sys.stdin is None:
        raise UsageError("standard input is closed.")
    shown = shown_path(Path(os.path.abspath(name or "stdin.md")))  # noqa: PTH100 - resolve() would follow links
    return {shown: sys.stdin.buffer.read()}


def asked_paths(paths: tuple[str, ...], texts: Mapping[str, bytes]) -> list[str]:
    """The paths to look at, with standard input under its name; the current folder where none is named."""
    return [path for path in paths if path != "-"] + list(texts) or ["."]


def cli_settings(given: Mapping[str, Any]) -> dict[str, Any]:
    """Command-line settings under their configuration names."""
    found: dict[str, Any] = {}
    for key in ("select", "extend_select", "ignore"):
        if given.get(key):
            found[key.replace("_", "-")] = names(given[key])
            if not found[key.replace("_", "-")]:
                raise UsageError(f"--{key.replace('_', '-')} names no rule.")
    return found


def config_at(folder: Path, given: Mapping[str, Any]) -> Config:
    """The configuration of a folder, by the shared command-line options. Raises UsageError and ConfigError."""
    from healthlint.config import load_config, settle_profile
    from healthlint.config.files import misnamed_note

    config = load_config(
        folder,
        file=given["config_file"],
        isolated=given["isolated"],
        profile=given["profile"],
        cli=cli_settings(given),
        cache_dir=default_cache_dir(),
    )
    note = "" if given["isolated"] or given["config_file"] else misnamed_note(folder)
    for said in (*settle_profile([config], given["profile"]), note):
        if said:
            say(said)
    return config


def run_settings(given: Mapping[str, Any], **more: Any) -> Any:
    """The runner's Options from the shared command-line options."""
    from healthlint.runner.session import Options

    config_file = given.get("config_file")
    if config_file is not None and given.get("isolated"):
        raise UsageError("--config and --isolated exclude each other.")
    return Options(
        config_file=config_file,
        isolated=given.get("isolated", False),
        profile=given.get("profile", ""),
        cli=cli_settings(given),
        jobs=given.get("jobs", 0),
        cache_dir=None if given.get("no_cache") else (given.get("cache_dir") or default_cache_dir()),
        project=not given.get("no_project", False),
        force_exclude=given.get("force_exclude", False),
        **more,
    )


def say(message: object) -> None:
    """One line on standard error. A file's name may hold line ends and commands for a build log: they are taken out."""
    from healthlint.reporters.safe_text import terminal

    click.echo(f"healthlint: {terminal(str(message))}", err=True)


def bar(label: str, given: Mapping[str, Any]) -> Callable[[int, int], None] | None:
    """A progress bar on standard error: only on a terminal, and only past a second of work."""
    if given.get("no_progress") or not sys.stderr.isatty():
        return None
    from time import monotonic

    began, last = monotonic(), 0.0

    def show(done: int, total: int) -> None:
        nonlocal last
        now = monotonic()
        if done == total and last:
            sys.stderr.write("\r\x1b[K")
        elif now - began > 1 and now - last > 0.1:
            last = now
            filled = 24 * done // total
            sys.stderr.write(f"\r{label} {'█' * filled}{'·' * (24 - filled)} {done}/{total}")
        sys.stderr.flush()

    return show
