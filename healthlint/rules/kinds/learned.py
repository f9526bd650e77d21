"""Kind `learned`: sentences that sound like those which editors stopped at, by weights learnt from labelled sentences.

```yaml
check:
  kind: learned
  model: overclaims                   # or disclaimers
  at-least: 0.7                       # how likely, from 0 to 1
  in-context: 0.5                     # how likely, at least, read together with the sentence after it
  together: 0.85                      # or two sentences that follow each other, read as one
  page: {usual: 0.2, patience: 3}     # the other sentences of the article count too, where they sound other than usual
  often: {from: 3, at-least: 0.6}     # limits for an article that has at least so many of them; the others as above
  unless: [negated, question, debunked]
```

It looks at whole sentences only and marks them; `{telling}` in the message is the words that weigh most. It has no
reason but them, so it yields to rules that have one (`yields-to`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from healthlint.analysis import CLAIM_KINDS, Analysis
from healthlint.analysis.contexts import Context
from healthlint.analysis.learned import Part, model, parts
from healthlint.analysis.linguistics import LOOSE_ENDS, Hit, trimmed
from healthlint.analysis.sounds import Page, Sounds
from healthlint.finding import Match
from healthlint.late import late
from healthlint.rules.messages import phrase
from healthlint.rules.model import Options, RuleMeta
from healthlint.rules.parts.contexts import contexts_named
from healthlint.rules.parts.library_files import library_for
from healthlint.rules.parts.sound import sound
from healthlint.strict_yaml import Locator

# Headings, items and labels are not whole sentences: a few words decide about them, often wrongly.
_ENDS = (".", "!", "?", '."', '!"', ".)")
_FIGURE_BEFORE = late(r"(?:\d[\d.,]*\s+(?:out of|in|of|to)\s+|[£$€]\s?)$")
_SIGN_BEHIND = late(r"\s?[%°]|®|™")
_LIMITS = ("at-least", "in-context", "together")
_KEYS = ("kind", "model", *_LIMITS, "page", "often", "unless")


def build(meta: RuleMeta, where: Locator) -> LearnedRule:
    """The rule that a rule file describes. Raises RuleError at file:line."""
    check = where.check_keys(meta.check, _KEYS, "check", required=("model", "at-least"))
    name, _ = sound(check, where, "check")
    limits = _limits(check, where, "check")
    page = _page(check, where) if "page" in check else None
    often, lower = 0, limits
    if "often" in check:
        entry = where.check_keys(check["often"], ("from", *_LIMITS), "check", "often", required=("from",))
        often = where.whole(entry["from"], "check", "often", "from", least=1)
        lower = _limits({**check, **entry}, where, "check", "often")
    library = library_for(meta.path, where.checked)
    contexts = contexts_named(check.get("unless", []), where, library, library.lists, "check", "unless")
    return LearnedRule(meta, name, limits, contexts, page, often, lower)


class Limits(NamedTuple):
    """How likely a sentence must be by itself and with the one after it, or else two together."""

    alone: float
    in_context: float = 0.0
    together: float = 1.0


def _limits(check: Mapping[str, Any], where: Locator, *keys: str) -> Limits:
    given = [(name, key) for name, key in zip(Limits._fields, _LIMITS, strict=True) if key in check]
    return Limits(**{name: sound(check, where, *keys, limit=key)[1] for name, key in given})


def _page(check: Mapping[str, Any], where: Locator) -> Page:
    entry = where.check_keys(check["page"], Page._fields, "check", "page", required=Page._fields)
    usual = sound({**check, **entry}, where, "check", "page", limit="usual")[1]
    return Page(usual, where.whole(entry["patience"], "check", "page", "patience", least=1))


class LearnedRule:
    """Reports sentences by the weights of their words."""

    anchors: frozenset[str] | None = None

    def __init__(
        self,
        meta: RuleMeta,
        name: str,
        limits: Limits,
        unless: Sequence[Context],
        page: Page | None,
        often: int,
        lower: Limits,
    ) -> None:
        self.meta, self._name, self._limits, self._unless = meta, name, limits, tuple(unless)
        self._page, self._often, self._lower = page, often, lower

    def check(self, text: Analysis, options: Options) -> Iterator[Match]:
        """A match for every sentence, or two together, likely enough and in none of the contexts.

        Where there are many, a page is one that claims much, and less is enough for the others.
        """
        found = list(self._found(text, self._limits))
        if self._often and len(found) >= self._often:
            found = list(self._found(text, self._lower))
        return iter(found)

    def _found(self, text: Analysis, limits: Limits) -> Iterator[Match]:
        sounds = Sounds.of(text, self._name)
        before = -1  # the sentence before, where it is a whole one that was not reported
        for sentence in text.standing_in(CLAIM_KINDS, range(len(text.sentences))):
            folded = text.folded_sentence(sentence)
            if not folded.endswith(_ENDS) or not sounds.long_enough(sentence):
                before = -1
                continue
            leaning = sounds.leaning(sentence, self._page) if self._page else 0.0
            first, likelihood, enough = sentence, sounds.likelihood(sentence, leaning=leaning), limits.alone
            if likelihood >= enough and sounds.in_context(sentence) < limits.in_context:
                enough = 1.0  # what follows takes it back
            elif likelihood < enough and 0 <= before == sentence - 1 and self._same_block(text, before):
                first, likelihood, enough = before, sounds.likelihood(before, sentence, leaning), limits.together
            if likelihood < enough or any(self._excused(text, i) for i in range(first, sentence + 1)):
                before = sentence
                continue
            before = -1
            yield self._match(text, first, sentence, likelihood)

    @staticmethod
    def _same_block(text: Analysis, sentence: int) -> bool:
        return text.sentences[sentence].block == text.sentences[sentence + 1].block

    def _excused(self, text: Analysis, sentence: int) -> bool:
        hit = _hit(text, sentence, parts(text.folded_sentence(sentence)))
        return any(context.holds(text, sentence, hit) for context in self._unless)

    def _match(self, text: Analysis, first: int, last: int, likelihood: float) -> Match:
        source = text.article.source
        block, start, _ = text.sentences[first]
        end = text.sentences[last].end
        its_parts = parts(text.folded[block][start:end])
        texts = [part.text for part in its_parts]
        telling_first, telling_end = trimmed(texts, *model(self._name).telling(texts), LOOSE_ENDS)
        at = text.blocks[block].range(start, end)
        begin, stop = its_parts[telling_first].start, its_parts[telling_end - 1].end
        begin, stop = _whole_figures(text.blocks[block].prose[start:end], begin, stop)
        telling = text.blocks[block].range(start + begin, start + stop).within(source)
        values = {"match": at.within(source), "telling": phrase(telling)}
        return Match(at, values, evidence={"likelihood": f"{likelihood:.2f}", "telling words": telling})


def _whole_figures(sentence: str, begin: int, stop: int) -> tuple[int, int]:
    """A stretch of a sentence with the rest of the figures at its edges: “9 out of” before 10, the sign behind 91%."""
    if before := _FIGURE_BEFORE.search(sentence, 0, begin):
        begin = before.start()
    if behind := _SIGN_BEHIND.match(sentence, stop):
        stop = behind.end()
    return begin, stop


def _hit(text: Analysis, sentence: int, its_parts: Sequence[Part]) -> Hit:
    # The tokens that the words stand in, without the mark at the end: a question is asked by what follows the phrase.
    its_parts = [part for part in its_parts if part.text[0] not in "!?;:"] or its_parts
    starts = text.language.tokens(sentence).starts
    first = max(0, bisect_right(starts, its_parts[0].start) - 1)
    end = max(first + 1, bisect_left(starts, its_parts[-1].end))
    return Hit(first, end, first, end)
