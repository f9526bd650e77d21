"""`healthlint config`: show, check or describe the configuration."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from healthlint.cli.common import config_at, config_options, option
from healthlint.cli.values import A_PATH
from healthlint.config.json_schema import json_schema
from healthlint.errors import UsageError
from healthlint.runner.discover import shown_path


@click.group("config", short_help="Show, check or describe the configuration.")
def command() -> None:
    """Show, check or describe the configuration."""


@command.command("show")
@click.argument("path", default=".")
@option("--all", "show_all", is_flag=True, help="Rules that are off, too.")
@config_options
def show(path: str, show_all: bool, **given: Any) -> None:
    """Every value that holds for an article or a folder, and where it was set."""
    target = Path(path).absolute()
    if not target.exists():
        raise UsageError("there is no such file or folder.", where=path)
    folder = target if target.is_dir() else target.parent
    config = config_at(folder, given)
    click.echo(f"configuration: {shown_path(config.path) if config.path else 'none (preset recommended)'}")
    for name, origin in sorted(config.run.origins.items()):
        value = getattr(config.run, name.replace("-", "_"))
        shown = value.as_posix() if isinstance(value, Path) else list(value) if isinstance(value, tuple) else value
        click.echo(f"{name}: {shown}  [{_short(origin)}]")
    resolved = config.resolve(target / "article.md" if target.is_dir() else target)
    settings = resolved.rules.settings
    for name, origin in sorted(resolved.settings_origins.items()):
        values = {"topics": dict(settings.topics), "glossary": list(settings.glossary)}
        value = values.get(name, settings.disclaimer_provided or "from a file")
        click.echo(f"{name}: {value}  [{_short(origin)}]")
    click.echo("rules:")
    for rule_id, meta in config.catalogue.metas.items():
        state = resolved.states.get(rule_id)
        if state is None or not state.on:
            if show_all:
                origin = state.on_origin if state and state.on_origin else "rule default"
                click.echo(f"  {rule_id}: off  [{_short(origin)}]")
            continue
        severity, origin = meta.severity, "rule default"
        if state.severity is not None:
            severity, origin = state.severity, state.severity_origin
        click.echo(f"  {rule_id}: {severity.value}  [{_short(origin)}; on by {_short(state.on_origin)}]")
        for spec in meta.options.values():
            value, origin = state.options.get(spec.name, (spec.default, "rule default"))
            if show_all or spec.name in state.options:
                click.echo(f"    {spec.name}: {json.dumps(value, ensure_ascii=False)}  [{_short(origin)}]")


@command.command("validate")
@click.argument("file", required=False, type=A_PATH)
@config_options
def validate(file: Path | None, **given: Any) -> None:
    """Check a configuration and every rule it switches on; exit code 2 where something is wrong."""
    if file is not None:
        given["config_file"] = file
    config = config_at(Path.cwd(), given)
    for rule_id, state in config.states_for(None).items():
        if state.on:
            config.catalogue.rule(rule_id)
    where = shown_path(config.path) if config.path else "no configuration file; the preset recommended"
    on = sum(state.on for state in config.states_for(None).values())
    click.echo(f"{where}: fine; {on} rules are on.")


@command.command("schema")
@config_options
def schema(**given: Any) -> None:
    """The JSON Schema of a configuration file, for editors."""
    click.echo(json.dumps(json_schema(config_at(Path.cwd(), given).catalogue), ensure_ascii=False, indent=1))


def _short(origin: str) -> str:
    path, colon, line = origin.rpartition(":")
    return f"{shown_path(Path(path))}:{line}" if colon and line.isdigit() else origin
