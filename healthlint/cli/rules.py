"""`healthlint rules`: the list of all rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from healthlint.cli.common import config_at, config_options
from healthlint.cli.values import OneOf


@click.command("rules", short_help="List all rules.")
@click.argument("names", nargs=-1)
@click.option("--output-format", type=OneOf(["text", "json"]), default="text", show_default=True)
@config_options
def command(names: tuple[str, ...], output_format: str, **given: Any) -> None:
    """List all rules, or those of the families named, and whether each is on here."""
    config = config_at(Path.cwd(), given)
    states = config.states_for(None)
    chosen = config.catalogue.expand(names or ["all"])
    metas = [meta for rule_id, meta in config.catalogue.metas.items() if rule_id in set(chosen)]
    if output_format == "json":
        data = [
            {
                "id": meta.id,
                "family": meta.family,
                "on": states[meta.id].on,
                "severity": (states[meta.id].severity or meta.severity).value,
                "confidence": meta.confidence.value,
                "scope": meta.scope.value,
                "summary": meta.summary,
                "path": meta.path,
            }
            for meta in metas
        ]
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    width = max((len(meta.id) for meta in metas), default=0)
    family = ""
    for meta in metas:
        if meta.family != family:
            click.echo(("" if not family else "\n") + meta.family)
            family = meta.family
        state = states[meta.id]
        level = (state.severity or meta.severity).value if state.on else "off"
        click.echo(f"  {meta.id:<{width}}  {level:<7}  {meta.summary}")
    click.echo(f"\n{len(metas)} rules. `healthlint explain RULE` says why a rule exists and what to write instead.")
