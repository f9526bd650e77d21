"""HTML: the article and not the navigation, metadata of the head, and markup that is wrong."""

from __future__ import annotations

import pytest

from healthlint.article import BlockKind
from healthlint.formats import parse
from tests.formats.support import read, shown, sliced

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Rest &amp; you | Site</title>
<meta name="description" content="About &quot;rest&quot;"><meta property="article:published_time" content="2023-01-02">
<script type="application/ld+json">{"@graph": [
 {"@type": "Organization", "name": "Org"},
 {"@type": "MedicalWebPage", "lastReviewed": "2024-02-03", "reviewedBy": {"@type": "Person", "name": "A Reviewer"},
  "relatedLink": ["https://x.org/a"], "headline": "Not this"},
 {"@type": ["Article"], "author": [{"name": "An Author"}, {"@id": "#p"}], "citation": ["A study"],
  "dateModified": "2024-03"}]}
</script><style>p {}</style></head>
<body class="has-sidebar"><header><nav><ul><li>Menu</ul></nav></header><div class="layout with-sidebar">
<main><h1>Rest &amp; you</h1>
<p>Text<sup><a href="#r1">1</a></sup> of 3 m<sup>2</sup>. <p>Second &mdash; one<br>line
<ul><li>One<li>Two<ul><li>Deep</ul></ul>
<!-- healthlint-disable x -->
<table><tr><th>H<td>Cell &lt;5</table><blockquote>Said.</blockquote>
<figure><img src=a alt="A quiet room"><figcaption>A room</figcaption></figure>
<p hidden>Hidden</p><p style="display: none">Gone</p><code>code</code>
<details><summary>FAQ</summary></details><h2>References</h2><ol><li id=r1>One, 2020.</ol></main>
<section class="related-posts"><a href="/s">Sleep well</a><p>A longer description of it.</p></section>
<aside><p>Beside.</p></aside></div><footer><p>Not medical advice.</p></footer></body></html>"""


def test_a_whole_page() -> None:
    article = read(PAGE, "a.html")
    assert [(b.kind.value, b.prose, "+".join(sorted(b.within))) for b in article.blocks] == [
        ("title", "Rest & you", ""),
        ("paragraph", "Text of 3 m2.", ""),
        ("paragraph", "Second — one line", ""),
        ("list_item", "One", "list"),
        ("list_item", "Two", "list"),
        ("list_item", "Deep", "list"),
        ("table_cell", "H", "table"),
        ("table_cell", "Cell <5", "table"),
        ("quote", "Said.", "quote"),
        ("caption", "A quiet room", ""),
        ("caption", "A room", ""),
        ("heading", "FAQ", "summary"),
        ("heading", "References", ""),
        ("reference", "One, 2020.", "list"),
        ("related_link", "Sleep well", "aside"),
        ("paragraph", "A longer description of it.", "aside"),
        ("paragraph", "Beside.", "aside"),
        ("paragraph", "Not medical advice.", "footer"),
    ]
    assert [b.level for b in article.blocks[3:6]] == [1, 1, 2]
    assert [(link.text, link.target) for link in article.links] == [("", "#r1"), ("Sleep well", "/s")]
    assert [c.text for c in article.comments] == ["healthlint-disable x"]


def test_metadata_of_a_page_with_places() -> None:
    article = read(PAGE, "a.html")
    found = article.metadata
    values = [
        found.title,
        found.description,
        found.published,
        found.reviewed,
        found.updated,
        *found.authors,
        *found.reviewers,
    ]
    assert [(v.text, v.range.within(PAGE)) for v in values if v] == [
        ("Rest & you | Site", "Rest &amp; you | Site"),
        ('About "rest"', "About &quot;rest&quot;"),
        ("2023-01-02", "2023-01-02"),
        ("2024-02-03", "2024-02-03"),
        ("2024-03", "2024-03"),
        ("An Author", "An Author"),
        ("A Reviewer", "A Reviewer"),
    ]
    assert [r.text for r in found.references] == ["A study"]
    assert [(r.text, r.target) for r in found.related] == [("", "https://x.org/a")]
    assert found.language == "en-GB"


def test_title_of_the_head_where_the_page_has_no_h1() -> None:
    source = "<head><title>Rest</title></head><p><a href=x>Link</a> text.</p>"
    article = read(source, "a.html")
    assert article.blocks[0].kind is BlockKind.TITLE
    assert article.blocks[0].range().within(source) == "Rest"
    assert [(link.text, link.block) for link in article.links] == [("Link", 1)]


def test_the_h1_of_the_article_wins_over_that_of_the_header() -> None:
    article = read("<header><h1>Site</h1></header><main><h1>Rest</h1><p>Text.</p></main>", "a.html")
    assert article.title == "Rest"
    assert read("<header><h1>Site</h1></header><main><p>Text.</p></main>", "a.html").title == "Site"


def test_text_outside_of_the_article_is_beside_it() -> None:
    article = read("<div>Promo text.</div><article><p>Text.</p></article>", "a.html")
    assert [(b.prose, sorted(b.within)) for b in article.blocks] == [("Promo text.", ["aside"]), ("Text.", [])]


def test_an_empty_main_hides_nothing() -> None:
    article = read("<main></main><div><p>All the text.</p></div>", "a.html")
    assert [(b.prose, b.within) for b in article.blocks] == [("All the text.", frozenset())]


@pytest.mark.parametrize(
    ("source", "prose"),
    [
        ("<p>One<p>Two", ["One", "Two"]),
        ("<div>One<div>Two</div>Three</div>", ["One", "Two", "Three"]),
        ("One<br><br/>Two<br>more", ["One", "Two more"]),
        ("<p>a <b>bold<i> both</b> on</i></p>", ["a bold both on"]),
        ("<p>5 < 6 and a<b</p>", ["5 < 6 and a"]),
        ("<p>Fish &amp; chips &copy; &bogus; 3&nbsp;g</p>", ["Fish & chips © &bogus; 3 g"]),
        ("<p>Never closed <!-- so\n<p>Two", ["Never closed", "Two"]),
        ('<p title="a>b" class=c>Text</p>', ["Text"]),
        ("<nav>Menu<p>All text", ["Menu", "All text"]),
        ("<script>if (a < b) '<p>no</p>'</script><p>Yes</p>", ["Yes"]),
        ("<p>Yes</p><script>never closed", ["Yes"]),
        ("<svg><title>no</title><text>no</text></svg><p>Yes</p>", ["Yes"]),
        ("</p></div></b>Text</html>", ["Text"]),
        ("<?php echo $a->b; ?><p>Text</p>", ["Text"]),
        ("{% include x %}<p>Hi {{ name }} there</p>", ["Hi there"]),
        ('<% if a > 3 %><p <%= "class" if b > 2 %>>Hi <%= name %> there</p><% end %>', ["Hi there"]),
        ('<p>One</p><?php if ($a > 3) { echo "<p>x</p>"; } ?><p>Two <?= $b->c ?> three</p>', ["One", "Two three"]),
        ("<p>One</p>\n<?php\n// to the end\necho '<p>Two</p>';\n", ["One"]),
        ("<!-- <% --><p>One</p><!-- %> --><p>Two</p>", ["One", "Two"]),
        ("<p>Word<wbr>break and so&shy;ft</p>", ["Wordbreak and soft"]),
        (
            "<button>Buy now</button><button aria-expanded=false>Is it safe?</button><p>Yes.</p>",
            ["Is it safe?", "Yes."],
        ),
        ("<svg/><p>Text</p></svg>", ["Text"]),
        ("<ul><li><p>Item</p></li></ul>", ["Item"]),
    ],
)
def test_prose_of_markup(source: str, prose: list[str]) -> None:
    assert [text for _, text in shown(read(source, "a.html"))] == prose


@pytest.mark.parametrize(
    ("source", "phrase", "written"),
    [
        ("<p>Tea &amp; milk</p>", "Tea & milk", "Tea &amp; milk"),
        ("<p>a <b>bold</b> word</p>", "bold word", "bold</b> word"),
        ("<p>one\n   two</p>", "one two", "one\n   two"),
        ("<p>😀 then é &eacute; end</p>", "é é end", "é &eacute; end"),
        ("<img alt='Tea &amp; milk'>", "Tea & milk", "Tea &amp; milk"),
    ],
)
def test_a_phrase_is_found_at_its_own_place(source: str, phrase: str, written: str) -> None:
    assert sliced(read(source, "a.html"), phrase) == written


def test_a_link_around_several_blocks() -> None:
    article = read('<div class="related"><a href="/a"><h3>Sleep well</h3><p>In short.</p></a></div>', "a.html")
    assert [(link.text, link.target) for link in article.links] == [("Sleep well", "/a"), ("In short.", "/a")]


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 20_000 + "Text",
        "<div>" * 20_000 + "Text" + "</span>" * 20_000,
        "<a " * 20_000 + ">Text",
        "<!-- " * 20_000 + "> Text",
        '<a x="' * 20_000 + ">Text",
        "<ul><li>" * 20_000 + "Text",
        "<nav>" * 20_000 + "Text",
        "<details><summary>" * 10_000 + "Text",
    ],
)
def test_deep_and_broken_markup_is_read_to_its_end(source: str) -> None:
    article = parse("a.html", source)
    assert any("Text" in block.prose for block in article.blocks) or "Text" not in source.rpartition(">")[2]


def test_a_page_without_text_says_so() -> None:
    (problem,) = read("<div id=app></div><script>run()</script>", "a.html").problems
    assert problem.rule == "empty-article"


@pytest.mark.parametrize("value", ["{{ lang }}", "<%= I18n.locale %>", "<?php echo $lang ?>"])
def test_a_template_in_the_head_says_nothing(value: str) -> None:
    article = read(f'<html lang="{value}"><head><title>{value}</title></head><p>Text.</p>', "a.html")
    assert (article.metadata.language, article.metadata.title) == ("", None)
