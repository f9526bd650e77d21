"""Needless, misspelt and meaningless directives are reported where they stand."""

from __future__ import annotations

import re

import pytest

from healthlint.suppress import Suppressed
from tests.suppressing import left, silence, spot


def problems(result: Suppressed, source: str) -> list[tuple[str, str]]:
    return [(problem.rule, problem.range.within(source)) for problem in result.problems]


def test_unused_directives_are_reported_by_name():
    source = "# T\n\nA cure. <!-- healthlint-disable-line promised-outcome, long-sentence -->\n"
    result = silence(source, spot(source, "A cure"))
    assert problems(result, source) == [("suppression-unused", "long-sentence")]
    assert "no longer needed" in result.problems[0].message


def test_an_unused_directive_without_names_is_reported_whole():
    source = "# T\n\nFine. <!-- healthlint-disable-line -->\n"
    assert problems(silence(source), source) == [("suppression-unused", "<!-- healthlint-disable-line -->")]


def test_what_did_not_run_is_never_called_unused():
    source = (
        "# T\n\n<!-- healthlint-disable-file long-sentence, claims -->\n\n<!-- healthlint-disable-line -->\nFine.\n"
    )
    assert problems(silence(source, judged=frozenset()), source) == []


def test_an_enable_that_ends_nothing_is_reported():
    source = "# T\n\n<!-- healthlint-disable claims -->\n\nA cure.\n\n<!-- healthlint-enable readability -->\n"
    assert problems(silence(source, spot(source, "A cure")), source) == [
        ("suppression-unused", "<!-- healthlint-enable readability -->")
    ]


@pytest.mark.parametrize(
    ("off", "on", "needless"),
    [
        ("claims", "miracle-claim", False),
        ("miracle-claim", "claims", False),
        ("miracle-claim", "promised-outcome", True),
        ("promised-outcome, readability", "long-sentence", False),
        ("", "claims", False),
        ("miracle-claim", "long-sentence, claims", False),
    ],
)
def test_a_rule_and_its_family_end_each_other(off, on, needless):
    source = f"# T\n\n<!-- healthlint-disable {off} -->\n\nA cure.\n\n<!-- healthlint-enable {on} -->\n"
    found = problems(silence(source, judged=frozenset()), source)
    assert found == ([("suppression-unused", f"<!-- healthlint-enable {on} -->")] if needless else [])


def test_of_two_directives_only_the_needed_one_is_used():
    source = "# T\n\n<!-- healthlint-disable-file claims -->\n\nA cure. <!-- healthlint-disable-line claims -->\n"
    result = silence(source, spot(source, "A cure"))
    assert problems(result, source) == [("suppression-unused", "claims")]
    assert result.problems[0].range.start < source.index("A cure")


def test_unknown_names_are_reported_with_the_nearest():
    source = "# T\n\nA cure. <!-- healthlint-disable-line promised-outcom -->\n"
    result = silence(source, spot(source, "A cure"))
    assert left(result) == ["A cure"]
    assert problems(result, source) == [("suppression-unknown", "promised-outcom")]
    assert "Did you mean “promised-outcome”?" in result.problems[0].message


@pytest.mark.parametrize(
    ("comment", "nearest"),
    [
        ("healthlint-disable-nextline claims", "healthlint-disable-next-line"),
        ("healthlint-disble", "healthlint-disable"),
        ("healthlint: disable claims", "healthlint-disable"),
        ("healthlint disable-file", "healthlint-disable-file"),
        ("healthlint_disable claims", "healthlint-disable"),
        ("healthlint ignore", "healthlint ignore"),
    ],
)
def test_misspelt_directives_are_reported(comment, nearest):
    source = f"# T\n\n<!-- {comment} -->\nA cure.\n"
    result = silence(source, spot(source, "A cure"))
    assert left(result) == ["A cure"]
    assert problems(result, source) == [("suppression-unknown", f"<!-- {comment} -->")]
    assert f"“{nearest}”" in result.problems[0].message


@pytest.mark.parametrize(
    "comment", ["a note", "healthlint", "healthlint found nothing here", "see healthlint-disable", ""]
)
def test_other_comments_are_left_alone(comment):
    source = f"# T\n\n<!-- {comment} -->\nA cure.\n"
    result = silence(source, spot(source, "A cure"))
    assert (left(result), result.problems) == (["A cure"], [])


