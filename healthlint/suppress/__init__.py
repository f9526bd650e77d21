"""Findings that an author silenced in the article itself, and directives that do nothing or name nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from healthlint.article import Article, Problem
from healthlint.errors import nearest
from healthlint.finding import Finding
from healthlint.ranges import LineIndex, TextRange
from healthlint.rules.model import RuleMeta, Scope
from healthlint.suppress.directives import EVERYTHING, UNKNOWN, Action, Directive, Directives, meet, parse

__all__ = ["EVERYTHING", "UNKNOWN", "UNUSED", "Directive", "Directives", "Suppressed", "judged_names", "suppress"]

UNUSED = "suppression-unused"


class Suppressed(NamedTuple):
    """What is left: findings to show, how many were silenced, problems with the directives, and the directives.

    The problems carry the rule ids UNUSED and UNKNOWN; those that a directive silences are already gone.
    """

    findings: list[Finding]
    suppressed: int
    problems: Sequence[Problem] = ()
    directives: Directives = Directives()


def judged_names(rules: Iterable[RuleMeta], active: frozenset[str]) -> frozenset[str]:
    """The names of which it is known, when nothing was silenced, that a directive for them is not needed.

    `rules` are all rules of the catalogue, `active` the ids that run. A rule that did not run, or that looks across
    articles, says nothing; a family, or a directive for everything, is judged only where all of it ran.
    """
    metas = list(rules)
    ran = {meta.id for meta in metas if meta.id in active and meta.scope is not Scope.PROJECT}
    left_out = [m for m in metas if m.id not in ran and (m.recommended or m.id in active)]
    families = {meta.family for meta in metas if meta.id in ran} - {meta.family for meta in left_out}
    return frozenset(ran | families | (set() if left_out else {EVERYTHING})) - {UNUSED, UNKNOWN}


def suppress(
    article: Article,
    findings: Sequence[Finding],
    lines: LineIndex,
    judged: frozenset[str],
    known: Mapping[str, str] | None = None,
) -> Suppressed:
    """Take out what the author silenced; note unused and unknown directives.

    `judged` are the names that may be called unused (see `judged_names`); `known` are all rule ids and families,
    each with its family, and without any nothing is called unknown.
    """
    directives, problems = parse(article, lines)
    problems += _unknown(directives, known) if known else []
    used: set[tuple[int, str]] = set()
    kept = []
    for finding in findings:
        whole = finding.offset == finding.end_offset
        hit = directives.silencing(finding.rule, finding.family, finding.offset, finding.line, whole)
        if hit is None:
            kept.append(finding)
        else:
            used.add(hit)
    shown = [p for p in problems if not _silenced(p, directives, lines, used)]
    shown += [p for p in _unused(directives, used, judged, known or {}) if not _silenced(p, directives, lines, used)]
    return Suppressed(kept, len(findings) - len(kept), sorted(shown, key=lambda p: p.range), directives)


def _silenced(problem: Problem, directives: Directives, lines: LineIndex, used: set[tuple[int, str]]) -> bool:
    line = lines.position(problem.range.start).line
    hit = directives.silencing(problem.rule, "file", problem.range.start, line, False)
    if hit is None or not directives.items[hit[0]].names:  # “everything” means the text, not the directives
        return False
    used.add(hit)
    return True


def _unknown(directives: Directives, known: Mapping[str, str]) -> list[Problem]:
    found = []
    for item in directives.items:
        unknown = [(name, at, nearest(name, known)) for name, at in item.names if name not in known]
        strange = [at for name, at, near in unknown if not near or name.startswith("(")]
        if len(strange) > 1 or (strange and len(item.names) > 1):  # a reason, most likely, without its mark
            where = TextRange(strange[0].start, strange[-1].end)
            message = "There are no such rules or families. A reason stands behind “--”: `hype-word -- quoted`."
            found.append(Problem(UNKNOWN, message, where))
            unknown = [one for one in unknown if one[1] not in strange]
        found += [Problem(UNKNOWN, f"There is no rule or family “{n}”. {near}".rstrip(), at) for n, at, near in unknown]
    return found


def _unused(
    directives: Directives, used: set[tuple[int, str]], judged: frozenset[str], families: Mapping[str, str]
) -> Iterator[Problem]:
    for at, item in enumerate(directives.items):
        if item.action is Action.ENABLE:
            if not any(d.action is Action.DISABLE and meet(d, item, families) for d in directives.items[:at]):
                yield Problem(UNUSED, "Nothing was disabled before this “enable”, so it does nothing.", item.range)
            continue
        names: Mapping[str, TextRange] = dict(item.names) or {EVERYTHING: item.range}
        for name, place in names.items():
            if name not in judged or (at, name) in used:
                continue
            what = f"“{name}” finds nothing" if name else "Nothing is found"
            where = {Action.LINE: "on this line", Action.NEXT_LINE: "on the next line"}.get(
                item.action, "in this article" if item.action is Action.FILE else "in the part it covers"
            )
            yield Problem(UNUSED, f"{what} {where}: this directive is no longer needed.", place)
