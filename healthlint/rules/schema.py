"""Rule files: strict YAML in, RuleMeta out; every mistake is an error at file:line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from healthlint.errors import RuleError, nearest
from healthlint.finding import Confidence, Severity
from healthlint.formats import FORMATS
from healthlint.late import late
from healthlint.rules.model import Example, OptionSpec, RuleMeta, Scope, Source
from healthlint.strict_yaml import Locator, load

_REQUIRED = (
    "id",
    "summary",
    "message",
    "severity",
    "confidence",
    "scope",
    "why",
    "help",
    "sources",
    "check",
    "examples",
)
_OPTIONAL = ("severity-when", "message-when", "options", "recommended", "any-language", "yields-to")
_OPTION_KEYS = ("default", "about", "choices", "minimum", "maximum", "not-below", "form")
_EXAMPLE_KEYS = ("text", "title", "document", "format", "variant", "options", "files")
_ID = late(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")


_FORBIDDEN_STARTS = ("no-", "avoid-", "use-", "dont-")


def parse_rule(text: str, path: str, family: str) -> tuple[RuleMeta, Locator]:
    """One rule file as RuleMeta, with its Locator.

    Raises RuleError at file:line for anything that is not exactly as the schema says.
    """
    data, where = load(text, path, RuleError)
    return _rule(data, where, family), where


def _rule(data: Any, where: Locator, family: str) -> RuleMeta:
    data = where.check_keys(data, (*_REQUIRED, *_OPTIONAL), required=_REQUIRED)
    stem = where.path.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    rule_id = where.text(data["id"], "id")
    if not _ID.fullmatch(rule_id):
        raise where.error("id", message=f"“{rule_id}” is not a rule id: two or more words in kebab-case.")
    if rule_id.startswith(_FORBIDDEN_STARTS):
        raise where.error("id", message=f"“{rule_id}” should name the defect, not tell what to do.")
    if rule_id != stem:
        raise where.error("id", message=f"the id “{rule_id}” and the file name “{stem}” differ.")
    check = where.check_keys(data["check"], where.mapping(data["check"], "check"), "check", required=["kind"])
    variants_severity = _choices(data.get("severity-when", {}), Severity, where, "severity-when")
    options = _options(data.get("options", {}), where)
    messages = where.mapping(data.get("message-when", {}), "message-when")
    return RuleMeta(
        id=rule_id,
        family=family,
        summary=where.text(data["summary"], "summary"),
        message=_message(data["message"], where, "message"),
        severity=_choice(data["severity"], Severity, where, "severity"),
        confidence=_choice(data["confidence"], Confidence, where, "confidence"),
        scope=_choice(data["scope"], Scope, where, "scope"),
        why=where.text(data["why"], "why"),
        help=where.text(data["help"], "help"),
        kind=where.text(check["kind"], "check", "kind"),
        path=where.path,
        sources=_sources(data["sources"], where),
        messages={name: _message(value, where, "message-when", name) for name, value in messages.items()},
        severities=variants_severity,
        options=options,
        check=check,
        examples=_examples(data["examples"], where, options),
        recommended=where.flag(data.get("recommended", True), "recommended"),
        any_language=where.flag(data.get("any-language", False), "any-language"),
        yields_to=tuple(where.texts(data.get("yields-to", []), "yields-to")),
    )


def _message(value: Any, where: Locator, *keys: str) -> str:
    text = where.text(value, *keys)
    if wrong := re.search(r"\{[^{}]{0,20}\}?|\}", re.sub(r"\{[\w-]+\}", "", text)):
        raise where.error(*keys, message=f"“{wrong[0]}” shows no value: write its name in braces, such as {{match}}.")
    return text


def _choice(value: Any, kind: Any, where: Locator, *keys: str | int) -> Any:
    return kind(where.one_of(value, [member.value for member in kind], *keys))


def _choices(value: Any, kind: Any, where: Locator, key: str) -> dict[str, Any]:
    return {name: _choice(item, kind, where, key, name) for name, item in where.mapping(value, key).items()}


def _sources(value: Any, where: Locator) -> tuple[Source, ...]:
    if not isinstance(value, list) or not value:
        raise where.error("sources", message="a rule rests on at least one published source: [{title, clause, url}].")
    found = []
    for i, item in enumerate(value):
        entry = where.check_keys(item, ("title", "clause", "url"), "sources", i, required=["title"])
        found.append(Source(**{name: where.text(entry[name], "sources", i, name) for name in entry}))
    return tuple(found)


def _options(value: Any, where: Locator) -> dict[str, OptionSpec]:
    found = {}
    for name, item in where.mapping(value, "options").items():
        at = ("options", name)
        entry = where.check_keys(item, _OPTION_KEYS, *at, required=["default", "about"])
        least, most = (_bound(entry.get(key), where, *at, key) for key in ("minimum", "maximum"))
        other, form = str(entry.get("not-below", "")), str(entry.get("form", ""))
        if other and other not in value:
            raise where.error(*at, "not-below", message=f"there is no option “{other}”.", hint=nearest(other, value))
        if form not in ("", "date"):
            raise where.error(*at, "form", message="the only form is “date”.")
        choices = tuple(where.texts(entry.get("choices", []), *at, "choices"))
        about = where.text(entry["about"], *at, "about")
        found[name] = spec = OptionSpec(name, entry["default"], about, choices, least, most, other, form)
        if wrong := spec.unfit(spec.default):
            raise where.error(*at, "default", message=wrong)
    return found


def _bound(value: Any, where: Locator, *keys: str | int) -> float | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise where.error(*keys, message=f"“{keys[-1]}” must be a number.")
    return value


def _examples(value: Any, where: Locator, options: Mapping[str, OptionSpec]) -> tuple[Example, ...]:
    entry = where.check_keys(value, ("bad", "good"), "examples", required=["bad", "good"])
    found: list[Example] = []
    for side in ("bad", "good"):
        items = entry[side]
        if not isinstance(items, list) or not items:
            raise where.error("examples", side, message=f"at least one {side} example is needed.")
        found += [_example(item, where, side, i, options) for i, item in enumerate(items)]
    return tuple(found)


def _example(item: Any, where: Locator, side: str, index: int, specs: Mapping[str, OptionSpec]) -> Example:
    at = ("examples", side, index)
    if isinstance(item, str):
        item = {"text": item}
    entry = where.check_keys(item, _EXAMPLE_KEYS, *at)
    if not any(key in entry for key in ("text", "title", "files")):
        raise where.error(*at, message="an example needs a text, a title or files.")
    text, marks = _unmark(str(entry.get("text", "")), where, at)
    title, title_marks = _unmark(str(entry.get("title", "")), where, at)
    if side == "good" and (marks or title_marks):
        raise where.error(*at, message="a good example has no [[marked]] part.")
    files = where.mapping(entry.get("files", {}), *at, "files")
    options = where.check_keys(entry.get("options", {}), specs, *at, "options", what="option")
    for name, value in options.items():
        if wrong := specs[name].unfit(value):
            raise where.error(*at, "options", name, message=wrong)
    return Example(
        text=text,
        marks=marks,
        bad=side == "bad",
        format=where.one_of(entry.get("format", "markdown"), FORMATS, *at, "format"),
        document=where.flag(entry.get("document", False), *at, "document"),
        title=title,
        title_marks=title_marks,
        variant=str(entry.get("variant", "")),
        options=options,
        files={name: str(content) for name, content in files.items()},
        line=where.line(*at),
    )


def _unmark(text: str, where: Locator, at: tuple[str | int, ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    marks, plain, opened = [], "", -1
    for part in re.split(r"(\[\[|\]\])", text):
        if part == "[[":
            if opened >= 0:
                raise where.error(*at, message="a “[[” stands inside another; marks lie beside each other.")
            opened = len(plain)
        elif part == "]]":
            if opened < 0:
                raise where.error(*at, message="a “]]” has no “[[” before it.")
            if opened == len(plain):
                raise where.error(*at, message="“[[]]” marks nothing.")
            marks.append((opened, len(plain)))
            opened = -1
        else:
            plain += part
    if opened >= 0:
        raise where.error(*at, message="every [[ needs its ]].")
    return plain, tuple(marks)


def option_values(meta: RuleMeta, given: Mapping[str, Any]) -> dict[str, Any]:
    """The rule's options with the given values laid over the defaults; names and types were checked before."""
    return {name: given.get(name, spec.default) for name, spec in meta.options.items()}
