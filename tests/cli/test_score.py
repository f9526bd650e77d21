"""`healthlint score`: the table, its order, and the formats for other programs."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from healthlint.cli import cli, score

EASY = "You can walk. You can swim. Do both each day. "
HARD = "Physiotherapeutic rehabilitation is indispensable. "


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("# Back pain\n\n" + EASY * 5)
    (tmp_path / "b.md").write_text("# Physiotherapeutic rehabilitation\n\n" + HARD * 5)
    (tmp_path / "c.md").write_text("# Asthma\n\n## Inhalers\n")
    return tmp_path


def scored(*arguments: str) -> str:
    given = CliRunner().invoke(cli, ["score", "--no-cache", *arguments], standalone_mode=False)
    assert given.exit_code == 0 and not given.exception, given.output
    return given.stdout


def test_a_page_without_prose_has_no_grades_and_no_second_opinion(site: Path) -> None:
    rows = list(csv.DictReader(scored("c.md", "a.md", "--engine", "textstat", "--output-format", "csv").splitlines()))
    full, empty = rows
    assert (empty["words"], empty["smog"], empty["textstat_smog"]) == ("0", "", "")
    assert (full["words"], full["sentences"], full["textstat_words"]) == ("50", "15", "50")
    assert float(full["textstat_flesch_kincaid_grade"]) < 2
    assert scored("c.md").splitlines()[1].split() == ["c.md", "0", "0", *"–" * 11, "low"]


def test_ours_and_theirs_stand_below_each_other(site: Path) -> None:
    shown = scored("a.md", "b.md", "--sort", "consensus_grade", "--engine", "textstat").splitlines()
    assert shown[0].split()[:5] == ["article", "words", "sent.", "grade", "once"]
    assert [line.split()[0] for line in shown[1:5]] == ["b.md", "by", "a.md", "by"]
    assert {
        line.index(figure) + len(figure) for line, figure in zip(shown[:3], ("words", "20", "20"), strict=True)
    } == {shown[0].index("words") + len("words")}


def test_words_of_the_title_can_be_counted_once(site: Path) -> None:
    hard, easy = json.loads(scored("a.md", "b.md", "--output-format", "json", "--sort", "consensus_grade"))
    assert hard["path"] == "b.md"
    assert hard["consensus_grade_terms_once"] < hard["consensus_grade"] - 5
    assert easy["consensus_grade_terms_once"] == easy["consensus_grade"]


@pytest.mark.parametrize(
    ("key", "first"),
    [
        ("path", "a.md"),
        ("words", "a.md"),
        ("flesch_reading_ease", "b.md"),
        ("smog", "b.md"),
        ("grade", "b.md"),
        ("SMOG", "b.md"),
        ("F-K", "b.md"),
        ("F–K", "b.md"),
        ("Ease", "b.md"),
        ("article", "a.md"),
    ],
)
def test_the_hardest_or_longest_comes_first(site: Path, key: str, first: str) -> None:
    rows = json.loads(scored(".", "--output-format", "json", "--sort", key))
    assert rows[0]["path"] == first
    assert {row["path"] for row in rows} == {"a.md", "b.md", "c.md"}


def test_paths_are_shortened_where_a_terminal_is_narrow(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site / "content" / "musculoskeletal"
    folder.mkdir(parents=True)
    (folder / "back-pain.md").write_text("# Back pain\n\n" + EASY)
    assert scored("content").splitlines()[1].startswith("content/musculoskeletal/back-pain.md ")
    monkeypatch.setattr(score, "_room", lambda: 80)
    assert scored("content").splitlines()[1].startswith("…loskeletal/back-pain.md ")
