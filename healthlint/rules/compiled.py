"""Rule folders compiled once: plain data as JSON in the cache folder, keyed by what the files say."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from healthlint.rules.rule_files import texts as texts_of
from healthlint.version import __version__

if TYPE_CHECKING:
    from healthlint.rules.library import Library

_KEPT = 8
Reader = Callable[[Path, Mapping[str, str]], dict[str, Any]]
T = TypeVar("T")
# What the files of word lists, contexts and presets of a folder say, by file, so that a run need not read YAML again.
libraries: dict[Path, Mapping[str, Any]] = {}
# By folder and name of a context, the anchors of its finders.
context_anchors: dict[Path, Mapping[str, list[str]]] = {}
# What was made of the word lists and contexts of a folder, laid over another; of `checked` files or of any.
made_libraries: dict[tuple[Path, Path | None, bool], Library] = {}
_loaded: dict[Path, str] = {}  # folder → the digest it had when it was loaded last


def load(folder: Path, cache_dir: Path | None, read: Reader, form: str, use: Callable[[Mapping[str, Any]], T]) -> T:
    """What `use` makes of what `read` makes of a folder: from the cache where no file has changed, else read anew.

    The digest (given to `use` with the data) covers every YAML file of the folder, vocabulary and contexts included,
    the program, and `form`: the form of the data and what else they depend on. Raises what `read` raises; a cache that
    cannot be read, used or written is passed over, since it only saves time.
    """
    texts = texts_of(folder)
    digest = digest_of(str(folder), program(), form, *_parts(texts), *_parts(_texts_beside(folder, texts)))
    if _loaded.setdefault(folder, digest) != digest:  # changed while this process runs, as it may under --watch
        _loaded[folder] = digest
        made_libraries.clear()
    stored = cache_dir / f"catalogue-{digest}.json" if cache_dir else None
    if stored is not None:
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
            data: dict[str, Any] = json.loads(stored.read_bytes())
            if data["digest"] == digest:
                return use(data)
    data = {"digest": digest, **read(folder, texts)}
    if stored is not None:
        with suppress(OSError):
            write_whole(stored, json.dumps(data))
            _keep_newest(stored.parent, "catalogue-*.json")
    return use(data)


@cache
def program() -> str:
    """What stands for this program in keys of caches: its version; in a checkout also the state of its source files."""
    package = Path(__file__).parents[1]
    if (package / "_rules").is_dir():
        return __version__
    stamps = []
    for parent, _, names in os.walk(package):
        for name in sorted(names):
            if name.endswith((".py", ".bin")):
                stat = os.stat(os.path.join(parent, name))  # noqa: PTH116, PTH118
                stamps.append(f"{parent}/{name}:{stat.st_size}:{stat.st_mtime_ns}")
    return digest_of(__version__, *sorted(stamps))


def _texts_beside(folder: Path, texts: Mapping[str, str]) -> dict[str, str]:
    # A rule that lies in the folder itself sees the word lists and contexts beside the folder.
    if all("/" in name for name in texts):
        return {}
    return texts_of(folder.parent / "vocabulary") | texts_of(folder.parent / "contexts")


def _parts(texts: Mapping[str, str]) -> Iterator[str]:
    return (part for item in texts.items() for part in item)


def _keep_newest(folder: Path, pattern: str) -> None:
    # Each state of a rules folder leaves a file of some megabytes; the latest few are those that are asked for again.
    files = sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in files[_KEPT:]:
        path.unlink()


def digest_of(*parts: str) -> str:
    """A 128-bit digest of texts, each kept apart from the next."""
    digest = blake2b(digest_size=16)
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "little") + encoded)
    return digest.hexdigest()


def write_whole(path: Path, text: str) -> None:
    """Write a file so that another process sees all of it or nothing."""
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
