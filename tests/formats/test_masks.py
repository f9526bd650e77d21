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
