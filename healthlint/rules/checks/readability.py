"""Checks on how hard an article is to read: its grade, and sentences that are too long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from healthlint.analysis import Analysis
from healthlint.analysis.readability.terms import topic_terms
from healthlint.article import BlockKind
from healthlint.finding import Match, Related
from healthlint.ranges import TextRange
from healthlint.rules.messages import a_dozen, join_names
from healthlint.rules.model import Options

# Grades for an audience: what to aim for, above which to warn. The NIH and the AMA ask for grades 6 to 8 for patients.
AUDIENCES = {"patient": (7, 9), "general": (8, 10), "professional": (12, 15)}
# How far above a target of the project's own an article may be before it is reported.
_TOLERANCE = 2
BAND = 1.0
MIN_SENTENCES = 10
SURE_SENTENCES = 30
SHOWN_SENTENCES = 5
_ITEM_WORDS = 5
_MIN_LINES = 2  # of a list, its first line aside
_MIN_ITEMS = 4


class Limits(NamedTuple):
    """The grade to aim for, and those above which an article is a warning or an error; 0 means never."""

    target: float
    warn: float
    error: float


def limits_of(options: Options) -> Limits:
    """The limits that the options set; what they leave at 0 comes from the audience."""
    target, warn = AUDIENCES[str(options["audience"])]
    if options["target"]:
        target, warn = options["target"], options["target"] + _TOLERANCE
    warn, error = options["warn-above"] or warn, options["error-above"]
    return Limits(target, min(warn, error or warn), error)


def grade_above_target(text: Analysis, options: Options) -> Iterator[Match]:
    """One match where the article's grade is above the limit, naming the sentences that raise it most.

    The grade is SMOG (McLaughlin 1969). A limit counts as passed where SMOG is more than a grade above it, or where
    SMOG and Flesch–Kincaid both are above it: a formula's error is about a grade. Terms of the topic, counted once,
    must leave it above too. Fewer than 10 sentences say too little.
    """
    readability = text.readability
    sentences = readability.counts.sentences
    scores = readability.scores
    if sentences < MIN_SENTENCES or scores.smog is None or scores.flesch_kincaid_grade is None:
        return
    adjusted = text.scores_terms_once
    if adjusted.smog is None or adjusted.flesch_kincaid_grade is None:
        return
    limits = limits_of(options)
    smog = min(scores.smog, adjusted.smog)
    kincaid = min(scores.flesch_kincaid_grade, adjusted.flesch_kincaid_grade)
    if not _passed(smog, kincaid, limits.warn):
        return
    error = limits.error > 0 and _passed(smog, kincaid, limits.error)
    values = {
        "grade": f"{scores.consensus_grade:.1f}",  # the one that reports and `score` show
        "smog": f"{scores.smog:.1f}",
        "fkgl": f"{scores.flesch_kincaid_grade:.1f}",
        "adjusted": f"{adjusted.smog:.1f}",
        "target": f"{limits.target:g}",
        "sentences": str(sentences),
        "confidence": "" if sentences >= SURE_SENTENCES else ", few for a sure grade",
        "relief": "",
        "words": "",
    }
    relief = readability.hardest_sentences(limits.target, "smog", SHOWN_SENTENCES)
    related: tuple[Related, ...] = ()
    if relief is not None:
        count = len(relief.sentences)
        these = "This sentence takes" if count == 1 else f"These {count} sentences take"
        values["relief"] = f" {these} SMOG from {relief.before:.1f} to {relief.after:.1f}."
        found = [readability.sentences[i] for i in relief.sentences]
        related = tuple(
            Related(
                f"{one.counts.words} words, {one.counts.polysyllables} of them long",
                text.blocks[one.block].range(one.start, one.end),
            )
            for one in found
        )
    heavy = readability.hardest_words(4, topic_terms(text))
    if heavy:
        named = join_names([f"“{word.word}” ({word.times})" for word in heavy])
        values["words"] = f" Of the long words, these weigh most: {named}."
    evidence = {
        "smog": values["smog"],
        "flesch_kincaid_grade": values["fkgl"],
        "smog_topic_terms_once": values["adjusted"],
        "sentences": values["sentences"],
        "limit": f"{(limits.error if error else limits.warn):g}",
        "band": f"{BAND:g}",
    }
    yield Match(None, values, "error" if error else "", evidence, related)


def _passed(smog: float, kincaid: float, limit: float) -> bool:
    return smog > limit + BAND or (smog > limit and kincaid > limit)


def sentence_too_long(text: Analysis, options: Options) -> Iterator[Match]:
    """One match for each very long sentence, and one for all that are merely long.

    Words are counted as for readability; a list inside a sentence counts by its items, not by its words.
    """
    limit, very_long = options["limit"], options["very-long"]
    longer: list[tuple[int, TextRange]] = []
    for block, start, end, its_words in text.readability.long_sentences(limit):
        if text.blocks[block].kind is BlockKind.QUOTE:
            continue
        words = its_words - _listed(text.blocks[block].prose[start:end])
        where = text.blocks[block].range(start, end)
        if _typed_as_lines(text.article.source[where.start : where.end]):
            continue
        if words > very_long:
            yield Match(where, _counted(words, very_long), "very-long", {"words": str(words), "limit": str(very_long)})
        elif words > limit:
            longer.append((words, where))
    if longer:
        words, where = longer[0]
        longest = max(words for words, _ in longer)
        values = _counted(words, limit) | {"count": str(len(longer)), "longest": str(longest)}
        related = a_dozen([Related(f"{words} words", other) for words, other in longer[1:]])
        variant = "several" if related else ""
        yield Match(where, values, variant, {"words": str(words), "limit": str(limit)}, related)


def _typed_as_lines(source: str) -> bool:
    """Whether what has no stop inside is no sentence but a list of lines: most of them begin with a capital.

    Where prose is wrapped, few lines happen to begin with a name.
    """
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    capital = sum(line[0].isupper() for line in lines[1:])
    return capital >= _MIN_LINES and capital * 4 >= 3 * (len(lines) - 1)


def _counted(words: int, limit: int) -> dict[str, str]:
    return {"words": str(words), "limit": str(limit)}


def _listed(sentence: str) -> int:
    # “such as aspirin, ibuprofen, naproxen, and ketorolac”: readers take in one item after the other, so of a run of
    # at least four short items only one word each is counted.
    spare = run = items = 0
    for piece in re.split(r"[,;]\s|\s(?:and|or)\s", sentence):
        size = len(piece.split())
        if 0 < size <= _ITEM_WORDS:
            run, items = run + size, items + 1
            continue
        if items >= _MIN_ITEMS:
            spare += run - items
        run = items = 0
    return spare + (run - items if items >= _MIN_ITEMS else 0)
