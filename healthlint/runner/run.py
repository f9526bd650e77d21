"""Many articles: what is cached is taken from there, the rest goes to workers, then the project rules see the facts."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from healthlint.errors import HealthlintError, RuleError
from healthlint.linter import ArticleReport
from healthlint.result import RunError, RunResult
from healthlint.runner import workers
from healthlint.runner.cache import Seen
from healthlint.runner.discover import Target, discover, shown_path
from healthlint.runner.neighbours import add_neighbours
from healthlint.runner.project import Index, check_project
from healthlint.runner.session import Made, Options, Session, content_hash
from healthlint.runner.transport import unpack, unpack_stored
from healthlint.version import __version__

_AT_ONCE = 256  # reports taken from the cache together, so that memory does not grow with the number of articles


class Planned(NamedTuple):
    """An article of the run: its rule set's number, its content's hash, and its key in the cache."""

    target: Target
    rules: int
    content: bytes
    key: bytes
    data: bytes | None

    @property
    def task(self) -> workers.Task:
        """What a worker has to do for it."""
        return workers.Task(self.target.shown, self.target.path, self.rules, self.data)


def run(paths: Iterable[str], options: Options) -> tuple[RunResult, Session]:
    """Check the articles under some paths.

    Raises UsageError, ConfigError or RuleError where nothing can be checked; an article that cannot be read, or a rule
    that crashes on one, is reported in the result's errors and the others go on.
    """
    began = time.perf_counter()
    session = Session(options)
    targets = _targets(paths, session)
    result = RunResult()
    if not targets:
        result.notes.append("no articles (.md, .mdx, .html, .txt …) were found there.")
    index = Index()
    for target, report in _reports(targets, session, result):
        result.files.append(report.summary)
        result.findings += report.findings
        result.errors += report.errors
        result.suppressed += report.suppressed
        index.add(target.shown, report.facts)
        index.directives[target.shown] = report.directives
    if options.project and any(rules.project for rules in session.sets):
        add_neighbours(targets, session, index)
        for finding, silenced in check_project(index, result.errors):
            result.suppressed += silenced
            if not silenced:
                result.findings.append(finding)
    result.findings.sort(key=lambda finding: finding.sort_key)
    if session.cache is not None:
        session.cache.close()
        result.notes += session.cache.notes
    result.notes += session.notes
    result.seconds = time.perf_counter() - began
    return result, session


def _targets(paths: Iterable[str], session: Session) -> list[Target]:
    texts = session.options.texts
    on_disk = [path for path in paths if path not in texts]
    found = discover(on_disk, session.config_for, session.options.force_exclude) if on_disk else []
    given = []
    for name in texts:
        path = Path.cwd() / name
        session.config_for(path.parent)
        given.append(Target(shown_path(path), path))
    return sorted({*found, *given})


def _reports(targets: list[Target], session: Session, result: RunResult) -> Iterator[tuple[Target, ArticleReport]]:
    """The report of each target that can be read, in order; stored ones are taken from the cache, a few at a time."""
    plan = list(_plan(targets, session, result))
    known = session.cache.known(entry.key for entry in plan) if session.cache else set()
    missed = [entry for entry in plan if entry.key not in known]
    if session.options.explain_misses and session.cache:
        session.notes += _why_missed(session, missed)
    with closing(session.lint([entry.task for entry in missed])) as fresh:
        yield from _in_order(plan, known, fresh, session, result)
    _remember(session, plan)


def _in_order(
    plan: list[Planned],
    known: set[bytes],
    fresh: Iterator[Made],
    session: Session,
    result: RunResult,
) -> Iterator[tuple[Target, ArticleReport]]:
    for i in range(0, len(plan), _AT_ONCE):
        part = plan[i : i + _AT_ONCE]
        stored = dict(session.cache.reports({e.key for e in part} & known)) if session.cache else {}
        for entry in part:
            report = unpack_stored(stored.get(entry.key), entry.target.shown)
            if report is not None:
                result.cached += 1
                yield entry.target, report
                continue
            # What is stored and cannot be read is made anew.
            made = next(session.lint([entry.task])) if entry.key in known else next(fresh)
            if isinstance(made, RuleError):
                raise made
            if isinstance(made, HealthlintError):
                result.errors.append(RunError(f"{made.message} {made.hint}".rstrip(), entry.target.shown))
                continue
            report = unpack(made, entry.target.shown)
            if session.cache and not report.errors:
                session.cache.put(entry.key, made)
            yield entry.target, report


def _plan(targets: list[Target], session: Session, result: RunResult) -> Iterator[Planned]:
    texts = {shown_path(Path.cwd() / name): data for name, data in session.options.texts.items()}
    for target in targets:
        config = session.config_for(target.path.parent)
        rules = session.rule_set(config.resolve(target.path), config)
        given = texts.get(target.shown)
        try:
            data = target.path.read_bytes() if given is None else given
        except OSError as error:
            result.errors.append(RunError(f"the file cannot be read ({error.strerror or error}).", target.shown))
            continue
        content = content_hash(data)
        yield Planned(target, rules, content, session.key(content, rules, target.path), given)


def _remember(session: Session, plan: list[Planned]) -> None:
    if session.cache is None:
        return
    seen = {}
    for entry in plan:
        if entry.data is not None:
            continue
        try:
            stat = entry.target.path.stat()
        except OSError:
            continue
        digest = session.digests[entry.rules]
        seen[str(entry.target.path)] = Seen(stat.st_size, stat.st_mtime_ns, entry.content, digest, __version__)
    known = session.cache.seen(seen)
    session.cache.saw({path: was for path, was in seen.items() if known.get(path) != was})


def _why_missed(session: Session, missed: list[Planned]) -> list[str]:
    assert session.cache is not None
    known = session.cache.seen([str(entry.target.path) for entry in missed])
    notes = []
    for entry in missed:
        seen = known.get(str(entry.target.path))
        if seen is None:
            reason = "not seen before"
        elif seen.content != entry.content:
            reason = "its content changed"
        elif seen.version != __version__:
            reason = f"healthlint {seen.version} looked at it last"
        elif seen.rules != session.digests[entry.rules]:
            reason = "the rules or the configuration changed"
        else:
            reason = "its result was dropped from the cache"
        notes.append(f"{entry.target.shown}: not from the cache: {reason}.")
    return notes
