"""One pass over an article tells which rules have to look at which sentences (Aho–Corasick over all their literals)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from healthlint.analysis import Analysis
from healthlint.analysis.sounds import Gate
from healthlint.rules.model import Needs, Rule
from healthlint.rules.word_index import Patterns, WordGroups, WordIndex


class _Use(NamedTuple):
    """What a literal is looked for: as an anchor of rules, as a trigger of rules."""

    anchors: list[str]
    triggers: list[str]


class Prefilter:
    """The literals of a set of rules, as one automaton. Rules without any are not its business."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        uses: dict[str, _Use] = {}
        asleep = set()
        literals: set[str] = set()
        patterns: list[Patterns] = []
        for rule in rules:
            triggers: frozenset[str] | None = getattr(rule, "triggers", None)
            literals |= getattr(rule, "literals", frozenset())
            needs: list[Needs] | None = getattr(rule, "needs", None)
            words: WordGroups | None = getattr(rule, "words", None)
            if needs is not None and words is not None:
                asleep.add(rule.meta.id)
                patterns.append(Patterns(rule.meta.id, needs, words))
                continue
            for anchor in rule.anchors or ():
                uses.setdefault(anchor, _Use([], [])).anchors.append(rule.meta.id)
            if triggers is not None:
                asleep.add(rule.meta.id)
                for trigger in triggers:
                    uses.setdefault(trigger, _Use([], [])).triggers.append(rule.meta.id)
        for literal in literals:
            uses.setdefault(literal, _Use([], []))
        self._asked, self._asleep = frozenset(literals), frozenset(asleep)
        self._words = WordIndex(patterns)
        self._texts = sorted(uses)
        self._uses = [uses[text] for text in self._texts]
        self._is_asked = [text in literals for text in self._texts]
        self._automaton = None
        if self._texts:
            from ahocorasick_rs import AhoCorasick

            self._automaton = AhoCorasick(self._texts)

    def run(self, text: Analysis, gates: bool = True) -> None:
        """Sets what the article has for each rule; without `gates`, also in sentences that are shut out.

        `text.candidates`: rule id → indices of sentences that hold one of its anchors, ascending; `text.silent`: the
        rules that have no trigger in the article; `text.fitting`: rule id → sentence → numbers, ascending, of the
        patterns that the sentence has the words for; `text.asked`: literals looked for; `text.present`,
        `text.present_at`: those that stand in the article, and in each sentence.
        """
        found: dict[str, set[int]] = {}
        awake: set[str] = set()
        present: dict[int, set[str]] = {}
        if self._automaton is not None:
            starts = _sentence_starts(text)
            for pattern, start, _ in self._automaton.find_matches_as_indexes(text.full_text, overlapping=True):
                anchors, triggers = self._uses[pattern]
                awake.update(triggers)
                sentence = bisect_right(starts, start) - 1
                if sentence < 0:
                    continue
                for rule in anchors:
                    found.setdefault(rule, set()).add(sentence)
                if self._is_asked[pattern]:
                    present.setdefault(sentence, set()).add(self._texts[pattern])
        awake |= self._run_words(text, found, gates)
        text.candidates = {rule: sorted(sentences) for rule, sentences in found.items()}
        text.silent = self._asleep - awake
        text.asked, text.present_at = self._asked, present
        text.present = frozenset().union(*present.values())

    def _run_words(self, text: Analysis, found: dict[str, set[int]], gates: bool) -> set[str]:
        # A sentence is for a pattern where it has a word of each group.
        fitting: dict[str, dict[int, list[int]]] = {}
        for sentence, (block, _, _) in enumerate(text.sentences) if self._words else ():
            if block not in text.apart:
                kind = text.blocks[block].kind

                def is_shut(gate: Gate, sentence: int = sentence) -> bool:
                    return gates and gate.shuts_out(text, sentence)

                for rule, number in self._words.fitting(text.language.words(sentence), kind, is_shut):
                    fitting.setdefault(rule, {}).setdefault(sentence, []).append(number)
        text.fitting = fitting
        for rule, sentences in fitting.items():
            found.setdefault(rule, set()).update(sentences)
        return set(fitting)


def _sentence_starts(text: Analysis) -> list[int]:
    # Where each sentence begins in the full text.
    blocks = list(accumulate((len(folded) + 1 for folded in text.folded), initial=0))
    return [blocks[block] + start for block, start, _ in text.sentences]
