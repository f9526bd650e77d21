"""The report for people: exact phrases underlined, reasons said once, and where to begin."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.finding import Confidence, Edit, Fix, Related, Severity
from healthlint.ranges import LineIndex, TextRange
from healthlint.reporters import ReportContext, render
from healthlint.reporters._excerpt import display_width, excerpt
from tests.reporters.samples import finding, full_run, meta, report, run

TEXT = "# Sleep\n\nThese pills bring a pain-free future. Nothing else.\n"


def lines_of(source: str, phrase: str | TextRange, width: int = 96) -> list[tuple[str, str]]:
    start = source.index(phrase) if isinstance(phrase, str) else phrase.start
    end = start + len(phrase) if isinstance(phrase, str) else phrase.end
    found = excerpt(source, LineIndex(source), TextRange(start, end), width)
    return [(line.text, line.carets) for line in found]


def marked(text: str, carets: str) -> str:
    """What stands above the carets, cell by cell."""
    start, stop = len(carets) - len(carets.lstrip()), len(carets)
    at, found = 0, ""
    for index, char in enumerate(text):
        width = display_width(text[: index + 1]) - display_width(text[:index])
        if (start <= at < stop and width) or (found and start < at <= stop and not width):
            found += char
        at += width
    return found


def test_a_whole_report_reads_as_written_here():
    result = run(
        finding("sleep.md", TEXT, "pain-free future"),
        finding("sleep.md", TEXT, None, rule="missing-disclaimer", message="The disclaimer is missing.", help=""),
        clean=("tea.md",),
        suppressed=1,
    )
    assert report("text", result, {"sleep.md": TEXT}) == (
        "== sleep.md  “Title of sleep.md”, 640 words, grade 14.0\n"
        "\n"
        "sleep.md:1:1 warning missing-disclaimer\n"
        "    The disclaimer is missing.\n"
        "\n"
        "sleep.md:3:21 warning promised-outcome\n"
        "  3 │ These pills bring a pain-free future. Nothing else.\n"
        "    │                     ^^^^^^^^^^^^^^^^\n"
        "      “pain-free future” promises an outcome.\n"
        "      do: Say what was measured, in whom, and how often.\n"
        "      why: A promised outcome makes readers stop care that works.\n"
        "\n"
        "2 warnings in 1 of 2 articles.\n"
        "1 finding silenced by comments or front matter.\n"
        "Start with sleep.md:1:1 (warning, missing-disclaimer). "
        "The reason and its source: healthlint explain missing-disclaimer\n"
    )


@pytest.mark.parametrize(
    ("source", "phrase"),
    [
        ("Take 薬を飲む pain-free 薬 now.", "pain-free"),
        ("Take 薬を飲む now, 薬.", "飲む"),
        ("One 👩‍⚕️ says 🙂 pain-free 🙂.", "pain-free"),
        ("One 👍🏽 says cafe\u0301 pain-free.", "pain-free"),
        ("Cafe\u0301 noir", "Cafe\u0301"),
        ("❤\ufe0f pain-free", "pain-free"),
        ("soft\u00adhyphen pain-free", "pain-free"),
        ("가각 pain-free", "pain-free"),
    ],
)
def test_the_carets_stand_under_the_phrase(source, phrase):
    [(text, carets)] = lines_of(source, phrase)
    assert marked(text, carets) == phrase
    assert text == source.replace("\u00ad", "")


def test_a_tab_is_shown_as_spaces_and_counted():
    [(text, carets)] = lines_of("a\tpain-free\tb", "pain-free")
    assert text == "a    pain-free    b"
    assert marked(text, carets) == "pain-free"


@given(
    st.text(alphabet=st.sampled_from("ab 薬🙂e\u0301é\t"), max_size=300),
    st.text(alphabet=st.sampled_from("xyz薬"), min_size=1, max_size=30),
    st.text(alphabet=st.sampled_from("ab 薬🙂é\t"), max_size=300),
    st.integers(30, 120),
)
def test_any_phrase_is_underlined_and_any_line_fits(before, phrase, after, width):
    before = before + " "  # a phrase that began with a combining mark would join what stands before
    source = before + phrase + after
    [(text, carets)] = lines_of(source, TextRange(len(before), len(before) + len(phrase)), width)
    assert display_width(text) <= width
    shown = marked(text, carets)
    assert shown == phrase or (shown.endswith("…") and phrase.startswith(shown[:-1]))


def test_a_long_line_is_cut_around_the_phrase():
    [(text, carets)] = lines_of("word " * 300 + "a pain-free future awaits " + "more " * 300, "pain-free future")
    assert text.startswith("…word") and text.endswith("more…")
    assert 80 < display_width(text) <= 96
    assert marked(text, carets) == "pain-free future"


def test_a_megabyte_on_one_line_is_cut_too():
    source = "x" * 1_000_000 + " pain-free " + "y" * 1_000_000
    [(text, carets)] = lines_of(source, "pain-free")
    assert marked(text, carets) == "pain-free" and display_width(text) <= 96


def test_a_phrase_over_lines_is_underlined_on_each_without_quote_marks():
    source = "> They say pain-free\r\n> future and more\n"
    assert [marked(*line) for line in lines_of(source, TextRange(11, 30))] == ["pain-free", "future"]


def test_a_phrase_over_many_lines_says_where_it_ends():
    source = "\n".join(f"line {n}" for n in range(1, 9))
    found = lines_of(source, TextRange(0, len(source)))
    assert [text for text, _ in found] == ["line 1", "line 2", "line 3", "… to line 8"]


def test_an_invisible_phrase_still_gets_a_caret():
    [(text, carets)] = lines_of("in\u200bvisible", TextRange(2, 3))
    assert (text, carets) == ("invisible", "  ^")


def test_what_to_do_and_why_stand_once_per_rule():
    text = "word " * 30
    spans = [finding("a.md", text, TextRange(n * 5, n * 5 + 4)) for n in range(30)]
    shown = report("text", run(*spans), {"a.md": text})
    assert shown.count("do: Say what was measured") == 1 == shown.count("why: A promised outcome")
    assert shown.count("“word” promises an outcome.") == 30


def test_a_finding_whose_source_is_gone_shows_its_text():
    shown = report("text", run(finding("a.md", TEXT, "pain-free")), {})
    assert "    pain-free\n    ^^^^^^^^^\n" in shown


def test_related_places_and_fixes_are_shown():
    edit = Edit(TextRange(0, 1), "x")
    item = finding(
        "a.md", TEXT, "pain-free", related=(Related("said here too", None, "b.md", 4, 2),), fix=Fix("Say less", (edit,))
    )
    shown = report("text", run(item), {"a.md": TEXT})
    assert "see: b.md:4:2 said here too" in shown
    assert "fix: Say less (healthlint check --fix --unsafe-fixes)" in shown


def test_the_gravest_and_surest_finding_is_the_one_to_start_with():
    items = [
        finding("a.md", TEXT, "These"),
        finding("b.md", TEXT, "pills", severity=Severity.ERROR, confidence=Confidence.LOW, rule="unsure-rule"),
        finding("c.md", TEXT, "bring", severity=Severity.ERROR, rule="sure-rule"),
    ]
    assert "Start with c.md:3:13 (error, sure-rule). " in report("text", run(*items))


def test_colour_only_where_it_is_wanted():
    result = run(finding("a.md", TEXT, "pain-free"))
    assert "\x1b" not in report("text", result, {"a.md": TEXT})
    painted = report("text", result, {"a.md": TEXT}, color=True)
    assert "\x1b[1;33mwarning\x1b[0m" in painted and "\x1b[1;33m^^^^^^^^^\x1b[0m" in painted


def test_quiet_is_findings_only_and_verbose_adds_the_evidence():
    result = run(finding("a.md", TEXT, "pain-free", evidence={"term": "pain-free"}))
    quiet = report("text", result, {"a.md": TEXT}, verbosity=-1)
    assert "do:" not in quiet and "Start" not in quiet and "in 1 article" not in quiet and "^^^" in quiet
    loud = report("text", result, {"a.md": TEXT}, verbosity=1)
    assert "seen: confidence high; term: pain-free" in loud


def test_statistics_take_the_place_of_findings():
    items = [finding("a.md", TEXT, "pain-free"), finding("a.md", TEXT, "These")]
    items.append(finding("a.md", TEXT, "bring", rule="other-rule", severity=Severity.INFO))
    shown = report("text", run(*items), {"a.md": TEXT}, statistics=True)
    assert shown.startswith(
        "2  warning  promised-outcome  A future without the illness is promised.\n1  info     other-rule\n\n2 warnings"
    )


def test_a_clean_run_says_so_in_one_line():
    assert report("text", run(clean=("a.md", "b.md"))) == "No findings in 2 articles.\n"


def test_the_summary_says_what_it_does_not_hold():
    shown = report("text", full_run())
    for part in (
        "1 error, 2 warnings and 1 info in 2 of 3 articles.",
        "2 findings accepted by the baseline.",
        "1 finding silenced",
        "3 findings on unchanged lines not shown.",
        "Not checked: some-rule.",
        "The run is not complete: 2 problems met on the way.",
    ):
        assert part in shown


def test_an_old_terminal_gets_ascii_lines():
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="replace")
    context = ReportContext({"promised-outcome": meta()}, {"a.md": TEXT}.get)
    render("text", run(finding("a.md", TEXT, "pain-free")), context, out)
    out.seek(0)
    assert "  3 | These pills" in out.read()


def test_concise_is_one_line_per_finding_and_a_summary():
    result = run(finding("a.md", TEXT, "pain-free"))
    line = "a.md:3:21: warning promised-outcome: “pain-free” promises an outcome.\n"
    assert report("concise", result, verbosity=-1) == line
    assert report("concise", result).startswith(line + "1 warning in 1 article.\n")


@pytest.mark.parametrize("width", [40, 60, 80, 300])
def test_nothing_is_wider_than_the_terminal(width: int) -> None:
    many = "These pills are well known. " * 5
    source = f"# Sleep\n\n{many}They bring a pain-free future. {many}\n"
    spot = finding("a.md", source, "pain-free future", message="A message of many words. " * 12)
    text = report("text", run(spot), {"a.md": source}, width=width)
    lines = [line for line in text.splitlines() if line.startswith(" ")]
    assert max(map(len, lines)) <= min(width, 102)
    assert sum(map(len, lines)) > 400
    shown, carets = (line.partition("│")[2] for line in lines if "│" in line)
    assert marked(shown, carets) == "pain-free future"
