"""Kind `glossary`: terms that need an explanation at their first use, with their plain equivalents.

```yaml
check:
  kind: glossary
  terms:                                    # as in kind `phrases`; the value is the meaning in plain words
    postherpetic neuralgia: nerve pain after shingles
    stenos{is|es}: {use: narrowing, except: [stenosis clinic]}
    prevalence: {use: how common it is, variant: known}   # severity-when and message-when of the rule file
```

A term is silent where the article explains it anywhere (in brackets, after “also called”, by a definition, with its
plain words near), where it links to an explanation, where it is part of a name, and where the project's own glossary
lists it (`glossary` in the configuration). Terms of one variant that are first met in one sentence are one finding,
with {terms} as `“term” (plain words)`. The message may also show {match} and {count}.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from healthlint.analysis import Analysis
from healthlint.analysis.fold import fold
from healthlint.article import HEADINGS, BlockKind
from healthlint.finding import Match, Related
from healthlint.formats.sections import is_own_line
from healthlint.late import late
from healthlint.rules.kinds.phrases import PhraseRule
from healthlint.rules.messages import join_names
from healthlint.rules.model import Options, RuleMeta
from healthlint.rules.parts.glosses import content_words, explained_at
from healthlint.rules.parts.rule_file import block_kinds, variant
from healthlint.rules.parts.terms import Form, read_terms
from healthlint.strict_yaml import Locator

_OFFICE = late(r" (?:unit|ward|department|suite|clinic|nurses?|team)s?(?= ?[:(,]|\.?$| on \d)")
# Where a first use counts; a heading may name a term that its section then explains.
_USES = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL})
_EXPLAINS = _USES | HEADINGS | {BlockKind.CAPTION}


def build(meta: RuleMeta, where: Locator) -> GlossaryRule:
    """A rule around a glossary; raises RuleError at file:line, also for a term without a meaning."""
    check = where.check_keys(meta.check, ("kind", "terms", "in"), "check", required=["terms"])
    forms, exceptions = read_terms(check["terms"], where)
    for form in forms.values():
        if not form.use:
            raise where.error("check", "terms", form.key, message="a term needs its meaning in plain words.")
        variant(form.variant, meta, where, "check", "terms", form.key, "variant")
    kinds = block_kinds(check.get("in", []), where, "check", "in") or _USES
    return GlossaryRule(meta, forms, exceptions, kinds)


class GlossaryRule:
    """Finds terms of a glossary that an article uses and never explains."""

    def __init__(
        self, meta: RuleMeta, forms: Mapping[str, Form], exceptions: set[str], kinds: frozenset[BlockKind]
    ) -> None:
        self.meta, self.kinds = meta, kinds
        self._finder = PhraseRule(meta, forms, exceptions, None)
        self._finder.kinds = _EXPLAINS | kinds
        self.anchors: frozenset[str] | None = self._finder.anchors
        self.triggers = self.anchors
        self._plain = {form.key: content_words(form.use) for form in forms.values()}

    def check(self, text: Analysis, options: Options) -> Iterator[Match]:
        """One match for each sentence that uses terms for the first time without explaining them."""
        first: dict[str, tuple[int, int, int, Form]] = {}
        explained = {fold(term) for term in text.settings.glossary}
        known: set[str] = set()
        for sentence, start, end, form in self._finder.hits(text):
            if form.key in known:
                continue
            block = text.blocks[text.sentences[sentence].block]
            kind = block.kind
            shown = text.folded_sentence(sentence)[start:end]
            if shown in explained or explained_at(text, sentence, start, end, self._plain[form.key]):
                known.add(form.key)
            elif kind in self.kinds and not _part_of_name(text, sentence, start, end) and not is_own_line(block.prose):
                first.setdefault(form.key, (sentence, start, end, form))
        together: dict[tuple[int, str], list[tuple[int, int, int, Form]]] = {}
        for key, hit in first.items():
            if key not in known:
                together.setdefault((hit[0], hit[3].variant), []).append(hit)
        for hits in together.values():
            yield self._match(text, sorted(hits, key=lambda hit: hit[:3]))

    def _match(self, text: Analysis, hits: list[tuple[int, int, int, Form]]) -> Match:
        named = [f"“{text.prose(s)[a:b]}” ({join_names(form.use, 'or')})" for s, a, b, form in hits]
        sentence, start, end, form = hits[0]
        related = tuple(Related(f"here too: {text.prose(s)[a:b]}", text.range(s, a, b)) for s, a, b, _ in hits[1:])
        values = {"match": text.prose(sentence)[start:end], "terms": join_names(named), "count": str(len(hits))}
        return Match(text.range(sentence, start, end), values, form.variant, {"term": form.key}, related)


def _part_of_name(text: Analysis, sentence: int, start: int, end: int) -> bool:
    # “the Stenosis Society”: a capital before and after, in the middle of running text.
    prose = text.prose(sentence)
    if _OFFICE.match(prose, end):  # “Endoscopy unit: 555 0142”
        return True
    return start > 0 and prose[start].isupper() and prose[end : end + 2].strip()[:1].isupper()
