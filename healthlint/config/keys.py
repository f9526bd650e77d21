"""What may stand in a configuration: its keys, their types, and what each means (also shown to editors)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from healthlint.config.globs import is_glob
from healthlint.finding import Severity
from healthlint.strict_yaml import Locator

FAIL_LEVELS = ("error", "warning", "info", "never")
OFF, ON = "off", "on"
RULE_STATES = (OFF, ON, *(severity.value for severity in Severity))


class KeySpec(NamedTuple):
    """A key of the configuration: the JSON type of its value, its meaning, and whether an override may set it."""

    type: str
    about: str
    override: bool = False
    choices: tuple[str, ...] = ()


KEYS: dict[str, KeySpec] = {
    "root": KeySpec("boolean", "Stop looking for configurations in the folders above this one."),
    "extends": KeySpec("names", "Presets (recommended, strict, patient, professional) or files to build upon."),
    "select": KeySpec("names", "Exactly these rules, families or presets are on.", override=True),
    "extend-select": KeySpec("names", "Switch these rules, families or presets on as well.", override=True),
    "ignore": KeySpec("names", "Switch these rules, families or presets off.", override=True),
    "rules": KeySpec("rules", "Per rule or family: off, on, a severity, or its options.", override=True),
    "rule-paths": KeySpec("names", "Folders with YAML rules of your own, relative to this file."),
    "overrides": KeySpec("overrides", "Other settings for some files: a list of {files: glob, …}."),
    "per-file-ignores": KeySpec("ignores", "Globs, each with the rules or families that are off for these files."),
    "profiles": KeySpec("profiles", "Named sets of settings, switched on with --profile."),
    "include": KeySpec("names", "Globs of the articles to look at in a folder (default: every known file type)."),
    "exclude": KeySpec("names", "Globs of files and folders to leave out."),
    "force-exclude": KeySpec("boolean", "Leave excluded files out even when they are named on the command line."),
    "respect-gitignore": KeySpec("boolean", "Leave out what git ignores (default: true)."),
    "fail-level": KeySpec("choice", "The least severity that makes the run fail.", choices=FAIL_LEVELS),
    "max-warnings": KeySpec("integer", "More warnings than this make the run fail."),
    "baseline": KeySpec("string", "The file of accepted findings, relative to this file."),
    "topics": KeySpec("topics", "Words that belong to a topic, for related links: {topic: [words]}.", override=True),
    "glossary": KeySpec("names", "Terms your readers know; they count once in the adjusted grade.", override=True),
    "disclaimer": KeySpec(
        "disclaimer", "Where the site's disclaimer comes from: {provided-by: layout}.", override=True
    ),
}
_FORMS = {
    "rules": "rule or family, then off, on, a severity or {option: value}",
    "topics": "topic, then a list of words",
    "ignores": "glob, then a list of rules or families",
    "profiles": "name, then the settings of that profile",
}
_GLOBS = ("include", "exclude")
NOT_IN_PROFILES = ("root", "profiles")
DISCLAIMER_KEYS = ("provided-by", "file")


def check_layer(data: dict[str, Any], where: Locator, *at: str | int, override: bool = False) -> None:
    """Check names and types of a layer's keys. Raises the locator's error at file:line."""
    known = [name for name, spec in KEYS.items() if spec.override or not override]
    if override:
        known.append("files")
    where.check_keys(data, known, *at)
    for name, value in data.items():
        if name != "files":
            _check_value(KEYS[name], name, value, where, *at)


def _check_value(spec: KeySpec, name: str, value: Any, where: Locator, *at: str | int) -> None:
    here = (*at, name)
    kind = spec.type
    if kind in ("rules", "topics", "ignores", "profiles") and not isinstance(value, dict):
        raise where.error(*here, message=f"“{name}” must be a mapping: {_FORMS[kind]}.")
    if kind == "boolean":
        where.flag(value, *here)
    if kind == "integer":
        where.whole(value, *here)
    if kind == "string":
        where.text(value, *here)
    if kind == "names":
        names = where.texts(value, *here)
        _check_globs(names if name in _GLOBS else (), where, *here)
    if kind == "choice":
        where.one_of(value, spec.choices, *here)
    if kind == "ignores":
        for glob in value:
            _check_globs([glob], where, *here, glob)
    if kind in ("ignores", "topics"):
        for key, names in value.items():
            where.texts(names, *here, key)
    if kind == "disclaimer":
        entry = where.check_keys(value, DISCLAIMER_KEYS, *here)
        for key, text in entry.items():
            where.text(text, *here, key)
    if kind == "overrides":
        if not isinstance(value, list):
            raise where.error(*here, message="“overrides” is a list of {files: glob, …}.")
        for i, item in enumerate(value):
            entry = where.check_keys(item, item if isinstance(item, dict) else (), *here, i, required=["files"])
            _check_globs(where.texts(entry["files"], *here, i, "files"), where, *here, i, "files")
            check_layer(entry, where, *here, i, override=True)
    if kind == "profiles":
        for key, layer in value.items():
            known = [key for key in KEYS if key not in NOT_IN_PROFILES]
            check_layer(where.check_keys(layer, known, *here, key), where, *here, key)


def _check_globs(patterns: Iterable[str], where: Locator, *here: str | int) -> None:
    for i, pattern in enumerate(patterns):
        if not pattern.strip() or not is_glob(pattern):
            at = (*here, i) if (*here, i) in where.lines else here
            raise where.error(*at, message=f"“{pattern}” is no glob.")
