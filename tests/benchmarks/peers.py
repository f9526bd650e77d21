"""What other programs need for the same articles, each in a process of its own: `python peers.py NAME FOLDER`.

textstat gets the running text of the articles, as Markdown marks would only slow it down; it counts syllables with our
dictionary, since its own comes from the network. `titles` runs our rule on duplicate titles over generated ones.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path


def _sources(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*.md")):
        yield str(path), path.read_text("utf-8")


def textstat(folder: Path) -> int:
    """Two grades of each article by textstat alone: SMOG and Flesch–Kincaid."""
    from importlib import import_module

    from healthlint.analysis.readability import second_opinion

    second_opinion.scores("Short text. To get ready.")  # puts our syllables in the place of the network's
    library = import_module("textstat")
    count = 0
    for _, source in _sources(folder):
        body = source.split("---", 2)[-1]
        library.smog_index(body)
        library.flesch_kincaid_grade(body)
        count += 1
    return count


def markdown(folder: Path) -> int:
    """Each article parsed by markdown-it-py."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    count = 0
    for _, source in _sources(folder):
        parser.parse(source)
        count += 1
    return count


def titles(count: int) -> int:
    """Our rule on duplicate titles over so many titles, facts included; returns how many findings it made."""
    from corpus import titles as generated

    from healthlint.rules.checks.titles import in_project, title_fact
    from healthlint.rules.model import Facts, Place

    made = list(generated(count))
    began = time.perf_counter(), time.process_time()
    facts = Facts()
    for number, title in enumerate(made):
        place = Place(0, len(title), 1, 1, 1, len(title) + 1, title)
        facts[f"section-{number // 100}/article-{number}.md"] = title_fact(title, place, "")
    found = sum(1 for _ in in_project.check(facts, {"near": True}))
    print(time.perf_counter() - began[0], time.process_time() - began[1])
    return found


if __name__ == "__main__":
    name, argument = sys.argv[1:]
    if name == "titles":
        print(titles(int(argument)))
    else:
        print({"textstat": textstat, "markdown-it-py": markdown}[name](Path(argument)))
