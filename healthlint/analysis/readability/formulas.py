"""Readability formulas, each from the same counts. All but the Flesch reading ease rise with difficulty.

Grades are years of schooling in the United States. They are estimates from the length of words and sentences; they know
nothing of order, layout or whether a text is true.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # the names of the scores are asked for by runs that count nothing
    from healthlint.analysis.readability.counts import Counts

MIN_WORDS = 10
"""With fewer words there are no scores at all; every formula was made for samples of 100 words or more."""
SMOG_SENTENCES = 30
"""McLaughlin's SMOG is defined on 30 sentences; with fewer it is scaled up, and less certain."""


def smog(c: Counts) -> float:
    """SMOG grade: 3.1291 + 1.0430 √(30 · polysyllables / sentences).

    McLaughlin 1969, *SMOG grading: a new readability formula*, Journal of Reading 12(8). Made on 30 sentences; aims at
    full understanding, so it stands one or two grades above the others. The usual choice for health texts.
    """
    return 3.1291 + 1.0430 * sqrt(30 * c.polysyllables / c.sentences)


def flesch_kincaid_grade(c: Counts) -> float:
    """Flesch–Kincaid grade: 0.39 · words/sentences + 11.8 · syllables/words − 15.59.

    Kincaid, Fishburne, Rogers and Chissom 1975, Research Branch Report 8-75, Naval Technical Training.
    """
    return 0.39 * c.words / c.sentences + 11.8 * c.syllables / c.words - 15.59


def flesch_reading_ease(c: Counts) -> float:
    """Flesch reading ease: 206.835 − 1.015 · words/sentences − 84.6 · syllables/words; higher is easier, 60–70 plain.

    Flesch 1948, *A new readability yardstick*, Journal of Applied Psychology 32(3).
    """
    return 206.835 - 1.015 * c.words / c.sentences - 84.6 * c.syllables / c.words


def gunning_fog(c: Counts) -> float:
    """Gunning fog index: 0.4 · (words/sentences + 100 · complex words/words).

    Gunning 1952, *The technique of clear writing*. Complex: three syllables or more, see `Counts.complex_words`.
    """
    return 0.4 * (c.words / c.sentences + 100 * c.complex_words / c.words)


def coleman_liau(c: Counts) -> float:
    """Coleman–Liau index: 0.0588 · letters per 100 words − 0.296 · sentences per 100 words − 15.8.

    Coleman and Liau 1975, *A computer readability formula designed for machine scoring*, Journal of Applied Psychology
    60(2). textstat has 0.058 for 0.0588, which is about a third of a grade lower.
    """
    return 0.0588 * 100 * c.letters / c.words - 0.296 * 100 * c.sentences / c.words - 15.8


def automated_readability(c: Counts) -> float:
    """Automated readability index: 4.71 · characters/words + 0.5 · words/sentences − 21.43.

    Senter and Smith 1967, AMRL-TR-66-220. Characters are letters and digits.
    """
    return 4.71 * c.characters / c.words + 0.5 * c.words / c.sentences - 21.43


def dale_chall(c: Counts) -> float:
    """Dale–Chall score: 0.1579 · % unfamiliar words + 0.0496 · words/sentences, + 3.6365 above 5 % unfamiliar.

    Dale and Chall 1948, *A formula for predicting readability*. Not a grade: 4.9 and below is grade 4, 6–6.9 grades
    7–8, 8–8.9 grades 11–12, 10 and above college graduates. Names count as unfamiliar here.
    """
    percent = 100 * c.unfamiliar / c.words
    return 0.1579 * percent + 0.0496 * c.words / c.sentences + (3.6365 if percent > 5 else 0)


def spache(c: Counts) -> float:
    """Spache grade, for texts up to grade 4: 0.141 · words/sentences + 0.086 · % unfamiliar words + 0.839.

    Spache 1953, *A new readability formula for primary-grade reading materials*. With the Dale–Chall list, and
    unfamiliar words of two syllables or more, as textstat has it; Spache's own list is not free.
    """
    return 0.141 * c.words / c.sentences + 0.086 * 100 * c.unfamiliar_long / c.words + 0.839


def linsear_write(c: Counts) -> float:
    """Linsear Write grade: r = (easy words + 3 · polysyllables) / sentences; r/2 if r > 20, else (r − 2)/2.

    Made for the United States Air Force; O'Hayre 1966, *Gobbledygook has gotta go*, has its ancestor. Easy words have
    one or two syllables. Counted on the whole text, not its first 100 words.
    """
    r = (c.words + 2 * c.polysyllables) / c.sentences
    return r / 2 if r > 20 else (r - 2) / 2


class Scores(NamedTuple):
    """Every score of one text; all are None when it has fewer than 10 words.

    `consensus_grade` is the mean of the five formulas that give a grade for any text (SMOG, Flesch–Kincaid, Gunning
    fog, Coleman–Liau, automated readability), never below 0; `spread` is the distance in grades between the lowest and
    the highest of them. `confidence` is "high" from 30 sentences and 300 words on, "medium" from 10 and 100, else
    "low".
    """

    smog: float | None = None
    flesch_kincaid_grade: float | None = None
    flesch_reading_ease: float | None = None
    gunning_fog: float | None = None
    coleman_liau: float | None = None
    automated_readability: float | None = None
    dale_chall: float | None = None
    spache: float | None = None
    linsear_write: float | None = None
    consensus_grade: float | None = None
    spread: float | None = None
    confidence: str = "low"

    def as_dict(self) -> dict[str, float | str | None]:
        """Return the scores by name, in the order of the reports."""
        return self._asdict()


def score(c: Counts) -> Scores:
    """Return every score of these counts."""
    if c.words < MIN_WORDS or c.sentences < 1:
        return Scores()
    grades = _grades(c)
    return Scores(
        smog=grades[0],
        flesch_kincaid_grade=grades[1],
        flesch_reading_ease=flesch_reading_ease(c),
        gunning_fog=grades[2],
        coleman_liau=grades[3],
        automated_readability=grades[4],
        dale_chall=dale_chall(c),
        spache=spache(c),
        linsear_write=linsear_write(c),
        consensus_grade=_consensus(grades),
        spread=max(grades) - min(grades),
        confidence=confidence(c),
    )


def grade(c: Counts, metric: str = "consensus_grade") -> float | None:
    """Return one score by its name; None for a text too short. Raises KeyError for an unknown name."""
    if c.words < MIN_WORDS or c.sentences < 1:
        return None
    if metric == "consensus_grade":
        return _consensus(_grades(c))
    return FORMULAS[metric](c)


def _grades(c: Counts) -> tuple[float, ...]:
    """The five that give a grade for any text."""
    return smog(c), flesch_kincaid_grade(c), gunning_fog(c), coleman_liau(c), automated_readability(c)


def _consensus(grades: tuple[float, ...]) -> float:
    return max(0.0, sum(grades) / len(grades))


def confidence(c: Counts) -> str:
    """Return "high", "medium" or "low": how far these counts carry a grade."""
    if c.sentences >= SMOG_SENTENCES and c.words >= 300:
        return "high"
    return "medium" if c.sentences >= 10 and c.words >= 100 else "low"


FORMULAS = {
    "smog": smog,
    "flesch_kincaid_grade": flesch_kincaid_grade,
    "flesch_reading_ease": flesch_reading_ease,
    "gunning_fog": gunning_fog,
    "coleman_liau": coleman_liau,
    "automated_readability": automated_readability,
    "dale_chall": dale_chall,
    "spache": spache,
    "linsear_write": linsear_write,
}
