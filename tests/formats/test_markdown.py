"""Markdown: what becomes of each construct, and where it stands."""

from __future__ import annotations

import pytest

from healthlint.article import BlockKind
from tests.formats.support import read, shown, sliced


def test_blocks_have_their_kinds() -> None:
    article = read(
        "# Sleep\n\nA paragraph.\n\n## Why\n\n- one\n- two\n  - deep\n\n1. first\n\n"
        "> Said she.\n\n| a | b |\n|---|---|\n| c | d |\n"
    )
    assert shown(article) == [
        ("title", "Sleep"),
        ("paragraph", "A paragraph."),
        ("heading", "Why"),
        ("list_item", "one"),
        ("list_item", "two"),
        ("list_item", "deep"),
        ("list_item", "first"),
        ("quote", "Said she."),
        *[("table_cell", cell) for cell in "abcd"],
    ]
    assert [b.level for b in article.blocks][:7] == [1, 0, 2, 1, 1, 2, 1]
    assert article.blocks[5].within == {"list"}
    assert article.blocks[7].within == {"quote"}
    assert article.blocks[8].within == {"table"}


@pytest.mark.parametrize(
    ("source", "prose"),
    [
        ("A *soft* **bold** ~~old~~ word.", "A soft bold old word."),
        ("One\ntwo\r\nthree.", "One two three."),
        ("One  \ntwo\\\nthree.", "One two three."),
        ("Tea &amp; milk&nbsp;too &#8212; ok.", "Tea & milk too — ok."),
        ("Five \\* six \\_ seven", "Five * six _ seven"),
        ("Run `make x` now.", "Run now."),
        ("Line<br>break and <b>bold</b> text.", "Line break and bold text."),
        ("Sum $a+b$ is done.", "Sum is done."),
        ("Soft\u00adhyphen and zero\u200bwidth.", "Softhyphen and zerowidth."),
        ("Two  spaces\tand a tab.", "Two spaces and a tab."),
        ("Area of 3 m<sup>2</sup> and H<sub>2</sub>O.", "Area of 3 m2 and H2O."),
        ("- [x] Done task", "Done task"),
        ("Setext\n======", "Setext"),
        ("# Closed heading ##", "Closed heading"),
        ("## With attributes {#id .big}", "With attributes"),
    ],
)
def test_prose_of_a_construct(source: str, prose: str) -> None:
    assert [text for _, text in shown(read(source))] == [prose]


@pytest.mark.parametrize(
    ("source", "phrase", "written"),
    [
        ("A *soft* word.", "soft word", "soft* word"),
        ("Tea &amp; milk.", "Tea & milk", "Tea &amp; milk"),
        ("> A line\n> goes on.", "line goes", "line\n> goes"),
        ("- An item\n  goes on.", "item goes", "item\n  goes"),
        ("é 😀 *naïve* word.", "naïve", "naïve"),
        ("One\r\ntwo.", "One two", "One\r\ntwo"),
        ("See [the *good* page](x.md) now.", "the good page", "the *good* page"),
        ("\ufeffFirst words.", "First", "First"),
        ("| a | b\\|c |\n|---|---|\n", "b|c", "b\\|c"),
    ],
)
def test_a_phrase_is_found_at_its_own_place(source: str, phrase: str, written: str) -> None:
    assert sliced(read(source), phrase) == written


def test_code_is_no_prose() -> None:
    article = read(
        "Text.\n\n```\nfenced code <!-- healthlint-disable -->\n```\n\n    indented code\n\n<pre>pre code</pre>\n"
    )
    assert shown(article) == [("paragraph", "Text.")]
    assert article.comments == []


def test_links_of_every_kind() -> None:
    article = read(
        "A [page](p.md), a [ref][r], <https://a.org>, https://b.org/x. and [the *end*][].\n\n"
        "[r]: q.md\n[the *end*]: e.md\n"
    )
    assert [(link.text, link.target, link.range.within(article.source)) for link in article.links] == [
        ("page", "p.md", "page"),
        ("ref", "q.md", "ref"),
        ("https://a.org", "https://a.org", "https://a.org"),
        ("https://b.org/x", "https://b.org/x", "https://b.org/x"),
        ("the end", "e.md", "the *end"),
    ]


def test_marks_of_notes_leave_the_prose_and_stay_as_links() -> None:
    source = "Shown twice.[^1] Again[2](b.md),[3](c.md) and<sup>4</sup> more.\n\n[^1]: A study, 2020.\n"
    article = read(source)
    assert shown(article) == [("paragraph", "Shown twice. Again and more."), ("reference", "A study, 2020.")]
    marks = [(link.target, link.range.within(source), link.start) for link in article.links]
    assert marks == [("#1", "[^1]", 12), ("b.md", "2", 18), ("c.md", "3", 18), ("", "4", 22)]


