"""Entries that rule files of several kinds have in common, read strictly."""

from __future__ import annotations

import re

from healthlint.article import BlockKind
from healthlint.late import late
from healthlint.rules.model import RuleMeta
from healthlint.strict_yaml import Locator

_BLOCK_KINDS = tuple(kind.value for kind in BlockKind)


def block_kinds(value: object, where: Locator, *keys: str | int) -> frozenset[BlockKind]:
    """Block kinds by their names. Raises RuleError at file:line for an unknown one."""
    names = where.texts(value, *keys)
    return frozenset(BlockKind(where.one_of(name, _BLOCK_KINDS, *keys, i)) for i, name in enumerate(names))


def variant(value: object, meta: RuleMeta, where: Locator, *keys: str | int) -> str:
    """The name of a variant, or an empty text. Raises RuleError at file:line where the rule file knows none such."""
    if value and value not in meta.messages and value not in meta.severities:
        message = f"the variant “{value}” has neither a message nor a severity of its own."
        raise where.error(*keys, message=message)
    return str(value)


def regex(source: str, where: Locator, *keys: str | int) -> re.Pattern[str]:
    """A regular expression, compiled when it is needed if the file is checked. Raises RuleError at file:line."""
    if where.checked:
        return late(source)
    if "\b" in source:  # what YAML makes of that backslash and letter in double quotes
        raise where.error(*keys, message="a backslash in double quotes is not the expression's: use single quotes.")
    try:
        compiled = re.compile(source)
    except re.error as error:
        raise where.error(*keys, message=f"“{source}” is not a regular expression: {error}.") from None
    from healthlint.rules.parts.slow import takes_for_ever  # late: only where rule files are read anew

    if takes_for_ever(source):
        message = f"“{source}” repeats what is itself a repeat, so some texts would take for ever."
        raise where.error(*keys, message=message, hint="Let something that must be there stand between the repeats.")
    return compiled
