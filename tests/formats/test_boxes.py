"""Boxes, tabs and notes of site generators: their titles and texts are read, their marks are not."""

from __future__ import annotations

import pytest

from tests.formats.support import read, shown


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ('!!! tip "Keep *still*"\n\n    Sit down.', [("caption", "Keep still"), ("paragraph", "Sit down.")]),
        ("!!! tip ''\n    Sit down.", [("paragraph", "Sit down.")]),
        ('??? tip "Out"\n    In.\n\n    !!! note\n\n        Further in.', [
            ("caption", "Out"), ("paragraph", "In."), ("paragraph", "Further in."),
        ]),
        ('=== "Adults"\n\n    Two tablets.\n\n=== "Children"\n\n    One tablet.\n\nEnd.', [
            ("caption", "Adults"), ("paragraph", "Two tablets."),
            ("caption", "Children"), ("paragraph", "One tablet."), ("paragraph", "End."),
        ]),
        ("Heading\n=======\n\nText.", [("title", "Heading"), ("paragraph", "Text.")]),
        (":::danger[No ice]\nText.\n:::", [("caption", "No ice"), ("paragraph", "Text.")]),
        ("::: tip Cool it: now\nText.\n:::", [("caption", "Cool it: now"), ("paragraph", "Text.")]),
        ('::: {.tip title="No"}\nText.\n:::', [("paragraph", "Text.")]),
        ("/// note | Cool it\n\nText.\n///", [("caption", "Cool it"), ("paragraph", "Text.")]),
    ],
)  # fmt: skip
def test_titles_and_texts_of_boxes(source: str, blocks: list[tuple[str, str]]) -> None:
    assert shown(read(source)) == blocks


@pytest.mark.parametrize(
    ("source", "prose"),
    [
        ("* Contents\n{:toc}\n\nText.", ["Text."]),
        ('A [link](a.md){:target="_blank"} here.\n{: .lead}', ["A link here."]),
        ("A [link](a.md){ width=300 } here.", ["A link here."]),
        ("Below {5} and {a=b} stay.", ["Below {5} and {a=b} stay."]),
        ("{::nomarkdown}Kept.{:/}", ["Kept."]),
        ('Text.\n\n--8<-- "notes/end.md"', ["Text."]),
        ("Text.\n\n--8<--\nnotes/a.md\nnotes/b.md\n--8<--\n\nEnd.", ["Text.", "End."]),
        (
            "Text.\n\n:material-phone: Call us. It is 10:30:15 :octicons-x-16:{ .a }",
            ["Text.", "Call us. It is 10:30:15"],
        ),
        ("Text.\n\n: Meant as it stands", ["Text.", "Meant as it stands"]),
    ],
)
def test_marks_are_no_prose(source: str, prose: list[str]) -> None:
    assert [text for _, text in shown(read(source))] == prose


@pytest.mark.parametrize(
    "source",
    [
        "{# healthlint-disable x #}\nText.",
        "{#- healthlint-disable x -#}\nText.",
        "{::comment}\nhealthlint-disable x\n{:/comment}\n\nText.",
        "{{- /* healthlint-disable x */ -}}\nText.",
        "{{!-- healthlint-disable x --}}\nText.",
        "{{! healthlint-disable x }}\nText.",
        "<?php /* healthlint-disable x */ ?>\n\nText.",
        "<?php // healthlint-disable x ?>\n\nText.",
    ],
)
def test_comments_of_generators(source: str) -> None:
    article = read(source)
    assert [comment.text for comment in article.comments] == ["healthlint-disable x"]
    assert shown(article) == [("paragraph", "Text.")]


def test_a_comment_in_a_template_of_a_page() -> None:
    article = read("<p>Before {# healthlint-disable x #}after.</p>", "a.html")
    assert [comment.text for comment in article.comments] == ["healthlint-disable x"]
    assert shown(article) == [("paragraph", "Before after.")]


def test_a_comment_to_the_end_of_the_line_in_mdx() -> None:
    article = read("{// healthlint-disable x\n}\n\nText.", "a.mdx")
    assert [comment.text for comment in article.comments] == ["healthlint-disable x"]
    assert shown(article) == [("paragraph", "Text.")]
