"""Precision and recall of disclaimers, near-duplicate titles and off-topic links: `python tests/evaluation/pairs.py`.

Reads disclaimers.yaml, title_pairs.yaml, link_pairs.yaml and link_pairs_hard.yaml beside it; prints Markdown.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from healthlint.analysis import Analysis
from healthlint.analysis.topics.model import TopicModel
from healthlint.formats import parse
from healthlint.rules.catalogue import load_catalogue
from healthlint.rules.checks.titles import in_project, title_fact
from healthlint.rules.model import Facts, Place, ProjectRule
from healthlint.rules.schema import option_values

FOLDER = Path(__file__).parent


class Judged(NamedTuple):
    """A pair: what it is, whether it should be reported, and whether it is."""

    text: str
    expected: bool
    reported: bool


def titles() -> Iterator[Judged]:
    """Each pair of titles as a project of two pages."""
    for pair in yaml.safe_load((FOLDER / "title_pairs.yaml").read_text("utf-8")):
        facts = Facts(
            (f"{name}.md", title_fact(title, Place(0, 0, 1, 1, 1, 1, ""), ""))
            for name, title in (("one", pair["a"]), ("two", pair["b"]))
        )
        found = bool(list(in_project.check(facts, {"near": True})))
        yield Judged(f"{pair['a']} / {pair['b']}", pair["same"], found)


def links(file: str = "link_pairs.yaml") -> Iterator[Judged]:
    """Each related link of each page; links that fit anywhere should not be reported."""
    model = TopicModel()
    pages: list[dict[str, Any]] = yaml.safe_load((FOLDER / file).read_text("utf-8"))
    for page in pages:
        about = model.profile(page["title"], (), [page["body"]])
        for kind in ("related", "stray", "open"):
            for link in page.get(kind, ()):
                found = model.relatedness(about, model.profile(link)).verdict == "off_topic"
                yield Judged(f"{page['title']} → {link}", kind == "stray", found)


def disclaimers(file: str = "disclaimers.yaml") -> Iterator[Judged]:
    """Each statement as a paragraph of a short article; “reported” means taken for a disclaimer."""
    rule = load_catalogue().rule("medical-disclaimer-missing")
    assert not isinstance(rule, ProjectRule)
    options = option_values(rule.meta, {})
    for item in yaml.safe_load((FOLDER / file).read_text("utf-8")):
        source = f"# Nerve pain\n\nNerve pain can follow shingles. Rest and heat can ease it.\n\n{item['text']}\n"
        missing = list(rule.check(Analysis(parse("a.md", source)), options))
        yield Judged(item["text"], item["label"] == "disclaimer", not missing)


def row(name: str, judged: list[Judged]) -> str:
    """One line of the table."""
    right = sum(j.expected and j.reported for j in judged)
    reported = sum(j.reported for j in judged)
    expected = sum(j.expected for j in judged)
    return f"| {name} | {len(judged)} | {right / reported:.3f} | {right / expected:.3f} |"


def main() -> None:
    """Print the table and, if asked, the pairs that were judged wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", type=int, default=0, help="how many wrong pairs to print")
    wrong = parser.parse_args().wrong
    print("| pairs | cases | precision | recall |\n|---|---|---|---|")
    tasks = {
        "disclaimer statements": disclaimers,
        "disclaimer statements, fresh": partial(disclaimers, "disclaimers_fresh.yaml"),
        "disclaimer statements, mixed": partial(disclaimers, "disclaimers_mixed.yaml"),
        "near-duplicate titles": titles,
        "off-topic related links": links,
        "off-topic related links, hard": partial(links, "link_pairs_hard.yaml"),
        "off-topic related links, fresh": partial(links, "link_pairs_fresh.yaml"),
    }
    for name, task in tasks.items():
        judged = list(task())
        print(row(name, judged))
        for pair in [pair for pair in judged if pair.expected != pair.reported][:wrong]:
            print(f"    {'missed' if pair.expected else 'false '}  {pair.text}")


if __name__ == "__main__":
    main()
