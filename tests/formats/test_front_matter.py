"""Front matter: every field with its exact place, and one clear problem where it is broken."""

from __future__ import annotations

import re

import pytest

from healthlint.article import Value
from healthlint.ranges import LineIndex
from tests.formats.support import read, shown

YAML = """---
Title: "Rest: a “guide”"
description: >
  Two lines
  of it.
authors:
  - name: First Person
    url: /first
  - Second Person
medically-reviewed-by: 'A Doctor''s name'
lastReviewed: 2024-05-01
last_update:
  date: 2024-06-07
date: 2023-01-01 10:00
params:
  sources: [One, {title: Two, url: /two}]
seo:
  Meta_Description: unused
related:
  - heading: More
    links:
      - {url: /sleep, title: Sleep}
  - /posts/rest.md
  - A Third Title
lang: en
draft: true
disclaimer: Not advice.
healthlint: {disable: [hype-word, claims]}
---
# Text
"""

TOML = '''+++
title = "Rest é"
author = ["One Person", 'Two']
lastmod = 2024-05-01
draft = true
description = """
A longer
text."""
[params]
reviewed_by = "A Doctor"
references = [
  "First", # a comment
  "Second",
]
escaped = "a \\"b\\""
+++
Text.
'''

JSON = r"""{"title": "Rest \u00e9 now", "authors": [{"name": "One Person"}], "last-reviewed": "2024-05-01",
 "draft": true}

Text.
"""


def pairs(values: tuple[Value, ...] | list[Value | None], source: str) -> list[tuple[str, str]]:
    return [(v.text, v.range.within(source)) for v in values if v is not None]


def test_yaml_fields_and_their_places() -> None:
    found = read(YAML).metadata
    assert pairs([found.title, found.description], YAML) == [
        ("Rest: a “guide”", "Rest: a “guide”"),
        ("Two lines of it.", "Two lines\n  of it."),
    ]
    assert pairs(found.authors, YAML) == [("First Person",) * 2, ("Second Person",) * 2]
    assert pairs(found.reviewers, YAML) == [("A Doctor's name", "A Doctor''s name")]
    assert pairs([found.reviewed, found.updated, found.published], YAML) == [
        ("2024-05-01",) * 2,
        ("2024-06-07",) * 2,
        ("2023-01-01 10:00",) * 2,
    ]
    assert pairs(found.references, YAML) == [("One", "One"), ("Two", "Two")]
    assert [(r.text, r.target, r.range.within(YAML)) for r in found.related] == [
        ("Sleep", "/sleep", "Sleep"),
        ("", "/posts/rest.md", "/posts/rest.md"),
        ("A Third Title", "", "A Third Title"),
    ]
    assert (found.language, found.draft) == ("en", True)
    assert pairs([found.disclaimer, *found.disable], YAML) == [
        ("Not advice.",) * 2,
        ("hype-word",) * 2,
        ("claims",) * 2,
    ]
    assert found.raw["draft"] is True
    assert found.raw["authors"] == [{"name": "First Person", "url": "/first"}, "Second Person"]


@pytest.mark.parametrize("name", ["a.md", "a.mdx", "a.html", "a.txt"])
def test_front_matter_is_read_in_every_format_and_with_carriage_returns(name: str) -> None:
    source = "---\r\ntitle: Rest\r\nauthor: One\r\n---\r\nText here.\r\n"
    article = read(source, name)
    assert pairs([article.metadata.title, *article.metadata.authors], source) == [("Rest", "Rest"), ("One", "One")]
    assert "title: Rest" not in str(shown(article))


