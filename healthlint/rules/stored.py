"""Rules as the compiled catalogue keeps them: what a run has to know at once, and the rest built when it is needed.

Most rules have nothing to look at in most articles. Such a rule is never built: its triggers, kept with its metadata,
tell that it has nothing to say.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, cast, overload

from healthlint.analysis import Analysis
from healthlint.analysis.sounds import Gate
from healthlint.article import BlockKind
from healthlint.finding import Confidence, Match, Severity
from healthlint.rules.model import AnyRule, Example, Needs, Options, OptionSpec, Rule, RuleMeta, Scope, Source
from healthlint.rules.word_index import WordGroups

if TYPE_CHECKING:
    from healthlint.analysis.linguistics import Finder


class StoredRule:
    """A rule of the compiled catalogue; `build` makes the real one, at its first check."""

    __slots__ = ("_anchors", "_build", "_gates", "_needs", "_rule", "anchors", "literals", "meta", "triggers", "words")

    def __init__(
        self, meta: RuleMeta, traits: Mapping[str, Any], words: WordGroups, build: Callable[[], AnyRule]
    ) -> None:
        self.meta, self._build = meta, build
        self.anchors, self.triggers = _texts(traits["anchors"]), _texts(traits["triggers"])
        self.literals = _texts(traits["literals"]) or frozenset()
        self._needs: list[list[Any]] | None = traits["needs"]
        self._gates = [tuple(_gate(*gate) for gate in gates) for gates in traits["gates"]]
        self.words = words
        self._anchors: list[str] = traits["finders"]
        self._rule: Rule | None = None

    @property
    def needs(self) -> list[Needs] | None:
        """What a sentence must have for each of its patterns, where it is a rule of patterns over words."""
        if self._needs is None:
            return None
        return [Needs(groups, _kinds(kinds), self._gates[gates]) for groups, kinds, gates in self._needs]

    def check(self, text: Analysis, options: Options) -> Iterator[Match]:
        """What the real rule yields."""
        if self._rule is None:
            self._rule = cast(Rule, self._build())
            for finder, anchors in zip(_finders(self._rule), self._anchors, strict=True):
                finder.tell(anchors)
        return self._rule.check(text, options)

    def __getstate__(self) -> tuple[None, dict[str, Any]]:
        # Another process builds its own: what reads word lists when they are needed does not travel.
        return None, {name: getattr(self, name) for name in self.__slots__ if name != "_rule"} | {"_rule": None}


def _finders(rule: AnyRule) -> list[Finder]:
    found: list[Finder] = getattr(rule, "finders", [])
    return found


@cache
def _kinds(names: str) -> frozenset[BlockKind]:
    return frozenset(map(BlockKind, names.split()))


def _gate(model: str, below: float, kinds: str) -> Gate:
    return Gate(model, below, _kinds(kinds))


def _texts(value: list[str] | None) -> frozenset[str] | None:
    return None if value is None else frozenset(value)


def traits_of(rule: AnyRule, words: WordGroups) -> dict[str, Any]:
    """What of a built rule the compiled catalogue keeps: its anchors, triggers and literals, as sorted lists.

    `triggers` are folded literals without any of which the rule is silent about an article (None: it must see all).
    `literals` are those that its expressions ask the prefilter about. `needs` is what each pattern needs of a
    sentence, its groups of words as numbers in `words`, and its gates as the number of a set of `gates`. `finders` are
    the anchors of what it looks for around a phrase.
    """
    found: dict[str, Any] = {}
    for name in ("anchors", "triggers", "literals"):
        value = getattr(rule, name, None)
        found[name] = None if value is None else sorted(value)
    needs: list[Needs] | None = getattr(rule, "needs", None)
    if needs is not None:
        found["anchors"] = []  # many thousands, and the prefilter goes by the needs
    own: WordGroups = getattr(rule, "words", words)
    sets = list(dict.fromkeys(need.gates for need in needs or ()))
    found["needs"] = needs and [
        [[words.number(own[group]) for group in need.groups], " ".join(sorted(need.kinds)), sets.index(need.gates)]
        for need in needs
    ]
    found["gates"] = [[[gate.model, gate.below, " ".join(sorted(gate.kinds))] for gate in gates] for gates in sets]
    found["finders"] = [finder.anchors_as_text for finder in _finders(rule)]
    return found


class StoredExamples(Sequence[Example]):
    """The examples of a rule, read from JSON when somebody asks for them; a run never does."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._items: tuple[Example, ...] | None = None

    def _read(self) -> tuple[Example, ...]:
        if self._items is None:
            self._items = tuple(_example(item) for item in json.loads(self._text))
        return self._items

    @overload
    def __getitem__(self, index: int) -> Example: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Example]: ...
    def __getitem__(self, index: int | slice) -> Example | Sequence[Example]:
        return self._read()[index]

    def __len__(self) -> int:
        return len(self._read())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._read() == tuple(other)

    __hash__ = None  # type: ignore[assignment]


def _example(item: Mapping[str, Any]) -> Example:
    marks = {name: tuple((a, b) for a, b in item[name]) for name in ("marks", "title_marks")}
    return Example(**{**item, **marks})


def meta_to_data(meta: RuleMeta) -> dict[str, Any]:
    """A rule's metadata as plain data, for `meta_from_data`."""
    data = meta._asdict()
    data["sources"] = [[s.title, s.clause, s.url] for s in meta.sources]
    data["options"] = [list(option) for option in meta.options.values()]
    data["examples"] = json.dumps([example._asdict() for example in meta.examples])
    return data


def meta_from_data(data: Mapping[str, Any]) -> RuleMeta:
    """The metadata that `meta_to_data` wrote down. Raises KeyError, TypeError or ValueError for anything else."""
    made = {
        "severity": Severity(data["severity"]),
        "confidence": Confidence(data["confidence"]),
        "scope": Scope(data["scope"]),
        "sources": tuple(Source(*source) for source in data["sources"]),
        "severities": {name: Severity(value) for name, value in data["severities"].items()},
        "options": {o[0]: OptionSpec._make([*o[:3], tuple(o[3]), *o[4:]]) for o in data["options"]},
        "examples": StoredExamples(data["examples"]),
        "yields_to": tuple(data["yields_to"]),
    }
    return RuleMeta(**{**data, **made})
