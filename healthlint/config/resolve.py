"""One configuration, resolved: which rules are on for an article, with which options, and where each came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from healthlint.analysis import Settings
from healthlint.config.files import base_folder, find_config
from healthlint.config.globs import Globs
from healthlint.config.layers import DEFAULT_PRESET, Layer, extended, file_layers, preset_layer
from healthlint.config.profiles import profile_layers
from healthlint.config.rules import RuleState, apply_layer
from healthlint.config.topics import check_topics
from healthlint.errors import ConfigError, UsageError
from healthlint.rules.catalogue import Catalogue, load_catalogue
from healthlint.rules.compiled import digest_of
from healthlint.rules.ruleset import ActiveRule, RuleSet
from healthlint.rules.schema import option_values
from healthlint.strict_yaml import Locator


@dataclass(slots=True)
class RunSettings:
    """Settings of a whole run, not of single articles, each with the place it came from in `origins`."""

    fail_level: str = "error"
    max_warnings: int | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    respect_gitignore: bool = True
    baseline: Path | None = None
    origins: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Resolved:
    """What holds for one article."""

    rules: RuleSet
    states: Mapping[str, RuleState]
    settings_origins: Mapping[str, str]
    digest: str


class Config:
    """A configuration file (or none) with its presets, profile and command-line settings."""

    def __init__(self, layers: list[Layer], catalogue: Catalogue, base: Path, path: Path | None) -> None:
        self.layers, self.catalogue, self.base, self.path = layers, catalogue, base, path
        self.lacks_profile: UsageError | None = None  # for `settle_profile`: only all configurations together tell
        self.run = _run_settings(layers, base)
        self._by_overrides: dict[tuple[Any, ...], Resolved] = {}
        self._overrides = [
            (layer, i, Globs(layer.where.texts(item["files"], "files"), layer.base), item)
            for layer in layers
            for i, item in enumerate(layer.data.get("overrides", []))
        ]
        self._ignores = [
            (layer, glob, Globs([glob], layer.base), layer.where.texts(names, "per-file-ignores"))
            for layer in layers
            for glob, names in layer.data.get("per-file-ignores", {}).items()
        ]
        self._validate()

    def _validate(self) -> None:
        # Every name of the file is checked at once, also in overrides that match nothing in this run.
        states: dict[str, RuleState] = {}
        for layer in self.layers:
            apply_layer(states, layer, layer.data, self.catalogue)
        for layer, i, _, item in self._overrides:
            apply_layer(dict(states), layer, item, self.catalogue, "overrides", i)
        for layer, glob, _, names in self._ignores:
            item = {"ignore": names}
            apply_layer(dict(states), layer, item, self.catalogue, "per-file-ignores", glob)
        for layer in self.layers:
            for profile, data in layer.data.get("profiles", {}).items():
                own = Layer(layer.name, data, layer.where, layer.base, ("profiles", profile))
                extended(own)
                apply_layer(dict(states), own, data, self.catalogue)
            check_topics(layer, layer.data)
        for layer, i, _, item in self._overrides:
            check_topics(layer, item, "overrides", i)

    def globs(self) -> list[tuple[str, Globs]]:
        """Every glob of overrides and per-file ignores with its place, to tell which of them match nothing."""
        found = [(layer.origin("overrides", i, "files"), globs) for layer, i, globs, _ in self._overrides]
        return found + [(layer.origin("per-file-ignores", glob), globs) for layer, glob, globs, _ in self._ignores]

    def notes(self) -> list[str]:
        """What to say of folders of rule-paths that hold no rule."""
        paths = [meta.path for meta in self.catalogue.metas.values()]
        return [
            f"{layer.origin('rule-paths', i)}: the folder “{name}” holds no rule."
            for layer in self.layers
            for i, name in enumerate(layer.where.texts(layer.data.get("rule-paths", [])))
            if not any(Path(path).is_relative_to(layer.base / name) for path in paths)
        ]

    @property
    def same_everywhere(self) -> bool:
        """Whether the same holds for every article: no overrides, no per-file ignores."""
        return not (self._overrides or self._ignores)

    def resolve(self, path: Path) -> Resolved:
        """What holds for the article at an absolute path; articles under the same overrides share one answer."""
        overrides = tuple(i for i, (_, _, globs, _) in enumerate(self._overrides) if globs.match(path))
        ignores = tuple(i for i, (_, _, globs, _) in enumerate(self._ignores) if globs.match(path))
        key = (overrides, ignores)
        if key not in self._by_overrides:
            self._by_overrides[key] = self._resolve(overrides, ignores)
        return self._by_overrides[key]

    def states_for(self, path: Path | None) -> Mapping[str, RuleState]:
        """The state of every rule for an article, or (None) apart from any override; a rule never named is off."""
        states = self._resolve((), ()).states if path is None else self.resolve(path).states
        return {rule_id: states.get(rule_id, RuleState()) for rule_id in self.catalogue.metas}

    def _resolve(self, overrides: tuple[int, ...], ignores: tuple[int, ...]) -> Resolved:
        states: dict[str, RuleState] = {}
        merged: dict[str, tuple[Any, str]] = {}
        cli = [layer for layer in self.layers if layer.name == "command line"]
        for layer in self.layers:
            if layer not in cli:
                apply_layer(states, layer, layer.data, self.catalogue)
                _merge_settings(merged, layer, layer.data)
        for i in overrides:
            layer, n, _, item = self._overrides[i]
            apply_layer(states, layer, item, self.catalogue, "overrides", n)
            _merge_settings(merged, layer, item, "overrides", n)
        for i in ignores:
            layer, glob, _, names = self._ignores[i]
            apply_layer(states, layer, {"ignore": names}, self.catalogue, "per-file-ignores", glob)
        for layer in cli:
            apply_layer(states, layer, layer.data, self.catalogue)
        active = []
        for rule_id, meta in self.catalogue.metas.items():
            state = states.get(rule_id)
            if state is not None and state.on:
                options = option_values(meta, {name: value for name, (value, _) in state.options.items()})
                active.append(ActiveRule(self.catalogue.runnable(rule_id), options, state.severity))
        settings = _settings(merged)
        parts = [f"{a.rule.meta.id}:{a.severity}:{sorted(a.options.items())!r}" for a in active]
        digest = digest_of(self.catalogue.digest, repr(settings), *parts)
        origins = {name: origin for name, (_, origin) in merged.items()}
        return Resolved(RuleSet(tuple(active), settings), states, origins, digest)


def load_config(
    start: Path,
    *,
    file: Path | None = None,
    isolated: bool = False,
    profile: str = "",
    cli: Mapping[str, Any] | None = None,
    cache_dir: Path | None = None,
) -> Config:
    """The configuration for articles in a folder: the given file, else the nearest one, else the default preset.

    `cli` holds the settings of the command line, by their configuration names. Raises ConfigError at file:line. Whoever
    asks for a profile calls `settle_profile` when all configurations are loaded.
    """
    path = None if isolated else (file or find_config(start))
    base = base_folder(path.resolve()) if path else start
    layers: list[Layer] = []
    lacks_profile: UsageError | None = None

    def folders() -> Iterator[Path]:
        nonlocal lacks_profile
        # By now the shipped rules are known, and with them the presets: their files need not be read again.
        layers.extend(file_layers(path) if path else [preset_layer(DEFAULT_PRESET)])
        if profile:
            try:
                layers.extend(profile_layers(layers, profile))
            except UsageError as error:
                lacks_profile = error
        if cli:
            layers.append(Layer("command line", dict(cli), Locator("", {}, UsageError), Path.cwd()))
        for layer in layers:
            for i, name in enumerate(layer.where.texts(layer.data.get("rule-paths", []), "rule-paths")):
                folder = layer.base / name
                if not name or not folder.is_dir():
                    raise layer.where.error("rule-paths", i, message=f"there is no folder “{name}”.")
                yield folder

    catalogue = load_catalogue(folders(), cache_dir)
    config = Config(layers, catalogue, base, path)
    config.lacks_profile = lacks_profile
    return config


def _merge_settings(merged: dict[str, tuple[Any, str]], layer: Layer, data: Mapping[str, Any], *at: str | int) -> None:
    for name in ("topics", "glossary", "disclaimer"):
        if name not in data:
            continue
        value = data[name]
        if name == "topics" and name in merged:
            value = {**merged[name][0], **value}
        if name == "disclaimer" and "file" in value:
            target = layer.base / value["file"]
            if not target.is_file():
                raise ConfigError(f"there is no file “{value['file']}”.", where=layer.origin(*at, name, "file"))
            value = {**value, "text": target.read_text("utf-8", "replace")}
        merged[name] = (value, layer.origin(*at, name))


def _settings(merged: Mapping[str, tuple[Any, str]]) -> Settings:
    topics = merged.get("topics", ({}, ""))[0]
    glossary = merged.get("glossary", ([], ""))[0]
    disclaimer = merged.get("disclaimer", ({}, ""))[0]
    return Settings(
        topics={name: tuple([words] if isinstance(words, str) else words) for name, words in topics.items()},
        glossary=tuple([glossary] if isinstance(glossary, str) else glossary),
        disclaimer_provided=disclaimer.get("provided-by", ""),
        disclaimer_text=disclaimer.get("text", ""),
        disclaimer_file=disclaimer.get("file", ""),
    )


def _run_settings(layers: Iterable[Layer], base: Path) -> RunSettings:
    run = RunSettings()
    for layer in layers:
        for name, value in layer.data.items():
            attribute = name.replace("-", "_")
            if attribute == "baseline":
                run.baseline = layer.base / value
            elif attribute == "exclude":
                run.exclude += tuple(layer.where.texts(value, name))
            elif attribute == "include":
                run.include = tuple(layer.where.texts(value, name))
            elif hasattr(run, attribute) and attribute != "origins":
                setattr(run, attribute, value)
            else:
                continue
            run.origins[name] = layer.origin(name)
    return run