def test_toml_fields_and_their_places() -> None:
    article = read(TOML)
    found = article.metadata
    assert pairs([found.title, found.updated, found.description], TOML) == [
        ("Rest é", "Rest é"),
        ("2024-05-01", "2024-05-01"),
        ("A longer\ntext.", "A longer\ntext."),
    ]
    assert pairs(found.authors, TOML) == [("One Person",) * 2, ("Two", "Two")]
    assert pairs(found.reviewers, TOML) == [("A Doctor", "A Doctor")]
    assert pairs(found.references, TOML) == [("First", "First"), ("Second", "Second")]
    assert found.draft and found.raw["params"]["escaped"] == 'a "b"'
    assert shown(article) == [("paragraph", "Text.")]


def test_json_fields_and_their_places() -> None:
    article = read(JSON)
    found = article.metadata
    assert pairs([found.title, *found.authors, found.reviewed], JSON) == [
        ("Rest é now", "Rest \\u00e9 now"),
        ("One Person", "One Person"),
        ("2024-05-01", "2024-05-01"),
    ]
    assert found.draft
    assert shown(article) == [("paragraph", "Text.")]


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("---\nauthor: One\ntitle: Rest: a guide\n---\nText.\n", 3, "put the value in quotes"),
        ('---\ntitle: "Rest\nauthor: One\n---\nText.\n', None, "cannot be read"),
        ("---\ntitle: Rest\n\tauthor: One\n---\nText.\n", 3, "a tab stands where"),
        ("+++\ntitle = Rest\n+++\nText.\n", 2, "a text needs quotes"),
        ('+++\ntitle = "Rest"\nauthor = \n+++\nText.\n', 3, "cannot be read"),
        ('{"title": "Rest",\n "draft": yes}\n\nText.\n', 2, "double quotes"),
        ('{"title": "Rest",\n "draft": true,\n}\n\nText.\n', 2, "a comma stands before the closing “}”"),
        ('{"title": "Rest",\n "authors": ["One",\n"Two", ]}\n\nText.\n', 3, "a comma stands before the closing “]”"),
        ("{'title': \"Rest\"}\n\nText.\n", 1, "a name in double quotes is missing"),
        ('{\n  title: "Rest"\n}\n\nText.\n', 2, "a name in double quotes is missing"),
        ('{"title": "Rest",\n "draft":\n}\n\nText.\n', 3, "a value is missing"),
        ("---\ntitle: Rest\nauthor: One\n\nText.\n", 1, "never closed"),
        ("---\na: " + "[" * 5000 + "\n---\nText.\n", 2, "nested too deeply"),
        ("---\n" + "- " * 5000 + "x\nk: v\n---\nText.\n", 2, "nested too deeply"),
    ],
)
def test_broken_front_matter_is_one_problem_and_the_body_is_read(source: str, line: int | None, words: str) -> None:
    article = read(source)
    (problem,) = article.problems
    assert problem.rule == "front-matter-broken"
    assert words in problem.message
    if line is not None:
        assert LineIndex(source).position(problem.range.start).line == line
    assert ("paragraph", "Text.") in shown(article)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("---\ntitle: Rest\nauthor: One\n<title>: Sleep\n---\nText.\n", "show the last value"),
        ("---\ntitle: [Rest]\n'<title>': Sleep\nseo:\n  a: A\n  <a>: Sleep\n---\nText.\n", "show the last value"),
        ('{"title": "Rest", "seo": {"title": "A"},\n"<title>": "Sleep"}\n\nText.\n', "show the last value"),
        ('+++\ntitle = "Sleep"\nauthor = """\nA"""\n<author> = """\nB\n"""\n+++\nText.\n', "(line 5)"),
        ("+++\ntitle = 'Sleep'\n[a]\nb = 1\n[c]\nb = 1\n[<a>]\nd = 1\n+++\nText.\n", "(line 7)"),
        ("+++\ntitle = 'Sleep'\n[a]\nb.c = 1\n<b.c> = 1\n+++\nText.\n", "(line 5)"),
    ],
)
def test_a_name_that_stands_twice_is_said_at_the_second_place(source: str, words: str) -> None:
    marks = [m.span(1) for m in re.finditer(r"<([a-z.]+)>", source)]
    article = read(re.sub(r"<([a-z.]+)>", r"\1", source))
    shifted = [(start - 2 * n - 1, end - 2 * n - 1) for n, (start, end) in enumerate(marks)]
    assert [tuple(problem.range) for problem in article.problems] == shifted
    assert all("a second time" in p.message and words in p.message for p in article.problems)
    assert article.title == "Sleep"  # the last, as site generators have it
    assert ("paragraph", "Text.") in shown(article)


