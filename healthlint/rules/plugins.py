"""Rule folders of installed packages (entry points in the group `healthlint.rules`)."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path

from healthlint.errors import RuleError
from healthlint.rules.compiled import digest_of, write_whole

GROUP = "healthlint.rules"


def plugin_folders(cache_dir: Path | None = None) -> list[Path]:
    """The folders that plug-ins add: each entry point names a package whose folder holds rule files.

    Raises RuleError for a plug-in that cannot be imported or holds no folder.
    """
    return [_folder(name, module) for name, module in _entry_points(cache_dir)]


def _entry_points(cache_dir: Path | None) -> list[tuple[str, str]]:
    # Looking through installed packages costs as much as a small run, so the answer is kept until one is (un)installed.
    # The current folder is no place to install into, and changes with every edit.
    stamps = []
    here = Path.cwd()
    for entry in sys.path:
        path = Path(entry)
        with suppress(OSError):
            stamps.append(entry if path.absolute() == here else f"{entry}:{path.stat().st_mtime_ns}")
    stored = cache_dir / f"plugins-{digest_of(*stamps)}.json" if cache_dir else None
    if stored is not None:
        with suppress(OSError, ValueError):
            return [(name, module) for name, module in json.loads(stored.read_text("utf-8"))]
    from importlib.metadata import entry_points

    found = sorted((point.name, point.value) for point in entry_points(group=GROUP))
    if stored is not None:
        with suppress(OSError):
            write_whole(stored, json.dumps(found))
    return found


def _folder(name: str, module: str) -> Path:
    from importlib import import_module

    try:
        package = import_module(module)
        locations = [Path(path) for path in package.__path__]
    except Exception as error:
        problem = f"the rule plug-in “{name}” ({module}) cannot be loaded: {error!r}."
        raise RuleError(problem, hint="Repair or uninstall it.") from error
    for location in locations:
        if any(location.rglob("*.yaml")):
            return location
    raise RuleError(f"the rule plug-in “{name}” ({module}) holds no rule files.", hint="Repair or uninstall it.")
