"""Changed lines, read from real repositories."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from healthlint.diff import ChangedLines, changed_since, staged_lines
from healthlint.errors import UsageError


@pytest.fixture(autouse=True)
def _plain_git(monkeypatch, tmp_path):
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Test")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "test@example.org")


def git(folder: Path, *args: str) -> str:
    return subprocess.run(["git", "-C", str(folder), *args], check=True, capture_output=True, text=True).stdout.strip()


def write(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="")


def commit(folder: Path, message: str = "change") -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a main branch of one commit, and a branch `work` that is checked out."""
    folder = tmp_path / "repo"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    write(folder / "a.md", *(f"line {n}" for n in range(1, 11)))
    write(folder / "b.md", "alone")
    commit(folder)
    git(folder, "checkout", "-q", "-b", "work")
    monkeypatch.chdir(folder)
    return folder


def edit(path: Path, number: int, *lines: str) -> None:
    old = path.read_text(encoding="utf-8").splitlines()
    write(path, *old[: number - 1], *lines, *old[number:])


def lines_in(changed: ChangedLines, path: str, upto: int = 20) -> list[int]:
    return [n for n in range(1, upto) if changed.has_line(path, n, n)]


def test_commits_and_uncommitted_and_untracked_changes_count(repo):
    edit(repo / "a.md", 2, "changed")
    commit(repo)
    edit(repo / "a.md", 5, "changed too", "and one more")
    write(repo / "new.md", "fresh")
    changed = changed_since("main", repo)
    assert lines_in(changed, "a.md") == [2, 5, 6]
    assert not changed.touches("b.md")
    assert changed.has_line("new.md", 1, 1)


def test_changes_on_the_base_since_then_do_not_count(repo):
    edit(repo / "a.md", 2, "mine")
    commit(repo)
    git(repo, "checkout", "-q", "main")
    edit(repo / "a.md", 8, "theirs")
    edit(repo / "b.md", 1, "theirs")
    commit(repo)
    git(repo, "checkout", "-q", "work")
    changed = changed_since("main", repo)
    assert lines_in(changed, "a.md") == [2] and not changed.touches("b.md")


def test_a_renamed_file_counts_where_it_changed(repo):
    git(repo, "mv", "a.md", "c.md")
    git(repo, "mv", "b.md", "d.md")
    edit(repo / "c.md", 4, "changed")
    commit(repo)
    changed = changed_since("main", repo)
    assert lines_in(changed, "c.md") == [4]
    assert not changed.touches("d.md")


def test_lines_only_taken_away_touch_the_file(repo):
    edit(repo / "a.md", 3)
    (repo / "b.md").unlink()
    changed = changed_since("main", repo)
    assert changed.touches("a.md") and lines_in(changed, "a.md") == []
    assert not changed.touches("b.md")


@pytest.mark.parametrize(
    "name", ["ünï cödé.md", 'quo"te.md', "tab\tname.md", "new\nline.md", "back\\slash.md", "-dash.md"]
)
def test_names_of_any_kind(repo, name):
    write(repo / "deep folder" / name, "one", "two")
    commit(repo)
    git(repo, "branch", "-f", "main")
    edit(repo / "deep folder" / name, 2, "changed")
    write(repo / name, "untracked")
    changed = changed_since("main", repo)
    assert lines_in(changed, f"deep folder/{name}") == [2]
    assert changed.touches(name)


def test_lines_that_look_like_headers_are_lines(repo):
    edit(repo / "a.md", 2, "++ b/b.md", "@@ -1,1 +1,1 @@", "diff --git a/b.md b/b.md", "+++ b/b.md")
    edit(repo / "a.md", 8, "-- a/b.md")
    changed = changed_since("main", repo)
    assert lines_in(changed, "a.md") == [2, 3, 4, 5, 8] and not changed.touches("b.md")


