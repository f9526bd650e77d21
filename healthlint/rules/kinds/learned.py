"""Kind `learned`: sentences that sound like those which editors stopped at, by weights learnt from labelled sentences.

```yaml
check:
  kind: learned
  model: overclaims
  at-least: 0.7                       # how likely, from 0 to 1; see analysis/learned.py
  unless: [negated, question, debunked]
```

It looks at whole sentences only and marks the sentence; `{telling}` in the message is the words that weigh most. It has
no reason but them, so it yields to rules that have one (`yields-to`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from healthlint.analysis import CLAIM_KINDS, Analysis
from healthlint.analysis.contexts import Context
from healthlint.analysis.learned import Part, model, parts, words
from healthlint.analysis.linguistics import Hit
from healthlint.finding import Match
from healthlint.rules.kinds._sound import sound
from healthlint.rules.kinds._tokens_library import contexts_named, library_for
from healthlint.rules.model import Options, RuleMeta, phrase
from healthlint.strict_yaml import Locator

# Headings, items and labels are not whole sentences: a few words decide about them, often wrongly.
_SHORTEST = 5  # words
_ENDS = (".", "!", "?", '."', '!"', ".)")


def build(meta: RuleMeta, where: Locator) -> LearnedRule:
    """The rule that a rule file describes. Raises RuleError at file:line."""
    check = where.check_keys(
        meta.check, ("kind", "model", "at-least", "unless"), "check", required=["model", "at-least"]
    )
    name, least = sound(check, where, "check")
    library = library_for(meta.path, where.checked)
    contexts = contexts_named(check.get("unless", []), where, library, library.lists, "check", "unless")
    return LearnedRule(meta, name, least, contexts)


class LearnedRule:
    """Reports sentences by the weights of their words."""

    anchors: frozenset[str] | None = None

    def __init__(self, meta: RuleMeta, name: str, least: float, unless: Sequence[Context]) -> None:
        self.meta, self._name, self._least, self._unless = meta, name, least, tuple(unless)

    def check(self, text: Analysis, options: Options) -> Iterator[Match]:
        """A match for every sentence that is likely enough and stands in none of the contexts."""
        learned = model(self._name)
        for sentence in text.standing_in(CLAIM_KINDS, range(len(text.sentences))):
            folded = text.folded_sentence(sentence)
            if not folded.endswith(_ENDS):
                continue
            texts = words(folded)
            if len(texts) < _SHORTEST or (likelihood := learned.likelihood(texts)) < self._least:
                continue
            its_parts = parts(folded)
            hit = _hit(text, sentence, its_parts)
            if any(context.holds(text, sentence, hit) for context in self._unless):
                continue
            first, end = learned.telling(texts)
            telling = text.range(sentence, its_parts[first].start, its_parts[end - 1].end).within(text.article.source)
            at = text.range(sentence)
            values = {"match": at.within(text.article.source), "telling": phrase(telling)}
            yield Match(at, values, evidence={"likelihood": f"{likelihood:.2f}", "telling words": telling})


def _hit(text: Analysis, sentence: int, its_parts: Sequence[Part]) -> Hit:
    # The tokens that the words stand in.
    starts = text.language.tokens(sentence).starts
    first = max(0, bisect_right(starts, its_parts[0].start) - 1)
    end = max(first + 1, bisect_left(starts, its_parts[-1].end))
    return Hit(first, end, first, end)
