"""Kind `python`: a check written in Python, named as `module:name` and imported when it first runs.

```yaml
check: {kind: python, use: "acme_rules.checks:stale_review"}    # anchors: [words] of which a sentence needs one
```

```python
def stale_review(text: Analysis, options: Options) -> Iterator[Match]: ...     # scope span or article


class SameTitle:                                                                # scope project: use an instance
    def collect(self, text: Analysis, options: Options) -> Fact | None: ...    # of one article, fit for JSON
    def check(self, facts: Facts, options: Options) -> Iterator[ProjectMatch]: ...   # facts by path
```

Types: `Analysis` of healthlint.analysis; `Match`, `Fix`, `Related` of healthlint.finding; `Options`, `Fact`, `Facts`,
`Place`, `ProjectMatch` of healthlint.rules.model. `Match(range, {name: value})` fills {name} in the message; a project
rule keeps `list(Place.of(text, range))` in its fact and yields `ProjectMatch(path, Place(*fact["place"]), match)`.

Of `text`: `sentences`, `prose(i)` and `folded_sentence(i)` of each, `range(i, start, end)` of a part of it, `blocks`,
`article.title_block`, `article.metadata`, `article.links`. A range of None is the article as a whole.

Such rules come from installed packages only. The entry point names a package (with an `__init__.py`, or none) whose
folder holds the rule files, as FAMILY/RULE.yaml; the build must take the .yaml files along:

```toml
[project.entry-points."healthlint.rules"]
acme = "acme_rules.rules"
```
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from importlib import import_module
from typing import Any

from healthlint.analysis import Analysis
from healthlint.errors import RuleError
from healthlint.finding import Match
from healthlint.rules.model import AnyRule, Fact, Facts, Options, ProjectMatch, RuleMeta, Scope
from healthlint.strict_yaml import Locator


def build(meta: RuleMeta, where: Locator) -> AnyRule:
    """A rule around a Python function (span, article) or an object with collect and check (project)."""
    check = where.check_keys(meta.check, ("kind", "use", "anchors"), "check", required=["use"])
    use = where.text(check["use"], "check", "use")
    module, _, name = use.partition(":")
    if not module or not name.isidentifier():
        raise where.error("check", "use", message=f"“{use}” should be written as module:name.")
    if meta.scope is Scope.PROJECT:
        return PythonProjectRule(meta, module, name)
    anchors = frozenset(where.texts(check["anchors"], "check", "anchors")) if "anchors" in check else None
    return PythonRule(meta, module, name, anchors)


def _load(meta: RuleMeta, module: str, name: str) -> Any:
    try:
        return getattr(import_module(module), name)
    except Exception as error:
        raise RuleError(f"the check {module}:{name} cannot be loaded: {error!r}.", where=meta.path) from error


class PythonRule:
    """A rule whose check is a function `(text, options) -> Iterator[Match]`."""

    def __init__(self, meta: RuleMeta, module: str, name: str, anchors: frozenset[str] | None) -> None:
        self.meta, self.anchors = meta, anchors
        self._module, self._name = module, name

    @cached_property
    def _function(self) -> Callable[[Analysis, Options], Iterator[Match]]:
        function: Callable[[Analysis, Options], Iterator[Match]] = _load(self.meta, self._module, self._name)
        return function

    def check(self, text: Analysis, options: Options) -> Iterator[Match]:
        """What the function yields."""
        return self._function(text, options)


class PythonProjectRule:
    """A rule whose check is an object with `collect(text, options)` and `check(facts, options)`."""

    def __init__(self, meta: RuleMeta, module: str, name: str) -> None:
        self.meta = meta
        self._module, self._name = module, name

    @cached_property
    def _object(self) -> Any:
        return _load(self.meta, self._module, self._name)

    def collect(self, text: Analysis, options: Options) -> Fact | None:
        """The fact of one article."""
        fact: Fact | None = self._object.collect(text, options)
        return fact

    def check(self, facts: Facts, options: Options) -> Iterator[ProjectMatch]:
        """What the object finds between the facts."""
        found: Iterator[ProjectMatch] = self._object.check(facts, options)
        return found
