"""Changed lines in places where git keeps no lines: submodules, binary files, what it ignores, other repositories."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthlint.diff import changed_since, staged_lines
from healthlint.errors import UsageError
from tests.test_diff import _plain_git, commit, edit, git, lines_in, repo, write

__all__ = ["_plain_git", "repo"]


@pytest.fixture
def submodule(repo: Path, tmp_path: Path) -> Path:
    """A submodule “content” of the repository, in its main branch; `work` is checked out in both."""
    origin = tmp_path / "origin"
    origin.mkdir()
    git(origin, "init", "-q", "-b", "main")
    write(origin / "deep" / "s.md", "one", "two", "three")
    write(origin / "t.md", "alone")
    commit(origin)
    git(repo, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", origin.as_uri(), "content")
    commit(repo)
    git(repo, "branch", "-f", "main")
    git(repo / "content", "checkout", "-q", "-b", "work")
    return repo / "content"


def test_a_submodule_counts_where_it_changed(repo: Path, submodule: Path) -> None:
    assert not changed_since("main", repo).touches("content/deep/s.md")
    edit(submodule / "deep" / "s.md", 2, "changed")
    assert lines_in(changed_since("main", repo), "content/deep/s.md") == [2]
    commit(submodule)
    write(submodule / "new.md", "untracked")
    edit(repo / "a.md", 4, "changed above")
    changed = changed_since("main", repo)
    assert lines_in(changed, "content/deep/s.md") == [2] and lines_in(changed, "a.md") == [4]
    assert changed.touches("content/new.md") and not changed.touches("content/t.md")
    assert not staged_lines(repo).touches("content/deep/s.md")
    git(repo, "add", "content")
    assert lines_in(staged_lines(repo), "content/deep/s.md") == [2]
    commit(repo)
    assert lines_in(changed_since("main", repo), "content/deep/s.md") == [2]
    assert not changed_since("HEAD", repo).touches("content/deep/s.md")


def test_all_of_a_new_submodule_counts(repo: Path, submodule: Path) -> None:
    git(repo, "branch", "-f", "main", "HEAD~1")
    changed = changed_since("main", repo)
    assert lines_in(changed, "content/deep/s.md", 4) == [1, 2, 3] and changed.touches("content/t.md")
    assert not changed.touches("a.md")


def test_a_shallow_submodule_says_what_to_set(repo: Path, submodule: Path, tmp_path: Path) -> None:
    edit(tmp_path / "origin" / "t.md", 1, "theirs")
    commit(tmp_path / "origin")
    git(submodule, "fetch", "-q", "origin")
    git(submodule, "checkout", "-q", "origin/main")
    commit(repo)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", repo.as_uri(), str(clone))
    git(clone, "-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init", "--depth", "1")
    with pytest.raises(UsageError, match=r"fetch-depth: 0"):
        changed_since("origin/main", clone)


def test_all_of_a_file_that_git_calls_binary_counts(repo: Path) -> None:
    (repo / "u.md").write_text("one\n", encoding="utf-16")
    write(repo / "c.md", "one")
    write(repo / ".gitattributes", "c.md -diff")
    commit(repo)
    git(repo, "branch", "-f", "main")
    assert not changed_since("main", repo).touches("u.md")
    (repo / "u.md").write_text("one\ntwo\n", encoding="utf-16")
    write(repo / "c.md", "one", "two")
    for changed in (changed_since("main", repo), (git(repo, "add", "-A"), staged_lines(repo))[1]):
        assert lines_in(changed, "u.md", 3) == [1, 2] and lines_in(changed, "c.md", 3) == [1, 2]
        assert not changed.touches("b.md")


def test_what_git_does_not_keep_counts_as_new(repo: Path, tmp_path: Path) -> None:
    write(repo / ".gitignore", "ignored.md")
    write(repo / "ignored.md", "built")
    write(tmp_path / "elsewhere" / "x.md", "another repository")
    (repo / "link.md").symlink_to(tmp_path / "elsewhere" / "x.md")
    git(repo, "add", "link.md", ".gitignore")
    commit(repo)
    git(repo, "branch", "-f", "main")
    changed = changed_since("main", repo)
    assert changed.touches("ignored.md") and changed.has_line(str(tmp_path / "elsewhere" / "x.md"), 1, 1)
    assert not changed.touches("link.md"), "git keeps the link, and it is where it was"
    assert not staged_lines(repo).touches("ignored.md")


@pytest.mark.parametrize("folder", ["", "deep"])
def test_a_hook_of_a_linked_work_tree_sees_its_lines_from_any_folder(
    repo: Path, submodule: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    linked = tmp_path / "linked"
    git(repo, "worktree", "add", "-q", str(linked), "main")
    write(linked / "deep" / "d.md", "staged")
    git(linked, "add", "deep/d.md")
    edit(linked / "a.md", 3, "not staged")
    # What git tells the hooks of such a work tree; of the main one it tells the index alone.
    monkeypatch.setenv("GIT_DIR", git(linked, "rev-parse", "--absolute-git-dir"))
    monkeypatch.setenv("GIT_INDEX_FILE", git(linked, "rev-parse", "--absolute-git-dir") + "/index")
    monkeypatch.setenv("GIT_PREFIX", "")
    monkeypatch.chdir(linked / folder)
    staged = staged_lines(linked / folder)
    assert staged.has_line(str(linked / "deep" / "d.md"), 1, 1) and not staged.touches(str(linked / "a.md"))
    assert changed_since("HEAD", linked / folder).has_line(str(linked / "a.md"), 3, 3)
    edit(submodule / "t.md", 1, "below")
    monkeypatch.setenv("GIT_DIR", git(repo, "rev-parse", "--absolute-git-dir"))
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    monkeypatch.chdir(repo)
    assert lines_in(changed_since("HEAD", repo), "content/t.md") == [1]


def test_a_repository_that_only_a_variable_names(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repo / ".git").rename(tmp_path / "apart.git")
    edit(repo / "a.md", 3, "changed")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "apart.git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(repo))
    assert lines_in(changed_since("main", repo), "a.md") == [3]
