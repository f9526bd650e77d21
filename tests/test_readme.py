"""The README shows what the program prints, and names only what exists."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
import yaml

from healthlint.cli import COMMANDS
from healthlint.rules.catalogue import load_catalogue
from healthlint.rules.kinds import build, kind_names
from healthlint.rules.schema import parse_rule
from healthlint.testing import run_examples

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text("utf-8")
_SPEC = importlib.util.spec_from_file_location("readme", ROOT / "tests" / "readme.py")
assert _SPEC is not None
assert _SPEC.loader is not None
readme = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(readme)


@pytest.mark.parametrize("block", list(readme.BLOCK.finditer(TEXT)), ids=lambda block: block["command"])
def test_outputs(block: re.Match[str]) -> None:
    assert block["output"] == readme.output_of(block["command"]), "run: python tests/readme.py"


def test_commands_exist() -> None:
    named = set(re.findall(r"`healthlint ([a-z]+)", TEXT))
    paths = {"article", "content"}
    assert named - paths <= set(COMMANDS)


def test_the_rule_in_it_works() -> None:
    source = next(block for block in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL) if block.startswith("id: "))
    meta, where = parse_rule(source, str(ROOT / "rules" / "house" / "detox-week.yaml"), "house")
    outcomes = list(run_examples(build(meta, where)))
    assert outcomes
    assert not [outcome.problem for outcome in outcomes if not outcome.passed]


def test_every_kind_is_named() -> None:
    assert all(f"`{kind}`" in TEXT for kind in kind_names() - {"reading"})


def test_the_configuration_in_it_is_valid(tmp_path: Path) -> None:
    from healthlint.config import load_config

    source = next(block for block in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL) if block.startswith("extends"))
    file = tmp_path / ".healthlint.yml"
    file.write_text(source)
    assert load_config(tmp_path, file=file).path == file


def test_the_hooks_in_it_exist() -> None:
    source = next(block for block in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL) if block.startswith("repos"))
    used = {hook["id"] for hook in yaml.safe_load(source)["repos"][0]["hooks"]}
    assert used == {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}


def test_rules_it_names_exist() -> None:
    known = set(load_catalogue().metas) | set(load_catalogue().families)
    for name in ("promised-outcome", "hype-word", "complex-word", "grade-above-target"):
        assert name in TEXT
        assert name in known
