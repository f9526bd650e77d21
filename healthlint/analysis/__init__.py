"""The lazy facts of one article: every fact is computed at most once, and only when a rule asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from healthlint.analysis.fold import words_in
from healthlint.analysis.memo import cached_fact
from healthlint.analysis.text import Text
from healthlint.article import APART, HEADINGS, POINTERS, Article, BlockKind

if TYPE_CHECKING:
    from healthlint.analysis.linguistics import Language
    from healthlint.analysis.readability.formulas import Scores
    from healthlint.analysis.readability.grades import Readability
    from healthlint.analysis.sections import Sections
    from healthlint.analysis.topics.model import TopicModel
    from healthlint.analysis.topics.profile import TopicProfile


class Settings(NamedTuple):
    """What a project tells the analysis: words of its topics, its glossary, and what its templates print."""

    topics: Mapping[str, tuple[str, ...]] = {}
    glossary: tuple[str, ...] = ()
    disclaimer_provided: str = ""
    disclaimer_text: str = ""
    disclaimer_file: str = ""


# What a claim can stand in. References, related links and quotations are other people's words.
CLAIM_KINDS = frozenset(
    {BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL,
     BlockKind.QUESTION, BlockKind.CAPTION}
)  # fmt: skip
# What counts for readability: running text only.
PROSE_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE})
_HEADINGS = HEADINGS - {BlockKind.TITLE}
_TEXTS = frozenset(BlockKind) - HEADINGS
_NOT_BODY = APART | {"metadata"}


@lru_cache(maxsize=16)
def _topic_model(extra: tuple[tuple[str, tuple[str, ...]], ...]) -> TopicModel:
    from healthlint.analysis.topics.model import TopicModel

    return TopicModel(dict(extra))


class Analysis(Text):
    """One article and its facts, as rules see it."""

    def __init__(self, article: Article, settings: Settings | None = None) -> None:
        super().__init__(article)
        self.settings = settings or Settings()
        self.candidates: Mapping[str, Sequence[int]] | None = None
        self.silent: frozenset[str] = frozenset()
        self.fitting: Mapping[str, Mapping[int, Sequence[int]]] = {}
        self.asked: frozenset[str] = frozenset()
        self.present: frozenset[str] = frozenset()
        self.present_at: Mapping[int, Set[str]] = {}

    def forget(self) -> None:
        """Let go of all facts. They refer to the article and it to them: memory that else waits for a collection."""
        vars(self).clear()

    @cached_fact
    def language_code(self) -> str:
        """The language of the article as a two-letter code; “xx” for a script other than Latin."""
        from healthlint.analysis.language_id import language_of

        return language_of(self.article.metadata.language, self.full_text)

    def candidates_for(self, rule: str, kinds: Iterable[BlockKind] = CLAIM_KINDS) -> Iterator[int]:
        """The sentences that a rule has to look at: those with one of its anchors, in blocks of the given kinds.

        Without a prefilter run these are all sentences of such blocks. Repeats of the title are never looked at twice.
        """
        every = range(len(self.sentences))
        return self.standing_in(kinds, every if self.candidates is None else self.candidates.get(rule, ()))

    def standing_in(self, kinds: Iterable[BlockKind], among: Iterable[int]) -> Iterator[int]:
        """Those of some sentences that stand in blocks of the given kinds, and not apart."""
        wanted = frozenset(kinds)
        for index in among:
            block = self.sentences[index].block
            if block not in self.apart and self.blocks[block].kind in wanted:
                yield index

    @cached_fact
    def apart(self) -> frozenset[int]:
        """Indices of the blocks in which no rule looks for phrases: repeats of the title, footers, asides, headers."""
        return self.title_repeats.union(i for i, block in enumerate(self.blocks) if block.within & APART)

    @cached_fact
    def title_repeats(self) -> frozenset[int]:
        """Indices of blocks that only say the title again, so that a claim in the title is reported once."""
        first = next((i for i, b in enumerate(self.blocks) if b.kind is BlockKind.TITLE), -1)
        title = self._plain(first) if first >= 0 else ""
        if not title:
            return frozenset()
        words = sorted(title.split(), key=len, reverse=True)  # few blocks hold even the longest
        return frozenset(
            i
            for i, folded in enumerate(self.folded)
            if i != first
            and all(map(folded.__contains__, words))
            and title in (plain := self._plain(i))
            and len(plain) <= 1.6 * len(title)
        )

    def _plain(self, block: int) -> str:
        return " ".join(words_in(self.folded[block]))

    @cached_fact
    def body(self) -> list[int]:
        """Indices of the blocks of the article's body: no metadata, footer or aside, no references or related links."""
        return [i for i, b in enumerate(self.blocks) if b.kind not in POINTERS and not (b.within & _NOT_BODY)]

    @cached_fact
    def body_blocks(self) -> frozenset[int]:
        """The same, to ask whether a block is among them."""
        return frozenset(self.body)

    @cached_fact
    def body_text(self) -> str:
        """The folded text of the body, one block a line."""
        return "\n".join(self.folded[i] for i in self.body)

    @property
    def body_length(self) -> int:
        """About how many words the body has: every space and line end parts two."""
        return self.body_text.count(" ") + self.body_text.count("\n") + 1

    @cached_fact
    def prose_blocks(self) -> list[int]:
        """Indices of the blocks that count for readability: running text of the body."""
        repeats = self.title_repeats
        return [i for i in self.body if self.blocks[i].kind in PROSE_KINDS and i not in repeats]

    @cached_fact
    def prose_words(self) -> list[list[str]]:
        """The folded words of each of the `prose_blocks`, compounds in parts."""
        return [words_in(self.folded[i]) for i in self.prose_blocks]

    @cached_fact
    def readability(self) -> Readability:
        """Sentence, word and syllable counts of the running text, and every grade from them."""
        from healthlint.analysis.readability.grades import Readability

        return Readability.of(self)

    @cached_fact
    def scores_terms_once(self) -> Scores:
        """The scores of the running text with the words of its topic and of the glossary counted once."""
        from healthlint.analysis.readability.terms import topic_terms

        return self.readability.adjusted_scores(topic_terms(self))

    @cached_fact
    def sections(self) -> Sections:
        """FAQ, references, related links, disclaimer, byline and dates of the article."""
        from healthlint.analysis.sections import Sections

        return Sections(self)

    @cached_fact
    def topic_model(self) -> TopicModel:
        """What the program and the project know of topics."""
        return _topic_model(tuple(sorted((name, tuple(words)) for name, words in self.settings.topics.items())))

    @cached_fact
    def topics(self) -> TopicProfile:
        """What the article is about: by its title, its headings and its text, without references and related links."""
        return self.topic_model.profile(*self._subject_texts)

    @property
    def topic_evidence(self) -> dict[str, tuple[str, ...]]:
        """Topic id → the words of the article that speak for it, the strongest first."""
        return self.topic_model.evidence(*self._subject_texts)

    @property
    def _subject_texts(self) -> tuple[str, list[str], list[str]]:
        body = [self.blocks[i] for i in self.body if i not in self.title_repeats]
        return (
            self.article.title,
            [block.prose for block in body if block.kind in _HEADINGS],
            [block.prose for block in body if block.kind in _TEXTS],
        )

    @cached_fact
    def language(self) -> Language:
        """Tokens, matchers and contexts (negation, question, quotation …)."""
        from healthlint.analysis.linguistics import Language

        return Language(self)
