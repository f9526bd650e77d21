"""Kind `phrases`: a list of literal words and phrases, found as whole words in folded text.

```yaml
check:
  kind: phrases
  terms:                                   # a list, or term → replacement(s) or {use, reason, except, variant}
    alleviat{e|es|ed|ing}: eas{e|es|ed|ing}
    prior to: {use: before, except: [prior to discharge planning]}
    asymptomatic: {use: without symptoms, fix: false}    # cannot stand in its place
  except: [longer phrases that are no fault]
  once: true                               # one finding per term and article, the other places related
```

More keys: `case` (match capitals as written), `in` (kinds of block), `skip-names` (not where capitalised inside a
sentence), `skip-quotes` (not inside quotation marks), `skip-explained` (not in an article that explains the term at its
first use), `cluster: {distinct, per-thousand}` (one finding for the article, and only where enough different terms
stand close enough). The message may show {match}, {suggestion} (the replacements), {reason}, with `once` {count} and
{times}, with `cluster` {list} and {distinct}. A replacement in the same forms (`eas{e|es}`) is offered as a fix.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from healthlint.analysis import CLAIM_KINDS, Analysis
from healthlint.analysis.fold import fold
from healthlint.finding import Edit, Fix, Match
from healthlint.rules.kinds._inflections import fitting
from healthlint.rules.messages import join_names
from healthlint.rules.model import Options, RuleMeta
from healthlint.rules.parts.glosses import content_words, explained_at
from healthlint.rules.parts.occurrences import Occurrence, grouped, single
from healthlint.rules.parts.rule_file import block_kinds, variant
from healthlint.rules.parts.terms import Form, read_exception, read_terms
from healthlint.rules.surroundings import bounded, in_quotes, is_name
from healthlint.strict_yaml import Locator

_FLAGS = ("once", "case", "skip-names", "skip-quotes", "skip-explained")
_KEYS = ("kind", "terms", "except", "in", "cluster", *_FLAGS)
_VOWELS = "aeiou"


def build(meta: RuleMeta, where: Locator) -> PhraseRule:
    """A rule that looks for literal phrases; raises RuleError at file:line."""
    check = where.check_keys(meta.check, _KEYS, "check", required=["terms"])
    case = where.flag(check.get("case", False), "check", "case")
    forms, exceptions = read_terms(check["terms"], where, case)
    for i, phrase in enumerate(where.texts(check.get("except", []), "check", "except")):
        exceptions |= read_exception(phrase, forms, where, case, "check", "except", i)
    if not where.checked:
        _check_messages(meta, forms, where)
    cluster = None
    if "cluster" in check:
        entry = where.check_keys(check["cluster"], ("distinct", "per-thousand"), "check", "cluster")
        at = ("check", "cluster")
        distinct = where.whole(entry.get("distinct", 1), *at, "distinct")
        cluster = distinct, where.whole(entry.get("per-thousand", 1), *at, "per-thousand")
    rule = PhraseRule(meta, forms, exceptions, cluster)
    rule.kinds = block_kinds(check.get("in", []), where, "check", "in") or CLAIM_KINDS
    for name in _FLAGS:
        setattr(rule, name.replace("-", "_"), where.flag(check.get(name, False), "check", name))
    return rule


def _check_messages(meta: RuleMeta, forms: Mapping[str, Form], where: Locator) -> None:
    for form in forms.values():
        template = meta.messages.get(form.variant, meta.message)
        variant(form.variant, meta, where, "check", "terms", form.key, "variant")
        for name, value in (("suggestion", form.use), ("reason", form.reason)):
            if "{" + name + "}" in template and not value:
                message = f"the message shows {{{name}}}, and this term has none."
                raise where.error("check", "terms", form.key, message=message)


class PhraseRule:
    """Finds whole words and phrases of a list; the longest one that begins first wins."""

    once = case = skip_names = skip_quotes = skip_explained = False
    kinds = CLAIM_KINDS

    def __init__(
        self, meta: RuleMeta, forms: Mapping[str, Form], exceptions: set[str], cluster: tuple[int, int] | None
    ) -> None:
        self.meta, self.forms, self.exceptions, self.cluster = meta, forms, exceptions, cluster
        self.anchors: frozenset[str] | None = frozenset(fold(literal) for literal in forms)
        self.triggers = self.anchors
        self._literals = [*forms, *sorted(exceptions)]

    @cached_property
    def _automaton(self) -> Any:
        from ahocorasick_rs import AhoCorasick

        return AhoCorasick(self._literals)

    def check(self, text: Analysis, options: Options) -> Iterator[Match]:
        """One match for each place, or for each term (`once`), or for the article (`cluster`)."""
        places = self.places(text)
        if self.cluster:
            return self._clustered(text, list(places), *self.cluster)
        return grouped(places) if self.once else single(places)

    def places(self, text: Analysis) -> Iterator[Occurrence]:
        """Every place of every term that counts, in source order."""
        met: dict[str, bool] = {}
        for sentence, start, end, form in self.hits(text):
            if self.skip_explained:
                if form.key not in met:
                    met[form.key] = explained_at(text, sentence, start, end, content_words(form.use))
                if met[form.key]:
                    continue
            yield self._place(text, sentence, text.prose(sentence), start, end, form)

    def hits(self, text: Analysis) -> Iterator[tuple[int, int, int, Form]]:
        """Where terms stand: sentence, start and end in it, and the form found."""
        for sentence in text.candidates_for(self.meta.id, self.kinds):
            block, offset, _ = text.sentences[sentence]
            prose = text.prose(sentence)
            for start, end, form in self._find(prose if self.case else text.folded_sentence(sentence)):
                if self.skip_names and is_name(prose, start, end):
                    continue
                if self.skip_quotes and in_quotes(text.blocks[block].prose, offset + start, offset + end):
                    continue
                yield sentence, start, end, form

    def _find(self, text: str) -> Iterator[tuple[int, int, Form]]:
        literals = self._literals
        hits = [
            (start, -end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if bounded(text, start, end)
        ]
        last = 0
        excepted = [(start, -end) for start, end, index in hits if index >= len(self.forms)]
        for start, negative, index in sorted(hits):
            end = -negative
            if start < last or index >= len(self.forms):
                continue
            if any(a <= start and end <= b for a, b in excepted):
                continue
            last = end
            yield start, end, self.forms[literals[index]]

    def _place(self, text: Analysis, sentence: int, prose: str, start: int, end: int, form: Form) -> Occurrence:
        shown = prose[start:end]
        where = text.range(sentence, start, end)
        upper = shown[:1].isupper()
        uses = [_like(fitting(use, prose[:start], prose[end:]), upper) for use in form.use]
        values = {"suggestion": join_names([f"“{use}”" for use in uses], "or"), "reason": form.reason}
        fix = None
        if uses and form.agrees and len(uses) == 1 and not _article_changes(prose[:start], shown, uses[0]):
            fix = Fix(f"Replace with “{uses[0]}”", (Edit(where, uses[0]),))
        evidence = {"term": form.key, **({"reason": form.reason} if form.reason else {})}
        return Occurrence(form.key, where, shown, values, form.variant, fix, evidence)

    def _clustered(self, text: Analysis, places: list[Occurrence], distinct: int, density: int) -> Iterator[Match]:
        names: dict[str, str] = {}
        for place in places:
            names.setdefault(place.key, place.text)
        words = len(text.body_text.split())
        if len(names) < distinct or len(places) * 1000 < density * words:
            return
        shown = [f"“{name}”" for name in list(names.values())[:5]]
        values = {"list": join_names(shown), "distinct": str(len(names))}
        for place in places:
            place.key, place.values = "", values
            place.evidence = {"found": str(len(places)), "different": str(len(names)), "words": str(words)}
        yield from grouped(places)


def _like(word: str, upper: bool) -> str:
    return word[:1].upper() + word[1:] if upper else word


def _article_changes(before: str, old: str, new: str) -> bool:
    # “an adequate dose” must not become “an enough dose”: after a or an, the first sound has to stay what it was.
    last = before.split()[-1].lower() if before.split() else ""
    return last in ("a", "an") and (old[:1].lower() in _VOWELS) != (new[:1].lower() in _VOWELS)
