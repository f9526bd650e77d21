"""Directives silence exactly what they cover."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.article import Article, Block, BlockKind, Comment, Metadata, Segment, SourceMap, Value
from healthlint.finding import Confidence, Finding, Severity
from healthlint.formats import parse
from healthlint.ranges import LineIndex, TextRange
from healthlint.rules.model import RuleMeta, Scope
from healthlint.suppress import EVERYTHING, Directives, judged_names, suppress
from tests.suppressing import JUDGED, KNOWN, at, left, silence, spot


def test_disable_to_enable_covers_what_starts_between():
    source = (
        "# T\n\nfirst one.\n\n<!-- healthlint-disable promised-outcome -->\n\nsecond one.\n\n"
        "<!-- healthlint-enable promised-outcome -->\n\nthird one.\n"
    )
    result = silence(source, spot(source, "first"), spot(source, "second"), spot(source, "third"))
    assert left(result) == ["first", "third"]
    assert result.suppressed == 1 and result.problems == []


def test_disable_without_enable_covers_the_rest_and_only_its_rule():
    source = "# T\n\nfirst.\n\n<!-- healthlint-disable promised-outcome -->\n\nsecond and long.\n"
    result = silence(source, spot(source, "first"), spot(source, "second"), spot(source, "long", "long-sentence"))
    assert left(result) == ["first", "long"]


def test_enable_of_one_rule_leaves_the_others_silenced():
    source = (
        "<!-- healthlint-disable claims -->\n\none.\n\n<!-- healthlint-enable miracle-claim -->\n\ntwo and three.\n"
    )
    found = [spot(source, "one"), spot(source, "two", "miracle-claim"), spot(source, "three")]
    assert left(silence(source, *found)) == ["two"]


def test_a_finding_over_lines_counts_where_it_starts():
    source = "<!-- healthlint-disable-next-line claims -->\nwill it\ncure you.\n\n"
    source += "how a\ncure <!-- healthlint-disable-line --> works\n"
    start = source.index("will it")
    second = source.index("how a")
    result = silence(source, at(source, start, start + 12), at(source, second, second + 10))
    assert left(result) == [source[second : second + 10]]


def test_disable_line_inside_a_paragraph():
    source = "# T\n\nA cure <!-- healthlint-disable-line claims -- quoted from the label --> for all.\nA cure again.\n"
    result = silence(source, spot(source, "A cure <"), spot(source, "A cure again"))
    assert left(result) == ["A cure again"]
    assert result.directives.items[0].reason == "quoted from the label"


def test_a_comment_with_a_dash_too_many():
    source = "# T\n\n<!---\nhealthlint-disable-next-line claims --- quoted\n--->\n\nA cure.\n"
    result = silence(source, spot(source, "A cure"))
    assert left(result) == []
    assert [name for name, _ in result.directives.items[0].names] == ["claims"]


def test_next_line_skips_blank_lines_and_comments():
    source = (
        "# T\n\n<!-- healthlint-disable-next-line promised-outcome -->\n\n<!-- a\nnote -->\n"
        "<!-- healthlint-disable-next-line long-sentence -->\n\nA cure, long.\n\nA cure again.\n"
    )
    found = [spot(source, "A cure,"), spot(source, "long.", "long-sentence"), spot(source, "A cure again")]
    assert left(silence(source, *found)) == ["A cure again"]


def test_disable_file_covers_everything_also_before_it():
    source = "# T\n\nA cure.\n\n<!-- healthlint-disable-file claims -- a page about claims -->\n"
    assert left(silence(source, spot(source, "A cure"))) == []


def test_a_directive_without_names_covers_every_rule():
    source = "# T\n\n<!-- healthlint-disable-next-line -->\nA cure, long.\n"
    assert left(silence(source, spot(source, "A cure"), spot(source, "long", "long-sentence"))) == []
    source = source.replace("line --", "line all --")
    assert left(silence(source, spot(source, "A cure"), spot(source, "long", "long-sentence"))) == []


def whole(source: str) -> Finding:
    start = source.index("T\n")
    return at(source, start, start, "long-sentence")


@pytest.mark.parametrize(
    ("source", "silenced"),
    [
        ("# T\n\nText.\n\n<!-- healthlint-disable-file long-sentence -->\n", True),
        ("<!-- healthlint-disable long-sentence -->\n\n# T\n\nText.\n", True),
        ("---\ntitle: T\nhealthlint: {disable: [long-sentence]}\n---\n\nText.\n", True),
        ("---\ntitle: T\n---\n\n<!-- healthlint-disable readability -->\n\nText.\n", True),
        ("# T <!-- healthlint-disable-line long-sentence -->\n\nText.\n".replace("# T ", "# T\n"), False),
        ("---\ntitle: T\n---\n\nText.\n\n<!-- healthlint-disable long-sentence -->\n\nMore.\n", False),
        (
            "---\ntitle: T\n---\n\n<!-- healthlint-disable readability -->\n\nA.\n\n<!-- healthlint-enable -->\n",
            False,
        ),
        ("<!-- healthlint-disable -->\n\n# T\n\nA.\n\n<!-- healthlint-enable readability -->\n\nB.\n", False),
        ("<!-- healthlint-disable readability -->\n\n# T\n\n<!-- healthlint-enable long-sentence -->\n\nB.\n", False),
        ("<!-- healthlint-disable readability -->\n\n# T\n\n<!-- healthlint-enable claims -->\n\nB.\n", True),
        ("<!-- healthlint-disable -->\n\n# T\n\nA.\n\n<!-- healthlint-enable claims -->\n\nB.\n", True),
    ],
)
def test_findings_about_the_whole_article(source, silenced):
    assert silence(source, whole(source)).suppressed == int(silenced)


@pytest.mark.parametrize(
    ("format_name", "source"),
    [
        ("html", "<h1>T</h1>\n<p>A cure <!-- healthlint-disable-line promised-outcome --> for all.</p>\n"),
        ("plain", "T\n\n# healthlint-disable-next-line promised-outcome -- why not\nA cure for all.\n"),
        ("plain", "T\n\n# healthlint-disable claims\n\nA cure for all.\n"),
        ("html", "<!-- healthlint-disable-file promised-outcome --><h1>T</h1>\n<p>A cure</p>\n"),
    ],
)
def test_each_format_has_its_comments(format_name, source):
    result = silence(source, spot(source, "A cure"), format_name=format_name)
    assert left(result) == [] and result.problems == []


def test_mdx_comments():
    source = "# T\n\n{/* healthlint-disable-next-line promised-outcome */}\nA cure for all.\n"
    article = parse("a.mdx", source)
    assert suppress(article, [spot(source, "A cure")], LineIndex(source), JUDGED, KNOWN).findings == []


def test_directives_survive_a_cache():
    source = "---\ntitle: T\nhealthlint: {disable: [claims]}\n---\n\n<!-- healthlint-disable -- why -->\n\nA.\n"
    found = silence(source).directives
    assert Directives.from_data(found.to_data()) == found and len(found.items) == 2


def test_findings_between_articles_can_be_asked_for():
    source = "<!-- healthlint-disable-file near-title -->\n# T\n\nA.\n"
    found = silence(source).directives
    assert found.silences("near-title", "titles", 46, 2, True)
    assert not found.silences("other-rule", "titles", 46, 2, True)


def meta(rule: str, family: str, scope: Scope = Scope.SPAN, recommended: bool = True) -> RuleMeta:
    made = RuleMeta(rule, family, "s", "m", Severity.INFO, Confidence.HIGH, scope, "w", "h", "tokens", "p")
    return made._replace(recommended=recommended)


def test_judged_names_need_the_whole_family():
    metas = [meta("a-b", "one"), meta("c-d", "one"), meta("e-f", "two"), meta("g-h", "two", recommended=False)]
    everything = frozenset({"a-b", "c-d", "e-f"})
    assert judged_names(metas, everything) == everything | {"one", "two", EVERYTHING}
    assert judged_names(metas, frozenset({"a-b", "e-f"})) == {"a-b", "e-f", "two"}
    assert judged_names(metas, frozenset({"a-b", "c-d"})) == {"a-b", "c-d", "one"}


def test_rules_between_articles_are_not_judged_by_one_article():
    metas = [meta("a-b", "one"), meta("c-d", "one", Scope.PROJECT)]
    assert judged_names(metas, frozenset({"a-b", "c-d"})) == {"a-b"}


LINES = st.lists(
    st.sampled_from(["word", "word word", "", "disable", "enable", "disable-line", "disable-next-line"]), max_size=14
)


@given(LINES)
def test_ranges_agree_with_a_plain_reading_of_the_lines(lines):
    """One word-finding on each word, one directive for it on some lines: compare with a line-by-line walk."""
    source, comments, findings, expected = "", [], [], []
    off = pending = False
    for line in lines:
        start = len(source)
        if line.startswith(("dis", "en")):
            text = f"<!-- healthlint-{line} promised-outcome -->"
            comments.append(Comment(f"healthlint-{line} promised-outcome", TextRange(start, start + len(text))))
            if line in ("disable", "enable"):
                off = line == "disable"
            pending = pending or line == "disable-next-line"
        else:
            text = line
            for at_word in range(0, len(text), 5):
                expected.append(not off and not pending)
                findings.append((start + at_word, start + at_word + 4))
            pending = pending and not text
        source += text + "\n"
    block = Block(BlockKind.TITLE, "T", SourceMap([Segment(0, 0, 1, 1)]))
    article = Article("a.md", source, "markdown", [block], comments=comments)
    found = [at(source, *span) for span in findings]
    result = suppress(article, found, LineIndex(source), JUDGED, KNOWN)
    assert [item in result.findings for item in found] == expected
    assert result.suppressed == expected.count(False)


def test_a_blank_name_in_front_matter_silences_nothing():
    article = Article("a.md", "A cure.\n", "markdown", metadata=Metadata(disable=(Value(" ", TextRange(0, 0)),)))
    result = suppress(article, [spot(article.source, "A cure")], LineIndex(article.source), JUDGED, KNOWN)
    assert left(result) == ["A cure"]


def test_several_names_in_one_value_of_front_matter():
    source = "---\nhealthlint:\n  disable: promised-outcome, nosuch-rule\n---\n# T\n\nA cure for all.\n"
    result = silence(source, spot(source, "cure"))
    assert left(result) == []
    (unknown,) = result.problems
    assert "“nosuch-rule”" in unknown.message
    assert source[slice(*unknown.range)] == "nosuch-rule"


@pytest.mark.parametrize(
    "comment",
    [
        "[//]: # (healthlint-disable-next-line claims -- quoted)",
        '[comment]: # "healthlint-disable-next-line claims"',
        "[//]: <> 'healthlint-disable-next-line claims'",
        "> [//]: # (healthlint-disable-next-line claims)",
        "[//]: # (é)\r\n[//]: # (healthlint-disable-next-line claims)\r",
        "{% comment %} healthlint-disable-next-line claims {% endcomment %}",
        "{%- comment -%}\nhealthlint-disable-next-line claims\n{%- endcomment -%}",
        "{% # healthlint-disable-next-line claims %}",
        "{{/* healthlint-disable-next-line claims */}}",
        "<%# healthlint-disable-next-line claims %>",
        "<%-- healthlint-disable-next-line claims --%>",
    ],
)
def test_comments_of_templates_and_definitions_hold_directives(comment):
    source = f"# Tést\n\n- an item\n\n{comment}\nA cure.\n\nA cure again.\n"
    result = silence(source, spot(source, "A cure."), spot(source, "A cure again"))
    assert (left(result), result.problems) == (["A cure again"], [])
    if comment[0] in "{<":
        source = f"<h1>T</h1>\n{comment}\n<p>A cure.</p>\n<p>A cure again.</p>"
        result = silence(source, spot(source, "A cure."), spot(source, "A cure again"), format_name="html")
        assert (left(result), result.problems) == (["A cure again"], [])


def test_a_misspelt_directive_in_a_comment_of_a_template_is_reported():
    source = "# T\n\n{% comment %}healthlint-disble{% endcomment %}\nA cure.\n"
    result = silence(source, spot(source, "A cure"))
    assert left(result) == ["A cure"]
    (problem,) = result.problems
    assert problem.range.within(source) == "{% comment %}healthlint-disble{% endcomment %}"