def test_a_name_is_twice_only_in_one_mapping() -> None:
    article = read("---\n<<: {a: 1}\n<<: {b: 2}\nseo: {title: A}\nlist: [{title: A}, {title: A}]\n---\nText.\n")
    assert article.problems == []
    (problem,) = read("+++\ntitle = 'Sleep'\na = 1\na.b = 1\n+++\nText.\n").problems
    assert "a name stands here a second time" in problem.message and "(line 4)" in problem.message


def test_simple_fields_survive_a_slip_elsewhere() -> None:
    source = "---\nauthor: One\ntitle: Rest: a guide\n---\nText.\n"
    found = read(source).metadata
    assert pairs([found.title, *found.authors], source) == [("Rest: a guide",) * 2, ("One", "One")]


@pytest.mark.parametrize(
    "source",
    [
        "---\n\nText after a line.\n",
        "---\nJust words here.\n---\n\nText.\n",
        "----\nText.\n",
        "Text.\n\n---\na: b\n---\n",
        "{not json}\n",
        "{: .lead}\nText.\n",
        "{note: this is text}\n",
    ],
)
def test_dashes_that_are_no_front_matter(source: str) -> None:
    article = read(source)
    assert article.problems == []
    assert article.metadata.raw == {}
    assert article.blocks


@pytest.mark.parametrize("blank", ["\n", "\r\n", "\n \t\n\n", "\ufeff\n", "\n\ufeff\n"])
@pytest.mark.parametrize(
    ("block", "fence"), [("---\ntitle: Rest\n---\n", "---"), ("+++\ntitle = 'Rest'\n+++\n", "+++")]
)
def test_front_matter_below_blank_lines_is_read_and_said(blank: str, block: str, fence: str) -> None:
    article = read(f"{blank}{block}\nText.\n")
    assert article.title == "Rest"
    assert shown(article)[-1] == ("paragraph", "Text.")
    (problem,) = article.problems
    assert "Blank lines" in problem.message and f"“{fence}”" in problem.message
    assert (problem.range.within(article.source), problem.variant) == (fence, "late")


@pytest.mark.parametrize(
    "source", ["\n---\n\nText.\n\n---\n", "\n---\nJust words.\n---\n", "\n---\ntitle: Rest\n\nText.\n"]
)
def test_dashes_below_blank_lines_that_are_no_front_matter(source: str) -> None:
    article = read(source)
    assert article.problems == []
    assert article.metadata.raw == {}


def test_jekyll_calls_a_draft_unpublished() -> None:
    found = read("---\ntitle: A\npublished: false\ndate: 2024-01-01\n---\nText.\n").metadata
    assert found.draft
    assert found.published is not None and found.published.text == "2024-01-01"


def test_aliases_do_not_blow_up() -> None:
    lines = ["a0: &a0 [x, y]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 40)]
    article = read("---\n" + "\n".join(lines) + "\ntitle: Rest\n---\nText.\n")
    assert article.title == "Rest"


def test_what_a_generator_fills_in_is_no_mistake() -> None:
    article = read('---\ntitle: "{{ replace .Name "-" " " }}"\ndate: {{ .Date }}\nauthor: A\n---\n\nText.')
    assert article.problems == []
    assert [author.text for author in article.metadata.authors] == ["A"]
    assert article.metadata.title is None
    (problem,) = read('---\ntitle: "{{ x }}" y\nb: {{ c }}\n---\n\nText.').problems
    assert problem.rule == "front-matter-broken"
