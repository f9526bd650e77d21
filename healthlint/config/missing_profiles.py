"""What becomes of a run when configurations lack the profile that was asked for."""

from __future__ import annotations

from collections.abc import Iterable

from healthlint.config.files import base_folder, find_config
from healthlint.config.layers import file_layers
from healthlint.config.resolve import Config


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
