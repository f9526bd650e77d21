"""`why` and `explain` as an editor uses them: places copied from a report, directives that can be pasted."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from healthlint.cli import cli
from healthlint.config.files import find_config

PAGE = "---\ntitle: A miracle for coughs\n---\n\nThe miracle tea.\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    find_config.cache_clear()
    return tmp_path


def healthlint(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), standalone_mode=False)


def test_a_place_may_have_its_column(site: Path) -> None:
    (site / "a.md").write_text(PAGE)
    assert healthlint("why", "a.md:5:5").output == healthlint("why", "a.md:5").output != ""
    (site / "a.md:5").write_text("")
    assert "a.md:5:5  hype-word" in healthlint("why", "a.md:5:5").output


@pytest.mark.parametrize(
    ("place", "says"), [("a.md", "PATH:LINE"), ("a.md:0", "no line 0"), ("a.md:6", "no line 6"), (".:1", "a folder")]
)
def test_a_place_that_is_none(place: str, says: str, site: Path) -> None:
    (site / "a.md").write_text(PAGE.rstrip())
    assert says in str(healthlint("why", place).exception)


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.mdx", "a.txt"])
def test_the_directive_that_is_offered_silences(name: str, site: Path) -> None:
    page = site / name
    text = "This is a miracle tea." if name != "a.html" else "<p>This is a miracle tea.</p>"
    page.write_text(f"A first paragraph.\n\n{text}\n")
    check = ("check", name, "--select", "hype-word,medical-disclaimer-missing", "--output-format", "concise")
    assert "hype-word" in healthlint(*check).output
    offered = [line for line in healthlint("why", f"{name}:3").output.splitlines() if "silence:" in line]
    (directive,) = (line.split("silence:  ")[1].split("   ")[0] for line in offered if "hype-word" in line)
    if "next-line" in directive:
        page.write_text(f"A first paragraph.\n\n{directive}\n{text}\n")
    else:
        page.write_text(f"A first paragraph.\n\n{text} {directive}\n")
    left = healthlint(*check).output
    assert "hype-word" not in left
    assert "medical-disclaimer-missing" in left


def test_no_comment_is_offered_for_a_line_of_front_matter(site: Path) -> None:
    (site / "a.md").write_text(PAGE)
    shown = healthlint("why", "a.md:2").output
    assert "healthlint-disable-file hype-word" in shown
    assert "disable-line" not in shown


def test_explain_offers_a_directive_that_reaches_the_rule(site: Path) -> None:
    assert (
        "healthlint-disable-file medical-disclaimer-missing"
        in healthlint("explain", "medical-disclaimer-missing").output
    )
    assert "healthlint-disable-line hype-word" in healthlint("explain", "hype-word").output


def test_explain_heeds_the_selection_and_the_profile(site: Path) -> None:
    assert "off (" in healthlint("explain", "hype-word", "--select", "trust").output.splitlines()[0]
    assert "on (" in healthlint("explain", "hype-word").output.splitlines()[0]
    assert "no profile “pateint”" in str(healthlint("explain", "hype-word", "--profile", "pateint").exception)


def test_topics_heed_the_profile(site: Path) -> None:
    (site / ".healthlint.yml").write_text("profiles:\n  ours:\n    topics: {ourtopic: [zorble]}\n")
    (site / "a.md").write_text("# The zorble\n\nA zorble is a zorble.\n")
    assert "ourtopic" in healthlint("topics", "a.md", "--profile", "ours").output
    assert "ourtopic" not in healthlint("topics", "a.md").output
    assert "a folder" in str(healthlint("topics", ".").exception)


def test_what_holds_for_a_rule_is_said_once(site: Path) -> None:
    (site / "a.md").write_text("# Tea\n\nThe miracle tea is a breakthrough for coughs, and revolutionary too.\n")
    said = healthlint("why", "a.md:3", "--rule", "hype-word").output
    assert said.count("a.md:3:") >= 2 and said.count("phrase:") >= 2
    assert said.count("  why: ") == said.count("  rule: ") == said.count("  silence: ") == 1
