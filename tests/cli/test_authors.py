"""What a rule author does: begin a rule, test it, see why it fires and why not; fixes that are applied."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from healthlint.analysis.contexts import Reach
from healthlint.cli import cli
from healthlint.config.files import find_config
from healthlint.errors import HealthlintError
from healthlint.rules.guide import chapter, chapters
from healthlint.rules.kinds import kind_names
from healthlint.rules.parts.contexts import CONTEXT_KEYS, CUE_KEYS
from healthlint.rules.schema import _EXAMPLE_KEYS, _OPTION_KEYS, _OPTIONAL, _REQUIRED

EASY = "# Asthma\n\nAsthma can be mild. An inhaler helps.\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".healthlint.yml").write_text("rule-paths: [house-rules]\n")
    (tmp_path / "house-rules").mkdir()
    find_config.cache_clear()
    return tmp_path


def healthlint(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), standalone_mode=False)


@pytest.mark.parametrize("kind", ["tokens", "phrases"])
def test_a_new_rule_passes_its_own_test_and_then_finds_something(kind: str, site: Path) -> None:
    made = healthlint("new", "house-word", "--kind", kind)
    assert made.exception is None, made.output
    assert (site / "house-rules/house/house-word.yaml").exists()
    tested = healthlint("test", "house-word")
    assert tested.return_value == 0, tested.output
    (site / "a.md").write_text("# Notes\n\nYou can put your own words here and go.\n")
    found = healthlint("check", "a.md", "--select", "house", "--output-format", "concise")
    assert "a.md:3:9: warning house-word" in found.output


def test_in_an_empty_folder_the_two_commands_are_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    find_config.cache_clear()
    made = healthlint("new", "detox-week", "--family", "house", "--folder", "house-rules")
    assert ".healthlint.yml written: rule-paths: [house-rules]" in made.output
    find_config.cache_clear()
    for name in ("detox-week", "house", "house-rules", "house-rules/house/detox-week.yaml"):
        tested = healthlint("test", name)
        assert tested.output == "1 rule: 2 examples passed, 0 failed.\n", tested.exception
    assert "no rule was read from there" in str(healthlint("test", "other/rule.yaml").exception)


def test_a_configuration_that_is_there_is_left_alone(site: Path) -> None:
    made = healthlint("new", "detox-week", "--folder", "more rules")
    assert 'write rule-paths: ["more rules"] in .healthlint.yml' in made.output
    assert (site / ".healthlint.yml").read_text() == "rule-paths: [house-rules]\n"
    assert "Tell healthlint" not in healthlint("new", "detox-month", "--folder", "house-rules").output


def test_a_message_with_a_value_that_is_not_given_fails(site: Path) -> None:
    healthlint("new", "house-word")
    file = site / "house-rules/house/house-word.yaml"
    file.write_text(file.read_text().replace("“{match}”", "“{mtch}”"))
    tested = healthlint("test", "house-word")
    assert tested.return_value == 1
    assert "has a message that shows {mtch}, which this rule has no value for. Did you mean “match”?" in tested.output


@pytest.mark.parametrize(
    ("was", "becomes", "line", "says"),
    [
        ("scope: span", "scope: project", 6, "a rule of kind tokens sees one article: write span or article."),
        ('- "put your own words here"', "- 5", 15, "entry 1 of “patterns” must be a list of texts."),
    ],
)
def test_mistakes_in_a_rule_are_shown_at_their_line(was: str, becomes: str, line: int, says: str, site: Path) -> None:
    healthlint("new", "house-word")
    file = site / "house-rules/house/house-word.yaml"
    file.write_text(file.read_text().replace(was, becomes))
    assert str(healthlint("test").exception) == f"{file}:{line}: {says}"


def test_a_new_python_rule_comes_with_its_module(site: Path) -> None:
    made = healthlint("new", "stale-review", "--kind", "python", "--folder", "pkg/rules", "--family", "house")
    assert made.exception is None, made.output
    text = (site / "pkg/house.py").read_text()
    assert "def stale_review(text: Analysis, options: Options)" in text
    compile(text, "house.py", "exec")
    assert 'use: "pkg.house:stale_review"' in (site / "pkg/rules/house/stale-review.yaml").read_text()
    assert 'house = "pkg.rules"' in made.output
    healthlint("new", "stale-date", "--kind", "python", "--folder", "src/pkg/rules", "--family", "our-house")
    assert 'use: "pkg.our_house:stale_date"' in (site / "src/pkg/rules/our-house/stale-date.yaml").read_text()
    assert (site / "src/pkg/our_house.py").exists()


def test_a_new_python_rule_never_stands_where_no_run_would_load_it(site: Path) -> None:
    assert healthlint("new", "stale-review", "--kind", "python").exception is None
    assert (site / "rules/house/stale-review.yaml").exists(), "not in house-rules, which are rule-paths"
    assert healthlint("test", "hype-word").return_value == 0
    refused = healthlint("new", "stale-date", "--kind", "python", "--folder", "house-rules")
    assert "may not stand in a folder of rule-paths" in str(refused.exception)


def test_a_rule_that_exists_is_not_begun_again(site: Path) -> None:
    assert isinstance(healthlint("new", "hype-word").exception, HealthlintError)
    assert isinstance(healthlint("new", "Hype").exception, HealthlintError)


def test_a_failing_example_is_shown(site: Path) -> None:
    healthlint("new", "house-word")
    file = site / "house-rules/house/house-word.yaml"
    file.write_text(file.read_text().replace("[[put your own words here]]", "[[put your own]] words here"))
    tested = healthlint("test", "house-word")
    assert tested.return_value == 1
    assert "is reported on another range than the marked one" in tested.output
    assert "^^^^^^^^^^^^ expected" in tested.output


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        ("There is no cure for lupus.", (), "plainly-denied"),
        ("Lupus is a long illness.", (), "none of its words stands there"),
        ("This tea cures lupus.", ("--ignore", "claims"), "switched off by command line"),
        (
            "This tea cures lupus. <!-- healthlint-disable-line -->",
            (),
            "a directive in the article on line 3 silences it",
        ),
        ("", (), "there is no prose on this line"),
    ],
)
def test_why_not(text: str, options: tuple[str, ...], says: str, site: Path) -> None:
    (site / "a.md").write_text(f"# Lupus\n\n{text}\n\nMore follows.\n")
    shown = healthlint("why", "a.md:3", "--rule", "cure-or-guarantee", *options)
    assert shown.exception is None, shown.exception
    assert says in shown.output


def test_why(site: Path) -> None:
    (site / "a.md").write_text("# Lupus\n\nThis tea cures lupus in weeks.\n")
    shown = healthlint("why", "a.md:3")
    assert "a.md:3:" in shown.output
    assert "cure-or-guarantee" in shown.output
    assert "on by:" in shown.output


def test_fixes_are_shown_and_applied(site: Path) -> None:
    page = site / "a.md"
    page.write_bytes("\ufeff# Sleep\r\n\r\nYou can utilise a fan.\r\n".encode())
    shown = healthlint("check", "a.md", "--diff", "--unsafe-fixes", "--select", "complex-word")
    assert "+You can use a fan." in shown.output
    assert b"utilise" in page.read_bytes()
    healthlint("check", "a.md", "--fix", "--select", "complex-word")
    assert b"utilise" in page.read_bytes(), "a change of wording is never safe"
    healthlint("check", "a.md", "--fix", "--unsafe-fixes", "--select", "complex-word")
    assert page.read_bytes() == "\ufeff# Sleep\r\n\r\nYou can use a fan.\r\n".encode()


def test_topics_and_score(site: Path) -> None:
    (site / "a.md").write_text("# Asthma in children\n\nAsthma makes it hard to breathe. An inhaler helps.\n" * 3)
    assert "asthma" in healthlint("topics", "a.md").output.lower()
    assert "a.md" in healthlint("score", "a.md").output
    rows = healthlint("score", "a.md", "--output-format", "csv").output.splitlines()
    assert rows[0].startswith("path,words,sentences,consensus_grade")
    piped = CliRunner().invoke(cli, ["score", "-", "--stdin-filename", "b.txt"], EASY, standalone_mode=False)
    assert piped.output.splitlines()[1].split()[:3] == ["b.txt", "7", "2"]
    piped = CliRunner().invoke(cli, ["topics", "-"], EASY, standalone_mode=False)
    assert "lungs (lungs and breathing): asthma, inhaler" in piped.output
    both = healthlint("score", "a.md", "--engine", "textstat", "--output-format", "json")
    assert "textstat_flesch_kincaid_grade" in both.output


@pytest.mark.parametrize("name", list(chapters()))
def test_what_an_author_may_write_is_explained(name: str, site: Path) -> None:
    shown = healthlint("explain", name)
    assert shown.output.strip() == chapter(name).strip() or name == "contexts"
    assert len(shown.output) > 400
    assert f"`{name}`" in healthlint("docs", "--index").output
    assert f"Did you mean “{name}”?" in str(healthlint("explain", f"{name}x").exception)


def test_the_shipped_contexts_and_word_lists_are_listed(site: Path) -> None:
    shown = healthlint("explain", "contexts").output
    assert "– negated: The phrase is denied" in shown
    assert "expert, industry, kin, number" in " ".join(shown.split())


def test_every_key_of_a_rule_file_is_explained() -> None:
    for key in (*_REQUIRED, *_OPTIONAL, *_OPTION_KEYS, *_EXAMPLE_KEYS):
        assert re.search(rf"\b{key}\b", chapter("rule-file")), key
    for key in (*CONTEXT_KEYS, *CUE_KEYS, *Reach):
        assert re.search(rf"\b{key}\b", chapter("contexts")) or key == "sounds", key
    for name in kind_names() - {"reading"}:
        module = import_module(f"healthlint.rules.kinds.{name}")
        keys = {*getattr(module, "_KEYS", ()), *getattr(module, "_GROUP_KEYS", ())}
        for key in keys:
            assert re.search(rf"\b{key}\b", chapter(name)), (name, key)
