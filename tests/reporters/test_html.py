"""The HTML report: hostile text stays text, and everything a reader needs is there."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from healthlint.article import BlockKind
from healthlint.finding import Severity
from healthlint.formats import format_of, parse
from healthlint.ranges import TextRange
from healthlint.reporters.html_model import hard_sentences
from healthlint.reporters.html_plot import Dot, plot, spoken
from healthlint.result import RunError, RunResult
from tests.reporters.html_page import EXAMPLES, Page, on, page_of
from tests.reporters.samples import HOSTILE, finding, report, run

ALLOWED = set(
    "html head meta title style script body a header h1 h2 h3 h4 h5 h6 p main details summary form fieldset legend "
    "label input span section div figure figcaption svg line text circle rect ul ol li table thead tbody tr th td "
    "code button article nav b dl dt dd aside mark sup blockquote".split()
)


@pytest.mark.parametrize("path", ["a.md", "a.html", "a.txt"])
def test_hostile_text_stays_text(path: str) -> None:
    evil = "<script>alert(1)</script>"
    if path.endswith("html"):
        body = f"<h1>{evil.replace('<', '&lt;')}</h1><p>x\" onclick='y' {HOSTILE.replace('<', '&lt;')}</p>"
        body += '<h2>Related</h2><ul><li><a href="javascript:alert(1)">Click</a></li></ul>'
    elif path.endswith("md"):
        body = f"# \\{evil}\n\nx\" onclick='y' </style><\\/script> {HOSTILE}\n\n"
        body += "## Related\n\n- [Click](javascript:alert(1))\n"
    else:
        body = f"{evil}\n\nx\" onclick='y' </style></script><!-- {HOSTILE}\n"
    article = parse(path, body)
    spans = [block.range() for block in article.blocks]
    findings = [on(article, s, rule=f'r"{i}', message=HOSTILE, help=HOSTILE, family=evil) for i, s in enumerate(spans)]
    page = page_of(article, *findings)
    assert {tag for tag, _ in page.tags} <= ALLOWED
    assert len(page.raw["script"]) == 2
    assert not any("alert(1)" in text for raw in page.raw.values() for text in raw)
    assert all(not name.startswith("on") and name != "style" for _, attrs in page.tags for name in attrs)
    assert all(re.match(r"#|https?://", href) for href in page.attribute("href"))
    assert evil in page.texts["a1"]
    assert not re.search(
        "[\x00-\x08\x0b\x0e-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", "".join(page.texts.values())
    )


def test_the_policy_allows_this_script_and_style_and_nothing_else() -> None:
    page = page_of(parse("a.md", "# T\n\nText.\n"))
    (policy,) = [a["content"] for tag, a in page.tags if tag == "meta" and "http-equiv" in a]

    def source(text: str) -> str:
        return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"].split() == [source(text) for text in page.raw["script"]]
    assert directives["style-src"] == source("".join(page.raw["style"]))
    assert not {"src", "srcset", "action", "data"} & {name for _, attrs in page.tags for name in attrs}
    code = "".join(page.raw["style"] + page.raw["script"])
    assert not re.search(r"url\(|@import|https?:|innerHTML|outerHTML|insertAdjacent|eval\(", code)


def examples_page() -> tuple[str, RunResult]:
    sources = {path.name: path.read_text(encoding="utf-8") for path in EXAMPLES.rglob("*") if format_of(path.name)}
    findings = []
    for path, source in sources.items():
        blocks = [b for b in parse(path, source).blocks if b.kind is BlockKind.PARAGRAPH]
        findings.append(finding(path, source, blocks[0].range(), severity=Severity.ERROR))
        findings.append(
            finding(path, source, None, rule="references-missing", family="evidence", message="No sources.")
        )
    result = run(*findings)
    return report("html", result, sources), result


def test_the_page_is_well_formed_and_every_reference_leads_somewhere() -> None:
    html, result = examples_page()
    page = Page(html)
    ids = page.attribute("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.attribute("href") if href.startswith("#")} <= set(ids)
    assert {name for value in page.attribute("aria-labelledby") for name in value.split()} <= set(ids)
    assert html.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert sum(tag == "main" for tag, _ in page.tags) == 1
    assert [a["href"] for tag, a in page.tags if a.get("class") == "skip"] == ["#main"]
    assert sum(tag == "article" for tag, _ in page.tags) == len(result.files)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(level >= 2 for level in levels[1:])


def test_the_overview_counts_and_grades() -> None:
    html, result = examples_page()
    page = Page(html)
    count = len(result.files)
    assert f"{count} errors and {count} warnings in {count} articles." in page.texts["overview"]
    rows = [attrs for tag, attrs in page.tags if tag == "tr" and "data-article" in attrs]
    assert [row["data-counts"] for row in rows] == ["claims:error:1 evidence:warning:1"] * count
    assert "14.0 ▲" in page.texts["articles"]
    assert f"0 of {count} articles are at grade 8 or below" in page.texts["overview"]
    assert sum(tag == "circle" for tag, _ in page.tags) == count
    assert "A promised outcome makes readers stop care that works." in page.texts["rules"]
    assert page.texts["rule-promised-outcome"].count("A standard, 4.2") == 1


def test_each_note_gives_the_reason_and_what_to_do() -> None:
    article = parse("a.md", "# T\n\nA pain-free **life** for you.\n")
    start = article.source.index("pain-free")
    page = page_of(article, on(article, TextRange(start, start + 16), message="This promises too much."))
    note = page.texts["a1-n1"]
    for part in (
        "1",
        "warning",
        "Claims",
        "pain-free life",
        "This promises too much.",
        "Say what was measured",
        "Line 3",
    ):
        assert part in note
    assert page.texts["a1-n1"].count("**") == 0


def test_the_same_run_gives_the_same_bytes() -> None:
    assert examples_page()[0] == examples_page()[0]


def test_an_article_that_cannot_be_read_again_is_said_and_its_findings_are_listed() -> None:
    result = run(finding("gone.md", "A pain-free life", "pain-free"), errors=[RunError("it is not text.", "b.md")])
    page = Page(report("html", result, {}))
    assert "could not be read again" in page.texts["a1"]
    assert "promises an outcome" in page.texts["a1-w1"]
    assert "b.md: it is not text." in page.texts["overview"]
    assert page.classes["problems"] == 1


def test_a_run_without_findings_is_a_page_too() -> None:
    page = Page(report("html", run(clean=("a.md",)), {"a.md": "# T\n\nText.\n"}))
    assert "No findings in 1 article." in page.texts["overview"]
    assert "Nothing was found in this article." in page.texts["a1"]
    assert "rules" not in page.texts


def test_hard_sentences_are_shaded_whole() -> None:
    hard = (
        "Pharmacological intervention necessitates comprehensive multidisciplinary evaluation of cardiovascular "
        "comorbidities prior to initiation of anticoagulation."
    )
    easy = "Drink some water. Rest your eyes. Go for a walk. Call your nurse. Eat well. Sleep well at night. "
    article = parse("a.md", f"# T\n\n{easy}{hard} Ask her first.\n")
    (sentence,) = hard_sentences(article)
    assert article.blocks[sentence.block].prose[sentence.start : sentence.end] == hard
    assert sentence.hardest
    assert hard_sentences(article, target=80) == ()
    page = page_of(article)
    (shaded,) = [attrs for tag, attrs in page.tags if tag == "span" and "hardest" in attrs.get("class", "")]
    assert shaded["title"].startswith("One of the hardest sentences: 14 words, grade ")


def test_tables_keep_their_rows_and_lists_their_items() -> None:
    html = "<h1>T</h1><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    html += "<ul><li>e</li><li>f</li></ul>"
    for path, source in (("a.html", html), ("a.md", "# T\n\n| a | b |\n|---|---|\n| c | d |\n\n- e\n- f\n")):
        out = report("html", run(clean=(path,)), {path: source})
        text = out[out.index('<div class="text">') :]
        assert re.findall(r"<tr>(.*)</tr>", text)[0].count("<td") == 2
        assert len(re.findall(r"<tr>(.*)</tr>", text)) == 2
        assert re.search(r'<ul class="list_item">\n<li[^>]*>e</li>\n<li[^>]*>f</li>\n</ul>', text)


def test_the_plot_says_what_it_shows() -> None:
    dots = [Dot("a1", "Easy", 4.0), Dot("a2", "<Hard>", 12.0), Dot("a3", "Middle", 8.0)]
    drawn = plot(dots, 8)
    assert drawn.count('class="within"') == 2
    assert drawn.count('class="above"') == 1
    assert "&lt;Hard&gt;: grade 12.0" in drawn
    assert spoken(dots, 8) == (
        "2 of 3 articles are at grade 8 or below. The median is grade 8.0. "
        "The hardest to read is “<Hard>” at grade 12.0."
    )
    assert ">30</text>" in plot([Dot("a", "x", 30)], 8)
    assert ">30+</text>" in plot([Dot("a", "x", 77.2)], 8)
    assert spoken([], 8) == "No article is long enough for a reading grade."
    many = plot([Dot(f"a{i}", "x", i % 20) for i in range(1000)], 8)
    assert "<circle" not in many
    assert many.count("<rect") == 20
    assert "Grade 3 to 3.5: 50 articles" in many


def test_rules_and_families_that_nobody_listed_have_a_place() -> None:
    source = "# T\n\nOne two three.\n"
    found = [
        finding("a.md", source, word, family=family, rule=f"own-{family}")
        for word, family in (("One", "house-style"), ("two", "claims"), ("three", "zoo"))
    ]
    page = Page(report("html", run(*found), {"a.md": source}))
    assert {"House style", "Claims", "Zoo"} <= set(re.findall(r"[A-Z][a-z]+(?: [a-z]+)?", page.texts["main"]))
    values = [a["value"] for tag, a in page.tags if tag == "input" and a.get("name") == "family"]
    assert values == ["claims", "house-style", "zoo"]
    assert "own-zoo" in page.texts["rule-own-zoo"]
