"""The configuration as a JSON Schema, so that editors complete keys, rules and options."""

from __future__ import annotations

from typing import Any

from healthlint.config.keys import DISCLAIMER_KEYS, KEYS, MAY_BE_EMPTY, NOT_IN_PROFILES, RULE_STATES, KeySpec
from healthlint.config.layers import preset_names
from healthlint.rules.catalogue import Catalogue
from healthlint.rules.model import DATE_FORM, RuleMeta


def json_schema(catalogue: Catalogue) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a configuration file over the rules of a catalogue."""
    keys = {name: _key(spec) for name, spec in KEYS.items()}
    keys["extends"]["anyOf"][1]["items"]["examples"] = preset_names()
    override = {name: {"$ref": f"#/properties/{name}"} for name, spec in KEYS.items() if spec.override}
    override["files"] = _names()
    keys["overrides"]["items"] = {
        "type": "object",
        "required": ["files"],
        "minProperties": 2,
        "properties": override,
        "additionalProperties": False,
    }
    profile = {name: {"$ref": f"#/properties/{name}"} for name in KEYS if name not in NOT_IN_PROFILES}
    keys["profiles"]["additionalProperties"] |= {"properties": profile, "additionalProperties": False}
    for name in MAY_BE_EMPTY:
        about = keys[name].pop("description")
        keys[name] = {"description": about, "anyOf": [keys[name], {"type": "null"}]}
    metas = catalogue.metas
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "healthlint configuration",
        "type": "object",
        "properties": keys,
        "additionalProperties": False,
        "$defs": {
            "rules": {
                "type": "object",
                "properties": {meta.id: _rule(meta) for meta in metas.values()}
                | {family: {"$ref": "#/$defs/state"} for family in [*catalogue.families, "all"]},
                "additionalProperties": False,
            },
            "state": {"enum": list(RULE_STATES)},
            "name": {"enum": sorted([*metas, *catalogue.families, *preset_names(), "all"])},
        },
    }


def _names(item: dict[str, Any] | None = None) -> dict[str, Any]:
    one = item or {"type": "string"}
    return {"anyOf": [dict(one), {"type": "array", "items": dict(one)}]}


def _key(spec: KeySpec) -> dict[str, Any]:
    named = {"type": "object", "additionalProperties": _names()}
    shapes: dict[str, dict[str, Any]] = {
        "boolean": {"type": "boolean"},
        "integer": {"type": "integer", "minimum": 0},
        "string": {"type": "string"},
        "choice": {"enum": list(spec.choices)},
        "names": _names(),
        "rules": {"$ref": "#/$defs/rules"},
        "overrides": {"type": "array"},
        "ignores": named,
        "topics": named,
        "profiles": {"type": "object", "additionalProperties": {"type": "object"}},
        "disclaimer": {
            "type": "object",
            "properties": {name: {"type": "string"} for name in DISCLAIMER_KEYS},
            "additionalProperties": False,
        },
    }
    return {"description": spec.about, **shapes[spec.type]}


def _rule(meta: RuleMeta) -> dict[str, Any]:
    types = {bool: "boolean", int: "number", float: "number", str: "string", list: "array", dict: "object"}
    options: dict[str, Any] = {"severity": {"enum": list(RULE_STATES)}}
    for spec in meta.options.values():
        options[spec.name] = {"description": spec.about, "default": spec.default}
        if spec.choices:
            options[spec.name]["enum"] = list(spec.choices)
        elif type(spec.default) in types:
            options[spec.name]["type"] = types[type(spec.default)]
        if isinstance(spec.default, list):
            options[spec.name]["items"] = {"type": "string"}
        if spec.form == "date":
            options[spec.name]["pattern"] = f"^({DATE_FORM})?$"
        bounds = {"minimum": spec.minimum, "maximum": spec.maximum}
        options[spec.name] |= {key: bound for key, bound in bounds.items() if bound is not None}
    shape = {"type": "object", "properties": options, "additionalProperties": False}
    return {"description": meta.summary, "anyOf": [{"$ref": "#/$defs/state"}, shape]}