@pytest.mark.parametrize(
    ("format_name", "line", "advice"),
    [
        ("plain", "A cure. # <healthlint-disable-line> promised-outcome -- why", "above the text"),
        ("plain", "A cure. <healthlint-disable-line> promised-outcome, claims", "above the text"),
        ("plain", "A cure. <!-- <healthlint-disable-line> -->", "above the text"),
        ("plain", "// <healthlint-disable-next-line> claims\nA cure.", "above the text"),
        ("plain", "## <healthlint-disable-next-line>\nA cure.", "above the text"),
        ("plain", "A cure. # <healthlint: disable-line>", "above the text"),
        ("plain", "<# healthlint-disable-line claims>\nA cure.", "above the text"),
        ("markdown", "A cure. # <healthlint-disable-line> claims", "<!-- … -->"),
        ("markdown", "## <healthlint-disable-next-line> claims\n\nA cure.", "<!-- … -->"),
        ("markdown", "A cure. {/* <healthlint-disable-line> */}", "<!-- … -->"),
        ("markdown", "A cure.\n[//]: # (<healthlint-disable> claims)", "<!-- … -->"),
        ("html", "<p>A cure. // <healthlint-disable-line></p>", "<!-- … -->"),
    ],
)
def test_a_directive_that_is_only_text_is_reported(format_name, line, advice):
    marked = re.search(r"<(#? ?healthlint[^<>]*)>", line)[1]
    head = {"plain": "T\n\n", "markdown": "# T\n\n", "html": "<h1>T</h1>\n"}[format_name]
    source = head + line.replace(f"<{marked}>", marked) + "\n"
    result = silence(source, spot(source, "A cure"), format_name=format_name)
    assert left(result) == ["A cure"]
    assert problems(result, source) == [("suppression-unknown", marked)]
    assert result.problems[0].message.endswith(f"{advice} around it." if "…" in advice else f"{advice}.")


@pytest.mark.parametrize(
    ("format_name", "line"),
    [
        ("plain", "You can write healthlint-disable-line after it."),
        ("plain", "# healthlint reads articles\nA cure."),
        ("markdown", "Use `# healthlint-disable-line` here. A cure."),
        ("markdown", "```\n# healthlint-disable-line\n```\n\nA cure."),
        ("markdown", "```\n[//]: # (healthlint-disable claims)\n```\n\nA cure."),
        ("html", "<pre>healthlint-disable-line</pre><p>A cure.</p>"),
    ],
)
def test_text_about_directives_is_left_alone(format_name, line):
    assert silence(f"T\n\n{line}\n", format_name=format_name).problems == []


@pytest.mark.parametrize("comment", ["healthlint-disable=claims", "healthlint-disable(claims)"])
def test_names_that_are_not_set_apart_are_unknown(comment):
    source = f"# T\n\n<!-- {comment} -->\nA cure.\n"
    result = silence(source, spot(source, "A cure"))
    assert left(result) == ["A cure"]
    assert problems(result, source) == [("suppression-unknown", comment.removeprefix("healthlint-disable"))]


@pytest.mark.parametrize("mark", ["--", "---", "-", "–", "—"])
def test_a_reason_stands_behind_a_dash_of_any_kind(mark):
    source = f"# T\n\n<!-- healthlint-disable-next-line claims {mark} quoted from - the leaflet -->\nA cure.\n"
    result = silence(source, spot(source, "A cure"))
    assert (left(result), result.problems) == ([], [])


@pytest.mark.parametrize("reason", ["because quoted", "(quoted)", "(quoted from a leaflet)"])
def test_a_reason_without_its_dash_is_said_once(reason):
    source = f"# T\n\n<!-- healthlint-disable-next-line claims {reason} -->\nA cure.\n"
    result = silence(source, spot(source, "A cure"))
    assert left(result) == []
    assert problems(result, source) == [("suppression-unknown", reason)]
    assert "A reason stands behind “--”" in result.problems[0].message


def test_unknown_names_in_front_matter_are_reported_where_they_stand():
    source = "---\ntitle: T\nhealthlint:\n  disable: [promised-outcme]\n---\n\nA cure.\n"
    assert problems(silence(source), source) == [("suppression-unknown", "promised-outcme")]


@pytest.mark.parametrize(
    ("written", "shown", "marked"),
    [
        ("{disabel: [long-sentence]}", "disabel", "[long-sentence]"),
        ("off", "off", "off"),
        ("{disable: {long-sentence: true}}", "disable", "{long-sentence: true}"),
        ("{disable: [{long-sentence: true}]}", "disable", "[{long-sentence: true}]"),
        ("[long-sentence]", "long-sentence", "long-sentence"),
    ],
)
def test_front_matter_that_silences_nothing_is_reported(written, shown, marked):
    source = f"---\ntitle: T\nhealthlint: {written}\n---\n\nlong.\n"
    result = silence(source, spot(source, "long", "long-sentence"))
    assert left(result) == ["long"]
    [problem] = result.problems
    assert problem.rule == "suppression-unknown"
    assert problem.message.startswith(f"“healthlint: {shown}” means nothing")


def test_the_reports_on_directives_can_be_silenced_themselves():
    source = (
        "# T\n\n<!-- healthlint-disable-file suppression-unused -->\n\nFine. <!-- healthlint-disable-line claims -->\n"
    )
    assert silence(source).problems == []
    source = source.replace("suppression-unused", "file")
    assert silence(source).problems == []


def test_a_directive_for_everything_does_not_hide_that_it_is_unused():
    source = "# T\n\n<!-- healthlint-disable-file -->\n\nFine.\n"
    assert len(silence(source).problems) == 1
