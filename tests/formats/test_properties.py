"""Whatever the text: no crash, blocks in order and apart, and every verbatim run equal to its source."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.formats.support import read

NAMES = st.sampled_from(["a.md", "a.mdx", "a.html", "a.txt"])

WORDS = [
    "dose", "Sleep", "é", "naïve", "10\xa0mg", "😀", "👩\u200d⚕️", "e\u0301tude", "漢字", "5 < 6", "A & B", "it's",
    "“so”", "x\xadly", "1.5", "why?",
]  # fmt: skip
ENTITIES = [
    "&amp;", "&nbsp;", "&#8217;", "&#x1F600;", "&copy", "&bogus;", "&lt;b&gt;", "&",
]  # fmt: skip
INLINE_MD = [
    "*a b*", "**Bold**", "[link *x*](y.md)", "![alt text](z.png)", "`code`", "<br>", "<b>b</b>", "\\*", "[^1]",
    "<http://a.b>", "https://x.org/p.", "<!-- note -->", "{{< x >}}", "{% y %}", "<% z > 1 %>", "<?php q ?>", "{.cls}",
    "word[1](r)", "ab<sup>2</sup>", "~~old~~", "$m$", "{v}",
]  # fmt: skip
BREAKS = [
    "\n", "\r\n", "  \n", "\\\n", "\t", "  ", " ",
]  # fmt: skip
STARTS_MD = [
    "# ", "## ", "- ", "1. ", "> ", "> > ", "  - ", "", "    ", "[^1]: ", "| ", ": ", "* [ ] ", "> **Note** ",
    "## FAQ\n\n", "## Sources\n\n", "Related:\n\n", "!!! note\n    ", "::: tip\n", "<div>\n", "<aside>\n\n",
    "</aside>\n\n", "<p>", "```\n", "---\n", "===\n", "\ufeff",
]  # fmt: skip
TAGS = [
    "<p>", "</p>", "<div class='related'>", "</div>", "<ul><li>", "</ul>", "<h1>", "</h1>", "<h2>FAQ</h2>",
    "<a href='#x'>", "</a>", "<nav>", "</nav>", "<main>", "</main>", "<footer>", "</footer>", "<td>", "<table>",
    "</table>", "<script>var a='<p>';</script>", "<style>", "<!-- c -->", "<!--", "-->", "<b", "<br/>",
    "<img alt='a pic'>", "<sup>1</sup>", "<title>T &amp; U</title>", "<head>", "</head>", "<body>", "<p hidden>",
    "<blockquote>", "</blockquote>", "<code>", "</code>", "<![CDATA[x]]>", "<x-y>", "<summary>",
    "<meta name=description content='d &amp; e'>", "<h3 class=\"a>b\">", "<", ">",
]  # fmt: skip
LINES = [
    "Title Of It", "Is it safe?", "1. Is it?", "- item", "• item", "A sentence that ends.", "A list follows here:",
    "short", "lower case goes on", "----", "References", "Related articles", "# healthlint-disable x", "Q: Why?",
    "A: Because.", "How to Sleep Well at Night Again", "\t indented", "NIH: Institute",
    "A line of some length that was cut at a certain width by a",
    "program, and goes on here until the sentence has come to its",
]  # fmt: skip


def document(starts: list[str], inline: list[str]) -> st.SearchStrategy[str]:
    """Blocks of a start, some words and a line end."""
    piece = st.sampled_from(WORDS + ENTITIES + inline + BREAKS)
    text = st.lists(piece, min_size=0, max_size=8).map(" ".join)
    block = st.tuples(st.sampled_from(starts), text, st.sampled_from(["\n\n", "\n", "\r\n\r\n", "\r\n", ""]))
    return st.lists(block, max_size=10).map(lambda blocks: "".join("".join(b) for b in blocks))


@given(document(STARTS_MD, INLINE_MD), st.sampled_from(["a.md", "a.mdx"]))
@example("> dose\n    !!! note\n    \n\n", "a.md")
@settings(max_examples=400, deadline=None)
def test_markdown_of_any_make_keeps_its_places(source: str, name: str) -> None:
    read(source, name)


@given(document(TAGS, TAGS))
@settings(max_examples=400, deadline=None)
def test_html_of_any_make_keeps_its_places(source: str) -> None:
    read(source, "a.html")


@given(document([*LINES, ""], LINES))
@settings(max_examples=400, deadline=None)
def test_plain_text_of_any_make_keeps_its_places(source: str) -> None:
    read(source, "a.txt")


@given(st.text(max_size=300), NAMES)
@settings(max_examples=300, deadline=None)
def test_any_text_is_read(source: str, name: str) -> None:
    read(source, name)


@given(
    st.text(alphabet="-+:{}[]\"'|>&*!#\n\r\t ab1é=,\\", max_size=120),
    st.sampled_from(["---\n", "+++\n", "{", "---\r\n"]),
    NAMES,
)
@settings(max_examples=400, deadline=None)
def test_any_front_matter_is_read(inner: str, fence: str, name: str) -> None:
    read(fence + inner + "\n" + fence.strip() + "\nText.", name)


NAMED = st.sampled_from(["title: ", "author:  ", "date: ", "draft: ", "x-y: ", "title:", "author : "])
SCRAPS = st.sampled_from(
    ["Rest", "1", "no", "~", ":", ": ", "#", " #", '"', "'", "\\n", "- ", "? ", "[", "}", ",", "&a", "*", "!", "|", "%",
     "@", "`", " ", "\t", "\r", "\u2028", "\x85", "\u00a0", "é", "’", "\ufeff", "😀", "...", "http://a.b/c", "10:30"]
)  # fmt: skip
VALUES = st.one_of(
    *(st.lists(SCRAPS, max_size=5).map(lambda scraps, q=q: q + "".join(scraps) + q) for q in ("", "a", '"', "'"))
)


@given(st.lists(st.tuples(NAMED, VALUES).map("".join), min_size=1, max_size=4).map("\n".join))
@example("title: Rest: a\nauthor: 'One: #1 ' \ntitle: b")
@example('title: "Rest: a"  \nauthor: One #1, :two\ntitle: b\n')
@example("title: a\t")
def test_plain_front_matter_is_read_as_the_yaml_package_reads_it(lines: str) -> None:
    quick, slow = (read(f"---\n{lines}\n{remark}---\nText.\n") for remark in ("", "# A remark.\n"))
    assert quick.metadata == slow.metadata
    assert bool(quick.problems) == bool(slow.problems)
