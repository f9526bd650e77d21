"""textstat's own counts and scores of a text, to hold against ours: the only module that imports it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from healthlint.analysis.readability import syllables


class _OurSyllables:
    """Stands where textstat expects the pronouncing dictionary: a word's "phones" are its syllables by our count."""

    def __getitem__(self, word: str) -> list[list[str]]:
        return [["0"] * syllables.count(word)]


def scores(text: str) -> dict[str, float]:
    """Return textstat's scores of a text, under the names that `Scores` has.

    Words, sentences and formulas are textstat's own. Its syllables are not: it would fetch the pronouncing dictionary
    from the network at the first word, and fail without one; it is given ours instead. Takes half a second to import.
    """
    textstat: Any = import_module("textstat")
    counter: Any = import_module("textstat.backend.counts._count_syllables")
    counter.get_cmudict = lambda lang: _OurSyllables()
    return {
        "smog": float(textstat.smog_index(text)),
        "flesch_kincaid_grade": float(textstat.flesch_kincaid_grade(text)),
        "flesch_reading_ease": float(textstat.flesch_reading_ease(text)),
        "gunning_fog": float(textstat.gunning_fog(text)),
        "coleman_liau": float(textstat.coleman_liau_index(text)),
        "automated_readability": float(textstat.automated_readability_index(text)),
        "dale_chall": float(textstat.dale_chall_readability_score(text)),
        "spache": float(textstat.spache_readability(text)),
        "linsear_write": float(textstat.linsear_write_formula(text)),
    }


def counts(text: str) -> tuple[int, int]:
    """Return how many words and sentences textstat counts in a text."""
    textstat: Any = import_module("textstat")
    return int(textstat.lexicon_count(text)), int(textstat.sentence_count(text))
