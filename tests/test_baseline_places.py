"""Baselines in several folders of one repository, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli import process
from tests.test_accepting import CONFIG, healthlint, project

__all__ = ["project"]
NAME = ".healthlint-baseline.json"
OLD = "An old wonderdrug.\n"


@pytest.fixture
def monorepo(project: Path) -> Path:
    """A repository of two sites, each with a configuration of its own and an old finding."""
    (project / ".git").mkdir()
    for site in ("left", "right"):
        (project / site / "deep").mkdir(parents=True)
        (project / site / ".healthlint.yml").write_text(CONFIG.replace("[words]", "[../words]", 1))
        (project / site / "deep" / f"{site}.md").write_text(f"# {site}\n\n{OLD}")
    return project


def counts(*args: str, code: int = 0) -> tuple[int, int]:
    data = json.loads(healthlint("check", "--output-format", "json", *args, code=code))
    return len(data["findings"]), data["summary"]["baselined"]


def accepted(folder: Path) -> list[str]:
    return list(json.loads((folder / NAME).read_text())["findings"])


def test_each_article_is_held_against_the_nearest(monorepo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    healthlint("baseline", "create", code=0)
    assert accepted(monorepo) == ["left/deep/left.md", "right/deep/right.md"]
    monkeypatch.chdir(monorepo / "left" / "deep")
    assert counts(".", "../../right") == (0, 2), "also from a folder below"
    healthlint("baseline", "create", code=2)
    (monorepo / NAME).unlink()
    for site in ("left", "right"):
        monkeypatch.chdir(monorepo / site)
        healthlint("baseline", "create", code=0)
    monkeypatch.chdir(monorepo)
    assert counts() == counts("left/deep/left.md", "right/deep/right.md") == (0, 2)
    assert counts("--no-baseline", code=1) == (2, 0)
    assert counts("--baseline", f"left/{NAME}", code=1) == (1, 1)
    (monorepo / "left" / "deep" / "left.md").write_text("# left\n\nNothing.\n")
    (monorepo / "right" / "deep" / "right.md").write_text(f"# right\n\n{OLD}\nA new wonderdrug.\n")
    assert counts(code=1) == (1, 1)
    healthlint("baseline", "prune", code=0)
    assert (accepted(monorepo / "left"), accepted(monorepo / "right")) == ([], ["deep/right.md"])
    healthlint("baseline", "update", "right", code=0)
    assert counts() == (0, 2)


def test_a_new_one_takes_the_place_of_none(monorepo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    healthlint("baseline", "create", "--baseline", f"left/{NAME}", "left", code=0)
    for force in ([], ["--force"]):
        healthlint("baseline", "create", *force, code=2)
    assert not (monorepo / NAME).exists()
    healthlint("baseline", "create", "right", code=0)
    assert counts() == (0, 2)
    healthlint("baseline", "create", "right", code=2)
    healthlint("baseline", "create", "--force", "right", code=0)


def test_each_configuration_may_name_its_own(monorepo: Path) -> None:
    for site in ("left", "right"):
        config = monorepo / site / ".healthlint.yml"
        config.write_text(config.read_text() + f"baseline: {site}.json\n")
    healthlint("check", code=2)  # there are none yet, which is no reason to accept nothing in silence
    healthlint("baseline", "create", code=0)
    assert [path.name for path in sorted(monorepo.glob("*t/*.json"))] == ["left.json", "right.json"]
    assert counts() == (0, 2)
    (monorepo / "left" / "deep" / "left.md").unlink()
    healthlint("baseline", "prune", "right", code=0)
    assert counts() == (0, 1)


def test_what_has_no_baseline_is_not_accepted(monorepo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    healthlint("baseline", "prune", code=2)
    monkeypatch.chdir(monorepo / "left")
    healthlint("baseline", "create", code=0)
    monkeypatch.chdir(monorepo)
    healthlint("baseline", "update", code=0)
    assert counts(code=1) == (1, 1)
    (monorepo / "left" / "deep" / "left.md").unlink()
    monkeypatch.chdir(monorepo / "left")
    healthlint("baseline", "prune", code=0)
    assert accepted(Path()) == []


def test_prune_resolves_what_a_merge_could_not(monorepo: Path) -> None:
    healthlint("baseline", "create", code=0)
    text = (monorepo / NAME).read_text()
    gone = text.replace("left/deep/left.md", "left/gone.md")
    conflict = f"<<<<<<< HEAD\n{text}=======\n{gone}>>>>>>> work\n"
    (monorepo / NAME).write_text(conflict)
    for command in ("check", "baseline update"):
        healthlint(*command.split(), code=2)
    assert (monorepo / NAME).read_text() == conflict
    healthlint("baseline", "prune", code=0)
    assert (monorepo / NAME).read_text() == text
    assert counts() == (0, 2)


def test_entries_of_a_page_that_is_gone_are_said(monorepo: Path) -> None:
    healthlint("baseline", "create", code=0)
    assert "gone or renamed" not in process.healthlint("check", cwd=monorepo).stderr
    left = monorepo / "left" / "deep" / "left.md"
    left.rename(left.with_name("renamed.md"))
    done = process.healthlint("check", cwd=monorepo)
    assert done.returncode == 1
    assert "1 accepted finding of left/deep/left.md, gone or renamed." in done.stderr
