"""A rule of kind `tokens` at work: phrases by pattern, read in context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from healthlint.analysis import Analysis
from healthlint.analysis.contexts import IN_PLACE, Context
from healthlint.analysis.linguistics import Finder, Hit
from healthlint.analysis.patterns.nodes import cost
from healthlint.analysis.sounds import Gate
from healthlint.article import BlockKind
from healthlint.finding import Match, Related
from healthlint.rules.kinds._tokens_rate import faster_than
from healthlint.rules.model import Needs, Options, RuleMeta
from healthlint.rules.word_index import WordGroups


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Patterns that share a variant, places and contexts."""

    variant: str
    kinds: frozenset[BlockKind]
    unless: tuple[Context, ...]
    only_if: tuple[Context, ...]
    exceptions: Finder | None
    limit: float
    company: tuple[Finder, ...] = ()
    within: int = 0
    alone: bool = False

    @property
    def gates(self) -> tuple[Gate, ...]:
        """What excuses a sentence whatever stands in it."""
        return tuple(gate for context in self.unless for gate in context.gates)

    @property
    def finders(self) -> list[Finder]:
        """What it looks for around a phrase, in order; contexts that have a name are known to the library."""
        own = (context for context in (*self.unless, *self.only_if) if context.name == IN_PLACE)
        inner = (finder for context in own for finder in context.finders)
        return [*inner, *((self.exceptions,) if self.exceptions else ()), *self.company]

    @property
    def needs(self) -> tuple[frozenset[str], ...]:
        """Groups of words that the company of a phrase needs, wherever it stands in the sentence."""
        return tuple(need for finder in self.company for pattern in finder.patterns for need in pattern.needs)

    def joined(self, text: Analysis, sentence: int, hit: Hit) -> Hit | None:
        """The phrase together with the company it needs, in any order, or None where some of it is too far away."""
        start, end, taken = hit.start, hit.end, [hit]
        for finder in self.company:
            found = [other for _, other in text.language.find(finder, sentence)]
            free = [o for o in found if all(o.end <= used.start or used.end <= o.start for used in taken)]
            near = min(free, key=lambda other: max(start - other.end, other.start - end), default=None)
            if near is None or max(start - near.end, near.start - end) > self.within:
                return None
            taken.append(near)
            start, end = min(start, near.start), max(end, near.end)
        return Hit(start, end, start, end) if self.company else hit


class Variant(NamedTuple):
    """A case of its own: where (`kinds`), in which contexts (`contexts`, any), of which group variant (`of`)."""

    name: str
    of: str | None
    kinds: frozenset[BlockKind]
    contexts: tuple[Context, ...]


def _rarity(words: frozenset[str]) -> tuple[int, list[str]]:
    return cost(words), sorted(words)


