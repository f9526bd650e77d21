"""Leftovers of chatbots and templates: exact ranges, and the traps around them."""

from __future__ import annotations

import pytest

from tests.rules.helpers import findings, found


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("As a large language model, I know little.", "As a large language model"),
        ("I am an AI assistant. I do not eat.", "I am an AI assistant"),
        ("My knowledge cutoff is near.", "My knowledge cutoff"),
        ("I can't provide medical advice, but rest.", "I can't provide medical advice"),
        ("I don't have access to the internet.", "I don't have access to the internet"),
        ("Sure! Here's an overview of the flu.", "Sure! Here's an overview of the flu."),
        ("Great question! I’ll write a list.", "Great question! I’ll write a list."),
        ("Here is your revised article on flu.", "Here is your revised article on"),
        ("Would you like me to expand this?", "Would you like me to expand"),
        ("Tip: rest. Let me know if you want me to shorten it.", "Let me know if you want me to shorten"),
        ("Flu spreads fast :contentReference[oaicite:0].", "contentReference[oaicite"),
        ("Regenerate response", "Regenerate response"),
    ],
)
def test_chatbot_leakage(body: str, shown: str) -> None:
    [finding] = findings("chatbot-leakage", body)
    assert (finding.text, finding.severity.value) == (shown, "error")


@pytest.mark.parametrize(
    "body",
    [
        "The team trained a large language model on notes.",
        "She works as an AI engineer.",
        "Sure, here the air is clean.",
        "Here is a list of what to bring.",
        "I hope this helps you to sleep.",
        "Let me know if you feel worse, the nurse said.",
        "Would you like a nurse to call?",
        "It replied: “As an AI, I cannot say.”",
        "Of course! Ask away at your visit.",
    ],
)
def test_people_may_say_so(body: str) -> None:
    assert found("chatbot-leakage", body) == []


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("Call us at [phone number] today.", "[phone number]"),
        ("Reviewed by [Your Name], MD.", "[Your Name]"),
        ("It helps [citation needed].", "[citation needed]"),
        ("Last review: [DATE]", "[DATE]"),
        ("Hello {{ first_name }}!", "{{ first_name }}"),
        ("FIXME: ask about the dose.", "FIXME: ask about the dose"),
        ("The dose is TBD.", "TBD"),
        ("Insert text here", "Insert text here"),
        ("doi: 10.xxxx/abc", "10.xxxx/abc"),
    ],
)
def test_placeholders(body: str, shown: str) -> None:
    assert found("placeholder-text", body, suffix="txt") == [shown]


@pytest.mark.parametrize(
    "body",
    [
        "It helps [1] and [2, 3].",
        "He said “the [drug] worked”.",
        "See [the name of the drug](https://clinic.test).",
        "Men have XY and women XX chromosomes.",
        "Make a to-do list.",
        "The set {a, b} is small.",
        "The sum of 5 < 6 > 4 is odd.",
        "Write to nurse@clinic.test.",
    ],
)
def test_not_placeholders(body: str) -> None:
    assert found("placeholder-text", body) == []


def test_placeholder_links() -> None:
    assert found("placeholder-text", "Read [our guide](https://example.com/x) today.") == ["our guide"]


class TestStockPhrases:
    RULE = "stock-phrase-density"
    FOUR = "When it comes to sleep, rest is key. Let's delve into naps. It's worth noting that naps play a vital role."

    def test_one_finding_at_the_first_with_the_others_related(self) -> None:
        [finding] = findings(self.RULE, self.FOUR)
        assert finding.text == "When it comes to"
        assert finding.severity.value == "info"
        assert len(finding.related) >= 2
        assert "ready-made phrases" in finding.message

    def test_spread_over_a_long_page_they_are_silent(self) -> None:
        assert found(self.RULE, self.FOUR + "\n\n" + "A plain word here. " * 400) == []

    def test_the_same_one_again_and_again_is_silent(self) -> None:
        assert found(self.RULE, "When it comes to sleep, rest. " * 6) == []
