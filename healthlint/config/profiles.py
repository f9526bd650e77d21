"""Profiles: sets of settings with a name in a configuration, switched on with --profile."""

from __future__ import annotations

from collections.abc import Sequence

from healthlint.config.layers import Layer, extended, preset_layer, preset_names
from healthlint.errors import UsageError, nearest


def profile_layers(layers: Sequence[Layer], name: str) -> list[Layer]:
    """A profile with the presets it extends, or a preset by its name. Raises UsageError where there is neither."""
    known: dict[str, Layer] = {}
    for layer in layers:
        for profile, data in layer.data.get("profiles", {}).items():
            known[profile] = Layer(layer.name, data, layer.where, layer.base, ("profiles", profile))
    if name in known:
        return [*(preset_layer(preset) for preset in extended(known[name])), known[name]]
    if name in preset_names():
        return [preset_layer(name)]
    choices = [*known, *preset_names()]
    where = layers[-1].name if layers[-1].where.path == layers[-1].name else ""
    hint = nearest(name, choices) or f"There are: {', '.join(choices)}."
    raise UsageError(f"there is no profile “{name}”.", where=where, hint=hint)
