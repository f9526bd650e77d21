"""Kind `required`: an article that says one thing must also say another.

    check:
      kind: required
      define: {drug: "ssris?|antidepressants?"}   # fragments, used as {drug}
      min-words: 150                              # optional: shorter articles are let be
      when:                                       # all of these conditions must be met …
        - {in: headings, match: "{drug}"}
      unless:                                     # … and none of these
        - {in: title, match: "for health professionals"}
      need:                                       # what must be said; more than `tolerate` missing is a finding
        - {name: "the warning", in: anywhere, match: "suicid\\w+"}
      anchor:                                     # where to mark it: the first of these that is met, else the article
        - {match: "side effects"}
      cases:                                      # optional: several such articles; each adds to the above
        - {name: antidepressants, when: […], need: […], anchor: […], variant: …, values: {harm: …}}

A condition is `in` (title, headings, sentences, statements, paragraphs, body, anywhere; default sentences), `match`
(patterns, one is enough), `and` (patterns that the same stretch must match, all), `not` (patterns it must not match),
`at-least` (how many stretches), `share` (at least this share of the stretches), or `either` (conditions, one is
enough).

The message may show {missing}, {case}, {trigger} (the words that met `when`), {match} where an anchor is met, and the
`values` of the case. More keys: `first: true` (one finding, for the first case), `option` (a case that holds only where
this option of the rule is true), `related` (conditions; what meets them is shown besides).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from healthlint.analysis import Analysis
from healthlint.finding import Match, Related
from healthlint.rules.kinds._conditions import Condition, Hit, read_condition, read_conditions
from healthlint.rules.messages import join_names
from healthlint.rules.model import Options, RuleMeta
from healthlint.rules.parts.patterns import Patterns
from healthlint.rules.parts.rule_file import variant
from healthlint.strict_yaml import Locator

_CASE_KEYS = ("name", "when", "unless", "need", "anchor", "variant", "values", "tolerate", "related", "option")
_KEYS = ("kind", "define", "min-words", "first", "cases", *_CASE_KEYS)
_MAX_RELATED = 5


class Need(NamedTuple):
    """What an article must say: its name in messages, and the conditions of which one is enough."""

    name: str
    any_of: tuple[Condition, ...]


class Case(NamedTuple):
    """One kind of article and what it must say."""

    name: str
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    needs: tuple[Need, ...]
    tolerate: int
    anchors: tuple[Condition, ...]
    related: tuple[Condition, ...]
    variant: str
    values: Mapping[str, str]
    option: str


def build(meta: RuleMeta, where: Locator) -> RequiredRule:
    """The rule that a rule file describes. Raises RuleError at file:line."""
    check = where.check_keys(meta.check, _KEYS, "check")
    patterns = Patterns(where, check.get("define", {}), "check", "define")
    base = {key: check[key] for key in _CASE_KEYS if key in check}
    cases: list[Case] = []
    items = check.get("cases", [None])
    if not isinstance(items, list) or not items:
        raise where.error("check", "cases", message="“cases” must be a list of cases.")
    for i, item in enumerate(items):
        own = {} if item is None else where.check_keys(item, _CASE_KEYS, "check", "cases", i)
        cases.append(_case(meta, patterns, base, own, i))
    patterns.check_all_used()
    min_words = where.whole(check.get("min-words", 0), "check", "min-words")
    first = where.flag(check.get("first", False), "check", "first")
    return RequiredRule(meta, tuple(cases), min_words, first, patterns.literals)


def _case(
    meta: RuleMeta, patterns: Patterns, base: Mapping[str, object], own: Mapping[str, object], index: int
) -> Case:
    where = patterns.where
    here: tuple[str | int, ...] = ("check", "cases", index)

    def conditions(key: str) -> tuple[Condition, ...]:
        found = read_conditions(patterns, own[key], *here, key) if key in own else []
        if key in base:
            found += read_conditions(patterns, base[key], "check", key)
        return tuple(found)

    def text(key: str) -> str:
        if key in own:
            return where.text(own[key], *here, key)
        return where.text(base[key], "check", key) if key in base else ""

    needs = [*_needs(patterns, own.get("need"), *here, "need"), *_needs(patterns, base.get("need"), "check", "need")]
    if not needs or not conditions("when"):
        raise where.error(*(here if own else ("check",)), message="a case needs both “when” and “need”.")
    tolerate = own.get("tolerate", base.get("tolerate", 0))
    if not isinstance(tolerate, int) or not 0 <= tolerate < len(needs):
        raise where.error(*here, message="“tolerate” must be smaller than the number of needs.")
    option = text("option")
    if option and option not in meta.options:
        raise where.error(*here, "option", message=f"the rule has no option “{option}”.")
    values = where.mapping(own.get("values", base.get("values", {})), *here, "values")
    return Case(
        name=text("name"),
        when=conditions("when"),
        unless=conditions("unless"),
        needs=tuple(needs),
        tolerate=tolerate,
        anchors=conditions("anchor"),
        related=conditions("related"),
        variant=variant(text("variant"), meta, where, *here, "variant"),
        values={name: where.text(value, *here, "values", name) for name, value in values.items()},
        option=option,
    )


def _needs(patterns: Patterns, value: object, *keys: str | int) -> list[Need]:
    if value is None:
        return []
    items = value if isinstance(value, list) else [value]
    found = []
    for i, item in enumerate(items):
        at = (*keys, i) if isinstance(value, list) else keys
        entry = dict(item) if isinstance(item, dict) else item
        name = (
            patterns.where.text(entry.pop("name"), *at, "name") if isinstance(entry, dict) and "name" in entry else ""
        )
        condition = read_condition(patterns, entry, *at)
        found.append(Need(name, condition.either or (condition,)))
    return found


class RequiredRule:
    """Reports an article that meets a case's conditions and does not say what the case needs."""

    anchors: frozenset[str] | None = None

    def __init__(
        self, meta: RuleMeta, cases: Sequence[Case], min_words: int, first: bool, literals: frozenset[str] = frozenset()
    ) -> None:
        self.meta, self.cases, self.min_words, self.first = meta, tuple(cases), min_words, first
        self.literals = literals

    @property
    def triggers(self) -> frozenset[str] | None:
        """Literals without any of which no case of the rule can be met; None where one case has none."""
        found: set[str] = set()
        for case in self.cases:
            known = [triggers for condition in case.when if (triggers := condition.triggers)]
            if not known:
                return None
            found |= max(known, key=lambda literals: (min(map(len, literals)), -len(literals)))
        return frozenset(found)

    def check(self, text: Analysis, options: Options) -> Iterator[Match]:
        """One match for each case, or for the first case only where the rule says `first: true`."""
        if self.min_words and text.body_text.count(" ") + 1 < self.min_words:
            return
        for case in self.cases:
            if case.option and not options[case.option]:
                continue
            match = _match(text, case)
            if match is not None:
                yield match
                if self.first:
                    return


