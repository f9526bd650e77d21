"""The declarative kinds: one module a kind, found by its name; `build` turns a rule file into a rule."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from healthlint.errors import nearest
from healthlint.rules.model import AnyRule, RuleMeta, Scope
from healthlint.rules.parts.unused import refuse_unused
from healthlint.strict_yaml import Locator


@cache
def kind_names() -> frozenset[str]:
    """The names of all kinds: the modules of this package that do not begin with an underscore."""
    return frozenset(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))


def build(meta: RuleMeta, where: Locator) -> AnyRule:
    """The rule that a rule file describes. Raises RuleError at file:line for a check its kind cannot read."""
    if meta.kind not in kind_names():
        raise where.error(
            "check", "kind", message=f"“{meta.kind}” is not a kind of rule.", hint=nearest(meta.kind, kind_names())
        )
    if meta.scope is Scope.PROJECT and meta.kind != "python":
        raise where.error("scope", message=f"a rule of kind {meta.kind} sees one article: write span or article.")
    rule: AnyRule = import_module(f"{__name__}.{meta.kind}").build(meta, where)
    refuse_unused(meta, where)
    return rule
