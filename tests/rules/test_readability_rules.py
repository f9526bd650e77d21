"""Grades and sentence lengths: limits, bands, and what the findings point at."""

from __future__ import annotations

import pytest

from healthlint.analysis import Analysis
from healthlint.formats import parse
from healthlint.rules.checks.readability import limits_of
from tests.rules.helpers import catalogue, findings, found

HARD = (
    "Interdisciplinary rehabilitation necessitates considerable organisational collaboration. "
    "Rheumatological complications deteriorate functional capability progressively. "
)
EASY = "The cat sat on the mat. We had a cup of tea. "


def grade(body: str, **options: object) -> list[str]:
    return [finding.message for finding in findings("grade-above-target", body, **options)]


class TestGrade:
    def test_names_sentences_and_the_grade_without_them(self) -> None:
        [finding] = findings("grade-above-target", EASY * 8 + HARD, warn_above=6, target=5)
        assert "take SMOG from" in finding.message
        assert 1 <= len(finding.related) <= 5
        assert all("words" in related.message for related in finding.related)
        starts = {EASY.find("The"), (EASY * 8 + HARD).find("Inter"), (EASY * 8 + HARD).find("Rheum")}
        offset = len("# Notes\n\n")
        assert finding.related[0].range is not None
        assert finding.related[0].range.start - offset in starts

    def test_it_stands_for_the_whole_article(self) -> None:
        [finding] = findings("grade-above-target", HARD * 6)
        assert (finding.text, finding.line) == ("", 1)
        assert finding.evidence["sentences"] == "12"

    def test_the_grade_is_the_one_that_reports_show(self) -> None:
        shown = Analysis(parse("a.md", f"# Notes\n\n{HARD * 6}\n")).readability.scores.consensus_grade
        assert shown is not None
        assert grade(HARD * 6)[0].startswith(f"Reads at grade {shown:.1f}, the mean of five formulas (SMOG ")

    def test_too_few_sentences(self) -> None:
        assert grade(HARD * 4) == []
        assert "few for a sure grade" in grade(HARD * 6)[0]
        assert "few for a sure grade" not in grade(HARD * 16)[0]

    def test_easy_text(self) -> None:
        assert grade(EASY * 10) == []

    def test_a_tolerance_of_one_grade_around_the_limit(self) -> None:
        [message] = grade(HARD * 6)
        smog = float(message.split("SMOG ")[1].split(",")[0])
        kincaid = float(message.split("Kincaid ")[1].split(";")[0])
        above = max(smog, kincaid)
        assert grade(HARD * 6, warn_above=above + 0.1) == []
        assert grade(HARD * 6, warn_above=smog - 1.1)

    def test_headings_and_references_do_not_count(self) -> None:
        assert grade(EASY * 6 + "\n\n## " + HARD * 3 + "\n\n## References\n\n1. " + HARD * 9) == []

    def test_terms_of_the_topic_count_once(self) -> None:
        body = "The antidepressants can help. You take antidepressants daily. Antidepressants may cause sickness. " * 5
        assert grade(body, warn_above=6)
        assert findings("grade-above-target", body, title="Antidepressants", warn_above=6) == []

    def test_severity(self) -> None:
        [finding] = findings("grade-above-target", HARD * 6, error_above=12)
        assert finding.severity.value == "error"

    @pytest.mark.parametrize(
        ("options", "target", "warn"),
        [
            ({}, 8, 10),
            ({"audience": "patient"}, 7, 9),
            ({"audience": "professional"}, 12, 15),
            ({"target": 6}, 6, 8),
            ({"target": 6, "warn-above": 7}, 6, 7),
            ({"audience": "patient", "warn-above": 12}, 7, 12),
            ({"error-above": 9}, 8, 9),
            ({"error-above": 14}, 8, 10),
        ],
    )
    def test_limits(self, options: dict[str, object], target: int, warn: int) -> None:
        specs = catalogue().metas["grade-above-target"].options
        given = {name: options.get(name, spec.default) for name, spec in specs.items()}
        limits = limits_of(given)
        assert (limits.target, limits.warn) == (target, warn)


class TestSentences:
    RULE = "sentence-too-long"

    @staticmethod
    def words(count: int) -> str:
        return "Go " + "on " * (count - 2) + "now."

    def test_the_limits_themselves_are_fine(self) -> None:
        assert found(self.RULE, self.words(25)) == []
        assert found(self.RULE, self.words(26)) == [self.words(26)]
        assert findings(self.RULE, self.words(40))[0].severity.value == "info"
        assert findings(self.RULE, self.words(41))[0].severity.value == "warning"

    def test_long_ones_are_one_finding_and_very_long_ones_each_their_own(self) -> None:
        body = " ".join(self.words(n) for n in (30, 45, 28, 50))
        shown = findings(self.RULE, body)
        assert [(f.severity.value, len(f.related)) for f in shown] == [("info", 1), ("warning", 0), ("warning", 0)]
        assert "2 sentences" in shown[0].message
        assert "longest 30" in shown[0].message

    def test_citations_and_lists_inside_a_sentence(self) -> None:
        names = ", ".join(f"name{i} word" for i in range(20))
        assert found(self.RULE, f"You can take {names}, or rest.") == []
        assert found(self.RULE, self.words(25)[:-1] + " [1, 2, 3] [4].") == []

    def test_only_running_text(self) -> None:
        assert found(self.RULE, "## " + self.words(30)) == []
        assert found(self.RULE, "> " + self.words(30)) == []


def test_average() -> None:
    long = "We go to the sea in the heat of the day and stay there as long as it is hot and no wind comes up. "
    [finding] = findings("average-sentence-long", long * 10)
    assert "25 words on average" in finding.message
    assert findings("average-sentence-long", long * 9) == []
    assert findings("average-sentence-long", (long + "Then we rest. ") * 6) == []