def _match(text: Analysis, case: Case) -> Match | None:
    for condition in case.when:
        if not condition.met(text):
            return None
    missing = [need for need in case.needs if not any(condition.met(text) for condition in need.any_of)]
    if len(missing) <= case.tolerate or any(condition.met(text) for condition in case.unless):
        return None
    names = [need.name for need in missing if need.name]
    trigger = next(case.when[0].hits(text), None)
    mark = next((hit for condition in case.anchors for hit in condition.hits(text)), None)
    values = {
        "case": case.name,
        "missing": join_names(names, "or"),
        "trigger": _in_a_sentence(text, trigger.words) if trigger else "",
        **case.values,
    }
    evidence = {"case": case.name, "because of": values["trigger"], "missing": "; ".join(names)}
    return Match(
        mark.range if mark else None,
        values,
        case.variant,
        {key: value for key, value in evidence.items() if value},
        tuple(_related(text, case, mark)),
    )


def _in_a_sentence(text: Analysis, words: str) -> str:
    # A title has a capital where a sentence has none: “Turmeric”, but “Botox” everywhere.
    words = " ".join(words.split())
    small = words.lower()
    return small if any(small in text.blocks[i].prose for i in text.body) else words


def _related(text: Analysis, case: Case, mark: Hit | None) -> Iterator[Related]:
    count = 0
    for condition in case.related:
        for hit in condition.hits(text):
            if (mark is None or not hit.range.overlaps(mark.range)) and count < _MAX_RELATED:
                count += 1
                yield Related(f"here too: “{' '.join(hit.words.split())}”", hit.range)
