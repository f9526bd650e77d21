"""What a rule is: its metadata, and a stateless check that yields matches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from math import inf
from typing import Any, NamedTuple, Protocol, runtime_checkable

from healthlint.analysis import Analysis
from healthlint.analysis.sounds import Gate
from healthlint.article import BlockKind
from healthlint.finding import Confidence, Match, Severity
from healthlint.ranges import TextRange
from healthlint.rules.messages import filled

DATE_FORM = r"\d{4}-\d\d-\d\d"
Options = Mapping[str, Any]
Fact = Mapping[str, Any]  # JSON-able: facts are cached and sent between processes


class Scope(StrEnum):
    """What a rule looks at: one sentence or block at a time, the whole article, or all articles of a project."""

    SPAN = "span"
    ARTICLE = "article"
    PROJECT = "project"


class Source(NamedTuple):
    """A published standard that a rule rests on."""

    title: str
    clause: str = ""
    url: str = ""


class OptionSpec(NamedTuple):
    """An option of a rule: its default (which fixes its type), what it means, and which values make sense.

    `not_below` names another option that this one must reach where both are set (0 is not); `form` may be “date”.
    """

    name: str
    default: Any
    about: str
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    not_below: str = ""
    form: str = ""

    def unfit(self, value: Any) -> str:
        """What is wrong with a value, for people; an empty text where it fits."""
        if self.choices and value not in self.choices:
            return f"“{value}” is not one of {', '.join(self.choices)}."
        fits, expected = True, ""
        if isinstance(self.default, bool):
            fits, expected = isinstance(value, bool), "true or false"
        elif isinstance(self.default, int | float):
            least = -inf if self.minimum is None else self.minimum
            most = inf if self.maximum is None else self.maximum
            fits = isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
            expected = f"a number from {least:g} to {most:g}"
            if most == inf:
                expected = "a number" if least == -inf else f"a number of {least:g} or more"
        elif isinstance(self.default, list):
            fits, expected = isinstance(value, list) and all(isinstance(one, str) for one in value), "a list of texts"
        elif isinstance(self.default, str):
            fits, expected = isinstance(value, str), "a text"
            if self.form == "date":
                fits, expected = fits and (not value or _is_date(value)), "a day, such as 2025-05-04"
        return "" if fits else f"the option “{self.name}” must be {expected}."


def day_of(text: str) -> date:
    """The day that an option of the form “date” names: today where it is empty."""
    return date.fromisoformat(text) if text else date.today()


def _is_date(text: str) -> bool:
    try:
        return bool(re.fullmatch(DATE_FORM, text) and date.fromisoformat(text))
    except ValueError:
        return False


class Example(NamedTuple):
    """A text of the rule's own documentation, executed as a test. `[[…]]` in the YAML marks the range to be found.

    `text` and `title` have the marks removed; `marks` and `title_marks` are (start, end) offsets in them. `document` is
    true where the text is a whole document, not the body under a title; `files` are the other files of a project.
    """

    text: str
    marks: tuple[tuple[int, int], ...]
    bad: bool
    format: str = "markdown"
    document: bool = False
    title: str = ""
    title_marks: tuple[tuple[int, int], ...] = ()
    variant: str = ""
    options: Mapping[str, Any] = {}
    files: Mapping[str, str] = {}
    line: int = 0


class RuleMeta(NamedTuple):
    """Everything a rule file says about its rule. `family` is the folder it stands in; `path` the file."""

    id: str
    family: str
    summary: str
    message: str
    severity: Severity
    confidence: Confidence
    scope: Scope
    why: str
    help: str
    kind: str
    path: str
    sources: tuple[Source, ...] = ()
    messages: Mapping[str, str] = {}
    severities: Mapping[str, Severity] = {}
    options: Mapping[str, OptionSpec] = {}
    check: Mapping[str, Any] = {}
    examples: Sequence[Example] = ()
    recommended: bool = True
    any_language: bool = False
    yields_to: tuple[str, ...] = ()  # families: where one of their rules reports something, this one is silent

    def message_for(self, match: Match) -> str:
        """The message of a match, with its values filled in."""
        return filled(self.messages.get(match.variant, self.message), match.values)

    def severity_for(self, match: Match) -> Severity:
        """The severity that the rule file gives a match."""
        return self.severities.get(match.variant, self.severity)


class Needs(NamedTuple):
    """What a sentence must have for a pattern: a word of each group, the rarest group first, and its kind of block.

    The groups are numbers in the rule's `words`. A sentence that one of the `gates` shuts out is not searched at all.
    """

    groups: Sequence[int]
    kinds: frozenset[BlockKind]
    gates: tuple[Gate, ...] = ()


@runtime_checkable
class Rule(Protocol):
    """A stateless check over one article.

    `anchors` are folded literals of which at least one stands in every sentence the rule can match in; None where the
    rule must see every article. More attributes save time where a rule has them: `triggers` are folded literals
    without any of which the rule is silent about an article; `literals` are those that its expressions need; `needs`
    say what a sentence must have for each of its patterns, by the numbers of groups in `words`.
    """

    meta: RuleMeta
    anchors: frozenset[str] | None

    def check(self, text: Analysis, options: Options) -> Iterator[Match]:
        """Yield what is wrong, in any order."""
        ...


class Place(NamedTuple):
    """Where something stands in an article, complete enough to report it without reading the article again."""

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    text: str

    @classmethod
    def of(cls, text: Analysis, at: TextRange) -> Place:
        """The place of a source range; as a list it may stand in a fact."""
        return cls(*at, *text.lines.position(at.start), *text.lines.position(at.end), at.within(text.article.source))


class Facts(dict[str, Fact]):
    """The facts of one rule by path. `complete` is false where a project may hold articles that are not among them."""

    complete: bool = True


class ProjectMatch(NamedTuple):
    """A match of a project rule: in which article, where in it (from its fact), and what.

    The range of `match` is not used. A fault that two articles share is yielded for each of them, so that it is seen
    whichever of them has changed.
    """

    path: str
    place: Place
    match: Match


@runtime_checkable
class ProjectRule(Protocol):
    """A check over the facts of all articles; it never sees an article again once its fact is cached."""

    meta: RuleMeta

    def collect(self, text: Analysis, options: Options) -> Fact | None:
        """The fact this rule needs of one article; must be JSON-able."""
        ...

    def check(self, facts: Facts, options: Options) -> Iterator[ProjectMatch]:
        """Yield what is wrong between articles; facts by path."""
        ...


AnyRule = Rule | ProjectRule
