"""Structure: headings, openings, FAQs and repeats."""

from __future__ import annotations

import pytest

from tests.rules.helpers import findings, found


class TestHeadings:
    RULE = "heading-structure"

    def test_a_skipped_level(self) -> None:
        [finding] = findings(self.RULE, "## A part\n\nText.\n\n#### Deep\n\nText.\n\n## More\n\n##### Deeper\n\nText.")
        assert finding.text == "Deep"
        assert finding.severity.value == "warning"
        assert "from level 2 to level 4 (and one more like it)" in finding.message
        assert len(finding.related) == 1

    @pytest.mark.parametrize(
        "body",
        [
            "## A\n\nText.\n\n### B\n\nText.\n\n## C\n\nText.",
            "## A\n\n### Dose\n\nOne.\n\n## B\n\n### Dose\n\nTwo.",
            "## What happens if I take it with all of the other things that I like to take?\n\nIt works.",
        ],
    )
    def test_silent(self, body: str) -> None:
        assert found(self.RULE, body) == []

    def test_the_first_heading_is_held_against_a_title_that_readers_see(self) -> None:
        assert [f.text for f in findings(self.RULE, "#### Deep from the start\n\nText.")] == ["Deep from the start"]
        assert found(self.RULE, "Text.\n\n#### Deep from the start\n\nText.", title="") == []

    def test_what_folds_away_a_part_has_no_level(self) -> None:
        fold = "<h2>Care</h2><details><summary>Is it safe?</summary><p>Yes.</p></details>"
        assert found(self.RULE, fold + "<h3>More</h3><p>Text.</p>", suffix="html") == []
        assert found(self.RULE, fold + "<h4>More</h4><p>Text.</p>", suffix="html") == ["More"]
        assert found(self.RULE, "<h2>Care</h2><details><summary><h4>More</h4></summary></details>", suffix="html") == [
            "More"
        ]

    def test_a_repeated_heading(self) -> None:
        assert found(self.RULE, "## Causes\n\nA.\n\n## Care\n\nB.\n\n## CAUSES:\n\nC.") == ["CAUSES:"]

    def test_long_stretches(self) -> None:
        paragraph = "A word and one more. " * 50
        assert found(self.RULE, f"## Part\n\n{paragraph}\n\n{paragraph}") == ["A word and one more."]
        assert found(self.RULE, f"## Part\n\n{paragraph}\n\n- a list\n\n{paragraph}") == []
        assert found(self.RULE, f"## Part\n\n{paragraph}\n\n### Next\n\n{paragraph}") == []

    def test_a_lost_heading_needs_a_wider_gap(self) -> None:
        faq = "Intro text here.\n\nFAQ\n\n1. Is it safe?\n\nYes, for most.\n\n2. Is it new?\n\nNo, it is old.\n\n"
        assert found(self.RULE, faq + "\nIn the end it helps.", suffix="txt") == ["In the end it helps."]
        assert found(self.RULE, faq + "In the end it helps.", suffix="txt") == []


class TestOpening:
    RULE = "key-message-late"
    REST = "\n\n## Care\n\n" + "Rest is good for the leg. " * 50

    def test_fires_on_the_first_sentence(self) -> None:
        body = "In today's busy world, we sit too much. Many look for a way out." + self.REST
        assert found(self.RULE, body) == ["In today's busy world, we sit too much."]

    @pytest.mark.parametrize(
        "opening",
        [
            "When it comes to knees, you should walk.",
            "When it comes to knees, only 2 in 10 need surgery.",
            "Gout hurts. It comes at night.",
            "When it comes to knees, many look for help.\n\n- Walk.\n- Swim.",
        ],
    )
    def test_silent(self, opening: str) -> None:
        assert found(self.RULE, opening + self.REST) == []

    def test_a_summary_anywhere_or_a_short_page(self) -> None:
        late = "When it comes to knees, many look for help." + self.REST
        assert found(self.RULE, late)
        assert found(self.RULE, late + "\n\n## At a glance\n\nWalk.") == []
        assert found(self.RULE, "When it comes to knees, many look for help.") == []


class TestFaq:
    RULE = "faq-quality"
    ANSWER = "\n\nFor most people it does, and the others get help.\n\n"

    def test_each_defect(self) -> None:
        body = (
            f"## FAQ\n\n### Does it help?{self.ANSWER}### How long does it take{self.ANSWER}"
            f"### Does it cost much?\n\n### Is it new?\n\nNo.\n\n### Does it help?{self.ANSWER}"
        )
        shown = {f.text: f.severity.value for f in findings(self.RULE, body)}
        assert shown == {
            "How long does it take": "info",
            "Does it cost much?": "warning",
            "Is it new?": "info",
            "Does it help?": "warning",
        }

    @pytest.mark.parametrize(
        "body",
        [
            f"## FAQ\n\n### Does it help?{ANSWER}### Is it new?{ANSWER}### Costs{ANSWER}",
            "## How it works\n\nIt does.\n\n## Is it new\n\nNo.",
            f"## FAQ\n\n### Does it help?{ANSWER}### What about it?\n\n[Read on](/page).",
        ],
    )
    def test_silent(self, body: str) -> None:
        assert found(self.RULE, body) == []


class TestRepeats:
    RULE = "thin-or-repeated-content"
    LINE = "Keep the leg up on a chair for an hour after each long walk."

    def test_a_sentence_said_twice(self) -> None:
        [finding] = findings(self.RULE, f"{self.LINE} Rest.\n\nEat. {self.LINE}")
        assert finding.text == self.LINE
        assert finding.line == 5
        assert [related.line for related in finding.related] == [3]

    @pytest.mark.parametrize(
        "body",
        [
            "Rest a lot. Rest a lot.",
            f"- {LINE}\n- {LINE}",
            f"{LINE}\n\n> {LINE}",
            "Call 911 if the leg turns blue or you cannot feel your foot.\n\n"
            "Call 911 if the leg turns blue or you cannot feel your foot.",
        ],
    )
    def test_silent(self, body: str) -> None:
        assert found(self.RULE, body) == []

    @pytest.mark.parametrize(
        ("body", "shown"),
        [
            ("Opioid drugs, commonly known as opioids, dull pain.", "Opioid drugs, commonly known as opioids"),
            ("Acne disease, also called acne, is common.", "Acne disease, also called acne"),
        ],
    )
    def test_tautologies(self, body: str, shown: str) -> None:
        assert found(self.RULE, body) == [shown]

    def test_a_real_second_name(self) -> None:
        assert found(self.RULE, "Adrenaline, also known as epinephrine, works fast.") == []

    def test_at_most_a_dozen_places_are_listed(self) -> None:
        [finding] = findings(self.RULE, "\n\n".join([self.LINE] * 30))
        assert len(finding.related) == 12
        assert finding.related[-1].message == "said before, too, and in 17 more places"

    def test_thin_only_if_asked_for(self) -> None:
        assert findings(self.RULE, "Rest.") == []
        [finding] = findings(self.RULE, "Rest.", least_words=100)
        assert "1 words" in finding.message
