"""Tokens and token patterns of sentences, by spaCy: the only module that imports it, and only inside functions.

spaCy runs as `spacy.blank("en")`, its tokenizer and its Matcher; no model is needed. Importing it costs a second, so it
is loaded for the first sentence that holds all the words of some pattern, and never for a run without such a sentence.

Two packages for contexts such as negation were looked at:
- negspacy (NegEx): not used. It judges entities found by a model (`doc.ents`) with word lists from discharge summaries
  (“denies”, “ruled out”), knows no questions, quotations or frames, and needs the text to be parsed first.
- medspaCy's ConText: not used as a package, since it brings a clinical pipeline with its own splitter and lists; its
  design is: cues with a direction, a reach, terminators and pseudo-cues, in `contexts.py`, with the cues as data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from healthlint.analysis.patterns import Pattern, words_of
from healthlint.analysis.patterns_nodes import CLAUSE_ENDS, Path

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.matcher import Matcher
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


def _token_pattern(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for slot in path:
        if slot.words:
            words = sorted(slot.words)
            spec: dict[str, Any] = {"ORTH": words[0] if len(words) == 1 else {"IN": words}}
        elif slot.gap:
            spec = {"ORTH": {"NOT_IN": list(CLAUSE_ENDS)}}
        else:
            spec = {"ORTH": {"REGEX": rf"\A(?:{slot.regex})\Z"}}
        if slot.optional:
            spec["OP"] = "?"
        found.append(spec)
    return found


class Finder:
    """A set of patterns that is searched for together: an index by anchor word, and one expression per pattern.

    Almost every sentence is turned away by the index. What is left is asked for one or two patterns, by the expression
    of each over the sentence's tokens. spaCy's Matcher would take as long as all the rest together, and grows with the
    power of the gaps in a pattern.
    """

    __slots__ = ("_always", "_index", "_matchers", "anchors", "patterns")

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self._matchers: dict[int, Matcher] = {}
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
        found = (
            pattern.spans(*language.joined(sentence))
            if pattern.token_bound
            else self._by_matcher(number, language, sentence)
        )
        hits = [Hit(*span) for span in found]
        if hits and (pattern.start or pattern.end):
            doc = language.doc(sentence)
            hits = [hit for hit in hits if _at_edges(pattern, doc, hit.start, hit.end)]
        hits = without_overlaps(hits) if len(hits) > 1 else hits
        return [_trimmed(language.doc(sentence), hit) for hit in hits]

    def _by_matcher(self, number: int, language: Language, sentence: int) -> Iterable[tuple[int, int, int, int]]:
        # A regular expression for one token might run on into the next: spaCy's Matcher keeps them apart.
        pattern, doc = self.patterns[number], language.doc(sentence)
        matcher = self._matchers.get(number)
        if matcher is None:
            from spacy.matcher import Matcher

            matcher = self._matchers[number] = Matcher(pipeline().vocab)
            matcher.add("pattern", [_token_pattern(path) for path in pattern.paths])
        for start, end in {(start, end) for _, start, end in matcher(doc)}:
            reported = pattern.confirm([token.text for token in doc[start:end]])
            if reported is not None:
                yield start, end, start + reported[0], start + reported[1]


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
        self._joined: dict[int, tuple[str, list[int]]] = {}
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

    def joined(self, sentence: int) -> tuple[str, list[int]]:
        """The tokens of a sentence, each ended by NUL, and where each begins in that text (and where the text ends)."""
        if sentence not in self._joined:
            texts = [token.text for token in self.doc(sentence)]
            self._joined[sentence] = "\0".join([*texts, ""]), [0, *accumulate(len(text) + 1 for text in texts)]
        return self._joined[sentence]

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
