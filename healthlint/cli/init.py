"""`healthlint init`: write a first configuration file."""

from __future__ import annotations

import json
from pathlib import Path

import click

from healthlint.cli.common import default_cache_dir
from healthlint.cli.values import OneOf
from healthlint.config.files import NAMES, find_config
from healthlint.config.json_schema import json_schema
from healthlint.errors import UsageError
from healthlint.rules.catalogue import load_catalogue

SCHEMA_FILE = ".healthlint.schema.json"
_TEMPLATE = """\
# yaml-language-server: $schema=./{schema}
# What each key means: healthlint config schema. What holds for a file: healthlint config show FILE
root: true

# recommended, strict, patient (grades 6–8) or professional
extends: [{preset}]

# One line a rule: off, info, warning, error, or its options. All rules: healthlint rules
rules:
  grade-above-target: {{audience: {audience}}}

# Where your page template prints the medical disclaimer for every article, say so:
# disclaimer: {{provided-by: layout}}

# Other settings for some files:
# overrides:
#   - files: "professionals/**"
#     rules:
#       grade-above-target: {{audience: professional}}

exclude:
{exclude}
"""
_HUGO = ("/layouts/", "/archetypes/", "/themes/", "/public/", "/resources/")
_ELEVENTY = ("_includes/", "_site/")
# Folders of templates, and of what a site generator writes, with the file beside them that tells whose they are.
_NO_ARTICLES = {
    "_config.yml": ("_layouts/", "_includes/", "_site/"),
    "hugo.toml": _HUGO,
    "hugo.yaml": _HUGO,
    "config.toml": _HUGO,
    "mkdocs.yml": ("/overrides/", "/site/"),
    "docusaurus.config.js": ("/build/",),
    "docusaurus.config.ts": ("/build/",),
    "astro.config.mjs": ("/dist/",),
    "astro.config.ts": ("/dist/",),
    ".eleventy.js": _ELEVENTY,
    "eleventy.config.js": _ELEVENTY,
    "eleventy.config.mjs": _ELEVENTY,
}


@click.command("init", short_help="Write a first configuration file.")
@click.option(
    "--preset", type=OneOf(["recommended", "strict", "patient", "professional"]), default="recommended",
    show_default=True,
)  # fmt: skip
@click.option("--force", is_flag=True, help="Replace the file that is there.")
def command(preset: str, force: bool) -> None:
    """Write .healthlint.yml, and a JSON Schema beside it so that editors complete and check it."""
    target = Path.cwd() / NAMES[0]
    there = find_config(Path.cwd())
    if there is not None and there.parent == Path.cwd() and not (force and there == target):
        raise UsageError("there is a configuration here already.", where=str(there), hint="--force replaces it.")
    schema = Path.cwd() / SCHEMA_FILE
    catalogue = load_catalogue(cache_dir=default_cache_dir())
    schema.write_text(json.dumps(json_schema(catalogue), ensure_ascii=False) + "\n", "utf-8")
    audience = preset if preset in ("patient", "professional") else "general"
    folders = _no_articles(Path.cwd())
    exclude = "\n".join(f'  - "{name}"' for name in ("drafts/", *folders))
    text = _TEMPLATE.format(schema=SCHEMA_FILE, preset=preset, audience=audience, exclude=exclude)
    target.write_text(text, "utf-8")
    left_out = f" Left out, as no articles: {', '.join(folders)}." if folders else ""
    click.echo(f"{target.name} and {schema.name} written.{left_out} Next: healthlint check .")


def _no_articles(folder: Path) -> list[str]:
    """The folders of a site that hold no articles, as globs; only those that are there."""
    names = [name for beside, names in _NO_ARTICLES.items() if (folder / beside).is_file() for name in names]
    return [name for name in dict.fromkeys(names) if (folder / name.strip("/")).is_dir()]
