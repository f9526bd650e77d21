"""Profiles: sets of settings with a name in a configuration, switched on with --profile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from healthlint.config.files import base_folder, find_config
from healthlint.config.layers import Layer, extended, file_layers, preset_layer, preset_names
from healthlint.errors import UsageError, nearest

if TYPE_CHECKING:
    from healthlint.config.resolve import Config


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


def settle_profile(configs: Iterable[Config], name: str) -> list[str]:
    """What to say of configurations that lack the profile asked for, and are used without it.

    Raises UsageError where all of them lack it, and also every configuration in a folder above: then it is a slip.
    """
    asked = list(configs)
    lacking = [config for config in asked if config.lacks_profile is not None]
    if lacking and len(lacking) == len(asked) and not any(_known_above(config, name) for config in lacking):
        assert lacking[0].lacks_profile is not None
        raise lacking[0].lacks_profile
    return [
        f"{config.path or 'without a configuration'}: there is no profile “{name}”, so none is used."
        for config in lacking
    ]


def _known_above(config: Config, name: str) -> bool:
    """Whether a configuration above has the profile; in a batch of files it may be the one that is meant."""
    path, root = config.path, any(layer.data.get("root") for layer in config.layers)
    while path is not None and not root:
        folder = base_folder(path.resolve())
        if (folder / ".git").exists() or folder.parent == folder:
            return False
        path = find_config(folder.parent)
        layers = list(file_layers(path)) if path else []
        if any(name in layer.data.get("profiles", {}) for layer in layers):
            return True
        root = any(layer.data.get("root") for layer in layers)
    return False
