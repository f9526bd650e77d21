"""The baseline accepts what was there, and nothing more."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.baseline import FILE_NAME, Baseline
from healthlint.errors import ConfigError
from healthlint.finding import Confidence, Finding, Severity


def finding(path: str, print_: str = "f1", rule: str = "promised-outcome", **evidence: str) -> Finding:
    end = 0 if evidence else 4
    return Finding(
        rule, "claims", Severity.WARNING, Confidence.HIGH, "m", path, 1, 1, 1, end + 1, 0, end, "word"[:end],
        fingerprint=print_, evidence=evidence,
    )  # fmt: skip


def grade(path: str, value: str, limit: str = "9", rule: str = "grade-above-target") -> Finding:
    return finding(path, rule=rule, value=value, limit=limit)


@pytest.fixture(autouse=True)
def _inside(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("x")


def stored(baseline: Baseline) -> Baseline:
    path = Path(FILE_NAME)
    baseline.save(path)
    return Baseline.load(path)


def test_what_was_there_is_accepted_and_what_is_new_is_not():
    old = [finding("a.md", f"f{n}") for n in range(300)]
    baseline = stored(Baseline.of(old, Path()))
    assert len(baseline) == 300
    assert baseline.filter(reversed(old)) == ([], 300)
    new = finding("a.md", "new")
    assert baseline.filter([*old, new]) == ([new], 300)


def test_equal_findings_are_counted():
    baseline = stored(Baseline.of([finding("a.md")] * 2, Path()))
    assert baseline.filter([finding("a.md")] * 3) == ([finding("a.md")], 2)
    assert baseline.filter([finding("b.md")])[1] == 0
    assert baseline.filter([finding("a.md", rule="other-rule")])[1] == 0
    assert baseline.filter([finding("a.md")] * 2)[1] == 2  # asking does not use it up
    assert baseline.filter([finding("a.md")] * 3, first=[finding("a.md"), finding("c.md")])[1] == 1
    assert baseline.filter([finding("a.md")], first=[finding("a.md")] * 3)[1] == 0


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abcd")))
def test_filter_takes_away_as_a_multiset_does(old, new):
    baseline = Baseline.of([finding("a.md", p) for p in old], Path())
    fresh, accepted = baseline.filter([finding("a.md", p) for p in new])
    left = Counter(new) - Counter(old)
    assert Counter(item.fingerprint for item in fresh) == left
    assert accepted == len(new) - left.total()


def test_pruning_drops_what_is_gone_and_adds_nothing():
    baseline = stored(Baseline.of([finding("a.md", p) for p in "xyyz"] + [finding("b.md", "x")], Path()))
    now = [finding("a.md", "x"), finding("a.md", "y"), finding("a.md", "new")]
    pruned = baseline.pruned(now, ["a.md"])
    assert pruned.counts == {
        "a.md": {"promised-outcome": Counter(x=1, y=1)},
        "b.md": {"promised-outcome": Counter(x=1)},  # not looked at in this run
    }
    Path("b.md").unlink()
    assert set(baseline.pruned(now, ["a.md"]).counts) == {"a.md"}
    assert baseline.pruned([], ["a.md"]).counts == {}


def test_updating_accepts_what_stands_in_the_checked_files():
    baseline = stored(Baseline.of([finding("a.md", "x"), finding("b.md", "x"), grade("b.md", "12")], Path()))
    updated = baseline.updated([finding("a.md", "y")], ["a.md"])
    assert updated.filter([finding("a.md", "y"), finding("b.md", "x"), grade("b.md", "12")])[0] == []
    assert updated.filter([finding("a.md", "x")])[1] == 0


def test_a_rule_that_did_not_run_keeps_its_entries():
    old = [finding("a.md", "x"), finding("a.md", "y", "other-rule"), grade("a.md", "12")]
    baseline = stored(Baseline.of(old, Path()))
    for made in (
        baseline.updated([], ["a.md"], {"promised-outcome"}),
        baseline.pruned([], ["a.md"], {"promised-outcome"}),
    ):
        assert made.counts == {"a.md": {"other-rule": Counter(y=1)}}
        assert made.metrics == {"a.md": {"grade-above-target": 12.0}}
    added = baseline.updated([finding("a.md", "new")], ["a.md"], {"promised-outcome"})
    assert added.counts["a.md"] == {"promised-outcome": Counter(new=1), "other-rule": Counter(y=1)}


@pytest.mark.parametrize(
    ("value", "accepted"), [("12.0", True), ("11.0", True), ("12.5", True), ("12.6", False), ("13.0", False)]
)
def test_a_grade_may_not_get_worse(value, accepted):
    baseline = stored(Baseline.of([grade("a.md", "12.0")], Path()))
    assert baseline.filter([grade("a.md", value)])[1] == int(accepted)
    assert baseline.filter([grade("b.md", value)])[1] == 0


@pytest.mark.parametrize(("value", "accepted"), [("30", True), ("40", True), ("29.6", True), ("29.0", False)])
def test_an_ease_of_reading_may_not_fall(value, accepted):
    baseline = stored(Baseline.of([grade("a.md", "30", "60")], Path()))
    assert baseline.filter([grade("a.md", value, "60")])[1] == int(accepted)


def test_pruning_tightens_a_metric_and_never_loosens_it():
    baseline = stored(Baseline.of([grade("a.md", "12.0")], Path()))
    assert baseline.pruned([grade("a.md", "11.0")], ["a.md"]).metrics == {"a.md": {"grade-above-target": 11.0}}
    assert baseline.pruned([grade("a.md", "12.4")], ["a.md"]).metrics == {"a.md": {"grade-above-target": 12.0}}
    assert baseline.pruned([], ["a.md"]).metrics == {}
    ease = stored(Baseline.of([grade("a.md", "30", "60")], Path()))
    assert ease.pruned([grade("a.md", "40", "60")], ["a.md"]).metrics == {"a.md": {"grade-above-target": 40.0}}


def test_a_value_that_is_no_number_is_counted_like_any_finding():
    odd = grade("a.md", "none")
    baseline = stored(Baseline.of([odd], Path()))
    assert baseline.metrics == {} and baseline.filter([odd]) == ([], 1)


def test_the_file_is_sorted_and_the_same_every_time(tmp_path):
    items = [finding("b.md", "x"), finding("a.md", "z"), finding("a.md", "y"), grade("a.md", "12.5")]
    first, second = tmp_path / "one", tmp_path / "two"
    Baseline.of(items, tmp_path).save(first)
    Baseline.of(items[::-1], tmp_path).save(second)
    assert first.read_bytes() == second.read_bytes()
    assert json.loads(first.read_text()) == {
        "version": 1,
        "findings": {"a.md": {"promised-outcome": {"y": 1, "z": 1}}, "b.md": {"promised-outcome": {"x": 1}}},
        "metrics": {"a.md": {"grade-above-target": 12.5}},
    }
    assert first.read_text().index('"y"') < first.read_text().index('"z"')
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "b.md", "one", "two"]


def test_paths_are_kept_relative_to_the_file_from_any_folder(tmp_path, monkeypatch):
    (tmp_path / "docs").mkdir()
    stored(Baseline.of([finding("docs/a.md")], tmp_path))
    monkeypatch.chdir(tmp_path / "docs")
    baseline = Baseline.load(tmp_path / FILE_NAME)
    assert baseline.filter([finding("a.md"), finding("../docs/a.md"), finding("b.md")])[1] == 1
    assert baseline.filter([finding(str(tmp_path / "docs" / "a.md"))])[1] == 1


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "[]",
        "{}",
        '{"version": 2, "findings": {}, "metrics": {}}',
        '{"version": 1, "findings": {}}',
        '{"version": 1, "findings": {"a.md": 3}, "metrics": {}}',
        '{"version": 1, "findings": {"a.md": {"r": {"f": 0}}}, "metrics": {}}',
        '{"version": 1, "findings": {"a.md": {"r": {"f": "1"}}}, "metrics": {}}',
        '{"version": 1, "findings": {}, "metrics": {"a.md": {"r": null}}}',
        '{"version": 1, "findings": {"a.md": {"r": {"f": 1}}, "a.md": {"r": {"g": 1}}}, "metrics": {}}',
    ],
)
def test_a_broken_file_is_an_error_that_says_what_to_do(text):
    path = Path(FILE_NAME)
    path.write_text(text)
    with pytest.raises(ConfigError, match=r"healthlint-baseline\.json: .*`healthlint baseline create --force`"):
        Baseline.load(path)


def test_a_merge_conflict_is_called_one_and_resolved(tmp_path):
    def git(*arguments: str, code: int = 0) -> None:
        names = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
        done = subprocess.run(["git", *names, *arguments], cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr

    both = [finding("b.md"), finding("b.md", "twice")]
    sides = {
        "main": [finding("a.md"), finding("b.md", "twice"), grade("a.md", "10")],
        "work": [finding("c.md"), finding("b.md", "w"), grade("b.md", "11")],
    }
    git("init", "-q", "-b", "main")
    Baseline.of(both, tmp_path).save(tmp_path / FILE_NAME)
    git("add", FILE_NAME)
    git("commit", "-q", "-m", "both")
    git("branch", "work")
    for branch, more in sides.items():
        git("checkout", "-q", branch)
        Baseline.of(both + more, tmp_path).save(tmp_path / FILE_NAME)
        git("commit", "-q", "-a", "-m", branch)
    for style in ("merge", "diff3"):
        git("-c", f"merge.conflictStyle={style}", "merge", "-q", "main", code=1)
        with pytest.raises(ConfigError, match=r"conflict here\. `healthlint baseline prune`"):
            Baseline.load(tmp_path / FILE_NAME)
        made = Baseline.load(tmp_path / FILE_NAME, merge=True)
        assert made == Baseline.of(both + sides["main"] + sides["work"], tmp_path)
        git("merge", "--abort")


def test_a_missing_file_or_folder_is_an_error(tmp_path, monkeypatch):
    with pytest.raises(ConfigError, match="cannot be read"):
        Baseline.load(tmp_path / "none.json")
    with pytest.raises(ConfigError, match="cannot be written"):
        Baseline(tmp_path).save(tmp_path / "no" / "folder.json")
    for refused in (OSError(30, "Read-only file system"), OSError(28, "No space left on device")):
        for name in ("write_text", "unlink"):
            monkeypatch.setattr(Path, name, Mock(side_effect=refused))
        with pytest.raises(ConfigError, match=rf"b\.json: the baseline cannot be written \({refused.strerror}\)"):
            Baseline(tmp_path).save(tmp_path / "b.json")
