"""`healthlint new RULE`: begin a rule of your own."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import click

from healthlint.cli.common import default_cache_dir
from healthlint.cli.values import A_PATH, OneOf
from healthlint.config import load_config
from healthlint.config.files import NAMES
from healthlint.errors import UsageError
from healthlint.rules.rule_files import catalogue_root
from healthlint.runner.discover import shown_path

_YAML = """\
id: {rule}
summary: Say in one sentence what this rule finds.
message: "“{{match}}” … say what is wrong here, why it matters to a reader, and what to do."
severity: warning
confidence: medium
scope: {scope}
why: >
  Say why readers are better off without it.
help: Say what to write instead.
sources:
  - {{title: "The standard or guideline it rests on"}}
check:
{check}
examples:
  bad:
    - "{bad}"
  good:
    - "{good}"
"""
_KINDS = {
    "tokens": "  kind: tokens\n  patterns:\n    - \"put your own words here\"",
    "phrases": "  kind: phrases\n  terms:\n    - put your own words here",
    "python": "  kind: python\n  use: \"{module}:{function}\"",
}  # fmt: skip
_PYTHON = '''\
"""Checks of {family}."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.finding import Match
from healthlint.rules.model import Options


def {function}(text: Analysis, options: Options) -> Iterator[Match]:
    """Every place where the words stand in a sentence of the article."""
    for index in range(len(text.sentences)):
        at = text.folded_sentence(index).find("put your own words here")
        if at >= 0:
            yield Match(text.range(index, at, at + len("put your own words here")))
'''


@click.command("new", short_help="Begin a rule.")
@click.argument("rule")
@click.option("--family", default="house", show_default=True, help="The family (folder) it belongs to.")
@click.option("--kind", type=OneOf(list(_KINDS)), default="tokens", show_default=True)
@click.option("--folder", type=A_PATH, help="The rule folder (default: rule-paths, or rules/).")
def command(rule: str, family: str, kind: str, folder: Path | None) -> None:
    """Write a rule file that passes its own test; then make it yours.

    With --kind python also the module with the function, for a package of your own.
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", rule):
        raise UsageError(f"“{rule}” is not a rule id: two or more words in kebab-case, naming the defect.")
    config = load_config(Path.cwd(), cache_dir=default_cache_dir())
    if rule in config.catalogue.entries:
        raise UsageError("the rule exists already.", where=config.catalogue.metas[rule].path)
    paths = [layer.base / name for layer in config.layers for name in layer.data.get("rule-paths", [])]
    own = catalogue_root() if catalogue_root().parent == Path.cwd() else Path.cwd() / "rules"
    root = folder or (paths[0] if paths and kind != "python" else own)
    if kind == "python" and root.absolute() in [path.absolute() for path in paths]:
        message = "rules of kind python may not stand in a folder of rule-paths."
        raise UsageError(message, where=str(root), hint="Name a folder of your package with --folder.")
    target = root / family / f"{rule}.yaml"
    if target.exists():
        raise UsageError("there is such a file already.", where=str(target))
    function = rule.replace("-", "_")
    module = _module(root, family)
    check = _KINDS[kind].format(module=module, function=function) if kind == "python" else _KINDS[kind]
    target.parent.mkdir(parents=True, exist_ok=True)
    text = _YAML.format(
        rule=rule, scope="span", check=check, bad="Please [[put your own words here]] today.",
        good="A sentence that says nothing of the kind.",
    )  # fmt: skip
    target.write_text(text, "utf-8")
    click.echo(f"{shown_path(target.absolute())} written.")
    if kind == "python":
        _write_module(module, family, function, root)
    if kind != "python" and root != catalogue_root() and root.absolute() not in [path.absolute() for path in paths]:
        _tell(root, config.path)
    ready = "Fill it in" if kind != "python" or root == catalogue_root() else "Fill it in, install the package"
    click.echo(f"{ready}, then run: healthlint test {rule}")
    click.echo(f"What may stand in it: healthlint explain rule-file, healthlint explain {kind}")


def _module(root: Path, family: str) -> str:
    """The module of the checks of a family: beside the folder of the rules, by its name from the current folder on."""
    name = family.replace("-", "_")
    if root == catalogue_root():
        return f"healthlint.rules.checks.{name}"
    package = root.absolute().parent
    parts = package.relative_to(Path.cwd()).parts if package.is_relative_to(Path.cwd()) else ()
    return ".".join((*(parts[1:] if parts[:1] == ("src",) else parts), name))


def _tell(root: Path, configuration: Path | None) -> None:
    """Name the folder of rules in a configuration of its own, or say what to write into the one that is there."""
    folder = Path(os.path.relpath(root, configuration.parent if configuration else Path.cwd())).as_posix()
    plain = re.fullmatch(r"[\w./-]+", folder)
    line = f"rule-paths: [{folder if plain else json.dumps(folder)}]"
    if configuration is not None:
        click.echo(f"Tell healthlint where it is: write {line} in {shown_path(configuration)}")
        return
    target = Path.cwd() / NAMES[0]
    target.write_text(f"{line}\n", "utf-8")
    click.echo(f"{shown_path(target)} written: {line}")


def _write_module(module: str, family: str, function: str, root: Path) -> None:
    parts = module.split(".")
    target = root.parent.joinpath(*(parts if root == catalogue_root() else parts[-1:])).with_suffix(".py")
    text = _PYTHON.format(family=family, function=function)
    if target.exists():
        click.echo(f"Add the function {function} to {target}.")
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
    click.echo(f"{target} written.")
    if root != catalogue_root():
        click.echo(
            "Python rules run only from an installed package. Write into its pyproject.toml:\n"
            f'[project.entry-points."healthlint.rules"]\n'
            f'{family} = "{".".join((*parts[:-1], root.name))}"'
        )
