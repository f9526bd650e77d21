"""The readability of one article: one count, every formula, and what to change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

from healthlint.analysis.memo import Memo, cached_fact
from healthlint.analysis.readability import syllables
from healthlint.analysis.readability.counts import Counts, count_words, forms, forms_of, is_figure
from healthlint.analysis.readability.formulas import Scores, grade, score
from healthlint.analysis.readability.terms import normal, repeated
from healthlint.analysis.sentences.segment import SentenceSpans, spans

if TYPE_CHECKING:
    from healthlint.analysis import Analysis


class SentenceCount(NamedTuple):
    """One sentence: the index of its text (its block), its offsets there, its words as written, and their counts."""

    block: int
    start: int
    end: int
    forms: list[str]
    counts: Counts


class HardWord(NamedTuple):
    """A polysyllabic word in lower case, how often it stands in the text, and its syllables."""

    word: str
    times: int
    syllables: int


class Relief(NamedTuple):
    """What a text gains without some of its sentences: their indices, and the grade before and after."""

    sentences: tuple[int, ...]
    before: float
    after: float


_FEW_LETTERS = Memo(lambda form: min(5, sum(map(str.isalpha, form))))


class Readability:
    """The counts and scores of a text given as blocks of prose. Everything but `counts` is computed on demand."""

    def __init__(self, blocks: Iterable[tuple[int, list[SentenceSpans]]]) -> None:
        """Count blocks given as (index, the `spans` of its prose); the index comes back in `sentences`."""
        self._blocks = list(blocks)
        by_sentence = [its_words for _, its_spans in self._blocks for _, _, its_words in its_spans]
        self.forms = forms_of(by_sentence)
        self.counts = count_words(self.forms, len(by_sentence))

    @classmethod
    def of(cls, text: Analysis) -> Readability:
        """Return the readability of an article's running text; headings, captions, references and links are no part."""
        return cls((index, text.spans[index]) for index in text.prose_blocks)

    @classmethod
    def of_text(cls, text: str) -> Readability:
        """Return the readability of plain prose, whose paragraphs are parted by empty lines."""
        return cls.of_blocks(enumerate(text.split("\n\n")))

    @classmethod
    def of_blocks(cls, blocks: Iterable[tuple[int, str]]) -> Readability:
        """Return the readability of blocks given as (index, prose)."""
        return cls((index, spans(prose)) for index, prose in blocks)

    @cached_fact
    def scores(self) -> Scores:
        """Every score as counted."""
        return score(self.counts)

    @cached_fact
    def sentences(self) -> tuple[SentenceCount, ...]:
        """The sentences with a count of each; the counts add up to `counts`."""
        found = []
        for index, its_spans in self._blocks:
            for start, end, its_words in its_spans:
                its_forms = forms(its_words)
                found.append(SentenceCount(index, start, end, its_forms, count_words(its_forms, 1)))
        return tuple(found)

    def long_sentences(self, limit: int) -> list[tuple[int, int, int, int]]:
        """Return the sentences of more words than a limit: the index of the block, the offsets there, and how many."""
        return [
            (index, start, end, len(its_words))
            for index, its_spans in self._blocks
            for start, end, its_words in its_spans
            if len(its_words) > limit
        ]

    def as_dict(self) -> dict[str, float | str | None]:
        """Return the scores by name, in the order of the reports."""
        return self.scores.as_dict()

    def adjusted(self, terms: Iterable[str]) -> Counts:
        """Return the counts with every term of the topic or glossary counted once.

        A page about antidepressants must say "antidepressants"; the reader meets the word once and then knows it. The
        first occurrence of a term counts in full, each further one as a familiar word of one syllable and at most five
        letters. Case, plural -s and a possessive ending do not matter; a term may have several words.
        """
        again = [self.forms[i] for i in repeated(self.forms, terms)]
        letters = sum(map(_FEW_LETTERS.__getitem__, again))
        eased = Counts(words=len(again), syllables=len(again), letters=letters, characters=letters)
        return self.counts - count_words(again, 0) + eased

    def adjusted_scores(self, terms: Iterable[str]) -> Scores:
        """Return the scores of `adjusted(terms)`."""
        return score(self.adjusted(terms))

    def hardest_sentences(self, target: float, metric: str = "consensus_grade", limit: int = 5) -> Relief | None:
        """Return the few sentences that raise the grade most; see the function of the same name."""
        return hardest_sentences([s.counts for s in self.sentences], target, metric, limit)

    def hardest_words(self, limit: int = 5, terms: Iterable[str] = ()) -> list[HardWord]:
        """Return the polysyllabic words that weigh most, terms of the topic left out; see the function."""
        return hardest_words(self.forms, limit, terms)


_ONE_BY_ONE = 500  # sentences; in a longer text the hardest are looked for several at a time


def hardest_sentences(
    counts: Sequence[Counts], target: float, metric: str = "consensus_grade", limit: int = 5
) -> Relief | None:
    """Return the few sentences without which the grade comes nearest to the target, hardest first.

    Greedy: each step leaves out the sentence whose absence lowers the grade most, until the target is reached, `limit`
    sentences are named, or half of the sentences would be gone. In a text of many hundreds of sentences, of which one
    changes next to nothing, a step leaves out several. Returns None if the text is too short for a grade, is at the
    target already, or no sentence helps. `metric` is the name of a score that rises with difficulty.
    """
    total = sum(counts, Counts())
    before = grade(total, metric)
    if before is None or before <= target:
        return None
    chosen: dict[int, None] = {}
    now = before
    most, at_once = min(limit, len(counts) // 2), 1 + len(counts) // _ONE_BY_ONE
    helped = True
    while helped and len(chosen) < most:
        helped = False
        without = ((grade(total - c, metric), i) for i, c in enumerate(counts) if i not in chosen)
        better = ((after, i) for after, i in without if after is not None and after < now)
        for _, index in nsmallest(min(at_once, most - len(chosen)), better):
            after = grade(total - counts[index], metric)
            if now <= target or after is None or after >= now:
                break
            chosen[index] = None
            total -= counts[index]
            now, helped = after, True
    return Relief(tuple(chosen), before, now) if chosen else None


def hardest_words(every_form: Iterable[str], limit: int = 5, terms: Iterable[str] = ()) -> list[HardWord]:
    """Return the polysyllabic words that weigh most, by occurrences × (syllables − 2), then by alphabet.

    Figures, doses and the words of `terms` are left out.
    """
    known = {normal(part) for term in terms for part in term.split()}
    tally = Counter(form.lower() for form in every_form if not is_figure(form))
    hard = [
        HardWord(word, times, number)
        for word, times in tally.items()
        if (number := syllables.count(word)) >= 3 and normal(word) not in known
    ]
    hard.sort(key=lambda w: (-w.times * (w.syllables - 2), w.word))
    return hard[:limit]
