"""What a text would gain: its hardest sentences and words, and the terms of its topic counted once."""

from __future__ import annotations

import pytest

from healthlint.analysis.readability import grades
from healthlint.analysis.readability.counts import count
from healthlint.analysis.readability.formulas import grade
from healthlint.analysis.readability.grades import Readability, hardest_sentences, hardest_words

EASY = "You can walk a bit each day and rest when you feel tired. "
HARD = "Pharmacological interventions necessitate individualised multidisciplinary consideration of comorbidities. "


def test_the_hardest_sentences_are_named_and_the_grade_without_them() -> None:
    text = Readability.of_text(EASY * 5 + HARD + EASY * 5 + HARD.replace("Pharmacological", "Some") + EASY * 4)
    relief = text.hardest_sentences(target=4.0)
    assert relief is not None
    assert relief.sentences == (5, 11)
    easy_only = Readability.of_text(EASY * 14).scores.consensus_grade
    assert relief.before == text.scores.consensus_grade
    assert relief.after == pytest.approx(easy_only)


def test_no_more_sentences_than_needed_or_allowed() -> None:
    text = Readability.of_text((EASY + HARD) * 8)
    worst = text.hardest_sentences(target=0.0)
    assert worst is not None and len(worst.sentences) == 5
    assert worst.after < worst.before
    one = text.hardest_sentences(target=worst.before - 0.01)
    assert one is not None and len(one.sentences) == 1
    assert text.hardest_sentences(target=worst.before) is None
    assert text.hardest_sentences(target=3.0, metric="smog", limit=2) is not None


def test_nothing_to_relieve_in_a_short_text() -> None:
    assert hardest_sentences([], 8.0) is None
    assert hardest_sentences([count(HARD)], 8.0) is None


def test_the_hardest_of_a_long_text_are_found_in_time_that_grows_with_its_length(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = 0

    def counted(*args: str) -> float | None:
        nonlocal asked
        asked += 1
        return grade(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(grades, "grade", counted)
    calls = []
    for number in (1000, 4000):
        asked = 0
        worst = hardest_sentences(
            [count(HARD if i % 10 == 3 else EASY) for i in range(number)], 0.0, limit=number // 10
        )
        assert worst is not None and set(worst.sentences) == set(range(3, number, 10))
        calls.append(asked)
    assert calls[1] < 6 * calls[0]  # four times the length; one by one it would be sixteen


def test_hardest_words_by_weight() -> None:
    forms = ["Medication", "medication", "communicate", "doctor", "mg", "2019", "depression", "depressions"]
    assert [w.word for w in hardest_words(forms, 2)] == ["medication", "communicate"]
    assert hardest_words(forms, 1)[0].times == 2
    assert "depression" not in {w.word for w in hardest_words(forms, 9, terms=["Depression"])}


def test_terms_of_the_topic_count_once() -> None:
    text = Readability.of_text(
        "Antidepressants help many people. An antidepressant takes weeks to work. Ask about antidepressants and sleep. "
        "Your antidepressant's dose may change over time."
    )
    plain, once = text.counts, text.adjusted(["antidepressant"])
    assert (once.words, once.sentences) == (plain.words, plain.sentences)
    assert plain.polysyllables - once.polysyllables == 3, "the first of four counts in full"
    assert plain.syllables - once.syllables == 3 * 4
    assert text.adjusted_scores(["antidepressant"]).smog < text.scores.smog  # type: ignore[operator]
    assert text.adjusted([]) == plain
    assert text.adjusted(["aspirin"]) == plain


def test_terms_of_several_words() -> None:
    text = Readability.of_text("Cognitive therapy helps. Ask for cognitive therapy. Cognitive tests differ from it.")
    once = text.adjusted(["cognitive therapy", ""])
    assert text.counts.polysyllables - once.polysyllables == 2
