"""Kind `tokens`: phrases by pattern, read in context. The pattern language: `healthlint explain patterns`.

```yaml
check:
  kind: tokens
  lists: {remedy: "turmeric, garlic, snake oil"}     # beside those of rules/vocabulary/
  unless: [negated, question, {reach: sentence, match: "when taken as directed"}]
  except: ["breakthrough pain"]                       # silent where one of these touches the phrase
  one-per: paragraph                                  # phrase (default), variant in a sentence, sentence, paragraph or
                                                      # article; repeats are related
  patterns:
    - "miracle (cure|drug)"
    - match: ["promising ..2 (treatment|drug)"]
      variant: weak                                   # severity-when and message-when of the rule file
      in: body                                        # title, heading, body; default all
      unless: [attributed]                            # as well as the rule's own
      despite: [negated]                              # of the rule's own, not these
      only-if: [product]                              # all of these must hold
      except: ["promising career"]
      faster-than: {per-week-kg: 1}                   # the amount and time in the phrase give a higher rate
      alone: true                                     # only where no other group reports anything in the sentence
    - match: overnight                                # together with these, in any order, at most so many tokens apart
      with: ["@trouble", (gone|cured)]
      within: 8
  variants:                                           # the first that fits renames the variant
    - {name: title, in: title, of: weak}
    - {name: hedged, if: [hedged]}
```

The message may show {match}. Words at the edges that say nothing (a, the, and, of) are not marked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from healthlint.analysis import CLAIM_KINDS
from healthlint.analysis.contexts import Context
from healthlint.analysis.linguistics import Finder
from healthlint.analysis.patterns.nodes import Node
from healthlint.analysis.patterns.pattern import Pattern, tokens_of
from healthlint.article import BlockKind
from healthlint.rules.kinds._tokens_rule import Group, TokensRule, Variant
from healthlint.rules.library import Library
from healthlint.rules.model import RuleMeta
from healthlint.rules.parts.contexts import contexts_named
from healthlint.rules.parts.library_files import library_for
from healthlint.rules.parts.rule_file import variant
from healthlint.rules.parts.unused import refuse_unused_lists
from healthlint.rules.parts.word_lists import named_lists, read_patterns
from healthlint.strict_yaml import Locator

_KEYS = ("kind", "lists", "unless", "except", "patterns", "variants", "one-per", "in")
_GROUP_KEYS = (
    "match", "with", "within", "variant", "in", "unless", "despite", "only-if", "except", "faster-than", "alone",
)  # fmt: skip
_WITHIN = 10  # tokens between a phrase and the company it needs
_VARIANT_KEYS = ("name", "of", "in", "if")
_PLACES = {
    "title": frozenset({BlockKind.TITLE}),
    "heading": frozenset({BlockKind.HEADING, BlockKind.QUESTION}),
    "body": CLAIM_KINDS - {BlockKind.TITLE, BlockKind.HEADING, BlockKind.QUESTION},
    "all": CLAIM_KINDS,
}
_ONE_PER = ("phrase", "variant", "sentence", "paragraph", "article")


def build(meta: RuleMeta, where: Locator) -> TokensRule:
    """The rule of a file of this kind. Raises RuleError at file:line for every mistake in its `check:`."""
    check = where.check_keys(meta.check, _KEYS, "check", required=("kind", "patterns"))
    library = library_for(meta.path, where.checked)
    lists = named_lists(check.get("lists", {}), where, library.lists, "check", "lists")
    refuse_unused_lists(check.get("lists", {}), check, where, "check", "lists")
    return _Builder(meta, where, check, library, lists).build()


class _Builder:
    def __init__(
        self, meta: RuleMeta, where: Locator, check: Mapping[str, Any], library: Library, lists: dict[str, Node]
    ) -> None:
        self.meta, self.where, self.check, self.library, self.lists = meta, where, check, library, lists
        self.shared = self._contexts(check.get("unless", []), "check", "unless")
        self.exceptions = read_patterns(check.get("except", []), where, lists, "check", "except")

    def build(self) -> TokensRule:
        entries = self.check["patterns"]
        if not isinstance(entries, list) or not entries:
            raise self.where.error("check", "patterns", message="expected a list of patterns.")
        patterns: list[Pattern] = []
        groups: list[Group] = []
        owners: list[int] = []
        for i, item in enumerate(entries):
            entry = item if isinstance(item, dict) else {"match": item}
            keys: tuple[str | int, ...] = ("check", "patterns", i)
            self.where.check_keys(entry, _GROUP_KEYS, *keys, required=("match",))
            at = (*keys, "match") if isinstance(item, dict) else keys
            own = read_patterns(entry["match"], self.where, self.lists, *at)
            for number, pattern in enumerate(own):
                if not self.where.checked and pattern.anchor is None:
                    place = at if isinstance(entry["match"], str) else (*at, number)
                    message = f"“{pattern.source}” has no word that must be there, so every sentence would be searched."
                    raise self.where.error(*place, message=message)
            groups.append(self._group(entry, own, keys))
            patterns += own
            owners += [i] * len(own)
        self._reachable(self.exceptions, patterns, "check", "except")
        per = self.where.one_of(self.check.get("one-per", "phrase"), _ONE_PER, "check", "one-per")
        variants = [self._read_variant(item, i) for i, item in enumerate(self.check.get("variants", []))]
        return TokensRule(self.meta, Finder(patterns), groups, owners, variants, per)

    def _group(self, entry: Mapping[str, Any], own: list[Pattern], keys: tuple[str | int, ...]) -> Group:
        despite = self._contexts(entry.get("despite", []), *keys, "despite")
        for i, context in enumerate(despite):
            if context not in self.shared:
                message = f"“{context.name}” is not in the rule's own “unless”, so nothing is lifted."
                raise self.where.error(*keys, "despite", i, message=message)
        more = self._contexts(entry.get("unless", []), *keys, "unless")
        exceptions = read_patterns(entry.get("except", []), self.where, self.lists, *keys, "except")
        self._reachable(exceptions, own, *keys, "except")
        everything = [*self.exceptions, *exceptions]
        return Group(
            variant=variant(entry.get("variant", ""), self.meta, self.where, *keys, "variant"),
            kinds=self._places(entry.get("in", self.check.get("in", "all")), *keys, "in"),
            # Weights give no reason: of several excuses, one in words is told first.
            unless=tuple(sorted((c for c in (*self.shared, *more) if c not in despite), key=lambda c: bool(c.gates))),
            only_if=tuple(self._contexts(entry.get("only-if", []), *keys, "only-if")),
            exceptions=Finder(everything) if everything else None,
            limit=self._limit(entry.get("faster-than"), *keys, "faster-than"),
            company=tuple(
                Finder([p]) for p in read_patterns(entry.get("with", []), self.where, self.lists, *keys, "with")
            ),
            within=self._within(entry, *keys),
            alone=self.where.flag(entry.get("alone", False), *keys, "alone"),
        )

    def _contexts(self, value: Any, *keys: str | int) -> list[Context]:
        return contexts_named(value, self.where, self.library, self.lists, *keys)

    def _reachable(self, exceptions: list[Pattern], patterns: list[Pattern], *keys: str | int) -> None:
        if self.where.checked or not exceptions:
            return
        tokens = tokens_of(patterns)
        for i, exception in enumerate(exceptions):
            if not exception.can_touch(*tokens):
                message = f"the exception “{exception.source}” shares no word with a pattern, so it can have no effect."
                raise self.where.error(*keys, i, message=message)

    def _places(self, value: Any, *keys: str | int) -> frozenset[BlockKind]:
        places = self.where.texts(value, *keys)
        return frozenset().union(*(_PLACES[self.where.one_of(place, _PLACES, *keys)] for place in places))

    def _within(self, entry: Mapping[str, Any], *keys: str | int) -> int:
        if "within" in entry and "with" not in entry:
            raise self.where.error(*keys, "within", message="“within” needs “with”: the company to look for.")
        return self.where.whole(entry.get("within", _WITHIN), *keys, "within", least=1)

    def _limit(self, value: Any, *keys: str | int) -> float:
        if value is None:
            return 0.0
        entry = self.where.check_keys(value, ("per-week-kg",), *keys, required=("per-week-kg",))
        limit = entry["per-week-kg"]
        if not isinstance(limit, int | float) or isinstance(limit, bool) or limit <= 0:
            raise self.where.error(*keys, "per-week-kg", message="“per-week-kg” must be a number above 0.")
        return float(limit)

    def _read_variant(self, item: Any, index: int) -> Variant:
        keys: tuple[str | int, ...] = ("check", "variants", index)
        entry = self.where.check_keys(item, _VARIANT_KEYS, *keys, required=("name",))
        return Variant(
            name=variant(entry["name"], self.meta, self.where, *keys, "name"),
            of=entry.get("of"),
            kinds=self._places(entry.get("in", "all"), *keys, "in"),
            contexts=tuple(self._contexts(entry.get("if", []), *keys, "if")),
        )
