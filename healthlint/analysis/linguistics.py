"""Tokens of sentences by spaCy, and patterns over them: the only module that imports it, and only inside functions.

spaCy runs as `spacy.blank("en")`, with its tokenizer; no model is needed. Importing it costs half a second or more, so
it is loaded for the first sentence that holds the words of some pattern in order, and never for a run without one.

spaCy's Matcher was used and is not: it follows every way through a pattern by itself, so that two gaps of ten tokens
(`..10`) cost a quarter of a second a sentence, and a word list in a pattern hundreds of states.

Two packages for contexts such as negation were looked at:
- negspacy (NegEx): not used. It judges entities found by a model (`doc.ents`) with word lists from discharge summaries
  (“denies”, “ruled out”), knows no questions, quotations or frames, and needs the text to be parsed first.
- medspaCy's ConText: not used as a package, since it brings a clinical pipeline with its own splitter and lists; its
  design is: cues with a direction, a reach, terminators and pseudo-cues, in `contexts.py`, with the cues as data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from healthlint.analysis.patterns import Pattern, words_of

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

    from healthlint.analysis import Analysis

_CACHE_SIZE = 200_000  # distinct chunks the tokenizer remembers; a large site has fewer
_LOOSE_ENDS = frozenset(
    "a an and as at for from in is it of on or that the their they this to with your , : ; -".split()
)
_LOOSE_STARTS = frozenset("a an and are be is or that the was were which , : ; -".split())
_seen_chunks: set[str] = set()


class Hit(NamedTuple):
    """A match of a pattern in a sentence: the tokens it spans, and those of the part to report."""

    start: int
    end: int
    mark_start: int
    mark_end: int


@cache
def pipeline() -> Pipeline:
    """The one spaCy pipeline of this process: a tokenizer and a vocabulary."""
    import spacy

    nlp = spacy.blank("en")
    tokenizer: Any = nlp.tokenizer
    tokenizer.max_cache_size = _CACHE_SIZE
    return nlp


def tokenize(folded: str) -> Doc:
    """A folded text as a spaCy Doc.

    The tokenizer keeps no result for a chunk that it meets inside a longer text when the chunk needs a special case;
    met once by itself, it does. So each new chunk is shown to it once alone: seven times as fast, the same tokens.
    """
    tokenizer: Any = pipeline().tokenizer
    for chunk in folded.split():
        if chunk not in _seen_chunks:
            if len(_seen_chunks) < _CACHE_SIZE:
                _seen_chunks.add(chunk)
            tokenizer(chunk)
    doc: Doc = tokenizer(folded)
    return doc


class Finder:
    """A set of patterns that is searched for together, by an index of their anchor words.

    Almost every sentence is turned away by the index; what is left is held against one or two patterns.
    """

    __slots__ = ("_always", "_index", "anchors", "patterns")

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self._index: dict[str, list[int]] = {}
        self._always: list[int] = []
        for number, pattern in enumerate(self.patterns):
            if pattern.anchor is None:
                self._always.append(number)
            for word in pattern.anchor or ():
                self._index.setdefault(word, []).append(number)
        self.anchors = frozenset(self._index)  # one of them stands wherever a pattern with an anchor matches

    def possible(self, words: frozenset[str]) -> list[int]:
        """Numbers of the patterns that a sentence with these words can match."""
        found = set(self._always)
        for word in words & self.anchors:
            found.update(self._index[word])
        absent = words.isdisjoint
        return [
            number
            for number in sorted(found)
            if not any(map(absent, self.patterns[number].needs)) and self.patterns[number].node.may(words)
        ]

    def find(self, language: Language, sentence: int) -> list[tuple[int, Hit]]:
        """Every match in a sentence with its pattern's number, the longest for each pattern and place first found."""
        numbers = self.possible(language.words(sentence))
        if not numbers:
            return []
        return [(number, hit) for number in numbers for hit in self._match(number, language, sentence)]

    def _match(self, number: int, language: Language, sentence: int) -> list[Hit]:
        pattern = self.patterns[number]
        hits = [Hit(*span) for span in pattern.spans(language.tokens(sentence))]
        if hits and (pattern.start or pattern.end):
            doc = language.doc(sentence)
            hits = [hit for hit in hits if _at_edges(pattern, doc, hit.start, hit.end)]
        hits = without_overlaps(hits) if len(hits) > 1 else hits
        return [_trimmed(language.doc(sentence), hit) for hit in hits]


def _at_edges(pattern: Pattern, doc: Doc, start: int, end: int) -> bool:
    if pattern.start and any(token.is_alpha or token.is_digit for token in doc[:start]):
        return False
    return not pattern.end or not any(token.is_alpha or token.is_digit for token in doc[end:])


def _trimmed(doc: Doc, hit: Hit) -> Hit:
    # A phrase is shown without the little words that its pattern needs at the edges (“instant relief from”).
    start, end = hit.mark_start, hit.mark_end
    while end - start > 1 and doc[end - 1].text in _LOOSE_ENDS:
        end -= 1
    while end - start > 1 and doc[start].text in _LOOSE_STARTS:
        start += 1
    return Hit(hit.start, hit.end, start, end)


def without_overlaps(hits: Iterable[Hit]) -> list[Hit]:
    """The longest hits that do not overlap, in order."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return sorted(kept)


class Language:
    """Words, tokens and matches of the sentences of one article; each is worked out once, when a rule asks for it."""

    def __init__(self, text: Analysis) -> None:
        self.text = text
        self._words: dict[int, frozenset[str]] = {}
        self._docs: dict[int, Doc] = {}
        self._tokens: dict[int, list[str]] = {}
        self._found: dict[tuple[int, int], list[tuple[int, Hit]]] = {}

    def words(self, sentence: int) -> frozenset[str]:
        """The folded words of a sentence."""
        if sentence not in self._words:
            self._words[sentence] = words_of(self.text.folded_sentence(sentence))
        return self._words[sentence]

    def doc(self, sentence: int) -> Doc:
        """The spaCy Doc of a folded sentence; its offsets are those of the sentence."""
        if sentence not in self._docs:
            self._docs[sentence] = tokenize(self.text.folded_sentence(sentence))
        return self._docs[sentence]

    def tokens(self, sentence: int) -> list[str]:
        """The texts of the tokens of a sentence."""
        if sentence not in self._tokens:
            self._tokens[sentence] = [token.text for token in self.doc(sentence)]
        return self._tokens[sentence]

    def find(self, finder: Finder, sentence: int) -> list[tuple[int, Hit]]:
        """The matches of a set of patterns in a sentence, with the pattern's number; kept for the next who asks."""
        key = (id(finder), sentence)
        if key not in self._found:
            self._found[key] = finder.find(self, sentence)
        return self._found[key]

    def offsets(self, sentence: int, start: int, end: int) -> tuple[int, int]:
        """The character offsets in the sentence of the tokens start … end - 1."""
        doc = self.doc(sentence)
        last = doc[end - 1]
        return doc[start].idx, last.idx + len(last)
