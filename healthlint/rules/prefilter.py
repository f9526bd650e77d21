"""One pass over an article tells which sentences which rules have to look at (Aho–Corasick over all anchors)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from healthlint.analysis import Analysis
from healthlint.rules.model import Rule


class Prefilter:
    """The anchors of a set of rules, as one automaton. Rules without anchors are not its business."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        owners: dict[str, list[str]] = {}
        for rule in rules:
            for anchor in rule.anchors or ():
                owners.setdefault(anchor, []).append(rule.meta.id)
        self._anchors = sorted(owners)
        self._owners = [owners[anchor] for anchor in self._anchors]
        self._automaton = None
        if self._anchors:
            from ahocorasick_rs import AhoCorasick

            self._automaton = AhoCorasick(self._anchors)

    def run(self, text: Analysis) -> None:
        """Sets `text.candidates`: rule id → indices of sentences that hold one of its anchors, ascending."""
        found: dict[str, set[int]] = {}
        if self._automaton is not None:
            folded = text.full_text
            starts: list[int] = []
            block_starts, at = [], 0
            for block in text.folded:
                block_starts.append(at)
                at += len(block) + 1
            starts = [block_starts[s.block] + s.start for s in text.sentences]
            seen: set[tuple[int, int]] = set()
            for pattern, start, _ in self._automaton.find_matches_as_indexes(folded, overlapping=True):
                sentence = bisect_right(starts, start) - 1
                if sentence < 0 or (pattern, sentence) in seen:
                    continue
                seen.add((pattern, sentence))
                for rule in self._owners[pattern]:
                    found.setdefault(rule, set()).add(sentence)
        text.candidates = {rule: sorted(sentences) for rule, sentences in found.items()}
