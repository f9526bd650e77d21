"""What a rule file declares and nothing in it uses: a slip that would pass in silence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from healthlint.rules.model import RuleMeta
from healthlint.strict_yaml import Locator

_NAMES_BY_CODE = ("python", "reading", "slots")  # kinds whose variants are named in code


def refuse_unused(meta: RuleMeta, where: Locator) -> None:
    """Raises RuleError at file:line for a variant that nothing in the rule's `check:` leads to."""
    if where.checked or meta.kind in _NAMES_BY_CODE:
        return
    used = set(_variants(meta.check))
    for key, names in (("message-when", meta.messages), ("severity-when", meta.severities)):
        for name in names:
            if name not in used:
                message = f"nothing in “check” leads to the variant “{name}”, so this has no effect."
                raise where.error(key, name, message=message)


def refuse_unused_lists(lists: Collection[str], check: Any, where: Locator, *keys: str | int) -> None:
    """Raises RuleError at file:line for a word list of a rule or context that no pattern there names."""
    if where.checked:
        return
    text = "\n".join(_texts(check))
    for name in lists:
        if not re.search(rf"@{re.escape(name)}(?![a-z0-9-])", text):
            raise where.error(*keys, name, message=f"no pattern here names the word list “@{name}”.")


def _variants(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        named = [value.get("variant"), *(item.get("name") for item in value.get("variants") or () if item)]
        yield from (name for name in named if isinstance(name, str))
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _variants(item)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
