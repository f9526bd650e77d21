"""Rule folders compiled once: plain data as JSON in the cache folder, keyed by what the files say."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from healthlint.version import __version__

Reader = Callable[[Path, Mapping[str, str]], list[dict[str, Any]]]


def load(folder: Path, cache_dir: Path | None, read: Reader) -> dict[str, Any]:
    """The rules of a folder and its digest, from the cache where no file has changed, else read anew.

    The digest covers every YAML file of the folder, vocabulary and contexts included, and the program's version.
    Raises what `read` raises; a cache that cannot be read or written is passed over, since it only saves time.
    """
    texts = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.yaml"))}
    digest = digest_of(str(folder), __version__, *(part for item in texts.items() for part in item))
    stored = cache_dir / f"catalogue-{digest}.json" if cache_dir else None
    if stored is not None:
        with suppress(OSError, ValueError, KeyError):
            data: dict[str, Any] = json.loads(stored.read_text("utf-8"))
            if data["digest"] == digest:
                return data
    data = {"digest": digest, "rules": read(folder, texts)}
    if stored is not None:
        with suppress(OSError):
            write_whole(stored, json.dumps(data))
    return data


def digest_of(*parts: str) -> str:
    """A 128-bit digest of texts, each kept apart from the next."""
    digest = blake2b(digest_size=16)
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "little") + encoded)
    return digest.hexdigest()


def write_whole(path: Path, text: str) -> None:
    """Write a file so that another process sees all of it or nothing."""
    import os
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
