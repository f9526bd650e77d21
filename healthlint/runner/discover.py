"""Which articles a run looks at: paths from the command line, folders walked, ignore files honoured."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from healthlint.config.files import find_config, misnamed_config, repository_root
from healthlint.config.globs import Globs, is_glob
from healthlint.config.resolve import Config
from healthlint.errors import ConfigError, UsageError
from healthlint.formats import format_of
from healthlint.result import RunError

ALWAYS_SKIPPED = frozenset({"node_modules", "__pycache__", "venv"})
REPORT_FILE = "healthlint-report.html"  # what `healthlint report` writes where it is given no other name
IGNORE_FILES = (".gitignore", ".healthlintignore")


class Stamp(NamedTuple):
    """What the system says of a file without reading it; times in nanoseconds."""

    size: int
    modified: int
    changed: int
    inode: int

    @classmethod
    def of(cls, stat: os.stat_result) -> Stamp:
        """The stamp in what `os.stat` returned."""
        return cls(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


class Target(NamedTuple):
    """An article to look at: its path as people see it, and whole."""

    shown: str
    full: str

    @property
    def path(self) -> Path:
        """The whole path."""
        return Path(self.full)


def shown_path(path: Path) -> str:
    """A path as reports show it: relative to the current folder where it lies in it, with forward slashes."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def discover(
    paths: Iterable[str],
    config_for: Callable[[Path], Config],
    force_exclude: bool = False,
    broken: list[str] | None = None,
    unread: list[RunError] | None = None,
    left_out: list[str] | None = None,
) -> list[Target]:
    """The articles under the given paths, each once, sorted by shown path.

    A link to another of them is not one more. Links that lead nowhere go to `broken`; folders that cannot be read, and
    names that are no text, to `unread`; articles and folders that are excluded or ignored, to `left_out`.
    A file named outright is looked at whatever its suffix and whatever ignores it, unless exclusion is forced.
    Raises UsageError for a path that does not exist, or that is neither a file nor a folder.
    """
    found: dict[str, Target] = {}
    links: list[str] = []
    for name in paths:
        if not name:
            raise UsageError("an empty path.", hint="Write “.” for the current folder.")
        path = Path(os.path.abspath(name))  # noqa: PTH100 - resolve() would follow links and rename what was asked for
        if not is_text(str(path)):
            _note(unread, shown_path(path), _NO_TEXT)
        elif path.is_dir():
            for target in walk(path, config_for, broken, unread, links, left_out):
                found.setdefault(target.full, target)
        elif path.is_file():
            config = config_for(path.parent)
            if (force_exclude or config.run.force_exclude) and _excluded(path, config):
                if left_out is not None:
                    left_out.append(shown_path(path))
                continue
            found.setdefault(str(path), Target(shown_path(path), str(path)))
            if path.is_symlink():
                links.append(str(path))
        elif path.exists():
            raise UsageError(
                "this is neither a file nor a folder.", where=name, hint="Give its text to healthlint by the path “-”."
            )
        elif path.is_symlink():
            raise UsageError("the link leads nowhere.", where=name)
        else:
            raise UsageError("there is no such file or folder.", where=name)
    for link in links:
        if os.path.realpath(link) in found:  # an article that is found by its own name is not another one
            found.pop(link, None)
    return sorted(found.values())


