"""Which articles a run looks at: paths from the command line, folders walked, ignore files honoured."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from healthlint.config.files import repository_root
from healthlint.config.globs import Globs
from healthlint.config.resolve import Config
from healthlint.errors import UsageError
from healthlint.formats import format_of

ALWAYS_SKIPPED = frozenset({"node_modules", "__pycache__", "venv"})
IGNORE_FILES = (".gitignore", ".healthlintignore")


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """An article to look at: its path as people see it, and on disk."""

    shown: str
    path: Path


def shown_path(path: Path) -> str:
    """A path as reports show it: relative to the current folder where it lies in it, with forward slashes."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def discover(paths: Iterable[str], config_for: Callable[[Path], Config], force_exclude: bool = False) -> list[Target]:
    """The articles under the given paths, each once, sorted by shown path.

    A file named outright is looked at whatever its suffix and whatever ignores it, unless exclusion is forced.
    Raises UsageError for a path that does not exist.
    """
    found: dict[Path, Target] = {}
    for name in paths:
        path = Path(os.path.abspath(name))  # noqa: PTH100 - resolve() would follow links and rename what was asked for
        if path.is_dir():
            for file in walk(path, config_for):
                found.setdefault(file, Target(shown_path(file), file))
        elif path.exists():
            config = config_for(path.parent)
            if (force_exclude or config.run.force_exclude) and _excluded(path, config):
                continue
            found.setdefault(path, Target(shown_path(path), path))
        else:
            raise UsageError("there is no such file or folder.", where=name)
    return sorted(found.values())


def walk(folder: Path, config_for: Callable[[Path], Config]) -> Iterator[Path]:
    """Every article under a folder, sorted within each folder."""
    stack = [folder]
    while stack:
        current = stack.pop()
        config = config_for(current)
        try:
            entries = sorted(os.scandir(current), key=lambda entry: entry.name)
        except OSError as error:
            raise UsageError(f"the folder cannot be read ({error.strerror}).", where=shown_path(current)) from None
        for entry in entries:
            path = current / entry.name
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith(".") and entry.name not in ALWAYS_SKIPPED and not _out(path, config, True):
                    stack.append(path)
            elif entry.is_file() and _wanted(path, config) and not _out(path, config, False):
                yield path


def _wanted(path: Path, config: Config) -> bool:
    if config.run.include:
        return _globs(config.run.include, config.base).match(path)
    return format_of(path.name) is not None and not path.name.startswith(".")


def _out(path: Path, config: Config, is_folder: bool) -> bool:
    if _globs(config.run.exclude, config.base).match(path, is_folder):
        return True
    return any(globs.match(path, is_folder) for globs in _ignores(path.parent, config.run.respect_gitignore))


def _excluded(path: Path, config: Config) -> bool:
    chain = [path, *(parent for parent in path.parents if parent.is_relative_to(config.base))]
    return any(_out(step, config, step != path) for step in chain if step != config.base)


@lru_cache(maxsize=256)
def _globs(patterns: tuple[str, ...], base: Path) -> Globs:
    return Globs(patterns, base)


@lru_cache(maxsize=8192)
def _ignores(folder: Path, gitignore: bool) -> tuple[Globs, ...]:
    # The ignore files of a folder and of those above it, up to the repository's root.
    names = IGNORE_FILES if gitignore else IGNORE_FILES[1:]
    own = []
    for name in names:
        file = folder / name
        if file.is_file():
            own.append(Globs(file.read_text("utf-8", "replace").splitlines(), folder))
    root = repository_root(folder)
    above = _ignores(folder.parent, gitignore) if root is not None and folder != root else ()
    return (*above, *own)
