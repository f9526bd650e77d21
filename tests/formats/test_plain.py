"""Plain text: everything is inferred from the lines."""

from __future__ import annotations

import pytest

from tests.formats.support import read, shown, sliced

ARTICLE = """Sleeping Well: What a Calm Evening Can Do for Your Night

better nights Sleeping Well: What a Calm Evening Can Do for Your Night
Sleeping Well: What a Calm Evening Can Do for Your Night

Many people lie awake at night, and most of them have tried everything that friends had to offer. Here is what helps.

What the Evening Does

A calm hour before bed lowers the pulse, and a lower pulse makes it easier to fall asleep. That is all there is to it.

Frequently Asked Questions (FAQs)

1. Can I read in bed?

Yes, on paper, and for as long as you like to, if the light is not too bright for the person at your side.

2. Does tea help?

It may.


The night needs no tricks, only a little patience and the same hour every day, and then it comes by itself.


Waking Up Early: How to Start the Day Before the Sun

Why Do Cats Sleep Through the Better Part of Every Day?
"""


def test_an_article_without_markup() -> None:
    article = read(ARTICLE, "a.txt")
    kinds = [kind for kind, _ in shown(article)]
    assert kinds == [
        "title", "heading", "heading", "paragraph", "heading", "paragraph", "heading", "question", "paragraph",
        "question", "paragraph", "paragraph", "related_link", "related_link",
    ]  # fmt: skip
    assert shown(article)[7] == ("question", "Can I read in bed?")
    assert [(link.text, link.target) for link in article.links] == [
        ("Waking Up Early: How to Start the Day Before the Sun", ""),
        ("Why Do Cats Sleep Through the Better Part of Every Day?", ""),
    ]
    assert article.title == "Sleeping Well: What a Calm Evening Can Do for Your Night"


def test_question_headings_and_lists_on_consecutive_lines() -> None:
    source = (
        "What is a cold?\n"
        "A cold is an infection of the nose, and it goes away by itself in most people within ten days.\n"
        "What are the signs?\nYou may have:\nA sore throat\nSneezing. It comes and goes.\nA cough\n\n"
        "Some people also have a fever.\n"
        "Who gets it?\nEverybody does, sooner or later, and children get it more often than their parents do.\n"
        "Health Library of the Town\n"
    )
    assert [kind for kind, _ in shown(read(source, "a.txt"))] == [
        "title", "paragraph", "heading", "paragraph", "list_item", "list_item", "list_item", "paragraph", "heading",
        "paragraph", "paragraph",
    ]  # fmt: skip


def test_hard_wrapped_lines_are_joined() -> None:
    source = (
        "Rest\n\nThe first paragraph was wrapped at a width that many mail\nprograms use, and its second line "
        "goes on in lower case\nuntil it ends.\n\n- an item that was wrapped too because it was a little\n"
        "  longer than the others\n- short\n"
    )
    article = read(source, "a.txt")
    assert [kind for kind, _ in shown(article)] == ["title", "paragraph", "list_item", "list_item"]
    assert sliced(article, "mail programs") == "mail\nprograms"
    assert sliced(article, "little longer") == "little\n  longer"


def test_one_line_is_one_paragraph_where_lines_are_long() -> None:
    line = (
        "This sentence is long enough to be a paragraph of its own: "
        + "nobody writes lines like that by hand, " * 2
        + "so."
    )
    assert [kind for kind, _ in shown(read(f"{line}\n{line}\n{line}\n", "a.txt"))] == ["paragraph"] * 3


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("- one\n* two\n• three\n1) four\n", ["list_item"] * 4),
        ("Title\n\nQ: Is it safe?\nA: Yes, it is.\n", ["title", "question", "paragraph"]),
        ("Title\n=====\n\nPart one\n--------\nText here.\n", ["title", "heading", "paragraph"]),
        ("Title\n\nSHORT PART\n\nText here.\n", ["title", "heading", "paragraph"]),
        ("Title\n\n1. First steps\n\nWalk every day, in the morning.\n\n2. Next steps\n\nRun.\n",
         ["title", "heading", "paragraph", "heading", "paragraph"]),
        ("Title\n\nText here.\n\nReferences\n\n1. One, 2019.\n2. Two, 2020.\n",
         ["title", "paragraph", "heading", "reference", "reference"]),
        ("Title\n\nText here.\n\nRelated articles\n\nBetter sleep\n\nSleep in summer\n",
         ["title", "paragraph", "heading", "related_link", "related_link"]),
        ("Title\n\nText here.\n\nRead more\nBetter sleep\nSleep in summer\n\nShare this: Mail\n\n© 2021 Desk\n",
         ["title", "paragraph", "heading", "related_link", "related_link", "paragraph", "paragraph"]),
        ("Title\n\nBy Dr. Ana Ruiz | Last reviewed: 3 March 2021 | 6 min read\n\nText here.\n",
         ["title", "paragraph", "paragraph"]),
        ("Title\n\nBy Ana de la Ruiz, RN\n\nText here.\n", ["title", "paragraph", "paragraph"]),
        ("Title\n\nUpdated on 3 March 2021\n\nText here.\n", ["title", "paragraph", "paragraph"]),
        ("Title\n\nBy Age Group\n\nText here.\n", ["title", "heading", "paragraph"]),
        ("Title\n\nBy the numbers\n\nText here.\n", ["title", "heading", "paragraph"]),
        ("A sentence, not a title.\n\nMore text.\n", ["paragraph", "paragraph"]),
        ("Title\n\nText here.\n\nNIH: National Institute of Sleep and of Other Things\n",
         ["title", "paragraph", "paragraph"]),
        ("Title\n\nText here.\n\nCall us on any day of the week\n", ["title", "paragraph", "paragraph"]),
    ],
)  # fmt: skip
def test_kinds_of_lines(source: str, expected: list[str]) -> None:
    assert [kind for kind, _ in shown(read(source, "a.txt"))] == expected


def test_the_number_of_a_question_is_no_prose() -> None:
    source = "Title\n\n12. Is it safe?\n\nYes.\n"
    article = read(source, "a.txt")
    assert shown(article)[1] == ("question", "Is it safe?")
    assert article.blocks[1].range().within(source) == "Is it safe?"


def test_directives_are_comments_and_other_hashes_are_text() -> None:
    source = "Title\n\n# healthlint-disable-next-line x -- because\nText here.\n# one\n"
    article = read(source, "a.txt")
    assert [(c.text, c.range.within(source)) for c in article.comments] == [
        ("healthlint-disable-next-line x -- because", "# healthlint-disable-next-line x -- because")
    ]
    assert [text for _, text in shown(article)] == ["Title", "Text here.", "# one"]


def test_carriage_returns_and_tabs() -> None:
    article = read("Title\r\n\r\nThese are:\r\n\tone\r\n\ttwo\r\n\r\nThe end is here.\r\n", "a.txt")
    assert [kind for kind, _ in shown(article)] == ["title", "paragraph", "list_item", "list_item", "paragraph"]
