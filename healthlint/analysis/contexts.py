"""Contexts: what stands around a phrase and changes what it says, such as negation, a question, or a warning frame.

After ConText (Harkema et al. 2009, doi:10.1016/j.jbi.2009.05.002): a context has cues; a cue has a reach, before or
after the phrase; terminators end the reach; pseudo-cues look like cues and are none. Added here: cues in neighbouring
sentences, in the heading or the lead-in above a list, in the title, and quotation marks around the phrase.
The cues are data (`rules/contexts/*.yaml`); this module only applies them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from healthlint.analysis import Analysis
from healthlint.analysis.antecedents import spoken_of
from healthlint.analysis.lead_ins import above
from healthlint.analysis.linguistics import Finder, Hit, Language
from healthlint.analysis.memo import cached_fact
from healthlint.analysis.sounds import Gate, Sounds
from healthlint.article import BlockKind

_QUOTE = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)|«[^»]*»|(?<!\w)'[^']*'(?!\w)")


class Reach(StrEnum):
    """Where a cue must stand, seen from the phrase."""

    BEFORE = "before"  # earlier in the sentence, with no terminator in between
    AFTER = "after"  # later in the sentence, with no terminator in between
    SENTENCE = "sentence"  # anywhere in the sentence
    PREVIOUS = "previous"  # in the sentence before, of the same block
    NEXT = "next"  # in the sentence after, of the same block
    SUBJECT = "subject"  # in the sentence, or before it where it opens with a pronoun, in what the pronoun speaks of
    NEAR = "near"  # in the sentence, or in the one before or after
    BLOCK = "block"  # anywhere in the block
    ABOVE = "above"  # in the heading above, or in the sentence that leads in a list
    TITLE = "title"  # in the article's title
    ARTICLE = "article"  # anywhere in the article, or blocks of the given kinds (or references in the metadata) there
    ITSELF = "itself"  # touching the phrase


IN_PLACE = "here"  # the name of contexts that a rule writes in place
_BY_PHRASE = frozenset({Reach.BEFORE, Reach.AFTER, Reach.ITSELF})
_BY_BLOCK = frozenset({Reach.BLOCK, Reach.ABOVE, Reach.TITLE})


@dataclass(frozen=True, eq=False)
class Cue:
    """Cues of one reach. The phrase must stand in quotation marks (`quoted`) and in a block of these `kinds`, where
    given; then one thing in reach is enough: a match of `finder`, a match of one of `regexes`, or a link (`links`).
    Or the sentence and each of its clauses are less likely than this to be of the kind that a model of `learned.py`
    knows (`sounds`).

    `within` limits the distance of a cue before or after the phrase, in tokens; 0 is no limit.
    """

    reach: Reach
    finder: Finder | None = None
    regexes: tuple[re.Pattern[str], ...] = ()
    within: int = 0
    quoted: bool = False
    links: bool = False
    kinds: frozenset[BlockKind] = frozenset()
    sounds: tuple[str, float] | None = None

    @cached_fact
    def words(self) -> frozenset[str]:
        """Words of which the sentence of the phrase must hold one; empty where that is not so."""
        here = self.reach is Reach.SENTENCE or self.reach in _BY_PHRASE
        if self.finder is None or self.regexes or self.links or not here:
            return frozenset()
        return self.finder.anchors or frozenset()


@dataclass(eq=False)
class Context:
    """A named context: its cues, the ends of their reach, what only looks like a cue, and what undoes the context."""

    name: str
    cues: tuple[Cue, ...]
    terminators: Finder | None = None
    pseudo: Finder | None = None
    about: str = ""
    unless: tuple[Context, ...] = ()

    @property
    def finders(self) -> list[Finder]:
        """All that it looks for by patterns, in order."""
        found = (*(cue.finder for cue in self.cues), self.terminators, self.pseudo)
        return [finder for finder in found if finder is not None]

    @cached_fact
    def gates(self) -> tuple[Gate, ...]:
        """What it excuses whole sentences by, whatever stands in them; empty where it asks for more than that."""
        if self.unless or any(cue.sounds is None or cue.quoted for cue in self.cues):
            return ()
        return tuple(Gate(*cue.sounds, cue.kinds) for cue in self.cues if cue.sounds)

    def holds(self, text: Analysis, sentence: int, hit: Hit) -> str:
        """The words that show that a phrase stands in this context, or an empty string."""
        words = text.language.words(sentence)
        for cue in self.cues:
            if cue.words and words.isdisjoint(cue.words):
                continue
            if shown := _Look(text, sentence, hit, self, cue).shown():
                return "" if any(other.holds(text, sentence, hit) for other in self.unless) else shown
        return ""


class _Look:
    """One cue of one context, asked for one phrase."""

    def __init__(self, text: Analysis, sentence: int, hit: Hit, context: Context, cue: Cue) -> None:
        self.text, self.sentence, self.hit, self.context, self.cue = text, sentence, hit, context, cue
        self.language: Language = text.language

    def shown(self) -> str:
        """The words of the cue that reaches the phrase, or an empty string."""
        cue = self.cue
        index = self.text.sentences[self.sentence].block
        kind = self.text.blocks[index].kind
        if cue.reach is Reach.ARTICLE:
            return self.language.kept((cue, "article"), self._in_article)
        if cue.kinds and kind not in cue.kinds:
            return ""
        if cue.quoted and not self._in_quotes():
            return ""
        if cue.sounds:
            sounds = Sounds.of(self.text, cue.sounds[0])
            plain = sounds.is_plain(self.sentence, cue.sounds[1])
            return f"likelihood {sounds.likelihood(self.sentence):.2f}" if plain else ""
        if cue.finder is None and not cue.regexes and not cue.links:
            return kind.value if cue.kinds else "“…”"
        if cue.reach in _BY_PHRASE:
            return next(self._same_sentence(), "")
        # Where the phrase stands in its sentence (in its block) makes no difference: many phrases share the answer.
        key = (self.context, cue, "block", index) if cue.reach in _BY_BLOCK else (self.context, cue, "", self.sentence)
        return self.language.kept(key, lambda: next(self._elsewhere(), ""))

    def _in_article(self) -> str:
        if self.cue.finder:
            sentences = range(len(self.text.sentences))
            return next((self._words(at, hit) for at in sentences for hit in self._cues(at)), "")
        article = self.text.article
        if BlockKind.REFERENCE in self.cue.kinds and article.metadata.references:
            return BlockKind.REFERENCE.value
        return next((b.kind.value for b in article.blocks if b.kind in self.cue.kinds), "")

    def _in_quotes(self) -> bool:
        index, first, _ = self.text.sentences[self.sentence]
        start, end = (first + at for at in self.language.offsets(self.sentence, self.hit.start, self.hit.end))
        prose = self.text.blocks[index].prose
        quotes = self.language.kept(("quotes", index), lambda: [match.span() for match in _QUOTE.finditer(prose)])
        # They do not overlap: only the last one that begins before the phrase can hold it.
        at = bisect_left(quotes, (start, 0)) - 1
        return at >= 0 and end <= quotes[at][1]

    def _same_sentence(self) -> Iterator[str]:
        hit, cue = self.hit, self.cue
        for cue_hit in self._cues(self.sentence):
            if cue.reach is Reach.ITSELF:
                reached = cue_hit.start < hit.end and hit.start < cue_hit.end
            elif cue.reach is Reach.BEFORE:
                reached = cue_hit.end <= hit.start and self._in_reach(cue_hit.end, hit.start)
            else:
                reached = hit.end <= cue_hit.start and self._in_reach(hit.end, cue_hit.start)
            if reached:
                yield self._words(self.sentence, cue_hit)
        start, end = self.language.offsets(self.sentence, hit.start, hit.end)
        prose = self.text.prose(self.sentence)
        part = {Reach.BEFORE: prose[:start], Reach.AFTER: prose[end:]}.get(cue.reach, prose[start:end])
        yield from self._by_regex(part)

    def _in_reach(self, start: int, end: int) -> bool:
        if self.cue.within and end - start > self.cue.within:
            return False
        if self.context.terminators is None:
            return True
        ends = self.language.find(self.context.terminators, self.sentence)
        return not any(start <= stop.start and stop.end <= end for _, stop in ends)

    def _elsewhere(self) -> Iterator[str]:
        for sentence in self._places():
            yield from (self._words(sentence, cue_hit) for cue_hit in self._cues(sentence))
            yield from self._by_regex(self.text.prose(sentence))
            if self.cue.links and self._has_link(sentence):
                yield "a link"

    def _cues(self, sentence: int) -> Iterator[Hit]:
        if self.cue.finder is None:
            return
        found = self.language.find(self.cue.finder, sentence)
        if not found:
            return
        pseudo = self.language.find(self.context.pseudo, sentence) if self.context.pseudo else []
        for _, hit in found:
            if not any(other.start <= hit.start and hit.end <= other.end for _, other in pseudo):
                yield hit

    def _by_regex(self, prose: str) -> Iterator[str]:
        for regex in self.cue.regexes:
            if match := regex.search(prose):
                yield match.group().strip() or "…"

    def _has_link(self, sentence: int) -> bool:
        block, start, end = self.text.sentences[sentence]
        links = (link for link in self.text.article.links if link.block == block)
        # A note mark is taken out of the prose and leaves an empty link, at the sentence's end or one space behind it.
        return any(
            (start < link.end and link.start < end) or (link.start == link.end and start < link.start <= end + 1)
            for link in links
        )

    def _words(self, sentence: int, hit: Hit) -> str:
        start, end = self.language.offsets(sentence, hit.start, hit.end)
        return self.text.prose(sentence)[start:end]

    def _places(self) -> Iterable[int]:
        text, at, reach = self.text, self.sentence, self.cue.reach
        block = text.sentences[at].block
        own = text.sentences_of(block)
        if reach is Reach.SENTENCE:
            return (at,)
        if reach is Reach.BLOCK:
            return own
        if reach is Reach.PREVIOUS:
            return (at - 1,) if at - 1 in own else ()
        if reach is Reach.NEXT:
            return (at + 1,) if at + 1 in own else ()
        if reach is Reach.SUBJECT:
            return (at, *spoken_of(text, at))
        if reach is Reach.NEAR:
            return [place for place in (at, at - 1, at + 1) if place in own]
        if reach is Reach.ABOVE:
            leads: list[tuple[int, ...]] = self.language.kept("above", lambda: above(text))
            return leads[block]
        titles = self.language.kept(
            "titles", lambda: [i for i, b in enumerate(text.blocks) if b.kind is BlockKind.TITLE]
        )
        return [sentence for title in titles if title != block for sentence in text.sentences_of(title)]
