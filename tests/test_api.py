"""The public API in a process that goes on: many calls, several threads, files that change in between."""

from __future__ import annotations

import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import healthlint
from healthlint import Finding, HealthlintError, check_paths, check_text
from healthlint.config import kept
from healthlint.errors import ConfigError, ReadError, UsageError
from healthlint.runner.run import _seldom_collected
from tests.rules.test_own_folders import RULE

TEXT = "# Lupus\r\n\r\nThis tea cures lupus.\r\n\r\nWe drink moonwater, a miracle.\r\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in {
        "own.yml": "select: [hype-word]\nrule-paths: [house]\ndisclaimer: {file: footer.txt}\n",
        "footer.txt": "Not advice.",
        "house/brews/magic-brew.yaml": RULE,
        "house/vocabulary/drinks.yaml": "magic-drink: [moonwater]\n",
        "house/contexts/told-as-a-tale.yaml": (
            "id: told-as-a-tale\nabout: A tale.\ncues: [{reach: before, match: [they say]}]\n"
            "examples: {holds: ['They say [[moonwater]] helps.'], not: ['The [[moonwater]] helps.']}\n"
        ),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    kept._kept.clear()
    return tmp_path


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """The configurations that were read from disk."""
    read: list[Path | None] = []
    load = kept.load_config

    def counted(start: Path, *, file: Path | None = None, **more: Any) -> Any:
        read.append(file)
        return load(start, file=file, **more)

    monkeypatch.setattr(kept, "load_config", counted)
    monkeypatch.setattr(kept.time, "time_ns", lambda: 1 << 62)  # as if the files were older than the first call
    return read


def rules(findings: list[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


def test_a_second_call_reads_no_rule_again(site: Path, loads: list[Path | None]) -> None:
    for _ in range(3):
        assert "cure-or-guarantee" in rules(check_text(TEXT))
        assert rules(check_text(TEXT, config=site / "own.yml")) == ["hype-word"]
    assert loads == [None, site / "own.yml"]


@pytest.mark.parametrize(
    ("name", "change", "found"),
    [
        ("own.yml", lambda text: text.replace("hype-word", "magic-brew"), ["magic-brew"]),
        ("house/vocabulary/drinks.yaml", lambda text: text + "more: [tea]\n", ["hype-word"]),
        ("footer.txt", lambda text: text + " Ask a doctor.", ["hype-word"]),
    ],
)
def test_a_change_of_a_file_is_noticed(
    name: str, change: Callable[[str], str], found: list[str], site: Path, loads: list[Path | None]
) -> None:
    check_text(TEXT, config=site / "own.yml")
    (site / name).write_text(change((site / name).read_text()), "utf-8")
    assert rules(check_text(TEXT, config=site / "own.yml")) == found
    assert len(loads) == 2
    (site / "house" / "brews" / "broken-brew.yaml").write_text("id: broken-brew\n")
    with pytest.raises(HealthlintError, match=r"broken-brew\.yaml:1"):
        check_text(TEXT, config=site / "own.yml")


def test_a_file_that_has_just_changed_is_not_kept(site: Path) -> None:
    for word in ("moonwater", "sunwater", "moonwater"):  # all of one length, and perhaps within one tick of the clock
        (site / "house" / "vocabulary" / "drinks.yaml").write_text(f"magic-drink: [{word}]\n")
        (site / "own.yml").write_text("select: [magic-brew]\nrule-paths: [house]\n")
        assert bool(check_text(TEXT, config=site / "own.yml")) is (word == "moonwater")


def test_threads_agree_with_one_another_from_the_first_call_on(site: Path) -> None:
    texts = [TEXT.replace("lupus", name) for name in ("gout", "acne", "cancer", "asthma")] * 4
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(check_text, texts))
    assert found == [check_text(text) for text in texts]
    assert all("cure-or-guarantee" in rules(findings) for findings in found)


def test_two_runs_at_once_each_have_their_own_rules(site: Path) -> None:
    for number in range(60):
        (site / f"a{number}.md").write_text(TEXT)
    (site / "other.yml").write_text("select: [cure-or-guarantee]\n")

    def run(config: str) -> set[str]:
        return {finding.rule for finding in check_paths(site, config=site / config, jobs=2).findings}

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(run, ["own.yml", "other.yml"] * 3)) == [{"hype-word"}, {"cure-or-guarantee"}] * 3


def test_runs_that_overlap_leave_the_collector_as_it_was() -> None:
    before = gc.get_threshold()
    first, second = _seldom_collected(), _seldom_collected()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    second.__exit__(None, None, None)
    assert gc.get_threshold() == before


def test_offsets_hold_in_the_text_that_was_given() -> None:
    for finding in check_text(TEXT):
        assert TEXT[finding.offset : finding.end_offset] == finding.text


def test_what_cannot_be_meant_is_refused(site: Path) -> None:
    for call, error in (
        (lambda: check_paths([]), UsageError),
        (lambda: check_paths(site / "none.md"), UsageError),
        (lambda: check_paths(site, jobs=-1), UsageError),
        (lambda: check_paths(site, config=""), UsageError),
        (lambda: check_text("x", config=""), UsageError),
        (lambda: check_text("x", config=site / "none.yml"), ConfigError),
        (lambda: check_text("x", "a.docx"), ReadError),
    ):
        with pytest.raises(error):
            call()
    (site / "a.md").write_text(TEXT)
    assert [file.title for file in check_paths(str(site / "a.md")).files] == ["Lupus"], "one path is not its letters"


def test_every_public_name_is_there() -> None:
    assert all(getattr(healthlint, name) for name in healthlint.__all__)
