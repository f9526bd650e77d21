"""`healthlint completions SHELL`: a script that completes commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from healthlint.cli.values import OneOf


@click.command("completions", short_help="Shell completion.")
@click.argument("shell", type=OneOf(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script for a shell.

    \b
    bash:  healthlint completions bash > ~/.local/share/bash-completion/completions/healthlint
    zsh:   healthlint completions zsh > "${fpath[1]}/_healthlint"
    fish:  healthlint completions fish > ~/.config/fish/completions/healthlint.fish
    """
    from healthlint.cli import cli

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(cli, {}, "healthlint", "_HEALTHLINT_COMPLETE").source())
