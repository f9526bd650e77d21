"""The text of an article in blocks and sentences, folded for matching, with the way back to the source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from healthlint.analysis.fold import SPECIAL, fold, simplified
from healthlint.analysis.memo import cached_fact
from healthlint.article import Article, Block
from healthlint.ranges import LineIndex, TextRange

if TYPE_CHECKING:
    from healthlint.analysis.sentences.segment import SentenceSpans


class Sentence(NamedTuple):
    """A sentence: its block's index and its offsets in the block's prose."""

    block: int
    start: int
    end: int


_sentence = partial(tuple.__new__, Sentence)  # without the Python code of `Sentence(…)`


class Text:
    """The blocks and sentences of one article, each with its number."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.blocks: list[Block] = article.blocks  # in source order

    @cached_fact
    def lines(self) -> LineIndex:
        """Lines and columns of the source."""
        return LineIndex(self.article.source)

    @cached_fact
    def folded(self) -> list[str]:
        """Each block's prose in lower case with plain quotes and hyphens, at the same length."""
        return [fold(block.prose) for block in self.blocks]

    @cached_fact
    def spans(self) -> list[list[SentenceSpans]]:
        """For each block, its sentences with the words of each."""
        from healthlint.analysis.sentences.segment import spans_of

        return spans_of([block.prose for block in self.blocks])

    @cached_fact
    def sentences(self) -> list[Sentence]:
        """Every sentence of every block, in source order."""
        return [*map(_sentence, [(i, start, end) for i, its in enumerate(self.spans) for start, end, _ in its])]

    @cached_fact
    def _first_sentence(self) -> list[int]:
        # For each block, the index of its first sentence; one more entry at the end.
        return [0, *accumulate(map(len, self.spans))]

    def sentences_of(self, block: int) -> range:
        """The indices of a block's sentences in `sentences`."""
        return range(self._first_sentence[block], self._first_sentence[block + 1])

    def sentence_at(self, block: int, offset: int) -> int:
        """The index of the sentence of a block that holds a prose offset (or the nearest one before it)."""
        its = self.sentences_of(block)
        at = bisect_right(self.sentences, offset, its.start, its.stop, key=lambda sentence: sentence.start)
        return max(its.start, at - 1)

    def prose(self, sentence: int) -> str:
        """A sentence's text."""
        block, start, end = self.sentences[sentence]
        return self.blocks[block].prose[start:end]

    def folded_sentence(self, sentence: int) -> str:
        """A sentence's folded text."""
        block, start, end = self.sentences[sentence]
        return self.folded[block][start:end]

    @cached_fact
    def plain_words(self) -> list[list[str]]:
        """For each sentence, its `fold.plain_words`."""
        blocks = simplified(self.full_text).split("\n")
        cuts = [blocks[block][start:end] for block, start, end in self.sentences]
        return [[] if SPECIAL in cut else cut.split() for cut in cuts]

    def range(self, sentence: int, start: int = 0, end: int | None = None) -> TextRange:
        """The source range of a part of a sentence, offsets counted from the sentence's start."""
        block, first, last = self.sentences[sentence]
        return self.blocks[block].range(first + start, last if end is None else first + end)

    @cached_fact
    def full_text(self) -> str:
        """The folded text of every block, one block a line."""
        return "\n".join(self.folded)

    def blocks_with(self, literals: Iterable[str]) -> list[int]:
        """Indices of the blocks whose folded text holds one of some literals."""
        found: set[int] = set()
        for literal in literals:
            at = self.full_text.find(literal)
            while at >= 0:
                block = bisect_right(self.block_starts, at) - 1
                found.add(block)
                at = self.full_text.find(literal, self.block_starts[block + 1])
        return sorted(found)

    @cached_fact
    def block_starts(self) -> list[int]:
        """Where each block begins in the full text; one more entry at the end."""
        return [0, *accumulate([len(folded) + 1 for folded in self.folded])]
