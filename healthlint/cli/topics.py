"""`healthlint topics PATH`: what an article is taken to be about, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from healthlint.analysis import Analysis
from healthlint.analysis.topics.lexicon import Topic
from healthlint.cli.common import config_at, layer_options, stdin_option, stdin_texts
from healthlint.errors import UsageError
from healthlint.formats import read

LEAST = 0.2  # fainter topics are noise


@click.command("topics", short_help="What an article is about.")
@click.argument("paths", nargs=-1, required=True)
@stdin_option
@layer_options
def command(paths: tuple[str, ...], stdin_filename: str | None, **given: Any) -> None:
    """What articles (“-”: standard input) are taken to be about, and which of their words say so.

    Where this is wrong, add your words to a topic in the configuration: `topics: {pain: [bad back]}`.
    """
    texts = stdin_texts(paths, stdin_filename)
    for name in [*texts, *(path for path in paths if path != "-")]:
        path = Path(name)
        if name not in texts and path.is_dir():
            raise UsageError("this is a folder. Name its articles.", where=name)
        if name not in texts and not path.is_file():
            raise UsageError("there is no such file.", where=name)
        config = config_at(path.absolute().parent, given)
        text = Analysis(
            read(name, texts[name] if name in texts else path.read_bytes()),
            config.resolve(path.absolute()).rules.settings,
        )
        click.echo(f"{name}: {text.article.title or '(no title)'}")
        profile, evidence = text.topics, text.topic_evidence
        names = {topic.id: _named(topic) for topic in text.topic_model.topics}
        weights = {i: max(profile.title.get(i, 0.0), profile.body.get(i, 0.0)) for i in evidence}
        for i, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
            if weight >= LEAST:
                click.echo(f"  {weight:4.0%}  {names[i]}: {', '.join(evidence[i])}")
        if not text.topics.known:
            click.echo("  Too few of its words are known to say: its related links are not judged.")


def _named(topic: Topic) -> str:
    """The name a configuration knows a topic by, and what it is called where that says more."""
    return topic.id if topic.id == topic.name else f"{topic.id} ({topic.name})"