def test_windows_line_ends_and_a_missing_last_one(repo):
    (repo / "a.md").write_bytes(b"one\r\ntwo\r\nthree")
    commit(repo)
    git(repo, "branch", "-f", "main")
    (repo / "a.md").write_bytes(b"one\r\nTWO\r\nthree\r\nfour")
    assert lines_in(changed_since("main", repo), "a.md") == [2, 3, 4]


def test_a_users_git_configuration_changes_nothing(repo):
    edit(repo / "a.md", 5, "changed")
    for key, value in {
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "diff.context": "9",
        "diff.interHunkContext": "9",
        "diff.external": "false",
        "diff.relative": "true",
        "diff.renames": "false",
        "color.ui": "always",
        "core.quotePath": "true",
        "core.pager": "false",
    }.items():
        git(repo, "config", key, value)
    git(repo, "mv", "b.md", "ü.md")
    (repo / "sub").mkdir()
    changed = changed_since("main", repo / "sub")
    assert lines_in(changed, "a.md") == [5] and not changed.touches("ü.md")


def test_asked_from_a_folder_below_and_through_a_link(repo, tmp_path, monkeypatch):
    write(repo / "sub" / "c.md", "new")
    monkeypatch.chdir(repo / "sub")
    assert changed_since("main", Path()).touches("c.md")
    (tmp_path / "link").symlink_to(repo)
    monkeypatch.chdir(tmp_path / "link")
    assert changed_since("main", Path()).touches("sub/c.md")


def test_staged_lines_only(repo):
    edit(repo / "a.md", 2, "staged")
    git(repo, "add", "a.md")
    edit(repo / "b.md", 1, "not staged")
    write(repo / "new.md", "not staged")
    changed = staged_lines(repo)
    assert lines_in(changed, "a.md") == [2]
    assert not changed.touches("b.md") and not changed.touches("new.md")


def test_staged_lines_are_followed_through_later_edits(repo):
    edit(repo / "a.md", 5, "staged", "staged too")
    git(repo, "add", "a.md")
    edit(repo / "a.md", 1, "one", "two", "three")
    assert lines_in(staged_lines(repo), "a.md") == [7, 8]


def test_staged_before_the_first_commit(tmp_path):
    git(tmp_path, "init", "-q")
    write(tmp_path / "a.md", "one", "two")
    git(tmp_path, "add", "a.md")
    assert lines_in(staged_lines(tmp_path), str(tmp_path / "a.md")) == [1, 2]


def test_an_unknown_ref_says_so(repo):
    with pytest.raises(UsageError, match=r"no commit “origin/nowhere”\. Fetch it first"):
        changed_since("origin/nowhere", repo)
    with pytest.raises(UsageError, match="no commit “--output=x”"):
        changed_since("--output=x", repo)
    assert not (repo / "x").exists()


def test_no_common_history_says_so(repo):
    git(repo, "checkout", "-q", "--orphan", "other")
    commit(repo, "another beginning")
    with pytest.raises(UsageError, match="no commit in common"):
        changed_since("main", repo)


def test_a_shallow_clone_says_what_to_set(repo, tmp_path):
    for n in range(3):
        edit(repo / "a.md", 2, f"change {n}")
        commit(repo)
    git(repo, "checkout", "-q", "main")
    edit(repo / "b.md", 1, "theirs")
    commit(repo)
    clone = tmp_path / "clone"
    url = repo.as_uri()
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", "--branch", "work", url, str(clone))
    with pytest.raises(UsageError, match=r"too shallow .*fetch-depth: 0"):
        changed_since("origin/main", clone)
    with pytest.raises(UsageError, match=r"no commit “v1”.*fetch-depth: 0"):
        changed_since("v1", clone)
    git(clone, "fetch", "-q", "--unshallow")
    assert lines_in(changed_since("origin/main", clone), str(clone / "a.md")) == [2]


def test_outside_a_repository_and_without_git(tmp_path, monkeypatch):
    with pytest.raises(UsageError, match="in no git work tree"):
        changed_since("main", tmp_path)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="git cannot be run"):
        staged_lines(tmp_path)
