"""One pass over an article tells which rules have to look at which sentences (Aho–Corasick over all their literals)."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from healthlint.analysis import Analysis
from healthlint.analysis.sounds import Gate
from healthlint.rules.model import Needs, Rule
from healthlint.rules.word_index import RulePatterns, WordGroups, WordIndex


class _Use(NamedTuple):
    """A literal and what it is looked for: as a trigger of rules, as an anchor of rules, and because somebody asks."""

    text: str
    triggers: set[str]
    anchors: set[str]
    is_asked: bool


class Prefilter:
    """The literals of a set of rules, as one automaton. Rules without any are not its business."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        triggers, anchors = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
        asleep = set()
        literals: set[str] = set()
        patterns: list[RulePatterns] = []
        for rule in rules:
            its_triggers: frozenset[str] | None = getattr(rule, "triggers", None)
            literals |= getattr(rule, "literals", frozenset())
            needs: list[Needs] | None = getattr(rule, "needs", None)
            words: WordGroups | None = getattr(rule, "words", None)
            if needs is not None and words is not None:
                asleep.add(rule.meta.id)
                patterns.append(RulePatterns(rule.meta.id, needs, words))
                continue
            for anchor in rule.anchors or ():
                anchors[anchor].add(rule.meta.id)
            if its_triggers is not None:
                asleep.add(rule.meta.id)
                for trigger in its_triggers:
                    triggers[trigger].add(rule.meta.id)
        self._asked, self._asleep = frozenset(literals), frozenset(asleep)
        self._words = WordIndex(patterns)
        texts = sorted(literals.union(triggers, anchors))
        self._uses = [_Use(t, triggers.get(t, set()), anchors.get(t, set()), t in literals) for t in texts]
        self._automaton = None
        if texts:
            from ahocorasick_rs import AhoCorasick

            self._automaton = AhoCorasick(texts)

    def run(self, text: Analysis, gates: bool = True) -> None:
        """Sets what the article has for each rule; without `gates`, also in sentences that are shut out.

        `text.candidates`: rule id → indices of sentences that hold one of its anchors, ascending; `text.silent`: the
        rules that have no trigger in the article; `text.fitting`: rule id → sentence → numbers, ascending, of the
        patterns that the sentence has the words for; `text.asked`: literals looked for; `text.present`,
        `text.present_at`: those that stand in the article, and in each sentence.
        """
        found, present = defaultdict[str, set[int]](set), defaultdict[int, set[str]](set)
        awake: set[str] = set()
        if self._automaton is not None:
            starts = _sentence_starts(text)
            for number, start, _ in self._automaton.find_matches_as_indexes(text.full_text, overlapping=True):
                literal, triggers, anchors, is_asked = self._uses[number]
                awake |= triggers
                sentence = bisect_right(starts, start) - 1
                if sentence < 0:
                    continue
                for rule in anchors:
                    found[rule].add(sentence)
                if is_asked:
                    present[sentence].add(literal)
        text.fitting = self._fitting(text, gates)
        for rule, sentences in text.fitting.items():
            found[rule].update(sentences)
        awake.update(text.fitting)
        text.candidates = {rule: sorted(sentences) for rule, sentences in found.items()}
        text.silent = self._asleep - awake
        text.asked, text.present_at = self._asked, present
        text.present = frozenset().union(*present.values())

    def _fitting(self, text: Analysis, gates: bool) -> dict[str, dict[int, list[int]]]:
        # A sentence is for a pattern where it has a word of each group.
        fitting: dict[str, dict[int, list[int]]] = {}
        sentence = 0

        def is_shut(gate: Gate) -> bool:  # asks about the sentence that the loop below is at
            return gates and gate.shuts_out(text, sentence)

        words, apart, kinds = text.language.words, text.apart, [block.kind for block in text.blocks]
        for sentence, (block, _, _) in enumerate(text.sentences) if self._words else ():
            if block not in apart:
                for rule, number in self._words.fitting(words(sentence), kinds[block], is_shut):
                    fitting.setdefault(rule, {}).setdefault(sentence, []).append(number)
        return fitting


def _sentence_starts(text: Analysis) -> list[int]:
    # Where each sentence begins in the full text.
    blocks = text.block_starts
    return [blocks[block] + start for block, start, _ in text.sentences]