def walk(
    folder: Path,
    config_for: Callable[[Path], Config],
    broken: list[str] | None = None,
    unread: list[RunError] | None = None,
    links: list[str] | None = None,
    left_out: list[str] | None = None,
) -> Iterator[Target]:
    """Every article under a folder, sorted within each folder; `broken`, `unread` and `left_out` as in `discover`.

    Of those that are links to files, the whole paths go to `links` too.
    """
    # With texts, not Path objects: a project has tens of thousands of files.
    here = str(Path.cwd())
    stack = [Target(shown_path(folder), str(folder))]
    while stack:
        current = stack.pop()
        path = current.path
        prefix = "" if current.shown == "." else current.shown.rstrip("/") + "/"
        try:
            with os.scandir(current.full) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
            config = config_for(path)
        except OSError as error:
            _note(unread, current.shown, f"the folder cannot be read ({error.strerror}).")
            continue
        out = _leaves_out(path, config)
        for entry in entries:
            name = entry.name
            if not is_text(name):
                is_folder = entry.is_dir(follow_symlinks=False)
                if (is_folder or _wanted(name, entry.path, config)) and not (out and out(entry.path, is_folder)):
                    _note(unread, prefix + name, _NO_TEXT)
            elif entry.is_dir(follow_symlinks=False):
                if name.startswith(".") or name in ALWAYS_SKIPPED:
                    continue
                if not (out and out(entry.path, True)):
                    stack.append(Target("." if entry.path == here else prefix + name, entry.path))
                elif left_out is not None:
                    left_out.append(prefix + name + "/")
            elif _wanted(name, entry.path, config):
                if out and out(entry.path, False):
                    if left_out is not None:
                        left_out.append(prefix + name)
                elif _is_file(entry):
                    if links is not None and entry.is_symlink():
                        links.append(entry.path)
                    yield Target(prefix + name, entry.path)
                elif broken is not None and entry.is_symlink() and not os.path.exists(entry.path):  # noqa: PTH110
                    broken.append(prefix + name)


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads to itself, or into a folder that may not be entered
        return False


_NO_TEXT = f"the name is not valid in the encoding of this system ({sys.getfilesystemencoding()}). Rename it."


def is_text(name: str) -> bool:
    """Whether a file's name can stand in a report: on Linux it may be any bytes."""
    return name.isascii() or not any("\ud800" <= char <= "\udfff" for char in name)


def _note(unread: list[RunError] | None, shown: str, message: str) -> None:
    if unread is not None:
        unread.append(RunError(message, os.fsencode(shown).decode("utf-8", "backslashreplace")))


def _wanted(name: str, full: str, config: Config) -> bool:
    if config.run.include:
        return _globs(config.run.include, config.base).match(full)
    return not name.startswith(".") and name != REPORT_FILE and format_of(name) is not None


def _leaves_out(folder: Path, config: Config) -> Callable[[str, bool], bool] | None:
    # What decides whether an entry of a folder is left out; None where nothing can be.
    sets = [_globs(config.run.exclude, config.base)] if config.run.exclude else []
    sets += [globs for globs in _ignores(folder, config.run.respect_gitignore) if globs.patterns]
    return (lambda full, is_folder: any(globs.match(full, is_folder) for globs in sets)) if sets else None


def idle_excludes(config: Config) -> list[str]:
    """The globs of `exclude` that have left nothing out so far."""
    return _globs(config.run.exclude, config.base).idle() if config.run.exclude else []


def _excluded(path: Path, config: Config) -> bool:
    chain = [path, *(parent for parent in path.parents if parent.is_relative_to(config.base))]
    for step in chain:
        out = _leaves_out(step.parent, config) if step != config.base else None
        if out and out(str(step), step != path):
            return True
    return False


def forget() -> None:
    """Forget what was looked up about folders: a process that goes on must see new configurations and ignore files."""
    for looked_up in (find_config, misnamed_config, repository_root, _ignores):
        looked_up.cache_clear()


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
            lines = file.read_text("utf-8", "replace").splitlines()
            wrong = next((at for at, line in enumerate(lines, 1) if name == IGNORE_FILES[1] and not is_glob(line)), 0)
            if wrong:
                raise ConfigError(f"“{lines[wrong - 1]}” is no glob.", where=f"{file}:{wrong}")
            own.append(Globs(lines, folder))
    root = repository_root(folder)
    above = _ignores(folder.parent, gitignore) if root is not None and folder != root else ()
    return (*above, *own)