def test_a_link_that_is_a_number_of_its_own_stays() -> None:
    article = read("It fell to [12](t.md) percent.")
    assert shown(article) == [("paragraph", "It fell to 12 percent.")]


def test_pictures_have_captions_unless_in_the_middle_of_a_sentence() -> None:
    assert shown(read("![A calm room](a.png)")) == [("caption", "A calm room")]
    assert shown(read("Look here: ![A calm room](a.png)")) == [("paragraph", "Look here:"), ("caption", "A calm room")]
    assert shown(read("Press ![the icon](a.png) twice.")) == [("paragraph", "Press twice.")]
    assert shown(read("![IMG_2041.jpg](a.png)")) == []


def test_a_box_is_not_a_quotation() -> None:
    article = read(
        "> **Note:** Ask first.\n\n> [!WARNING]\n> Not for children.\n\n> She slept.\n\n!!! tip\n    Drink water.\n"
    )
    assert [(b.kind, sorted(b.within)) for b in article.blocks] == [
        (BlockKind.PARAGRAPH, ["callout"]),
        (BlockKind.PARAGRAPH, ["callout"]),
        (BlockKind.QUOTE, ["quote"]),
        (BlockKind.PARAGRAPH, ["callout"]),
    ]


def test_html_in_markdown_is_read() -> None:
    article = read(
        '<div class="x">\n<p>In <em>a</em> box.</p>\n\nMarkdown **inside**.\n\n</div>\n\n'
        "<aside>\n\nBeside.\n\n</aside>\n\nAfter.\n"
    )
    assert [(b.prose, sorted(b.within)) for b in article.blocks] == [
        ("In a box.", []),
        ("Markdown inside.", []),
        ("Beside.", ["aside"]),
        ("After.", []),
    ]


def test_html_in_a_quote_leaves_the_marks_out() -> None:
    article = read("> <p>Quoted\n> lines.</p>\n")
    assert shown(article) == [("quote", "Quoted lines.")]


def test_comments_are_kept_with_their_places() -> None:
    source = "<!-- healthlint-disable a -->\n\nText <!-- healthlint-disable-line b --> goes on.\n"
    article = read(source)
    assert [(c.text, c.range.within(source)) for c in article.comments] == [
        ("healthlint-disable a", "<!-- healthlint-disable a -->"),
        ("healthlint-disable-line b", "<!-- healthlint-disable-line b -->"),
    ]
    assert shown(article) == [("paragraph", "Text goes on.")]


def test_title_from_front_matter_stands_in_the_metadata() -> None:
    source = '---\ntitle: "Sleep: a guide"\n---\n# Other\n'
    article = read(source)
    assert [(b.kind, b.prose, b.range().within(source)) for b in article.blocks] == [
        (BlockKind.TITLE, "Sleep: a guide", "Sleep: a guide"),
        (BlockKind.HEADING, "Other", "Other"),
    ]
    assert article.blocks[0].within == {"metadata"}


def test_an_h1_after_another_heading_is_no_title() -> None:
    assert shown(read("## First\n\n# Second\n")) == [("heading", "First"), ("heading", "Second")]
    assert read("## First\n\n# Second\n").title == ""


def test_sections_decide_what_a_block_is() -> None:
    article = read(
        "# T\n\n## FAQ\n\n### Is it safe?\n\nMostly. Is that enough?\n\n**Does it hurt?**\n\nNo.\n\n"
        "## Sources\n\n1. One, 2019.\n\nA body. Title.\n\n"
        "This page is not medical advice.\n\n## You may also like\n\n"
        "- [Rest](r.md)\n- Sleep more\n\nRunning text that ends.\n"
    )
    assert shown(article)[2:] == [
        ("question", "Is it safe?"),
        ("paragraph", "Mostly. Is that enough?"),
        ("question", "Does it hurt?"),
        ("paragraph", "No."),
        ("heading", "Sources"),
        ("reference", "One, 2019."),
        ("reference", "A body. Title."),
        ("paragraph", "This page is not medical advice."),
        ("heading", "You may also like"),
        ("related_link", "Rest"),
        ("related_link", "Sleep more"),
        ("paragraph", "Running text that ends."),
    ]


def test_more_on_a_subject_is_related_only_where_it_links() -> None:
    article = read("## More on doses\n\n- Take with food\n- [Doses for children](d.md)\n")
    assert shown(article)[1:] == [("list_item", "Take with food"), ("related_link", "Doses for children")]


def test_an_ordinary_heading_ends_a_section() -> None:
    article = read("## References\n\n- A, 2020\n\n## Outlook\n\nGood.\n\nSources: B; C.\n")
    assert shown(article) == [
        ("heading", "References"),
        ("reference", "A, 2020"),
        ("heading", "Outlook"),
        ("paragraph", "Good."),
        ("reference", "Sources: B; C."),
    ]
