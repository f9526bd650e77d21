"""Patterns held against the tokens of sentences.

spaCy's Matcher was used and is not: it follows every way through a pattern by itself, so that two gaps of ten tokens
(`..10`) cost a quarter of a second a sentence, and a word list in a pattern hundreds of states.

Two packages for contexts such as negation were looked at:
- negspacy (NegEx): not used. It judges entities found by a model (`doc.ents`) with word lists from discharge summaries
  (“denies”, “ruled out”), knows no questions, quotations or frames, and needs the text to be parsed first.
- medspaCy's ConText: not used as a package, since it brings a clinical pipeline with its own splitter and lists; its
  design is: cues with a direction, a reach, terminators and pseudo-cues, in `contexts.py`, with the cues as data.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from healthlint.analysis.memo import cached_fact
from healthlint.analysis.patterns.pattern import Pattern, words_of
from healthlint.analysis.tokens import Tokens

if TYPE_CHECKING:
    from healthlint.analysis import Analysis

T = TypeVar("T")
LOOSE_ENDS = frozenset(
    "a an and as at for from in is it of on or that the their they this to with your , : ; -".split()
)
_LOOSE_STARTS = frozenset("a an and are be is or that the was were which , : ; -".split())


class Hit(NamedTuple):
    """A match of a pattern in a sentence: the tokens it spans, and those of the part to report."""

    start: int
    end: int
    mark_start: int
    mark_end: int


class Finder:
    """A set of patterns that is searched for together.

    Almost every sentence is turned away since it has no word of any pattern. In the others each word is looked up for
    the patterns that need it.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self._known = ""

    @cached_fact
    def _needs(self) -> list[frozenset[str] | None]:
        # For each pattern, words of which one stands wherever it matches; None where there are none.
        if self._known:
            return [frozenset(words.split(" ")) for words in self._known.split("\n")]
        return [pattern.anchor for pattern in self.patterns]

    @cached_fact
    def anchors(self) -> frozenset[str] | None:
        """Words of which one stands wherever one of the patterns matches; None where there are none."""
        if self._known:
            return frozenset(self._known.split())
        return None if None in self._needs else frozenset().union(*filter(None, self._needs))

    @property
    def anchors_as_text(self) -> str:
        """The anchors as one text, a line for each pattern, for `tell`; empty where there are none."""
        return "" if self.anchors is None else "\n".join(" ".join(sorted(words or ())) for words in self._needs)

    def tell(self, anchors: str) -> None:
        """Take the anchors as they were worked out before: patterns that no text has the words for are never read."""
        self._known = anchors

    @cached_fact
    def _by_word(self) -> dict[str, list[int]]:
        # The patterns by the words of which they need one; those that need none are under the empty text.
        found: dict[str, list[int]] = {}
        for number, words in enumerate(self._needs):
            for word in words or ("",):
                found.setdefault(word, []).append(number)
        return found

    def find(self, language: Language, sentence: int, numbers: Iterable[int] | None = None) -> list[tuple[int, Hit]]:
        """Every match in a sentence with its pattern's number, by number and place; with `numbers`, of those patterns.

        Of the matches of one pattern that overlap, the longest is kept.
        """
        if numbers is not None:
            tokens = language.tokens(sentence)
            return [(number, hit) for number in numbers for hit in self._hits(number, tokens)]
        words = language.words(sentence)
        if self.anchors is not None and words.isdisjoint(self.anchors):
            return []
        tokens = language.tokens(sentence)
        needed = self._by_word.keys() & {"", *words}
        possible = set(chain.from_iterable(map(self._by_word.__getitem__, needed)))
        return [(number, hit) for number in sorted(possible) for hit in self._hits(number, tokens)]

    def _hits(self, number: int, tokens: Tokens) -> list[Hit]:
        pattern = self.patterns[number]
        spans = without_overlaps(pattern.spans(tokens))
        # A phrase is shown without the little words that its pattern needs at the edges (“instant relief from”).
        return [Hit(*span, *trimmed(tokens.texts, *pattern.mark(tokens, *span))) for span in spans]


def trimmed(texts: Sequence[str], start: int, end: int, loose_starts: Set[str] = _LOOSE_STARTS) -> tuple[int, int]:
    """The stretch of some texts without the little words at its edges; one text is always left."""
    while end - start > 1 and texts[end - 1] in LOOSE_ENDS:
        end -= 1
    while end - start > 1 and texts[start] in loose_starts:
        start += 1
    return start, end


def without_overlaps(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest spans that do not overlap, in order."""
    if len(spans) < 2:
        return spans
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= first or last <= start for first, last in kept):
            kept.append((start, end))
    return sorted(kept)


class Language:
    """Words, tokens and matches of the sentences of one article; each is worked out once, when a rule asks for it."""

    def __init__(self, text: Analysis) -> None:
        self.text = text
        self._words: dict[int, frozenset[str]] = {}
        self._tokens: dict[int, Tokens] = {}
        self._found: dict[tuple[Finder, int], list[tuple[int, Hit]]] = {}
        self._kept: dict[Hashable, Any] = {}

    def words(self, sentence: int) -> frozenset[str]:
        """The folded words of a sentence."""
        found = self._words.get(sentence)
        if found is None:
            plain = self.text.plain_words[sentence]
            told = plain and "cannot" not in plain
            found = frozenset(plain) if told else words_of(self.text.folded_sentence(sentence))
            self._words[sentence] = found
        return found

    def tokens(self, sentence: int) -> Tokens:
        """The tokens of a folded sentence; their offsets are those of the sentence."""
        found = self._tokens.get(sentence)
        if found is None:
            found = self._tokens[sentence] = Tokens(self.text.folded_sentence(sentence))
        return found

    def find(self, finder: Finder, sentence: int) -> list[tuple[int, Hit]]:
        """The matches of a set of patterns in a sentence, with the pattern's number; kept for the next who asks."""
        key = (finder, sentence)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = finder.find(self, sentence)
        return found

    def kept(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What is worked out for a key, once an article."""
        if key not in self._kept:
            self._kept[key] = work_out()
        answer: T = self._kept[key]
        return answer

    def offsets(self, sentence: int, start: int, end: int) -> tuple[int, int]:
        """The character offsets in the sentence of the tokens start … end - 1."""
        return self.tokens(sentence).offsets(start, end)
