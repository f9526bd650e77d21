"""Configurations kept in memory from call to call, as long as no file behind them has changed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import Any

from healthlint.config.layers import Layer
from healthlint.config.resolve import Config, load_config

_MOST = 16  # configurations of one process
Stamp = tuple[tuple[str, int, int], ...]

_kept: dict[tuple[Path | None, bool], tuple[Stamp, Config]] = {}
_lock = Lock()


def kept_config(start: Path, *, file: Path | None = None, isolated: bool = False, **more: Any) -> Config:
    """As `load_config`, which takes a second where nothing is kept; safe to call from several threads.

    A change of the file, of one it extends, of its own rules or of the text of its disclaimer is noticed at the next
    call. The shipped rules and those of plug-ins are read once a process, as its code is.
    """
    key = (file.absolute() if file else None), isolated
    if key[0] is None and not isolated:
        return load_config(start, file=file, isolated=isolated, **more)
    with _lock:
        if key in _kept and _kept[key][0] == _stamp(_kept[key][1]):
            return _kept[key][1]
        _kept.pop(key, None)
        began = time.time_ns()
        config = load_config(start, file=file, isolated=isolated, **more)
        stamp = _stamp(config)
        if all(changed < began for _, changed, _ in stamp):  # else one may have changed after it was read
            while len(_kept) >= _MOST:
                del _kept[next(iter(_kept))]
            _kept[key] = stamp, config
        return config


def _stamp(config: Config) -> Stamp:
    return tuple(sorted(_state(path) for layer in config.layers for path in _files(layer)))


def _state(path: str) -> tuple[str, int, int]:
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return path, 0, -1
    return path, found.st_mtime_ns, found.st_size


def _files(layer: Layer) -> Iterator[str]:
    """What a layer was read from, and what it names. Presets belong to the program."""
    if layer.where.path != layer.name:
        return
    yield layer.where.path
    for name in layer.where.texts(layer.data.get("rule-paths", [])):
        for parent, _, names in os.walk(layer.base / name, followlinks=True):
            yield parent
            yield from (os.path.join(parent, name) for name in names)  # noqa: PTH118
    for item in (layer.data, *layer.data.get("overrides", ())):
        if "file" in item.get("disclaimer", {}):
            yield str(layer.base / item["disclaimer"]["file"])
