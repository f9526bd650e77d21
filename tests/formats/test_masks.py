"""Templates and MDX in Markdown: what is masked, and what stays."""

from __future__ import annotations

import pytest

from tests.formats.support import read, shown


@pytest.mark.parametrize(
    ("source", "prose"),
    [
        ('Before.\n{{< figure src="a" caption="no" >}}\nAfter.', ["Before.", "After."]),
        ("Take {{ dose }} a day.", ["Take a day."]),
        ("{% if a %}\nShown.\n{% endif %}", ["Shown."]),
        ("::: warning\nKept text.\n:::", ["Kept text."]),
        ("A [span]{.big} here.", ["A [span] here."]),
        ("{{< highlight py >}}\ncode\n{{< /highlight >}}\n\nText.", ["Text."]),
        ("{{ never closed, and on it goes.", ["{{ never closed, and on it goes."]),
        ("`{{ in code }}` and text.", ["and text."]),
        ("```\n{{< open\n```\nText {{ x }} here.", ["Text here."]),
        ("Take <%= dose > 3 %> a day, <%# a note %>or two.", ["Take a day, or two."]),
        ("<% if a > 3 %>\n\nShown.\n\n<% end %>", ["Shown."]),
        ("<%-- a <%= x %> note --%>\nText <%- x -%> here.", ["Text here."]),
        ("Under <%5 of them, and 10%> more. <%% Text.", ["Under <%5 of them, and 10%> more. <%% Text."]),
        ("`<%= in code %>` and text.", ["and text."]),
        ("<% never closed, and on it goes.", ["<% never closed, and on it goes."]),
        ('Before <?php if ($a > 3) { echo "x"; } ?> after <?= $b ?>.', ["Before after ."]),
        ("Text.\n\n<?php\n\necho 'to the end';\n", ["Text."]),
        ("The tag <?php opens it.", ["The tag <?php opens it."]),
        ("<!-- <% -->\n\nText.\n\n<!-- %> -->", ["Text."]),
        ('[caption id="a1" width="9"]A tap[/caption]\n\n[gallery ids="1,2"]', ["A tap"]),
        (
            "[note]Cool it.[/note] Then [rest](a.md) [1], [sic], [your_name].",
            ["Cool it. Then rest [1], [sic], [your_name]."],
        ),
    ],
)
def test_template_syntax_is_masked(source: str, prose: list[str]) -> None:
    assert [text for _, text in shown(read(source))] == prose


def test_a_masked_target_is_kept_as_written() -> None:
    (link,) = read('See [asthma]({{< ref "asthma.md" >}}).').links
    assert (link.text, link.target) == ("asthma", '{{< ref "asthma.md" >}}')


def test_mdx() -> None:
    source = (
        "import Box from './box'\nexport const a = 1\n\n# Rest {/* healthlint-disable x */}\n\n"
        "<Box title='a > b' style={{top: 1}}>\n    Indented text.\n</Box>\n\nimport taxes rose, {count} times.\n\n"
        "<div>\nLower *case*.\n</div>\n"
    )
    article = read(source, "a.mdx")
    assert shown(article) == [
        ("title", "Rest"),
        ("paragraph", "Indented text."),
        ("paragraph", "import taxes rose, times."),
        ("paragraph", "Lower case."),
    ]
    assert [c.text for c in article.comments] == ["healthlint-disable x"]


@pytest.mark.parametrize(
    ("source", "prose"),
    [
        (r"Below \{ 5 \} and \< 5 or \> 9.", ["Below { 5 } and < 5 or > 9."]),
        ("If x < 5 and y > 3, call.", ["If x < 5 and y > 3, call."]),
        (
            "Rest.{' '}Then *walk*{\" a little\"}, {`slowly`}, {n} times, {`${n}`}.",
            ["Rest. Then walk a little, slowly, times, ."],
        ),
        ("Ten<br/>minutes in bed<sup>1</sup>.", ["Ten minutes in bed."]),
        ("<ul><li>One</li><li>Two</li></ul>", ["One", "Two"]),
        ("<td>First</td><td\n  colSpan={2}\n>Second</td>", ["First", "Second"]),
        ("<Cols><Col>Left.</Col><Col>Right</Col></Cols>", ["Left.", "Right"]),
        ("<Tab>Adults</Tab>\n<Tab>Children</Tab>", ["Adults", "Children"]),
        ("The <Term>lungs</Term>\nare two, mira<Mark>cle</Mark>s.", ["The lungs are two, miracles."]),
        ("<script>\nconst a = 1;\n</script>\n\nText.", ["Text."]),
        ("{\n  // it's a } brace\n  value\n}\n\nText.", ["Text."]),
        ("See https://a.example/{id} now.", ["See https://a.example/ now."]),
        (":::tip[Cool it]\nText.\n:::", ["Cool it", "Text."]),
        ("<>\nText.\n</>", ["Text."]),
        ("    Indented <b>bold</b> text.", ["Indented bold text."]),
    ],
)
def test_what_readers_see_of_mdx(source: str, prose: list[str]) -> None:
    assert [text for _, text in shown(read(source, "a.mdx"))] == prose


def test_links_of_html_in_mdx() -> None:
    article = read('Read <a href="/asthma">on asthma</a> or <a href={url}>this</a>.', "a.mdx")
    assert [(link.text, link.target) for link in article.links] == [("on asthma", "/asthma")]


def test_markdown_that_imports_is_mdx() -> None:
    source = "---\ntitle: A\n---\n\nimport Box from '@theme/Box';\n\n{/* healthlint-disable x */}\nText {n}.\n"
    article = read(source)
    assert [text for _, text in shown(article)] == ["Text ."]
    assert [comment.text for comment in article.comments] == ["healthlint-disable x"]
    assert [text for _, text in shown(read("# A\n\nimport Box from './b'\n\nText {n}."))] == ["A", "Text ."]
    assert [text for _, text in shown(read("import taxes rose, {/* so */} they say."))] == [
        "import taxes rose, {/* so */} they say."
    ]


def test_shortcodes_in_a_saved_page() -> None:
    source = (
        '<p>[vc_row][vc_column width=&#8221;1/2&#8243;]Cool it.[/vc_column][/vc_row]</p><p>[form id="1" title="No"]</p>'
    )
    assert [text for _, text in shown(read(source, "a.html"))] == ["Cool it."]
