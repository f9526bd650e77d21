"""Rules and plug-ins that fail: said in one line, exit code 2, and everything else goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from healthlint.errors import RuleError
from healthlint.rules import plugins
from healthlint.rules.checks import titles
from healthlint.runner.gate import Gate
from tests.runner.scratch import FAULTY, SOUND, check

RULE = """
id: house-wonder
summary: The word is a test word.
message: "“{match}” is a test word."
severity: warning
confidence: high
scope: span
why: It is there to be found.
help: Take it out.
sources: [{title: These tests}]
check:
  kind: python
  use: "house_rules:wonder"
examples:
  bad: ["One [[wonderdrug]] here."]
  good: ["Nothing here."]
"""
WONDER = """
from healthlint.finding import Match
from healthlint.ranges import TextRange

def wonder(text, options):
    if "b.md" in text.article.path:
        raise KeyError("wonder")
    at = text.article.source.find("wonderdrug")
    if at >= 0:
        yield Match(TextRange(at, at + 10), {})
"""


def test_a_rule_that_fails_on_one_article_stops_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = titles.repeated

    def fails(text: object, options: object) -> object:
        if "Colds" in text.article.title:  # type: ignore[attr-defined]
            raise ZeroDivisionError("of all things")
        return good(text, options)  # type: ignore[arg-type]

    monkeypatch.setattr(titles, "repeated", fails)
    (tmp_path / "a.md").write_text(SOUND.replace("treatment", "any wonder drug, for it is a miracle cure"))
    (tmp_path / "b.md").write_text(FAULTY)
    monkeypatch.chdir(tmp_path)
    for _ in ("cold", "warm"):
        result = check("a.md", "b.md", isolated=True, cache_dir=tmp_path / "cache")
        assert [str(error) for error in result.errors] == [
            "a.md: the rule title-repeated crashed on this article (ZeroDivisionError: of all things)."
        ]
        assert {finding.path for finding in result.findings} == {"a.md", "b.md"}, "the other rules go on"
        assert Gate().exit_code(result) == 2
    assert check("b.md", isolated=True, cache_dir=tmp_path / "cache").cached == 1


def test_a_rule_that_fails_on_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: object, facts: object, options: object) -> object:
        raise ZeroDivisionError("of all things")

    monkeypatch.setattr(titles._InProject, "check", fails)
    for name in "ab":
        (tmp_path / f"{name}.md").write_text(SOUND)
    monkeypatch.chdir(tmp_path)
    result = check("a.md", "b.md", isolated=True)
    message = "the rule duplicate-title-in-project crashed on the project (ZeroDivisionError: of all things)."
    assert [str(error) for error in result.errors] == [message]
    assert len(result.files) == 2
    assert Gate().exit_code(result) == 2


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Two articles with the word that the plug-in's rule looks for."""
    for name in "ab":
        (tmp_path / f"{name}.md").write_text("# Tea\n\nA wonderdrug.\n")
    return tmp_path


def plugin(folder: Path, code: str) -> dict[str, str]:
    """Install a plug-in into a folder: a rule and a package with some code; returns the environment that finds it."""
    package, info = folder / "house_rules", folder / "house_rules-1.0.dist-info"
    (package / "house").mkdir(parents=True)
    info.mkdir()
    (package / "__init__.py").write_text(code)
    (package / "house" / "house-wonder.yaml").write_text(RULE)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: house-rules\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{plugins.GROUP}]\nhouse = house_rules\n")
    return {**os.environ, "PYTHONPATH": str(folder)}


def healthlint(site: Path, env: dict[str, str], *articles: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "healthlint", "check", "--select", "house-wonder", "--output-format", "concise"]
    return subprocess.run([*command, *articles], cwd=site, env=env, capture_output=True, text=True, check=False)


def test_a_plugin_whose_rule_fails_on_one_article(site: Path) -> None:
    done = healthlint(site, plugin(site / "installed", WONDER), "a.md", "b.md")
    assert done.returncode == 2
    message = "healthlint: b.md: the rule house-wonder crashed on this article (KeyError: 'wonder')."
    assert done.stderr.splitlines() == [message]
    assert "a.md:3:3: warning house-wonder" in done.stdout


def test_a_plugin_that_cannot_be_imported(site: Path) -> None:
    done = healthlint(site, plugin(site / "installed", "raise ImportError('no such pill')\n"), "a.md")
    assert done.returncode == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert "the rule plug-in “house” (house_rules) cannot be loaded" in line
    assert "no such pill" in line
    assert "Repair or uninstall it." in line


def test_a_plugin_that_is_installed_later_is_found(site: Path) -> None:
    folder = site / "installed"
    folder.mkdir()
    before = healthlint(site, {**os.environ, "PYTHONPATH": str(folder)}, "a.md")
    assert "there is no rule or family “house-wonder”" in before.stderr
    after = healthlint(site, plugin(folder, WONDER), "a.md")
    assert "a.md:3:3: warning house-wonder" in after.stdout


def test_a_plugin_whose_rules_hold_a_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plugin(tmp_path / "installed", WONDER)
    rule = tmp_path / "installed" / "house_rules" / "house" / "house-wonder.yaml"
    rule.write_text(rule.read_text().replace("severity: warning", "severity: grave"))
    monkeypatch.syspath_prepend(tmp_path / "installed")
    monkeypatch.setattr(plugins, "_entry_points", lambda _: [("house", "house_rules")])
    (tmp_path / "a.md").write_text(SOUND)
    with pytest.raises(RuleError, match=r"“grave” is not one of error, warning, info") as raised:
        check(tmp_path / "a.md", isolated=True)
    assert str(raised.value).startswith(f"{rule}:5: ")


PAIRS = """
from healthlint.finding import Match
from healthlint.rules.model import Place, ProjectMatch

class Wonder:
    def collect(self, text, options):
        return {"place": list(Place.of(text, text.article.title_block.range())) FACT}

    def check(self, facts, options):
        for path, fact in facts.items():
            yield ProjectMatch(PATH, Place(*fact["place"]), Match(None, {"match": "x"}))

wonder = Wonder()
"""


@pytest.mark.parametrize(
    ("fact", "path", "code", "said", "tested"),
    [
        ("", "path", 0, "", "0 failed"),
        (", 'words': {1}", "path", 2, "not fit for JSON (Object of type set is not JSON serializable)", "crash"),
        ("", "'nowhere.md'", 2, "it reports “nowhere.md”, of which it has no fact", "0 failed"),
        (", 'words': 1 / 0", "path", 2, "crashed on this article (ZeroDivisionError", "makes the rule crash (Zero"),
    ],
)
def test_a_rule_between_articles_that_is_wrong_is_said(
    fact: str, path: str, code: int, said: str, tested: str, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    (site / "house_rules" / "rules" / "house").mkdir(parents=True)
    (site / "house_rules" / "__init__.py").write_text(PAIRS.replace("FACT", fact).replace("PATH", path))
    files = "bad: [{files: {a.md: '# A'}}]\n  good: [{files: {}}]\n"
    rule = RULE.replace("scope: span", "scope: project").split("bad: ")[0] + files
    (site / "house_rules" / "rules" / "house" / "house-wonder.yaml").write_text(rule)
    info = site / "house_rules-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: house_rules\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[healthlint.rules]\nhouse = house_rules.rules\n")
    (tmp_path / "a.md").write_text("# Colds\n\nRest.\n")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(site), *sys.path])}

    def healthlint(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "healthlint", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    done = healthlint("check", "a.md", "--select", "house")
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr
    assert tested in healthlint("test", "house").stdout
