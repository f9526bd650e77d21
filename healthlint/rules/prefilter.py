"""One pass over an article tells which rules have to look at which sentences (Aho–Corasick over all their literals)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from healthlint.analysis import Analysis
from healthlint.analysis.patterns_nodes import cost
from healthlint.analysis.word_order import Needs, WordOrder
from healthlint.rules.model import Rule


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
        self._by_word: dict[str, list[tuple[str, list[frozenset[str]], Needs]]] = {}
        for rule in rules:
            triggers: frozenset[str] | None = getattr(rule, "triggers", None)
            literals |= getattr(rule, "literals", frozenset())
            needs: list[Needs] | None = getattr(rule, "needs", None)
            if needs is not None:
                asleep.add(rule.meta.id)
                for need in needs:
                    rarest, *others = sorted(set(need.words), key=cost)
                    entry = rule.meta.id, others, need
                    for word in rarest:
                        self._by_word.setdefault(word, []).append(entry)
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
        self._words = frozenset(self._by_word)
        self._texts = sorted(uses)
        self._uses = [uses[text] for text in self._texts]
        self._is_asked = [text in literals for text in self._texts]
        self._automaton = None
        if self._texts:
            from ahocorasick_rs import AhoCorasick

            self._automaton = AhoCorasick(self._texts)

    def run(self, text: Analysis) -> None:
        """Sets what the article has for each rule.

        `text.candidates`: rule id → indices of sentences that hold one of its anchors, ascending; `text.silent`: the
        rules that have no trigger in the article; `text.asked`: literals looked for; `text.present`, `text.present_at`:
        those that stand in the article, and in each sentence.
        """
        found: dict[str, set[int]] = {}
        awake: set[str] = set()
        present: dict[int, set[str]] = {}
        if self._automaton is not None:
            hits = self._automaton.find_matches_as_indexes(text.full_text, overlapping=True)
            at = _sentence_at(text)
            for pattern in {pattern for pattern, _, _ in hits}:
                awake.update(self._uses[pattern].triggers)
            for pattern, sentence in {(pattern, at[start]) for pattern, start, _ in hits}:
                if sentence < 0:
                    continue
                for rule in self._uses[pattern].anchors:
                    if rule in found:
                        found[rule].add(sentence)
                    else:
                        found[rule] = {sentence}
                if self._is_asked[pattern]:
                    if sentence in present:
                        present[sentence].add(self._texts[pattern])
                    else:
                        present[sentence] = {self._texts[pattern]}
        awake |= self._run_words(text, found)
        text.candidates = {rule: sorted(sentences) for rule, sentences in found.items()}
        text.silent = self._asleep - awake
        text.asked, text.present_at = self._asked, present
        text.present = frozenset().union(*present.values())

    def _run_words(self, text: Analysis, found: dict[str, set[int]]) -> set[str]:
        # A sentence is for a rule where it has, for one of the rule's patterns, a word of each group, in order.
        awake: set[str] = set()
        for sentence in range(len(text.sentences)) if self._words else ():
            words = text.language.words(sentence)
            fits: set[str] = set()
            placed: WordOrder | None = None
            kind = text.blocks[text.sentences[sentence].block].kind
            for word in words & self._words:
                for rule, others, need in self._by_word[word]:
                    if rule not in fits and kind in need.kinds and not any(map(words.isdisjoint, others)):
                        placed = placed or WordOrder(text.folded_sentence(sentence), words)
                        if placed.allows(need.order):
                            fits.add(rule)
            for rule in fits:
                found.setdefault(rule, set()).add(sentence)
            awake |= fits
        return awake


def _sentence_at(text: Analysis) -> list[int]:
    # For each character of the full text the index of its sentence, or of the one before it; -1 before the first.
    found: list[int] = []
    block_starts, end = [], 0
    for folded in text.folded:
        block_starts.append(end)
        end += len(folded) + 1
    for index, (block, start, _) in enumerate(text.sentences):
        found += [index - 1] * (block_starts[block] + start - len(found))
    found += [len(text.sentences) - 1] * (end - len(found))
    return found
