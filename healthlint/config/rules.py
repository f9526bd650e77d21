"""What a layer says about rules: on or off, severities and options, checked against the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from healthlint.config.keys import OFF, ON, RULE_STATES
from healthlint.config.layers import Layer, preset_layer, preset_names
from healthlint.errors import UsageError, nearest
from healthlint.finding import Severity, quotable
from healthlint.rules.catalogue import Catalogue
from healthlint.rules.model import OptionSpec

_TAKE_PRESETS = ("select", "extend-select", "ignore")  # a preset's name stands for the rules that it switches on

_MEANT = {"false": OFF, "no": OFF, "true": ON, "yes": ON, "warn": "warning"}


class RuleState(NamedTuple):
    """A rule as configured so far; a severity of None is the rule file's own. Each value carries its origin."""

    on: bool = False
    on_origin: str = ""
    severity: Severity | None = None
    severity_origin: str = ""
    options: Mapping[str, tuple[Any, str]] = {}


def apply_layer(
    states: dict[str, RuleState], layer: Layer, data: Mapping[str, Any], catalogue: Catalogue, *at: str | int
) -> None:
    """Lay one layer's (or one override's) settings over the states. Raises the layer's error for unknown names."""
    if "extends" in data and not at:
        for name in layer.where.texts(data["extends"], "extends"):
            if layer.name.startswith("preset ") and name in preset_names():
                preset = preset_layer(name)
                apply_layer(states, preset, preset.data, catalogue)
    if "select" in data:
        chosen = _expand(data["select"], layer, catalogue, *at, "select")
        for rule_id in catalogue.entries:
            _switch(states, rule_id, rule_id in chosen, layer.origin(*at, "select"))
    for key, on in (("extend-select", True), ("ignore", False)):
        for rule_id in _expand(data.get(key, ()), layer, catalogue, *at, key):
            _switch(states, rule_id, on, layer.origin(*at, key))
    for name, value in (data.get("rules") or {}).items():
        for rule_id in _expand([name], layer, catalogue, *at, "rules", name):
            _configure(states, rule_id, value, layer, catalogue, *at, "rules", name)


def _expand(names: Any, layer: Layer, catalogue: Catalogue, *at: str | int) -> list[str]:
    found: dict[str, None] = {}
    for i, name in enumerate([names] if isinstance(names, str) else names):
        if name == "recommended":
            found.update(dict.fromkeys(r for r, meta in catalogue.metas.items() if meta.recommended))
        elif name in preset_names() and at[-1] in _TAKE_PRESETS:
            states: dict[str, RuleState] = {}
            preset = preset_layer(name)
            apply_layer(states, preset, preset.data, catalogue)
            found.update(dict.fromkeys(rule_id for rule_id, state in states.items() if state.on))
        else:
            try:
                found.update(dict.fromkeys(catalogue.expand([name])))
            except UsageError as error:
                known = (*at, i) if (*layer.prefix, *at, i) in layer.where.lines else at
                hint = error.hint or (nearest(name, preset_names()) if at[-1] in _TAKE_PRESETS else "")
                raise layer.error(*known, message=error.message, hint=hint) from None
    return list(found)


def _switch(states: dict[str, RuleState], rule_id: str, on: bool, origin: str) -> None:
    states[rule_id] = states.get(rule_id, RuleState())._replace(on=on, on_origin=origin)


def _configure(
    states: dict[str, RuleState], rule_id: str, value: Any, layer: Layer, catalogue: Catalogue, *at: str | int
) -> None:
    origin = layer.origin(*at)
    settings = value if isinstance(value, dict) else {"severity": value}
    state = states.get(rule_id, RuleState())
    options = dict(state.options)
    for name, setting in settings.items():
        here = (*at, name) if isinstance(value, dict) else at
        if name == "severity":
            if setting not in RULE_STATES:
                raise layer.error(*here, **_no_state(setting, catalogue.entries[rule_id].meta.options))
            if setting == OFF:
                state = state._replace(on=False, on_origin=origin)
            elif setting == ON:
                state = state._replace(on=True, on_origin=origin)
            else:
                state = state._replace(on=True, on_origin=origin, severity=Severity(setting), severity_origin=origin)
            continue
        specs = catalogue.entries[rule_id].meta.options
        if name not in specs:
            hint = nearest(str(name), ["severity", *specs]) or _known(specs)
            raise layer.error(*here, message=f"the rule {rule_id} has no option “{name}”.", hint=hint)
        if wrong := specs[name].unfit(setting):
            raise layer.error(*here, message=wrong)
        options[name] = (setting, layer.origin(*here))
    if disorder := _check_order(catalogue.entries[rule_id].meta.options, options):
        name, wrong = disorder
        raise layer.error(*((*at, name) if name in settings else at), message=wrong)
    states[rule_id] = state._replace(options=options)


def _no_state(setting: Any, specs: Mapping[str, OptionSpec]) -> dict[str, str]:
    """What is wrong with a setting that is neither off, on nor a severity, and what was meant."""
    said = str(setting).lower() if isinstance(setting, bool) else str(setting)
    hint = f"Did you mean “{_MEANT[said]}”?" if said in _MEANT else nearest(said, RULE_STATES)
    fitting = [] if isinstance(setting, bool | str) else [name for name in specs if not specs[name].unfit(setting)]
    if not hint and fitting:
        hint = f"An option has its name: {{{fitting[0]}: {said}}}."
    return {"message": f"“{quotable(said)}” is not one of {', '.join(RULE_STATES)}.", "hint": hint}


def _known(specs: Iterable[str]) -> str:
    names = ", ".join(specs)
    return f"It has: {names}." if names else "It has none but its severity."


def _check_order(specs: Mapping[str, OptionSpec], options: Mapping[str, tuple[Any, str]]) -> tuple[str, str] | None:
    """The first option that was set below another one which it must reach, and what is wrong."""
    for name, spec in specs.items():
        if spec.not_below and name in options:
            value, other = options[name][0], specs[spec.not_below]
            least = options[other.name][0] if other.name in options else other.default
            if value and value < least:
                return name, f"the option “{name}” must not be below “{other.name}”, which is {least:g}."
    return None
