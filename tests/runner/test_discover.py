"""Which articles a run finds, under which names, and what leaves them out."""

from __future__ import annotations

import os
from pathlib import Path

import pathspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.config.globs import Globs
from healthlint.errors import ConfigError, UsageError
from healthlint.runner.discover import discover, forget
from healthlint.runner.session import Options, Session

ARTICLES = "a.md", "b.txt", "deep/c.html", "deep/er/d.mdx", "public/e.md", "drafts/f.md", "drafts/kept.md"
OTHERS = "picture.png", ".hidden.md", ".git/g.md", "node_modules/h.md", "__pycache__/i.md"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (*ARTICLES, *OTHERS):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# Nothing\n")
    monkeypatch.chdir(tmp_path)
    forget()
    return tmp_path


def shown(*paths: str, force_exclude: bool = False) -> list[str]:
    forget()
    session = Session(Options())
    found = discover(paths or (".",), session.config_for, force_exclude)
    assert all(Path(target.full) == Path(target.shown).absolute() for target in found)
    return [target.shown for target in found]


def test_all_articles_and_nothing_else(site: Path) -> None:
    assert shown() == sorted(ARTICLES)
    assert shown("deep") == ["deep/c.html", "deep/er/d.mdx"]
    assert shown("deep", "a.md", "./deep/../a.md", str(site / "deep")) == ["a.md", "deep/c.html", "deep/er/d.mdx"]


def test_outside_the_current_folder_paths_are_whole(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site / "deep")
    assert shown("..") == sorted(
        [*(f"{site.as_posix()}/{n}" for n in ARTICLES if "deep" not in n), "c.html", "er/d.mdx"]
    )


def test_ignore_files_hold_below_their_folder(site: Path) -> None:
    (site / ".gitignore").write_text("/public/\n*.txt\n")
    (site / "drafts" / ".healthlintignore").write_text("*\n!kept.md\n")
    assert shown() == ["a.md", "deep/c.html", "deep/er/d.mdx", "drafts/kept.md"]
    assert shown("b.txt") == ["b.txt"], "named outright"
    assert shown("b.txt", force_exclude=True) == []
    (site / ".healthlint.yml").write_text("respect-gitignore: false\n")
    assert shown() == sorted(set(ARTICLES) - {"drafts/f.md"})


def test_include_and_exclude(site: Path) -> None:
    (site / ".healthlint.yml").write_text("include: ['*.png', 'deep/**']\nexclude: [er/]\n")
    assert shown() == ["deep/c.html", "picture.png"]


def test_a_link_to_an_article_is_one_and_a_link_to_a_folder_is_not_followed(site: Path) -> None:
    (site / "link.md").symlink_to("node_modules/h.md")
    (site / "folder").symlink_to("deep")
    assert shown() == sorted([*ARTICLES, "link.md"])
    (site / "node_modules" / "h.md").rename(site / "h.md")
    (site / "link.md").unlink()
    (site / "link.md").symlink_to("h.md")
    assert shown() == sorted([*ARTICLES, "h.md"]), "under two names it is one article"
    assert shown("link.md", "h.md") == ["h.md"] and shown("link.md") == ["link.md"]


def test_links_that_go_round_in_circles_stop_nothing(site: Path) -> None:
    (site / "loop.md").symlink_to("loop.md")
    (site / "round").symlink_to(".")
    forget()
    broken: list[str] = []
    found = discover(["."], Session(Options()).config_for, broken=broken)
    assert ([target.shown for target in found], broken) == (sorted(ARTICLES), ["loop.md"])
    with pytest.raises(UsageError, match=r"loop\.md: the link leads nowhere"):
        shown("loop.md")


def test_a_path_that_is_not_there(site: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        shown("gone.md")


def test_a_line_that_is_no_glob(site: Path) -> None:
    (site / ".gitignore").write_text("drafts/\n!\n[z-a]\npublic/\n")
    assert shown() == [name for name in ARTICLES if not name.startswith(("drafts", "public"))], "git passes it over too"
    forget()
    (site / ".healthlintignore").write_text("# ours\n[z-a]\n")
    with pytest.raises(ConfigError, match=r"\.healthlintignore:2: “\[z-a\]” is no glob"):
        shown()


PIECES = st.sampled_from(["a", "b.md", "*.md", "**", "?", "[ab]", "public", "x y"])
PATTERNS = st.builds(
    lambda no, root, parts, end: no + root + "/".join(parts) + end,
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "/"]),
    st.lists(PIECES, min_size=1, max_size=3),
    st.sampled_from(["", "/"]),
)


@given(
    st.lists(PATTERNS, max_size=6), st.lists(st.sampled_from(["a", "b.md", "public", "x y"]), min_size=1, max_size=4)
)
def test_globs_match_as_git_reads_them(patterns: list[str], parts: list[str]) -> None:
    base = Path(os.path.abspath("site"))  # noqa: PTH100
    globs = Globs(patterns, base)
    expected = pathspec.GitIgnoreSpec.from_lines(patterns)
    assert globs.match(base.joinpath(*parts)) == expected.match_file("/".join(parts))
    assert globs.match(base.joinpath(*parts), is_folder=True) == expected.match_file("/".join(parts) + "/")
    assert not globs.match(base.parent / "site-2" / "b.md")
