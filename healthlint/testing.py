"""Run the examples of rule files: a bad one must fire exactly on its marks, a good one must stay silent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from healthlint.analysis import Analysis, Settings
from healthlint.analysis.contexts import Context
from healthlint.analysis.linguistics import Hit
from healthlint.article import Article
from healthlint.errors import HealthlintError, nearest
from healthlint.finding import Match
from healthlint.formats import parse
from healthlint.ranges import LineIndex, TextRange
from healthlint.rules.catalogue import load_catalogue
from healthlint.rules.library import ContextExample
from healthlint.rules.model import AnyRule, Example, Facts, ProjectRule, RuleMeta, Scope
from healthlint.rules.prefilter import Prefilter
from healthlint.rules.schema import option_values
from healthlint.suppress import UNKNOWN, UNUSED, suppress

_SUFFIX = {"markdown": ".md", "html": ".html", "plain": ".txt"}
NEUTRAL_TITLE = "Notes"
_VALUE = re.compile(r"\{([\w-]+)\}")


class Outcome(NamedTuple):
    """What became of one example: `problem` is empty where it did what the rule file says."""

    example: Example
    problem: str
    source: str = ""
    found: tuple[TextRange, ...] = ()
    expected: tuple[TextRange, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the example did what the rule file says."""
        return not self.problem


def run_examples(rule: AnyRule) -> Iterator[Outcome]:
    """Run a rule's own examples. Raises HealthlintError where the rule cannot be loaded."""
    for example in rule.meta.examples:
        try:
            yield _run_project(rule, example) if isinstance(rule, ProjectRule) else _run_one(rule, example)
        except HealthlintError:
            raise
        except Exception as error:
            problem = f"makes the rule crash ({type(error).__name__}: {error})"
            yield Outcome(example, problem, example.text or "\n".join(example.files))


def _run_one(rule: AnyRule, example: Example) -> Outcome:
    source, expected = document(example)
    matches = list(matches_in(rule, parse("example" + _SUFFIX[example.format], source, example.format), example))
    found = tuple(sorted(m.range for m in matches if m.range is not None))
    problem = _problem(rule.meta, example, matches, _misplaced(rule.meta, example, found, expected))
    return Outcome(example, problem, source, found, expected)


def _misplaced(meta: RuleMeta, example: Example, found: tuple[TextRange, ...], expected: tuple[TextRange, ...]) -> str:
    """What is wrong with the ranges of an example that is rightly reported; empty where nothing is."""
    if expected and not found:
        return "is reported as a whole, not on the marked part"
    if expected and found != expected:
        return "is reported on another range than the marked one"
    if found and not expected and meta.scope is Scope.SPAN and "[" not in example.text:  # a link is hard to mark
        return "does not say with [[…]] what is to be marked"
    return ""


def _problem(meta: RuleMeta, example: Example, matches: Sequence[Match], misplaced: str = "") -> str:
    """What an example did that the rule file does not say; empty where it did what that says."""
    if example.bad and not matches:
        return "should be reported and is not"
    if not example.bad and matches:
        return "should not be reported and is"
    if misplaced:
        return misplaced
    if example.variant and all(match.variant != example.variant for match in matches):
        return f"is not reported as the variant “{example.variant}”"
    return _unfilled(meta, matches)


def _unfilled(meta: RuleMeta, matches: Iterable[Match]) -> str:
    """What is wrong with a message that shows a value which the rule does not give; empty where nothing is."""
    for match in matches:
        given = {*match.values, *(["match"] if match.range is not None else [])}  # a run fills in what is marked
        for name in _VALUE.findall(meta.messages.get(match.variant, meta.message)):
            if name not in given:
                hint = nearest(name, given) or (f"It has: {', '.join(sorted(given))}." if given else "It has none.")
                return f"has a message that shows {{{name}}}, which this rule has no value for. {hint}".rstrip()
    return ""


def why_held(context: Context, example: ContextExample) -> str:
    """By which cue a context holds for the marked phrase of one of its examples; empty where it does not."""
    before, rest = example.text.split("[[")
    marked, after = rest.split("]]")
    source = f"# {NEUTRAL_TITLE}\n\n{before}{marked}{after}\n"
    text = Analysis(parse("example.md", source, "markdown"), Settings())
    sentence = text.sentence_at(1, len(before))
    start = len(before) - text.sentences[sentence].start
    starts = text.language.tokens(sentence).starts
    inside = [at for at, offset in enumerate(starts) if start <= offset < start + len(marked)]
    return context.holds(text, sentence, Hit(inside[0], inside[-1] + 1, inside[0], inside[-1] + 1)) if inside else ""


def matches_in(rule: AnyRule, article: Article, example: Example) -> list[Match]:
    """The matches of one rule in one article, through the same prefilter as in a real run."""
    assert not isinstance(rule, ProjectRule)
    if rule.meta.id in (UNUSED, UNKNOWN):  # what no rule can see: the directives of the article itself
        known = load_catalogue().names
        kept = suppress(article, [], LineIndex(article.source), frozenset(known) - {UNUSED, UNKNOWN}, known)
        return [Match(p.range, {"problem": p.message}) for p in kept.problems if p.rule == rule.meta.id]
    text = Analysis(article, Settings())
    Prefilter([rule]).run(text)
    return list(rule.check(text, option_values(rule.meta, example.options)))


def document(example: Example) -> tuple[str, tuple[TextRange, ...]]:
    """The source of an example, and its marked ranges moved to where title and text stand in it."""
    if example.document:
        return example.text, tuple(TextRange(*mark) for mark in example.marks)
    title = example.title or NEUTRAL_TITLE
    heads = {"markdown": f"# {title}\n\n", "html": f"<h1>{title}</h1>\n<p>", "plain": f"{title}\n\n"}
    head = heads[example.format]
    shift = head.index(title)
    marks = [TextRange(a + shift, b + shift) for a, b in example.title_marks]
    marks += [TextRange(a + len(head), b + len(head)) for a, b in example.marks]
    return head + example.text + "\n", tuple(sorted(marks))


def _run_project(rule: ProjectRule, example: Example) -> Outcome:
    options = option_values(rule.meta, example.options)
    facts = Facts()
    for path, source in example.files.items():
        fact = rule.collect(Analysis(parse(path, source), Settings()), options)
        if fact is not None:
            facts[path] = json.loads(json.dumps(fact))  # as a run keeps it
    matches = [found.match for found in rule.check(facts, options)]
    return Outcome(example, _problem(rule.meta, example, matches), "\n".join(example.files))
