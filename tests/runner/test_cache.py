"""The cache: safe with other runs, killed runs, full disks and damage; bounded; the same findings as without it."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from healthlint.result import RunResult
from healthlint.rules.catalogue import catalogue_root
from healthlint.runner import Options, run
from healthlint.runner import cache as module
from healthlint.runner.cache import Cache, Packed, Seen, clean
from healthlint.runner.discover import Stamp
from tests.runner.scratch import FAULTY, SOUND, as_json, check

ONE, TWO = b"1" * 16, b"2" * 16
PACKED = Packed(b"[head]", b"findings", b"facts")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.md").write_text(FAULTY)
    (tmp_path / "b.md").write_text(SOUND)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def checked(site: Path, **options: object) -> RunResult:
    return check("a.md", "b.md", isolated=True, cache_dir=site / "cache", **options)


@pytest.fixture
def database(site: Path) -> Iterator[sqlite3.Connection]:
    """The cache's file after a run over the site."""
    checked(site)
    connection = sqlite3.connect(next((site / "cache").glob("results-*.sqlite")), isolation_level=None)
    yield connection
    connection.close()


def test_a_second_run_is_answered_from_the_cache_with_the_same_report(site: Path) -> None:
    without = check("a.md", "b.md", isolated=True)
    first, second = checked(site), checked(site)
    assert (first.cached, second.cached) == (0, 2)
    assert without.findings, "the test is worth nothing if nothing is found"
    assert as_json(without) == as_json(first) == as_json(second)
    assert [finding.evidence for finding in first.findings] == [finding.evidence for finding in second.findings]


def test_the_same_text_under_another_name_is_known(site: Path) -> None:
    checked(site)
    (site / "a.md").rename(site / "c.md")
    result = check("c.md", isolated=True, cache_dir=site / "cache")
    assert result.cached == 1
    assert {finding.path for finding in result.findings} == {"c.md"}


def test_another_suffix_is_read_anew(site: Path) -> None:
    checked(site)
    (site / "a.md").rename(site / "a.txt")
    assert check("a.txt", isolated=True, cache_dir=site / "cache").cached == 0


def test_other_options_of_a_rule_are_another_result(site: Path) -> None:
    assert checked(site, cli={"select": ["claims"]}).findings
    result = checked(site, cli={"select": ["numbers"]})
    assert (result.cached, result.findings) == (0, [])


def reason(result: RunResult) -> str:
    return next(note for note in result.notes if note.startswith("a.md"))


def test_why_an_article_was_not_in_the_cache(site: Path, database: sqlite3.Connection) -> None:
    (site / "a.md").write_text(FAULTY + "\nMore.\n")
    assert reason(checked(site, explain_misses=True)) == "a.md: not from the cache: its content changed."
    changed = checked(site, explain_misses=True, cli={"ignore": ["claims"]})
    assert reason(changed) == "a.md: not from the cache: the rules or the configuration changed."
    database.execute("UPDATE paths SET version = '0.0.1'")
    database.execute("DELETE FROM reports")
    older = checked(site, explain_misses=True)
    assert reason(older) == "a.md: not from the cache: healthlint 0.0.1 looked at it last."
    database.execute("DELETE FROM reports")
    dropped = checked(site, explain_misses=True)
    assert reason(dropped) == "a.md: not from the cache: its result was dropped from the cache."
    database.execute("DELETE FROM reports")
    database.execute("DELETE FROM paths")
    assert reason(checked(site, explain_misses=True)) == "a.md: not from the cache: not seen before."


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


def test_another_run_that_writes_for_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.05)
    cache = Cache(tmp_path)
    other = sqlite3.connect(cache.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    cache.put(ONE, PACKED)
    cache.close()
    other.execute("ROLLBACK")
    other.close()
    assert cache.notes == ["working without the cache: database is locked."]


def test_two_runs_at_once_keep_the_results_of_both(tmp_path: Path) -> None:
    first, second = Cache(tmp_path), Cache(tmp_path)
    first.put(ONE, PACKED)
    second.put(TWO, PACKED)
    first.flush()
    assert second.known([ONE, TWO]) == {ONE}
    second.close()
    first.close()
    last = Cache(tmp_path)
    assert dict(last.reports([ONE, TWO])) == {ONE: PACKED, TWO: PACKED}
    last.close()
    assert first.notes == second.notes == last.notes == []


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


def test_the_file_does_not_grow_without_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 200_000)
    keys = [bytes([number]) * 16 for number in range(60)]
    for number, key in enumerate(keys):
        cache = Cache(tmp_path)
        cache.put(key, Packed(b"x" * 20_000, b"", b""))
        cache.saw({f"/{number}.md": Seen(Stamp(1, 1, 1, 1), key, "", "")})
        cache.close()
        assert cache.path.stat().st_size < 300_000
    last = Cache(tmp_path)
    known = last.known(keys)
    assert keys[-1] in known
    assert keys[0] not in known
    assert known == set(keys[-len(known) :]), "the oldest go first"
    assert "/0.md" not in last.seen(["/0.md"])
    last.close()


def test_clean_deletes_what_healthlint_keeps_and_nothing_else(site: Path) -> None:
    checked(site)
    (site / "cache" / "notes.txt").write_text("mine")
    assert clean(site / "cache") > 1000
    assert [path.name for path in (site / "cache").iterdir()] == ["notes.txt"]


def test_a_damaged_catalogue_is_read_anew(site: Path) -> None:
    expected = as_json(checked(site))
    found = {path: path.read_text("utf-8") for path in (site / "cache").glob("catalogue-*.json")}
    ours = f'"path": "{catalogue_root()}/'  # another checkout may have left its own
    stored, whole = next((path, text) for path, text in found.items() if ours in text)
    for damage in (whole[: len(whole) // 2], whole.replace('"severity"', '"gravity"')):
        stored.write_text(damage, "utf-8")
        assert as_json(checked(site, use_cache=False)) == expected
        assert json.loads(stored.read_text("utf-8"))["rules"] == json.loads(whole)["rules"], "and it is mended"