class TokensRule:
    """Phrases by pattern, read in context."""

    def __init__(
        self, meta: RuleMeta, finder: Finder, groups: list[Group], owners: list[int], variants: list[Variant], per: str
    ) -> None:
        self.meta = meta
        self._finder, self._groups, self._owners, self._variants, self._per = finder, groups, owners, variants, per
        self.words = WordGroups()  # those of `needs`
        self._kinds = frozenset().union(*(group.kinds for group in groups))

    @cached_property
    def anchors(self) -> frozenset[str] | None:
        """Words of which one stands in every sentence the rule can match in."""
        return self._finder.anchors or None

    @property
    def finders(self) -> list[Finder]:
        """What the groups look for around a phrase, in order."""
        return [finder for group in self._groups for finder in group.finders]

    @cached_property
    def needs(self) -> list[Needs]:
        """What a sentence must have for each pattern."""
        owned = zip(self._finder.patterns, (self._groups[owner] for owner in self._owners), strict=True)
        needed = ((sorted({*p.needs, *group.needs}, key=_rarity), group) for p, group in owned)
        return [Needs([self.words.number(words) for words in groups], g.kinds, g.gates) for groups, g in needed]

    def check(self, text: Analysis, options: Options) -> Iterator[Match]:
        """Yield a match for every phrase that stands, after exceptions and contexts; repeats become related places."""
        firsts: dict[object, list[tuple[int, Hit, Group, str]]] = {}
        for sentence in text.candidates_for(self.meta.id, self._kinds):
            found = self._found(text, sentence)
            if not found:
                continue
            for at, (hit, group) in enumerate(self._standing(text, sentence, found)):
                variant = self._variant(text, sentence, hit, group)
                key = self._key(text, sentence, at, variant)
                firsts.setdefault(key, []).append((sentence, hit, group, variant))
        for same in firsts.values():
            yield self._match(text, same)

    def _key(self, text: Analysis, sentence: int, at: int, variant: str) -> object:
        # What the phrases of one match have in common.
        keys = {
            "phrase": (sentence, at),
            "variant": (sentence, variant),
            "sentence": sentence,
            "paragraph": text.sentences[sentence].block,
        }
        return keys.get(self._per, "article")

    def _found(self, text: Analysis, sentence: int) -> list[tuple[int, Hit]]:
        # The prefilter has told which of the patterns the sentence has the words for; without it, all are tried.
        numbers = text.fitting.get(self.meta.id, {}).get(sentence)
        hits = self._finder.find(text.language, sentence, numbers)
        joined = ((n, self._groups[self._owners[n]].joined(text, sentence, hit)) for n, hit in hits)
        return [(number, hit) for number, hit in joined if hit is not None]

    def _standing(self, text: Analysis, sentence: int, found: list[tuple[int, Hit]]) -> list[tuple[Hit, Group]]:
        kind = text.blocks[text.sentences[sentence].block].kind
        kept: list[tuple[Hit, Group]] = []
        # Of two that overlap the graver one is kept, then the longer one.
        order = sorted(found, key=lambda f: (self._rank_of(f[0]), f[1].start - f[1].end, f[1].start, f[0]))
        for number, hit in order:
            group = self._groups[self._owners[number]]
            if kind not in group.kinds or any(hit.start < k.end and k.start < hit.end for k, _ in kept):
                continue
            if self._stands(text, sentence, hit, group):
                kept.append((hit, group))
        if any(not group.alone for _, group in kept):
            kept = [(hit, group) for hit, group in kept if not group.alone]
        return sorted(kept, key=lambda pair: pair[0])

    def _stands(self, text: Analysis, sentence: int, hit: Hit, group: Group) -> bool:
        return not self._excuse(text, sentence, hit, group)

    def _excuse(self, text: Analysis, sentence: int, hit: Hit, group: Group) -> str:
        """Why a phrase that fits is not reported; empty where it is."""
        language = text.language
        if group.exceptions is not None:
            for number, other in language.find(group.exceptions, sentence):
                if other.start < hit.end and hit.start < other.end:
                    return f"the exception “{group.exceptions.patterns[number].source}” covers it"
        if group.limit:
            start, end = language.offsets(sentence, hit.start, hit.end)
            if not faster_than(text.folded_sentence(sentence)[start:end], group.limit):
                return "its rate is within the limit"
        for context in group.only_if:
            if not context.holds(text, sentence, hit):
                return f"it counts only in the context “{context.name}”"
        for context in group.unless:
            if cue := context.holds(text, sentence, hit):
                return f"the context “{context.name}” excuses it: “{cue}”"
        return ""

    def trace(self, text: Analysis, options: Options, sentences: Sequence[int]) -> Iterator[str]:
        """For each phrase in some sentences that fits a pattern, why it is not reported."""
        for sentence in sentences:
            kind = text.blocks[text.sentences[sentence].block].kind
            found = self._found(text, sentence)
            others = [group for _, group in self._standing(text, sentence, found) if not group.alone]
            for number, hit in found:
                group = self._groups[self._owners[number]]
                start, end = text.language.offsets(sentence, hit.start, hit.end)
                place = "" if kind in group.kinds else f"it does not count in a {kind.value.replace('_', ' ')}"
                reason = place or self._excuse(text, sentence, hit, group)
                if not reason and group.alone and others:
                    reason = "another phrase of the sentence is reported already"
                if reason:
                    yield f"“{text.prose(sentence)[start:end]}” fits, but {reason}."

    def _variant(self, text: Analysis, sentence: int, hit: Hit, group: Group) -> str:
        kind = text.blocks[text.sentences[sentence].block].kind
        for variant in self._variants:
            fits = kind in variant.kinds and variant.of in (None, group.variant)
            if fits and (not variant.contexts or any(c.holds(text, sentence, hit) for c in variant.contexts)):
                return variant.name
        return group.variant

    def _match(self, text: Analysis, same: list[tuple[int, Hit, Group, str]]) -> Match:
        # The gravest variant speaks for all of them; among equals, the first.
        best = min(range(len(same)), key=lambda i: (self._rank(same[i][3]), i))
        sentence, hit, _, variant = same[best]
        start, end = text.language.offsets(sentence, hit.mark_start, hit.mark_end)
        phrase = text.prose(sentence)[start:end]
        related = []
        for i, (other, again, _, _) in enumerate(same):
            if i != best:
                place = text.range(other, *text.language.offsets(other, again.mark_start, again.mark_end))
                related.append(Related("here too", place))
        evidence = {"phrase": phrase, "sentence": text.prose(sentence)}
        return Match(text.range(sentence, start, end), {"match": phrase}, variant, evidence, tuple(related))

    def _rank_of(self, number: int) -> int:
        return self._rank(self._groups[self._owners[number]].variant)

    def _rank(self, variant: str) -> int:
        return self.meta.severities.get(variant, self.meta.severity).rank
