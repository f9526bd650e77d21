"""A cache that is damaged, full or cut off is said, dropped and never believed."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from healthlint.rules.rule_files import catalogue_root
from healthlint.runner import Options, run
from healthlint.runner.cache import Cache, Packed
from tests.runner.scratch import as_json, check, checked

ONE, TWO = b"1" * 16, b"2" * 16
PACKED = Packed(b"[head]", b"findings", b"facts")


@pytest.mark.parametrize("damage", [b"this is no database", b""])
def test_a_file_that_is_no_database(site: Path, damage: bytes) -> None:
    expected = as_json(checked(site))
    path = next((site / "cache").glob("results-*.sqlite"))
    path.write_bytes(damage)
    result = checked(site)
    assert as_json(result) == expected
    assert [note for note in result.notes if "damaged" in note] or not damage
    again = checked(site)
    assert (again.cached, again.notes) == (2, [])


def test_damage_inside_the_file(site: Path) -> None:
    expected = as_json(checked(site))
    path = next((site / "cache").glob("results-*.sqlite"))
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    result = checked(site)
    assert as_json(result) == expected
    assert [note for note in result.notes if "damaged" in note]
    checked(site)
    assert checked(site).cached == 2


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE paths ADD COLUMN more INT",
        "ALTER TABLE reports RENAME COLUMN head TO top",
        "DROP TABLE paths; CREATE TABLE paths (path TEXT)",
    ],
)
def test_tables_of_another_form_are_made_anew(site: Path, database: sqlite3.Connection, change: str) -> None:
    expected = as_json(checked(site))
    database.executescript(change)
    result = checked(site)
    assert as_json(result) == expected
    assert [note for note in result.notes if "another form" in note]
    again = checked(site)
    assert (again.cached, again.notes) == (2, [])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("head", b"\xff\x00"),
        ("head", b'[["t",1,1,{}],[],0,[],[0,0,0]]'),
        ("head", "a text"),
        ("head", None),
        ("findings", b""),
        ("findings", b"12345678[]"),
        ("facts", b"12345678rule\t{}"),
        ("facts", None),
    ],
)
def test_a_stored_value_that_is_no_report_is_not_believed(
    site: Path, database: sqlite3.Connection, column: str, value: object
) -> None:
    expected = as_json(check("a.md", "b.md", isolated=True))
    database.execute(f"UPDATE reports SET {column} = ?", [value])
    result = checked(site)
    assert (result.cached, result.errors) == (0, [])
    assert as_json(result) == expected
    assert checked(site).cached == 2, "and it is mended"


def test_one_changed_bit_is_seen(site: Path, database: sqlite3.Connection) -> None:
    expected = as_json(check("a.md", "b.md", isolated=True))
    rows = database.execute("SELECT key, head, findings, facts FROM reports").fetchall()
    for key, *parts in rows:
        for name, part in zip(("head", "findings", "facts"), parts, strict=True):
            broken = part[:-1] + bytes([part[-1] ^ 1])
            database.execute(f"UPDATE reports SET {name} = ? WHERE key = ?", [broken, key])
            result = checked(site)
            assert result.cached == len(rows) - 1
            assert as_json(result) == expected


def test_a_full_disk_is_said_and_the_run_goes_on(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert cache._db is not None
    pages = cache._db.execute("PRAGMA page_count").fetchone()[0]
    cache._db.execute(f"PRAGMA max_page_count = {pages}")
    cache.put(ONE, Packed(b"x" * 100_000, b"", b""))
    cache.close()
    assert cache.notes == ["working without the cache: database or disk is full."]
    again = Cache(tmp_path)
    assert again.known([ONE]) == set(), "nothing half written"
    again.close()
    assert again.notes == []


def test_a_folder_that_cannot_be_made(site: Path) -> None:
    (site / "file").write_text("in its place")
    result, _ = run(["a.md"], Options(isolated=True, cache_dir=site / "file" / "cache"))
    assert result.findings
    assert [note for note in result.notes if note.startswith("working without the cache")]


def test_a_run_that_is_killed_while_it_writes(tmp_path: Path) -> None:
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom healthlint.runner.cache import Cache, Packed\n"
        "cache = Cache(Path(sys.argv[1]))\ncache.put(b'1' * 16, Packed(b'[head]', b'findings', b'facts'))\n"
        "cache.flush()\n"
        "cache._db.execute('BEGIN IMMEDIATE')\n"
        "cache._db.execute('INSERT INTO reports VALUES (?, 0, ?, ?, ?)', [b'2' * 16, b'', b'half', b''])\nos._exit(9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, capture_output=True)
    assert done.returncode == 9, done.stderr
    cache = Cache(tmp_path)
    assert dict(cache.reports([ONE, TWO])) == {ONE: PACKED}
    cache.put(TWO, PACKED)
    cache.close()
    assert cache.notes == []


def test_a_damaged_catalogue_is_read_anew(site: Path) -> None:
    expected = as_json(checked(site))
    found = {path: path.read_text("utf-8") for path in (site / "cache").glob("catalogue-*.json")}
    ours = f'"path": "{catalogue_root()}/'  # another checkout may have left its own
    stored, whole = next((path, text) for path, text in found.items() if ours in text)
    for damage in (whole[: len(whole) // 2], whole.replace('"severity"', '"gravity"')):
        stored.write_text(damage, "utf-8")
        assert as_json(checked(site, use_cache=False)) == expected
        assert json.loads(stored.read_text("utf-8"))["rules"] == json.loads(whole)["rules"], "and it is mended"
