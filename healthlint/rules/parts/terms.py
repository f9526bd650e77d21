"""The terms of a rule of kind `phrases`, as its file lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from healthlint.analysis.fold import fold
from healthlint.rules.surroundings import bounded
from healthlint.strict_yaml import Locator

_BRACES = re.compile(r"\{([^{}]*)\}")
_TERM_KEYS = ("use", "reason", "except", "variant", "fix")


class BraceError(ValueError):
    """A brace that is not closed, or that holds no alternatives."""


def expand(text: str) -> list[str]:
    """Every text that a brace alternation stands for: `eas{e|es|ed}` gives ease, eases, eased. Raises BraceError."""
    found = _BRACES.search(text)
    if found is None:
        if "{" in text or "}" in text:
            raise BraceError(f"“{text}” has a brace without its partner.")
        return [text]
    choices = found[1].split("|")
    if len(choices) < 2:
        raise BraceError(f"“{text}” has a brace with nothing to choose between.")
    return [one for choice in choices for one in expand(text[: found.start()] + choice + text[found.end() :])]


class Form(NamedTuple):
    """One literal to look for: the key of its term and, where it has one, its replacement in the same word form."""

    key: str
    use: tuple[str, ...] = ()
    agrees: bool = False
    reason: str = ""
    variant: str = ""


def read_terms(terms: object, where: Locator, case: bool = False) -> tuple[dict[str, Form], set[str]]:
    """The forms of a list or mapping of terms, and the longer phrases that are no fault; RuleError at file:line."""
    if isinstance(terms, list):
        terms = dict.fromkeys(where.texts(terms, "check", "terms"))
    if not isinstance(terms, dict) or not terms:
        raise where.error("check", "terms", message="“terms” must be a list of phrases or a mapping.")
    forms: dict[str, Form] = {}
    exceptions: set[str] = set()
    for key, value in terms.items():
        at = ("check", "terms", key)
        entry: dict[str, Any] = value if isinstance(value, dict) else {} if value is None else {"use": value}
        where.check_keys(entry, _TERM_KEYS, *at)
        literals = _expand(key, where, *at)
        uses = [_expand(use, where, *at) for use in where.texts(entry.get("use", []), *at, "use")]
        fixable = where.flag(entry.get("fix", True), *at, "fix")
        own: dict[str, Form] = {}
        agrees = fixable and all(len(use) == len(literals) for use in uses)
        for i, literal in enumerate(literals):
            use = tuple(use[i] if len(use) == len(literals) else use[0] for use in uses)
            form = Form(key, use, agrees, str(entry.get("reason", "")), str(entry.get("variant", "")))
            name = literal if case else fold(literal)
            if name in forms or name in own:
                raise where.error(*at, message=f"“{literal}” stands in the list twice.")
            own[name] = form
        for i, phrase in enumerate(where.texts(entry.get("except", []), *at, "except")):
            exceptions |= read_exception(phrase, own, where, case, *at, "except", i)
        forms |= own
    return forms, exceptions


def _expand(text: str, where: Locator, *keys: str | int) -> list[str]:
    try:
        found = [" ".join(one.split()) for one in (expand(text) if "{" in text or "}" in text else (text,))]
    except BraceError as error:
        raise where.error(*keys, message=str(error)) from None
    if not all(found):
        raise where.error(*keys, message=f"“{text}” can be an empty text.")
    return found


def read_exception(phrase: str, forms: Mapping[str, Form], where: Locator, case: bool, *keys: str | int) -> set[str]:
    """A longer phrase that is no fault, in all its forms; RuleError at file:line where it holds none of the terms."""
    found = {one if case else fold(one) for one in _expand(phrase, where, *keys)}
    for one in () if where.checked else found:
        if not any(_holds(one, form) for form in forms):
            raise where.error(*keys, message=f"the exception “{one}” holds no term, so it can never matter.")
    return found


def _holds(phrase: str, form: str) -> bool:
    at = phrase.find(form)
    while at >= 0:
        if len(phrase) > len(form) and bounded(phrase, at, at + len(form)):
            return True
        at = phrase.find(form, at + 1)
    return False
