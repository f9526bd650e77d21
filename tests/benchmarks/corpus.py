"""Generated health articles for the benchmarks: the same seed gives the same articles, and no two are alike.

About 700 words each, in Markdown, with front matter, headings, lists, questions, references, and links to each
other. Most are sound; one in ten holds several sentences that a linter should find, one in twenty a related link that
leads astray.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

HERE = Path(__file__).parent
BAD_SHARE = 0.1
FAULTY_LINKS = 0.05
_SLOT = re.compile(r"\{(\w+)(\+?)\}")
_NO_WORD = re.compile(r"[^a-z0-9]+")


class Page(NamedTuple):
    """What other pages know of an article of the site."""

    title: str
    slug: str


@cache
def _stock() -> Mapping[str, Any]:
    data: Mapping[str, Any] = yaml.safe_load((HERE / "stock.yaml").read_text("utf-8"))
    return data


_HEADS = "al am an ar bar ber bram cal cor dan dor el er fal far gar gil hal har il jor kel lan lor mar mel nor".split()
_MIDDLES = "a ba de den do fa ga ho il ka la len mo na o pa ra ri sa so ta ten va ve wa".split()
_TAILS = "bury by dale don field ford ham holm ington ley lin more ness nock rick stead stow thorpe ton wick".split()


class _Writer:
    """Writes one article: its slots, and which sentences it has used."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        stock = _stock()
        self.fixed = {name: self.random.choice(words) for name, words in stock["words"].items()}
        self.bad = self.random.random() < BAD_SHARE

    def fill(self, template: str) -> str:
        """A template with its slots filled; a sentence begins with a capital letter."""

        def word(match: re.Match[str]) -> str:
            name, anew = match.groups()
            return str(self.random.choice(_stock()["words"][name]) if anew else self.fixed[name])

        filled = _SLOT.sub(word, template)
        return filled[:1].upper() + filled[1:]

    def place(self) -> str:
        """An invented place name: the long tail of words that only one article has."""
        return "".join(self.random.choice(part) for part in (_HEADS, _MIDDLES, _TAILS)).title()

    def some(self, key: str, count: int) -> list[str]:
        """A number of different sentences from a part of the stock, in an order of their own."""
        return [self.fill(template) for template in self.random.sample(_stock()[key], count)]

    def paragraphs(self, key: str, *sizes: int) -> str:
        """Paragraphs of so many sentences; a bad article mixes in what should not be there."""
        sentences = self.some(key, sum(sizes))
        if self.bad and key != "doctor":
            sentences[self.random.randrange(len(sentences))] = self.fill(self.random.choice(_stock()["bad"]))
        found, at = [], 0
        for size in sizes:
            found.append(" ".join(sentences[at : at + size]))
            at += size
        return "\n\n".join(found)

    def items(self, key: str, count: int, mark: str = "-") -> str:
        """A list."""
        return "\n".join(f"{mark} {item}" for item in self.some(key, count))

    def links(self, slug: str, pages: Mapping[str, list[Page]]) -> str:
        """Three related links: nearly all to pages of the site about the same thing, a few off topic or to nowhere."""
        draw = self.random
        alike = [page for page in pages[self.fixed["condition"]] if page.slug != slug]
        found = [(page.title, page.slug) for page in draw.sample(alike, min(3, len(alike)))]
        if draw.random() < FAULTY_LINKS:
            other = draw.choice(pages[draw.choice(sorted(pages))])
            found[:1] = [(other.title, other.slug if draw.random() < 0.5 else f"{other.slug}-2")]
        shown = [f"- [{title}](/health/{target}/)" for title, target in found]
        for text, target in draw.sample(_stock()["related"], 3 - len(shown)):  # a small site links to itself less
            shown.append(f"- [{self.fill(text)}]({self.fill(target).lower().replace(' ', '-')})")
        return "\n".join(shown)

    def article(self, title: str, slug: str, pages: Mapping[str, list[Page]]) -> str:
        """The whole article."""
        draw = self.random
        year, month, day = draw.randint(2022, 2025), draw.randint(1, 12), draw.randint(1, 28)
        places = ", ".join(self.place() for _ in range(12))
        questions = "\n\n".join(
            f"### {self.fill(question)}\n\n{self.fill(answer)}"
            for question, answer in draw.sample(_stock()["questions"], 3)
        )
        references = "\n".join(f"{i}. {item}" for i, item in enumerate(self.some("references", 3), 1))
        sections = [
            f'---\ntitle: "{title}"\npermalink: /health/{slug}/\ndate: {year}-{month:02}-{day:02}\n'
            f"author: The editorial team\n"
            f'description: "{self.some("intro", 1)[0]}"\n'
            f"last_reviewed: 2025-{month:02}-{day:02}\n---",
            self.paragraphs("intro", 4, 3),
            f"## What is {self.fixed['condition']}?\n\n{self.paragraphs('what', 4, 4)}",
            f"## Signs to look out for\n\nYou may notice:\n\n{self.items('symptom_items', 5)}",
            f"## Possible causes\n\n{self.paragraphs('causes', 5)}",
            f"## How it is found\n\n{self.paragraphs('diagnosis', 4)}",
            f"## Treatment\n\n{self.paragraphs('treatment', 4, 4)}",
            f"## What you can do yourself\n\n{self.items('self_items', 5, '*')}",
            f"## Daily life\n\n{self.paragraphs('living', 3, 3)}",
            f"Readers wrote to us about this page from {places} and elsewhere.",
            f"## When to see a doctor\n\n{self.paragraphs('doctor', 3)}",
            f"## Frequently asked questions\n\n{questions}",
            f"**Please note:** {draw.choice(_stock()['disclaimers'])}",
            f"## References\n\n{references}",
            f"## Related articles\n\n{self.links(slug, pages)}",
        ]
        return "\n\n".join(sections) + "\n"


def titles(count: int, seed: int = 7) -> list[str]:
    """Titles of a project: nearly all different, one in 200 the same as an earlier one, one in 200 nearly so."""
    return [title for title, _ in _titled(count, seed)]


def _titled(count: int, seed: int) -> Iterator[tuple[str, _Writer]]:
    draw = random.Random(seed)
    known: list[str] = []
    taken: set[str] = set()
    for number in range(count):
        writer = _Writer(seed * 1_000_003 + number)
        kind = draw.random()
        if known and kind < 0.01:
            title = draw.choice(known)
            title = title if kind < 0.005 else f"The complete guide to {title}"
        else:
            title = writer.fill(draw.choice(_stock()["titles"]))
            if title in taken:  # a site of this size tells its pages apart by more words
                title += f" in {writer.place()} and {writer.place()}"
            taken.add(title)
            known.append(title)
        yield title, writer


def articles(count: int, seed: int = 7) -> Iterator[str]:
    """The sources of so many articles."""
    pages: dict[str, list[Page]] = {}
    slugs = []
    for number, (title, writer) in enumerate(_titled(count, seed)):
        slugs.append(f"{_NO_WORD.sub('-', title.lower()).strip('-')}-{number}")
        pages.setdefault(writer.fixed["condition"], []).append(Page(title, slugs[-1]))
    for slug, (title, writer) in zip(slugs, _titled(count, seed), strict=True):
        yield writer.article(title, slug, pages)


def write(folder: Path, count: int, seed: int = 7) -> list[Path]:
    """Write so many articles under a folder, a hundred to each subfolder; returns their paths."""
    paths = []
    for number, source in enumerate(articles(count, seed)):
        path = folder / f"section-{number // 100:04}" / f"article-{number:06}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, "utf-8")
        paths.append(path)
    return paths
