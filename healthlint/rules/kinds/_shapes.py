"""The expressions of kind `pattern`: read from a rule file, compiled and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain
from typing import Any, NamedTuple

from healthlint.late import late
from healthlint.rules.model import RuleMeta
from healthlint.rules.parts.anchors import groups_of, worth_asking
from healthlint.rules.parts.rule_file import regex, variant
from healthlint.strict_yaml import Locator

CONTEXT_KEYS = ("except", "unless", "unless-near", "needs", "needs-near")
_PATTERN_KEYS = ("regex", "case", "variant", "values", *CONTEXT_KEYS)
_UPPER = late(r"\\.|\(\?P?<?[^>)]*>|([A-Z])")
_PLACEHOLDER = late(r"\{([a-z_]+)\}")
_BUILT_IN = frozenset({"match", "count", "times"})

Contexts = Mapping[str, tuple[re.Pattern[str], ...]]


class Shape(NamedTuple):
    """One expression of a rule, with everything that decides whether a hit counts."""

    regex: re.Pattern[str]
    case: bool
    variant: str
    values: Mapping[str, str]
    contexts: Contexts
    groups: tuple[frozenset[str], ...]  # folded literals: a sentence needs one of each group

    @property
    def anchors(self) -> frozenset[str] | None:
        """The rarest group; None where no literal is needed."""
        return self.groups[0] if self.groups else None


def read_shape(item: Any, shared: Contexts, meta: RuleMeta, where: Locator, index: int) -> Shape:
    """One entry of `patterns`, with the contexts of the check added; raises RuleError at file:line."""
    at = ("check", "patterns", index)
    entry = where.check_keys({"regex": item} if isinstance(item, str) else item, _PATTERN_KEYS, *at, required=["regex"])
    case = where.flag(entry.get("case", False), *at, "case")
    expression = _regex(entry["regex"], where, case, *at)
    own = {key: (*shared[key], *compiled(entry.get(key, []), where, *at, key)) for key in CONTEXT_KEYS}
    values = where.mapping(entry.get("values", {}), *at, "values")
    its_variant = variant(entry.get("variant", ""), meta, where, *at, "variant")
    if not where.checked:
        wanted = set(_PLACEHOLDER.findall(meta.messages.get(its_variant, meta.message)))
        missing = wanted - _BUILT_IN - set(values) - set(expression.groupindex)
        if missing:
            raise where.error(*at, message=f"the message shows {{{min(missing)}}}, which this pattern does not give.")
    shown = {name: str(value) for name, value in values.items()}
    groups = worth_asking((*groups_of(expression.pattern), *_needed(own["needs"])))
    return Shape(expression, case, its_variant, shown, own, groups)


def _needed(regexes: tuple[re.Pattern[str], ...]) -> list[frozenset[str]]:
    # One expression is enough, so one literal of the rarest groups of all.
    found = [groups_of(regex.pattern)[:1] for regex in regexes]
    return [frozenset().union(*chain.from_iterable(found))] if found and all(found) else []


def compiled(value: object, where: Locator, *keys: str | int) -> tuple[re.Pattern[str], ...]:
    """Expressions over folded text; raises RuleError at file:line."""
    texts = where.texts(value, *keys)
    return tuple(_regex(text, where, False, *keys, i) for i, text in enumerate(texts))


def _regex(text: object, where: Locator, case: bool, *keys: str | int) -> re.Pattern[str]:
    if not isinstance(text, str) or not text:
        raise where.error(*keys, message="a pattern must be a text.")
    expression = regex(text, where, *keys)
    if where.checked:
        return expression
    if expression.search("") is not None:
        raise where.error(*keys, message=f"“{text}” matches an empty text, so it would match everywhere.")
    if not case and any(found[1] for found in _UPPER.finditer(text)):
        message = f"“{text}” holds a capital letter, but it is matched on text in lower case."
        raise where.error(*keys, message=message, hint="Write it small, or set case: true.")
    return expression
