"""Whole runs: the same report whatever the jobs and the cache, and findings between articles that stay true."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from healthlint.result import RunResult
from healthlint.runner import shelf
from healthlint.runner.cache import Cache
from tests.runner.scratch import as_json, check, rules_at, write_articles

DUPLICATE = "duplicate-title-in-project"


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of generated articles, two of them with one title and one body."""
    folder = tmp_path_factory.mktemp("project")
    (folder / ".git").mkdir()
    paths = write_articles(folder / "articles", 70, seed=11)
    shutil.copy(paths[5], folder / "articles" / "copy.md")
    return folder


def test_the_report_is_the_same_for_any_jobs_and_any_state_of_the_cache(
    articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(articles)
    cache = articles / "cache"
    runs = [
        check(".", jobs=1),
        check(".", jobs=2),
        check(".", jobs=2, cache_dir=cache),
        check(".", jobs=1, cache_dir=cache),
        check("articles", jobs=2, cache_dir=cache),
    ]
    assert [run.cached for run in runs] == [0, 0, 0, 71, 71]
    first = as_json(runs[0])
    assert {finding["rule"] for finding in first["findings"]} >= {DUPLICATE, "near-duplicate-body"}
    assert all(as_json(run) == first for run in runs[1:])


def test_part_of_the_articles_from_the_cache(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(articles)
    cache = articles / "other-cache"
    check(*sorted(str(p) for p in (articles / "articles").glob("*5.md")), cache_dir=cache, project=False)
    mixed = check(".", cache_dir=cache, jobs=2)
    assert 0 < mixed.cached < 71
    assert as_json(mixed) == as_json(check(".", jobs=1))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of three articles, two of them with one title."""
    (tmp_path / ".git").mkdir()
    for name, title in (("a", "Asthma in children"), ("b", "Asthma in children"), ("c", "Hay fever at school")):
        (tmp_path / f"{name}.md").write_text(f"# {title}\n\nThe text of {name}.\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(site: Path, *paths: str, **options: object) -> RunResult:
    return check(*(paths or (".",)), cache_dir=site / ".cache", cli={"select": [DUPLICATE]}, **options)


def test_one_article_is_compared_with_the_unchanged_others(site: Path) -> None:
    for _ in ("cold", "warm"):
        alone = run(site, "a.md")
        assert [(f.path, f.rule, f.related[0].path) for f in alone.findings] == [("a.md", DUPLICATE, "b.md")]
        assert [file.path for file in alone.files] == ["a.md"]
    assert run(site, "c.md").findings == []
    assert run(site, "a.md", project=False).findings == []


def test_a_deleted_article_leaves_no_finding_behind(site: Path) -> None:
    assert rules_at(run(site), "a.md") == [DUPLICATE]
    (site / "b.md").unlink()
    assert run(site).findings == run(site, "a.md").findings == []


def test_a_renamed_article_is_named_as_it_is_called_now(site: Path) -> None:
    run(site)
    (site / "b.md").rename(site / "d.md")
    for result in (run(site), run(site, "a.md")):
        assert {(f.path, f.related[0].path) for f in result.findings if f.path == "a.md"} == {("a.md", "d.md")}
        assert "b.md" not in {f.path for f in result.findings}


def test_an_edited_article_is_judged_by_what_it_says_now(site: Path) -> None:
    assert len(run(site).findings) == 2
    (site / "b.md").write_text("# Hay fever at school\n\nThe text of b.\n")
    for result in (run(site), run(site, "a.md", "b.md", "c.md")):
        assert {f.path for f in result.findings} == {"b.md", "c.md"}
    assert run(site, "a.md").findings == []
    assert rules_at(run(site, "c.md"), "c.md") == [DUPLICATE]


def test_an_edit_that_keeps_size_and_time_is_seen_when_the_article_is_checked(site: Path) -> None:
    run(site)
    before = (site / "b.md").stat()
    (site / "b.md").write_text((site / "b.md").read_text().replace("children", "toddlers"))
    os.utime(site / "b.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (site / "b.md").stat().st_size == before.st_size
    assert run(site).findings == []


def test_a_new_article_is_compared(site: Path) -> None:
    assert run(site, "c.md").findings == []
    (site / "e.md").write_text("# Hay fever at school\n\nAnother text.\n")
    assert rules_at(run(site, "c.md"), "c.md") == [DUPLICATE]


def test_a_directive_silences_a_finding_between_articles_from_the_cache_too(site: Path) -> None:
    (site / "a.md").write_text(f"<!-- healthlint-disable {DUPLICATE} -->\n\n# Asthma in children\n\nThe text of a.\n")
    for _ in ("cold", "warm"):
        result = run(site)
        assert {f.path for f in result.findings} == {"b.md"}
        assert result.suppressed == 1


LINKS = ("related-link-broken-or-unreviewed", "near-duplicate-body")
BODY = " ".join(f"Sentence {n} tells of the {n}th thing that one may do about a cold at home." for n in range(40))


@pytest.fixture
def linked(site: Path) -> Path:
    """The site, with an article whose related link leads to another one, and two with nearly one body."""
    (site / "d.md").write_text("# Colds\n\nSome text.\n\n## Related articles\n\n- [Hay fever at school](c.md)\n")
    for name in ("e", "f"):
        (site / f"{name}.md").write_text(f"# Page {name} on colds\n\n{BODY}\n")
    return site


def linked_findings(site: Path, *paths: str) -> set[tuple[str, str]]:
    result = check(*(paths or (".",)), cache_dir=site / ".cache", cli={"select": list(LINKS)})
    fresh = check(*(paths or (".",)), cli={"select": list(LINKS)})
    assert as_json(result) == as_json(fresh), "the cache tells nothing that is not so any more"
    return {(finding.path, finding.rule) for finding in result.findings}


def test_links_and_bodies_are_judged_by_the_articles_that_are_there_now(linked: Path) -> None:
    twins = {("e.md", LINKS[1]), ("f.md", LINKS[1])}
    broken = ("d.md", LINKS[0])
    assert linked_findings(linked) == twins
    (linked / "c.md").rename(linked / "g.md")
    assert linked_findings(linked) == {broken, *twins}
    assert linked_findings(linked, "d.md") == {broken}
    (linked / "g.md").rename(linked / "c.md")
    (linked / "f.md").unlink()
    assert linked_findings(linked) == linked_findings(linked, "d.md") == linked_findings(linked, "e.md") == set()
    (linked / "c.md").write_text("---\ndraft: true\n---\n# Hay fever at school\n\nText.\n")
    assert linked_findings(linked) == linked_findings(linked, "d.md") == {broken}
    (linked / "d.md").write_text("# Colds\n\nSome text.\n")
    assert linked_findings(linked) == set()


def test_why_an_article_that_was_only_compared_so_far_is_read(site: Path) -> None:
    run(site, "a.md")
    (note,) = (note for note in run(site, "b.md", explain_misses=True).notes if note.startswith("b.md"))
    assert note == "b.md: not from the cache: so far it was only compared with others."


def test_a_full_disk_changes_no_report(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    expected = as_json(run(site))
    monkeypatch.setattr("tempfile.TemporaryFile", full)
    monkeypatch.setattr(shelf, "_CHUNK", 64)
    monkeypatch.setattr(Cache, "flush", lambda cache: cache._fail(sqlite3.OperationalError("database or disk is full")))
    shutil.rmtree(site / ".cache")
    result = run(site)
    assert as_json(result) == expected
    assert result.notes == ["working without the cache: database or disk is full."]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("docs/rest.md", "versioned_docs/version-1.0/rest.md", False),
        ("help/rest.md", "help_versioned_docs/version-1.0/rest.md", False),
        ("guide/v1/rest.md", "guide/v2.1/rest.md", False),
        ("guide/latest/rest.md", "guide/1.x/rest.md", False),
        ("docs/rest.md", "versioned_docs/version-1.0/sleep.md", True),
        ("guide/2023/rest.md", "guide/2024/rest.md", True),
        ("guide/v1/rest.md", "guide/rest.md", True),
    ],
)
def test_versions_of_a_page_are_no_duplicates(
    one: str, other: str, found: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (page,) = write_articles(tmp_path / "made", 1, seed=5)
    for name in (one, other):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(page, tmp_path / name)
    page.unlink()
    result = check(".", jobs=1, cli={"select": [DUPLICATE, "near-duplicate-body"]})
    assert {finding.rule for finding in result.findings} == ({DUPLICATE, "near-duplicate-body"} if found else set())
