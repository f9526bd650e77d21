"""Files of data under the name of an article."""

from __future__ import annotations

import pytest

from tests.formats.support import read


@pytest.mark.parametrize(
    ("name", "source", "says"),
    [
        ("a.html", '{"version": "2.1.0", "runs": []}', "This is JSON, not an article"),
        ("a.txt", '\n{"title": "A"}\n', "This is JSON"),
        ("a.html", "[]", "This is a list of JSON"),
        ("a.md", '[{"title": "A"}]', "This is a list of JSON"),
        ("a.md", '{"title": "A"}\n{"title": "B"}\n', "This is a list of JSON"),
        ("a.html", '<?xml version="1.0"?>\n<testsuites></testsuites>', "This is XML"),
    ],
)
def test_data_under_the_name_of_an_article_is_said(name: str, source: str, says: str) -> None:
    article = read(source, name)
    assert [(p.rule, p.message[: len(says)]) for p in article.problems] == [("empty-article", says)]
    assert article.blocks == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.md", '{"title": "A"}\n\nText.\n'),
        ("a.md", '{"title": "A"}\n'),
        ("a.html", '{"title": "A"}\n<p>Text.</p>'),
        ("a.xhtml", '<?xml version="1.0"?><html><body><p>Text.</p></body></html>'),
        ("a.txt", "[1] is a note.\n\nText."),
    ],
)
def test_what_only_begins_like_data_is_read(name: str, source: str) -> None:
    article = read(source, name)
    assert article.problems == []
    assert article.blocks
