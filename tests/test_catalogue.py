"""Every rule's own examples, and what every rule file must say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from healthlint.cli.docs import index
from healthlint.cli.test import describe
from healthlint.formats import parse
from healthlint.linter import lint
from healthlint.rules.catalogue import Catalogue, load_catalogue
from healthlint.rules.compiled import context_anchors
from healthlint.rules.model import ProjectRule, RuleMeta
from healthlint.rules.parts.library_files import library_for
from healthlint.rules.rule_files import catalogue_root
from healthlint.rules.ruleset import ActiveRule, RuleSet
from healthlint.rules.schema import option_values
from healthlint.testing import document, run_examples

CATALOGUE: Catalogue = load_catalogue()
METAS = list(CATALOGUE.metas.values())
IDS = [meta.id for meta in METAS]


@pytest.mark.parametrize("meta", METAS, ids=IDS)
def test_examples(meta: RuleMeta) -> None:
    rule = CATALOGUE.rule(meta.id)
    problems = [line for outcome in run_examples(rule) if not outcome.passed for line in describe(meta, outcome)]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("meta", METAS, ids=IDS)
def test_metadata(meta: RuleMeta) -> None:
    assert meta.summary.endswith("."), "a summary is a sentence"
    assert len(meta.summary) <= 120
    assert meta.help.endswith((".", "”", ":", "?")), "help is a sentence"
    filled = re.findall(r"\{(\w+)\}", meta.message + "".join(meta.messages.values()))
    assert all(name == name.lower() for name in filled)
    assert any(example.bad for example in meta.examples)
    assert any(not example.bad for example in meta.examples)
    for source in meta.sources:
        assert not source.url or source.url.startswith("https://")


@pytest.mark.parametrize("meta", METAS, ids=IDS)
def test_messages_are_filled_in(meta: RuleMeta) -> None:
    rule = CATALOGUE.rule(meta.id)
    if isinstance(rule, ProjectRule):
        return  # tests/runner shows the messages of rules over several articles
    for example in meta.examples:
        if example.bad:
            source, _ = document(example)
            rules = RuleSet((ActiveRule(rule, option_values(meta, example.options)),))
            for finding in lint(parse("a", source, example.format), rules).findings:
                assert not re.search(r"\{[a-z_]+\}", finding.message), finding.message


def test_a_project_rule_is_declared_as_one() -> None:
    for rule_id in IDS:
        rule = CATALOGUE.rule(rule_id)
        assert isinstance(rule, ProjectRule) == (rule.meta.scope.value == "project")


def test_the_catalogue_holds_data_only() -> None:
    files = [path for path in catalogue_root().rglob("*") if path.is_file()]
    assert {path.suffix for path in files} <= {".yaml", ".md"}


def test_the_index_is_current() -> None:
    text = (catalogue_root() / "README.md").read_text("utf-8")
    assert text == index(METAS, "{family}/{id}.yaml"), "run: healthlint docs --index > rules/README.md"


def test_presets_resolve(tmp_path: Path) -> None:
    from healthlint.config import load_config

    for preset in (catalogue_root() / "presets").glob("*.yaml"):
        config = load_config(tmp_path, isolated=True, profile=preset.stem)
        assert any(state.on for state in config.states_for(None).values())


def test_finders_of_the_compiled_catalogue_know_the_anchors_that_they_would_work_out(tmp_path: Path) -> None:
    catalogue = load_catalogue(cache_dir=tmp_path)
    told = 0
    for rule_id, entry in catalogue.entries.items():
        finders = getattr(catalogue.rule(rule_id), "finders", [])
        assert entry.traits["finders"] == [finder.anchors_as_text for finder in finders], rule_id
        told += len(finders)
    root = catalogue_root()
    rule_path = str(root / "claims" / "any.yaml")
    for name, context in library_for(rule_path).contexts.items():
        worked_out = [finder.anchors_as_text for finder in context.finders]
        assert [finder.anchors_as_text for finder in library_for(rule_path, checked=True).contexts[name].finders] == (
            worked_out
        )
        assert context_anchors[root][name] == worked_out, name
        told += len(worked_out)
    assert told > 100
