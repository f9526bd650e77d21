"""What may stand in a configuration: its keys, their types, and what each means (also shown to editors)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from healthlint.config.globs import is_glob
from healthlint.finding import Severity
from healthlint.rules.rule_files import catalogue_root
from healthlint.strict_yaml import Locator

FAIL_LEVELS = ("error", "warning", "info", "never")
OFF, ON = "off", "on"
RULE_STATES = (OFF, ON, *(severity.value for severity in Severity))


class KeySpec(NamedTuple):
    """A key of the configuration: how its value is written, what it means, and whether an override may set it."""

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
    "rules": "hype-word: off",
    "topics": "pain: [bad back, sciatica]",
    "ignores": "drafts/**: [claims]",
    "profiles": "quick: {select: [claims]}",
}
# Left empty, as when the lines below a key are commented out, they are as good as absent.
MAY_BE_EMPTY = (
    "rules", "overrides", "per-file-ignores", "profiles", "topics", "glossary", "ignore", "extend-select", "exclude",
    "rule-paths",
)  # fmt: skip
_OTHER_NAMES = {
    "disable": "ignore", "disabled": "ignore", "enable": "extend-select", "preset": "extends", "presets": "extends",
    "files": "include", "level": "fail-level",
}  # fmt: skip
_GLOBS = ("include", "exclude")
NOT_IN_PROFILES = ("root", "profiles")
DISCLAIMER_KEYS = ("provided-by", "file")


def check_layer(data: dict[str, Any], where: Locator, *at: str | int, override: bool = False) -> None:
    """Check names and types of a layer's keys. Raises the locator's error at file:line."""
    known = [name for name, spec in KEYS.items() if spec.override or not override]
    if override:
        known.append("files")
    for name in [name for name, value in data.items() if value is None and name in MAY_BE_EMPTY]:
        del data[name]
    for name in data:
        if name not in known and (hint := _elsewhere(name)):
            raise where.error(*at, name, message=f"unknown key “{name}”.", hint=hint)
    where.check_keys(data, known, *at)
    for name, value in data.items():
        if name != "files":
            _check_value(KEYS[name], name, value, where, *at)


def _elsewhere(name: str) -> str:
    """What to write in place of a key that is known elsewhere."""
    if name in _OTHER_NAMES:
        return f"Write “{_OTHER_NAMES[name]}”."
    if any(catalogue_root().glob(f"*/{name}.yaml")) or (catalogue_root() / name).is_dir():
        return "A rule or family stands on a line below “rules:”, indented by two spaces."
    return ""


def _check_value(spec: KeySpec, name: str, value: Any, where: Locator, *at: str | int) -> None:
    here = (*at, name)
    kind = spec.type
    if kind in ("rules", "topics", "ignores", "profiles") and not isinstance(value, dict):
        message = f"“{name}” has one line for each, such as “{_FORMS[kind]}”, without “-” before it."
        raise where.error(*here, message=message)
    if kind == "boolean":
        where.flag(value, *here)
    if kind == "integer":
        where.whole(value, *here)
    if kind == "string":
        where.text(value, *here)
    if kind == "names":
        names = _list(name, value, where, *here)
        _check_globs(names if name in _GLOBS else (), where, *here)
    if kind == "choice":
        where.one_of(value, spec.choices, *here)
    if kind == "ignores":
        for glob in value:
            _check_globs([glob], where, *here, glob)
    if kind in ("ignores", "topics"):
        for key, names in value.items():
            _list(key, names, where, *here, key)
    if kind == "disclaimer":
        if not isinstance(value, dict):
            form = "{provided-by: layout} or {file: disclaimer.md}"
            raise where.error(*here, message=f"“disclaimer” says where the site's disclaimer comes from: {form}.")
        entry = where.check_keys(value, DISCLAIMER_KEYS, *here)
        for key, text in entry.items():
            where.text(text, *here, key)
    if kind == "overrides":
        if not isinstance(value, list):
            raise where.error(*here, message="“overrides” is a list of {files: glob, …}.")
        for i, item in enumerate(value):
            known = [key for key, of in KEYS.items() if of.override]
            entry = where.check_keys(item, [*known, "files"], *here, i, required=["files"])
            _check_globs(where.texts(entry["files"], *here, i, "files"), where, *here, i, "files")
            if len(entry) == 1:
                message = "this entry sets nothing for its files, so it does nothing."
                raise where.error(*here, i, message=message, hint="Write a setting beside “files”, or take it out.")
            check_layer(entry, where, *here, i, override=True)
    if kind == "profiles":
        for key, layer in value.items():
            known = [key for key in KEYS if key not in NOT_IN_PROFILES]
            check_layer(where.check_keys(layer, known, *here, key), where, *here, key)


def _list(name: str, value: Any, where: Locator, *here: str | int) -> list[str]:
    """A list of texts. One text may stand for a list of one, but not with commas, for then several are meant."""
    if isinstance(value, str) and "," in value and "{" not in value:
        items = ", ".join(part.strip() for part in value.split(","))
        raise where.error(*here, message=f"“{value}” is one text. A list has brackets: {name}: [{items}].")
    return where.texts(value, *here)


def _check_globs(patterns: Iterable[str], where: Locator, *here: str | int) -> None:
    for i, pattern in enumerate(patterns):
        if not pattern.strip() or not is_glob(pattern):
            at = (*here, i) if (*here, i) in where.lines else here
            raise where.error(*at, message=f"“{pattern}” is no glob.")
