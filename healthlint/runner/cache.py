"""Results and facts by content: a report is reused only for the same bytes, rules, configuration and versions."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, cast

from healthlint.runner.discover import Stamp

SCHEMA = 5
MAX_BYTES = 512 * 1024 * 1024
_PATIENCE = 5  # seconds to wait for another run that is writing
_CHUNK = 400  # SQLite allows 999 parameters a statement
_WRITTEN_TOGETHER = 250  # reports
_DAY = 86_400
# Columns in the order they are asked for: SQLite walks through a long row from its beginning.
_TABLES = {
    "reports": "key BLOB PRIMARY KEY, day INT, facts BLOB, head BLOB, findings BLOB",
    "paths": "path TEXT PRIMARY KEY, size INT, modified INT, changed INT, inode INT, content BLOB, rules TEXT,"
    " version TEXT",
}
_SEAL = 8  # bytes of a checksum before each stored part


class Packed(NamedTuple):
    """A report as bytes, in parts that are wanted apart.

    A run over one article reads the facts of all others and nothing else; findings are unpacked when they are shown.
    """

    head: bytes
    findings: bytes
    facts: bytes


class Seen(NamedTuple):
    """What was known of a path when it was last looked at."""

    stamp: Stamp
    content: bytes
    rules: str
    version: str


class Cache:
    """A SQLite file of reports by key and of paths last seen. What is damaged is dropped, never believed.

    Safe for several runs at once (SQLite locks; a write is one short transaction) and for a killed run.
    `notes` says what went wrong; no trouble with the cache ever fails a run.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"results-{SCHEMA}.sqlite"
        self.notes: list[str] = []
        self._db = self._open(folder)
        self._reports: dict[bytes, Packed] = {}
        self._paths: dict[str, Seen] = {}
        self._used: list[bytes] = []

    def _open(self, folder: Path) -> sqlite3.Connection | None:
        for attempt in (1, 2):
            try:
                folder.mkdir(parents=True, exist_ok=True)
                db = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
                db.execute("PRAGMA journal_mode=WAL")
                db.execute("PRAGMA synchronous=NORMAL")
                for table, columns in _TABLES.items():
                    db.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns})")
                    found = ", ".join(f"{row[1]} {row[2]}" for row in db.execute(f"PRAGMA table_info({table})"))
                    if found != columns.replace(" PRIMARY KEY", ""):
                        db.close()
                        raise sqlite3.DatabaseError(f"{table} of another form")
                return db
            except sqlite3.DatabaseError as error:
                if attempt == 1 and not isinstance(error, sqlite3.OperationalError):
                    self._drop(f"the cache was damaged and has been emptied ({error}).")
                    continue
                self.notes.append(f"working without the cache: {error}.")
            except OSError as error:
                self.notes.append(f"working without the cache: {error.strerror or error}.")
            return None
        return None

    def _drop(self, note: str) -> None:
        self.notes.append(note)
        for suffix in ("", "-wal", "-shm"):
            with suppress(OSError):
                self.path.with_name(self.path.name + suffix).unlink()

    def _fail(self, error: sqlite3.Error) -> None:
        if self._db is not None:
            with suppress(sqlite3.Error):
                self._db.close()
        self._db = None
        if isinstance(error, sqlite3.OperationalError):  # locked or full: the file itself is sound
            self.notes.append(f"working without the cache: {error}.")
        else:
            self._drop(f"the cache was damaged and has been emptied ({error}).")

    def known(self, keys: Iterable[bytes]) -> set[bytes]:
        """Those of some keys under which a report is stored."""
        today = int(time.time()) // _DAY
        found = set()
        for key, day in self._rows("SELECT key, day FROM reports WHERE key IN", keys):
            found.add(key)
            if day != today:
                self._used.append(key)
        return found

    def reports(self, keys: Iterable[bytes]) -> Iterator[tuple[bytes, Packed]]:
        """The stored reports among some keys, in no particular order."""
        for key, *sealed in self._rows("SELECT key, head, findings, facts FROM reports WHERE key IN", keys):
            parts = [_opened(part) for part in sealed]
            if None not in parts:
                yield key, Packed(*cast(list[bytes], parts))

    def facts(self, keys: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """The facts of the stored reports among some keys, in no particular order."""
        for key, sealed in self._rows("SELECT key, facts FROM reports WHERE key IN", keys):
            facts = _opened(sealed)
            if facts is not None:
                yield key, facts

    def seen(self, paths: Iterable[str]) -> dict[str, Seen]:
        """What is known of some paths."""
        rows = self._rows("SELECT * FROM paths WHERE path IN", paths)
        return {row[0]: Seen(Stamp(*row[1:5]), *row[5:]) for row in rows}

    def _rows(self, statement: str, values: Iterable[bytes] | Iterable[str]) -> Iterator[tuple[Any, ...]]:
        wanted = list(values)
        for i in range(0, len(wanted), _CHUNK):
            if self._db is None:
                return
            chunk = wanted[i : i + _CHUNK]
            try:
                rows = self._db.execute(f"{statement} ({','.join('?' * len(chunk))})", chunk).fetchall()
            except sqlite3.Error as error:
                self._fail(error)
                return
            yield from rows

    def put(self, key: bytes, value: Packed) -> None:
        """Remember a report; written by `close`, or earlier when many have come together."""
        self._reports[key] = value
        if len(self._reports) >= _WRITTEN_TOGETHER:
            self.flush()

    def saw(self, paths: Mapping[str, Seen]) -> None:
        """Remember what paths looked like."""
        self._paths.update(paths)

    def flush(self) -> None:
        """Write what has been put since the last time, in one transaction."""
        if self._db is None or not (self._reports or self._paths or self._used):
            return
        today = int(time.time()) // _DAY
        try:
            self._db.execute("BEGIN IMMEDIATE")
            rows = [
                (key, today, _sealed(packed.facts), _sealed(packed.head), _sealed(packed.findings))
                for key, packed in self._reports.items()
            ]
            self._db.executemany("INSERT OR REPLACE INTO reports VALUES (?, ?, ?, ?, ?)", rows)
            seen = [(path, *entry.stamp, *entry[1:]) for path, entry in self._paths.items()]
            self._db.executemany("INSERT OR REPLACE INTO paths VALUES (?, ?, ?, ?, ?, ?, ?, ?)", seen)
            self._db.executemany("UPDATE reports SET day = ? WHERE key = ?", [(today, key) for key in self._used])
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self._fail(error)
        self._reports, self._paths, self._used = {}, {}, []

    def close(self) -> None:
        """Write what is left, and drop what was unused longest where the file has grown past its bound."""
        self.flush()
        if self._db is None:
            return
        try:
            if self.path.stat().st_size > MAX_BYTES:
                for table, oldest in (("reports", "day, rowid"), ("paths", "rowid")):
                    half = f"SELECT COUNT(*) / 2 FROM {table}"
                    self._db.execute(
                        f"DELETE FROM {table} WHERE rowid IN"
                        f" (SELECT rowid FROM {table} ORDER BY {oldest} LIMIT ({half}))"
                    )
                self._db.execute("VACUUM")
        except (sqlite3.Error, OSError) as error:
            self.notes.append(f"the cache could not be trimmed ({error}).")
        with suppress(sqlite3.Error):
            self._db.close()
        self._db = None


def _sealed(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SEAL).digest() + data


def _opened(stored: object) -> bytes | None:
    # What a broken disk or another program left there is as good as nothing.
    if not isinstance(stored, bytes) or len(stored) < _SEAL:
        return None
    data = stored[_SEAL:]
    return data if blake2b(data, digest_size=_SEAL).digest() == stored[:_SEAL] else None


def clean(folder: Path) -> int:
    """Delete everything healthlint keeps in a cache folder; returns how many bytes that freed."""
    freed = 0
    for pattern in ("results-*", "catalogue-*.json", "plugins-*.json"):
        for path in folder.glob(pattern):
            freed += path.stat().st_size
            path.unlink()
    return freed
