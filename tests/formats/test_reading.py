"""Bytes, encodings, formats, and what is said about a file that is not quite right."""

from __future__ import annotations

import codecs
import subprocess
import sys

import pytest

from healthlint.errors import ReadError
from healthlint.formats import SUFFIXES, format_of, parse, read


@pytest.mark.parametrize(
    ("path", "format"),
    [
        ("a.md", "markdown"),
        ("a.MDX", "markdown"),
        ("b/c.htm", "html"),
        ("x.text", "plain"),
        ("x.py", None),
        ("md", None),
    ],
)
def test_format_by_suffix(path: str, format: str | None) -> None:
    assert format_of(path) == format


def test_an_unknown_suffix_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ReadError, match="neither Markdown") as caught:
        parse("a.docx", "text")
    assert all(suffix in str(caught.value) for suffix in SUFFIXES)
    assert parse("-", "# A", "markdown").title == "A"


@pytest.mark.parametrize(
    "data",
    [
        "# Café 😀".encode(),
        codecs.BOM_UTF8 + "# Café 😀".encode(),
        codecs.BOM_UTF16_LE + "# Café 😀".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "# Café 😀".encode("utf-16-be"),
        codecs.BOM_UTF32_LE + "# Café 😀".encode("utf-32-le"),
    ],
)
def test_encodings_with_a_mark_are_read_and_the_mark_is_not_counted(data: bytes) -> None:
    article = read("a.md", data)
    assert article.source == "# Café 😀"
    assert article.blocks[0].range() == (2, 8)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"# One\n\ncaf\xe9\n", "a.md: This is not valid UTF-8: byte 0xE9 at offset 10 on line 3."),
        (codecs.BOM_UTF16_LE + b"a", "a.md: This is not valid UTF-16: byte 0x61 at offset 2."),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 4, "a.md: This is not a text file."),
        ("# Title of it".encode("utf-16-le"), "a.md: This looks like UTF-16 text without its byte order mark."),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        read("a.md", data)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def test_control_characters_are_reported_once_and_the_text_is_read() -> None:
    article = read("a.md", b"# Ti\x00tle\n\nSome \x07text.\n")
    assert [b.prose for b in article.blocks] == ["Title", "Some text."]
    (problem,) = article.problems
    assert (problem.rule, problem.range) == ("control-characters", (4, 5))
    assert "2 invisible" in problem.message and "U+0000" in problem.message and "line 1" in problem.message


@pytest.mark.parametrize("data", [b"", b"\n \r\n\t", codecs.BOM_UTF8])
@pytest.mark.parametrize("path", ["a.md", "a.html", "a.txt"])
def test_an_empty_file(path: str, data: bytes) -> None:
    article = read(path, data)
    assert article.blocks == []
    assert [p.rule for p in article.problems] == ["empty-article"]


def test_front_matter_alone_is_no_problem_but_markup_without_text_is() -> None:
    assert parse("a.md", "---\ntitle: A\n---\n").problems == []
    assert [p.rule for p in parse("a.md", "---\ntitle: A\n---\n```\ncode\n```\n").problems] == ["empty-article"]


def test_lone_surrogates_are_read_as_unreadable_characters() -> None:
    assert parse("a.md", "A \ud800 b").blocks[0].prose == "A \ufffd b"


def test_readers_are_imported_when_needed() -> None:
    code = (
        "import sys; from healthlint.formats import format_of, parse; format_of('a.md');"
        "parse('a.txt', 'Title\\n\\nText.');"
        "names = ('yaml', 'pyromark', 'healthlint.formats.html', 'healthlint.formats.markdown', 'spacy', 'json');"
        "print([n for n in names if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "unit",
    [
        "word ",
        "😀 é ",
        "a\r\n",
        "`a",
        "{{ ",
        "[a](",
        "<b>",
        "> ",
        "&amp;",
        "**a ",
        "- a\n",
        "1. Is it?\n",
        "{'a ",
        "![a b](c) ",
    ],
)
@pytest.mark.parametrize("path", ["a.md", "a.mdx", "a.html", "a.txt"])
def test_long_runs_of_anything_are_read(path: str, unit: str) -> None:
    source = unit * 8_000 + "end."
    article = parse(path, source)
    assert article.blocks
    assert article.blocks[-1].prose.endswith("end.") or unit == "{'a "
