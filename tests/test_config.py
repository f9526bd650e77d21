"""Configuration: layers, where values come from, and every mistake said where it was made."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from healthlint.cli import cli
from healthlint.config import Config, load_config, settle_profile
from healthlint.config.files import find_config
from healthlint.config.json_schema import json_schema
from healthlint.config.keys import MAY_BE_EMPTY
from healthlint.errors import ConfigError, HealthlintError, UsageError
from healthlint.finding import Severity
from healthlint.rules.catalogue import load_catalogue
from healthlint.strict_yaml import load


@pytest.fixture(autouse=True)
def fresh_search() -> None:
    find_config.cache_clear()


def config(folder: Path, text: str, **more: object) -> Config:
    (folder / ".healthlint.yml").write_text(text)
    more.setdefault("cache_dir", Path(os.environ["HEALTHLINT_CACHE_DIR"]))
    return load_config(folder, file=folder / ".healthlint.yml", **more)  # type: ignore[arg-type]


def severity_of(found: Config, rule: str, path: Path) -> Severity | None:
    entry = next((entry for entry in found.resolve(path).rules.active if entry.rule.meta.id == rule), None)
    return entry and (entry.severity or entry.rule.meta.severity)


def test_without_a_file_the_recommended_rules_are_on(tmp_path: Path) -> None:
    found = load_config(tmp_path, isolated=True)
    assert "title-repeated" in found.resolve(tmp_path / "a.md").rules.ids
    assert found.run.fail_level == "error"


def test_severities_options_and_off(tmp_path: Path) -> None:
    text = "rules:\n  title-repeated: off\n  dose-unclear: error\n  keyword-stuffing: {severity: warning, share: 0.5}\n"
    found = config(tmp_path, text)
    at = tmp_path / "a.md"
    assert severity_of(found, "title-repeated", at) is None
    assert severity_of(found, "dose-unclear", at) is Severity.ERROR
    entry = next(e for e in found.resolve(at).rules.active if e.rule.meta.id == "keyword-stuffing")
    assert entry.options["share"] == 0.5
    assert entry.options["min-times"] == entry.rule.meta.options["min-times"].default
    state = found.states_for(at)["keyword-stuffing"]
    assert state.options["share"] == (0.5, f"{tmp_path}/.healthlint.yml:4")


def test_overrides_and_per_file_ignores(tmp_path: Path) -> None:
    text = (
        "overrides:\n  - files: 'pro/**'\n    ignore: [titles]\n    rules: {dose-unclear: info}\n"
        "per-file-ignores:\n  'drafts/': [all]\n"
    )
    found = config(tmp_path, text)
    assert "title-repeated" in found.resolve(tmp_path / "a.md").rules.ids
    assert "title-repeated" not in found.resolve(tmp_path / "pro" / "a.md").rules.ids
    assert severity_of(found, "dose-unclear", tmp_path / "pro/a.md") is Severity.INFO
    assert not found.resolve(tmp_path / "drafts" / "a.md").rules.ids
    assert found.resolve(tmp_path / "x.md") is found.resolve(tmp_path / "y.md"), "resolved once"


def test_the_command_line_comes_last(tmp_path: Path) -> None:
    found = config(tmp_path, "overrides: [{files: '*.md', ignore: [titles]}]\n", cli={"select": ["titles"]})
    assert set(found.resolve(tmp_path / "a.md").rules.ids) == set(found.catalogue.expand(["titles"]))


def test_a_profile_extends_presets(tmp_path: Path) -> None:
    text = "extends: [recommended]\nprofiles:\n  patients: {extends: patient, rules: {title-repeated: off}}\n"
    found = config(tmp_path, text, profile="patients")
    state = found.states_for(None)["grade-above-target"]
    assert state.options["audience"] == ("patient", "preset patient")
    assert "title-repeated" not in found.resolve(tmp_path / "a.md").rules.ids
    assert config(tmp_path, text).states_for(None)["grade-above-target"].options == {}


def test_names_of_presets_stand_for_their_rules(tmp_path: Path) -> None:
    strict = set(config(tmp_path, "select: [strict]\n").resolve(tmp_path / "a.md").rules.ids)
    more = set(config(tmp_path, "extend-select: [strict]\n").resolve(tmp_path / "a.md").rules.ids)
    plain = set(config(tmp_path, "").resolve(tmp_path / "a.md").rules.ids)
    assert strict - plain
    assert more == strict | plain
    assert set(config(tmp_path, "ignore: [strict]\n").resolve(tmp_path / "a.md").rules.ids) == plain - strict


def test_a_new_topic_is_a_topic_of_the_projects_own(tmp_path: Path) -> None:
    found = config(tmp_path, "topics: {balneology: thermal bath}\n").resolve(tmp_path / "a.md")
    assert found.rules.settings.topics == {"balneology": ("thermal bath",)}


def test_extends_files_and_presets(tmp_path: Path) -> None:
    (tmp_path / "house.yml").write_text("extends: [recommended]\nrules: {title-repeated: info, dose-unclear: info}\n")
    found = config(tmp_path, "extends: [house.yml]\nrules: {dose-unclear: error}\n")
    assert severity_of(found, "title-repeated", tmp_path / "a.md") is Severity.INFO
    assert severity_of(found, "dose-unclear", tmp_path / "a.md") is Severity.ERROR


def test_profiles(tmp_path: Path) -> None:
    text = "profiles:\n  quick: {select: [titles]}\n"
    assert load_and_ids(tmp_path, text, "quick") == set(load_catalogue().expand(["titles"]))
    assert load_and_ids(tmp_path, text, "strict") == set(load_catalogue().metas)
    with pytest.raises(UsageError, match=r"no profile “quik”. Did you mean “quick”\?"):
        settle_profile([config(tmp_path, text, profile="quik")], "quik")


def load_and_ids(folder: Path, text: str, profile: str) -> set[str]:
    return set(config(folder, text, profile=profile).resolve(folder / "a.md").rules.ids)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("rules:\n  title-repeatd: off\n", 2, "Did you mean “title-repeated”?"),
        ("rules:\n  dose-unclear: no\n", 2, "“no” is not one of off, on, error, warning, info. Did you mean “off”?"),
        ("rules:\n  dose-unclear: true\n", 2, "“true” is not one of off, on, error, warning, info. Did you mean “on”?"),
        ("rules:\n\tdose-unclear: off\n", 2, "a tab stands where YAML wants spaces"),
        ("topics:\n  pian: [sore]\n", 2, "Did you mean “pain”?"),
        ("rool: true\n", 1, "unknown key “rool”. Did you mean “root”?"),
        ("rules:\n  dose-unclear: eror\n", 2, "Did you mean “error”?"),
        ("rules:\n  keyword-stuffing: {shar: 1}\n", 2, "has no option “shar”. Did you mean “share”?"),
        ("rules:\n  keyword-stuffing:\n    share: much\n", 3, "must be a number"),
        ("extends: [recomended]\n", 1, "Did you mean “recommended”?"),
        ("root: true\nroot: false\n", 2, "stands here a second time"),
        ("fail-level: warn\n", 1, "is not one of error, warning, info, never"),
        ("overrides:\n  - ignore: [titles]\n", 2, "the key “files” is missing"),
        ("overrides:\n  - files: a\n    root: true\n", 3, "unknown key “root”"),
        ("overrides:\n  - files: a\n    ignore: titles\n  - files: b\n", 4, "sets nothing for its files"),
        ("per-file-ignores:\n  'a': [titels]\n", 2, "Did you mean “titles”?"),
        ("select: [titels]\n", 1, "Did you mean “titles”?"),
        ("max-warnings: -1\n", 1, "whole number from 0"),
        ("rules: [\n", 2, "not valid YAML"),
        ("exclude:\n  - a.md\n  - '!'\n", 3, "“!” is no glob"),
        ("include: '[z-a]'\n", 1, "“[z-a]” is no glob"),
        ("overrides:\n  - files: ['[z-a]']\n    ignore: [titles]\n", 2, "“[z-a]” is no glob"),
        ("per-file-ignores:\n  '': [titles]\n", 2, "“” is no glob"),
        ("root: true\ninclude: *.md\n", 2, "a value begins with * or &, which has a meaning in YAML; put it in quotes"),
        ("root: true\ninclude: *drafts\n", 2, "a value begins with *, which has a meaning in YAML; put it in quotes"),
        ("root: true\nexclude: !drafts/**\n", 2, "a value begins with “!drafts/**”; put it in quotes"),
        ("rules:\n  hype-word: off\nselect: &x [*x]\n", 3, "nested too deeply, or repeated too often"),
        ("\n".join(f"a{i}: &a{i} [{f'*a{i - 1}, ' * 9 if i else 'x'}]" for i in range(9)), 7, "repeated too often"),
        ("rule-paths: [house]\n", 1, "there is no folder “house”"),
        ("- a\n", 1, "a configuration is a mapping"),
        ("a: " + "[" * 100_000, 0, "nested too deeply"),
        ("disclaimer: {provided-bye: x}\n", 1, "Did you mean “provided-by”?"),
        ("rules: [title-repeated]\n", 1, "“rules” has one line for each, such as “hype-word: off”, without “-”"),
        ("topics: [pain]\n", 1, "“topics” has one line for each, such as “pain: [bad back, sciatica]”"),
        ("rules:\n  hype-word: OFF\n", 2, "Did you mean “off”?"),
        ("rules:\n  Hype-Word: off\n", 2, "Did you mean “hype-word”?"),
        ("rules:\n  hype-word: “off”\n", 2, "“‘off’” is not one of off, on, error, warning, info. Did you mean “off”?"),
        ("rules:\n  grade-above-target: 7\n", 2, "An option has its name: {target: 7}."),
        ("rules:\nhype-word: off\n", 2, "A rule or family stands on a line below “rules:”, indented by two spaces."),
        ("claims: off\n", 1, "below “rules:”"),
        ("disable: [hype-word]\n", 1, "unknown key “disable”. Write “ignore”."),
        ("overrides:\n  - file: a\n    ignore: [titles]\n", 2, "unknown key “file”. Did you mean “files”?"),
        ("glossary: INR, sciatica\n", 1, "is one text. A list has brackets: glossary: [INR, sciatica]."),
        ("topics:\n  pain: sore, bad back\n", 2, "A list has brackets: pain: [sore, bad back]."),
        ("disclaimer: layout\n", 1, "{provided-by: layout}"),
        ("topics:\n  pain: [sore]\n  paain: [sore]\n", 3, "Did you mean “pain”?"),
        ("topics:\n  spa: []\n", 2, "the topic “spa” has no words"),
        ("overrides:\n  - files: a\n    topics: {diabetis: [sugar]}\n", 3, "Did you mean “diabetes”?"),
        ("extend-select: [strikt]\n", 1, "Did you mean “strict”?"),
        ("profiles:\n  ci:\n    rules: {title-repeatd: off}\n", 3, "Did you mean “title-repeated”?"),
        ("profiles:\n  ci:\n    extends: [strikt]\n", 3, "Did you mean “strict”?"),
        ("profiles: {ci: {root: true}}\n", 1, "unknown key “root”"),
    ],
)
def test_mistakes_are_said_with_file_and_line(text: str, line: int, says: str, tmp_path: Path) -> None:
    with pytest.raises(HealthlintError) as caught:
        config(tmp_path, text)
    assert says in str(caught.value)
    where = f"{tmp_path}/.healthlint.yml:{line}: " if line else f"{tmp_path}/.healthlint.yml: "
    assert str(caught.value).startswith(where)


def test_what_is_left_empty_is_as_good_as_absent(tmp_path: Path) -> None:
    text = "".join(f"{name}:\n  # a line that is commented out\n" for name in MAY_BE_EMPTY)
    made = config(tmp_path, text)
    assert made.resolve(tmp_path / "a.md").rules.ids == config(tmp_path, "").resolve(tmp_path / "a.md").rules.ids
    assert jsonschema.Draft202012Validator(json_schema(load_catalogue())).is_valid(yaml.safe_load(text))
    for name in ("select", "extends", "disclaimer", "include"):  # empty, these would mean something else
        with pytest.raises(ConfigError, match=":1: "):
            config(tmp_path, f"{name}:\n")
    config(tmp_path, "overrides:\n  - files: a\n    rules:\n")
    config(tmp_path, "profiles:\n  quick:\n    rules:\n")


def test_toml_in_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "site"\n\n[tool.healthlint]\nfail-level = "warning"\n\n'
        '[tool.healthlint.rules]\ntitle-repeatd = "off"\n'
    )
    assert find_config(tmp_path) == tmp_path / "pyproject.toml"
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path}/pyproject.toml:8: ")


def test_the_nearest_file_wins_and_the_search_ends_at_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".healthlint.yml").write_text("")
    inner = tmp_path / "repo" / "content"
    inner.mkdir(parents=True)
    assert find_config(inner) == tmp_path / ".healthlint.yml"
    find_config.cache_clear()
    (tmp_path / "repo" / ".git").mkdir()
    assert find_config(inner) is None


def test_two_files_in_one_folder_are_an_error(tmp_path: Path) -> None:
    (tmp_path / ".healthlint.yml").write_text("")
    (tmp_path / ".healthlint.yaml").write_text("")
    with pytest.raises(ConfigError, match="two configurations in one folder"):
        find_config(tmp_path)


def test_files_that_extend_each_other_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("extends: [.healthlint.yml]\n")
    with pytest.raises(ConfigError, match="extends this file in turn"):
        config(tmp_path, "extends: [a.yml]\n")


def test_rules_of_the_project_are_yaml_only(tmp_path: Path) -> None:
    folder = tmp_path / "house" / "style"
    folder.mkdir(parents=True)
    rule = (load_catalogue().entries["title-repeated"].meta.path, "title-repeated")
    text = Path(rule[0]).read_text("utf-8").replace(rule[1], "title-echoed")
    (folder / "title-echoed.yaml").write_text(text)
    with pytest.raises(HealthlintError, match="may not come from a content repository"):
        config(tmp_path, "rule-paths: [house]\n")


def test_the_schema_accepts_what_the_program_accepts(tmp_path: Path) -> None:
    schema = json_schema(load_catalogue())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    good = "extends: patient\nrules: {title-repeated: off, keyword-stuffing: {severity: error, share: 0.1}}\n"
    assert validator.is_valid(load(good, "good.yml")[0])
    assert not validator.is_valid({"rules": {"title-repeatd": "off"}})
    assert not validator.is_valid({"rules": {"keyword-stuffing": {"shar": 1}}})
    assert not validator.is_valid({"rool": True})


def test_init_writes_what_validate_accepts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    assert runner.invoke(cli, ["init", "--preset", "patient"], standalone_mode=False).exception is None
    schema = json.loads((tmp_path / ".healthlint.schema.json").read_text())
    written = yaml.safe_load((tmp_path / ".healthlint.yml").read_text())
    jsonschema.validate(written, schema)
    find_config.cache_clear()
    done = runner.invoke(cli, ["config", "validate"], standalone_mode=False)
    assert "fine" in done.output
    assert isinstance(runner.invoke(cli, ["init"], standalone_mode=False).exception, UsageError)
    shown = runner.invoke(cli, ["config", "show", "."], standalone_mode=False).output
    assert 'audience: "patient"  [.healthlint.yml:10]' in shown


def test_init_leaves_out_the_templates_of_a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hugo.toml").write_text("")
    for name in ("content", "layouts", "themes"):
        (tmp_path / name).mkdir()
    done = CliRunner().invoke(cli, ["init"], standalone_mode=False)
    assert "Left out, as no articles: /layouts/, /themes/." in done.output
    written = yaml.safe_load((tmp_path / ".healthlint.yml").read_text())
    assert written["exclude"] == ["drafts/", "/layouts/", "/themes/"]
