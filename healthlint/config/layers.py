"""Layers in order: presets, files they extend, the file itself, a profile, the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from healthlint.config.files import base_folder, read_config
from healthlint.config.keys import check_layer
from healthlint.errors import ConfigError, nearest
from healthlint.rules.compiled import libraries
from healthlint.rules.rule_files import catalogue_root
from healthlint.strict_yaml import Key, Locator

DEFAULT_PRESET = "recommended"


class Layer(NamedTuple):
    """One source of settings: plain, checked data; where its keys stand; and the folder its paths are relative to."""

    name: str
    data: dict[str, Any]
    where: Locator
    base: Path
    prefix: tuple[Key, ...] = ()

    def origin(self, *keys: Key) -> str:
        """Where a setting of this layer was made, for people: `file:line`, a preset's name or “command line”."""
        if self.where.path == self.name:
            return f"{self.name}:{self.where.line(*self.prefix, *keys)}"
        return self.name

    def error(self, *keys: Key, message: str, hint: str = "") -> Exception:
        """An error at the place of a key."""
        if self.where.path == self.name or self.where.lines:
            return self.where.error(*self.prefix, *keys, message=message, hint=hint)
        return ConfigError(message, where=self.name, hint=hint)


def preset_names() -> list[str]:
    """The names of the shipped presets."""
    return sorted(path.stem for path in (catalogue_root() / "presets").glob("*.yaml"))


def preset_layer(name: str) -> Layer:
    """A shipped preset as a layer."""
    root = catalogue_root()
    path = root / "presets" / f"{name}.yaml"
    known = libraries.get(root, {}).get(str(path))
    data, where = read_config(path) if known is None else (dict(known), Locator(str(path)))
    check_layer(data, where)
    return Layer(f"preset {name}", data, where, path.parent)


def extended(profile: Layer) -> list[str]:
    """The presets that a profile extends. Raises ConfigError at file:line for anything else."""
    value = profile.data.get("extends", [])
    names = [value] if isinstance(value, str) else value
    for i, name in enumerate(names):
        if name not in preset_names():
            at = ("extends",) if isinstance(value, str) else ("extends", i)
            hint = nearest(name, preset_names()) or f"Presets: {', '.join(preset_names())}."
            raise profile.error(*at, message=f"a profile extends presets, and “{name}” is none.", hint=hint)
    return names


def file_layers(path: Path, seen: tuple[Path, ...] = ()) -> Iterator[Layer]:
    """The layers of a configuration file, those it extends first. Raises ConfigError at file:line."""
    path = path.resolve()
    data, where = read_config(path)
    check_layer(data, where)
    base = base_folder(path)
    layer = Layer(where.path, data, where, base)
    names = where.texts(data.get("extends", [DEFAULT_PRESET] if not seen else []), "extends")
    for i, name in enumerate(names):
        at = ("extends", i) if isinstance(data.get("extends"), list) else ("extends",)
        if name in preset_names():
            yield preset_layer(name)
            continue
        target = (base / name).resolve()
        if not target.is_file():
            hint = nearest(name, preset_names()) or f"Presets: {', '.join(preset_names())}."
            raise where.error(*at, message=f"there is no preset or file “{name}”.", hint=hint)
        if target in seen or target == path:
            raise where.error(*at, message=f"“{name}” extends this file in turn.")
        yield from file_layers(target, (*seen, path))
    yield layer
