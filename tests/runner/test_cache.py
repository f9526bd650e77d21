"""The cache: the same findings as without it, safe with other runs, and bounded."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from healthlint.result import RunResult
from healthlint.runner import cache as module
from healthlint.runner.cache import Cache, Packed, Seen, clean
from healthlint.runner.discover import Stamp
from tests.runner.scratch import FAULTY, as_json, check, checked

ONE, TWO = b"1" * 16, b"2" * 16
PACKED = Packed(b"[head]", b"findings", b"facts")


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
