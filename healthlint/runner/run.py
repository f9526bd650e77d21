"""Many articles: what is cached is taken from there, the rest goes to workers, then the project rules see the facts."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from healthlint.config import settle_profile
from healthlint.errors import HealthlintError, RuleError
from healthlint.result import RunError, RunResult
from healthlint.runner import workers
from healthlint.runner.cache import Packed, Seen
from healthlint.runner.contents import UNKNOWN, Content, content_hash, content_of
from healthlint.runner.discover import Target, discover, shown_path
from healthlint.runner.findings import Findings
from healthlint.runner.neighbours import add_neighbours
from healthlint.runner.project import Index, check_project
from healthlint.runner.session import Made, Options, Session
from healthlint.runner.transport import unpack_head
from healthlint.version import __version__

_AT_ONCE = 256  # reports taken from the cache together, so that memory does not grow with the number of articles
_COLLECT_AFTER = 50_000  # new objects


class Planned(NamedTuple):
    """An article of the run: its rule set's number, its content, its key in the cache, and its bytes if not on disk."""

    target: Target
    rules: int
    content: Content
    key: bytes
    data: bytes | None

    @property
    def task(self) -> workers.Task:
        """What a worker has to do for it."""
        return workers.Task(self.target.shown, self.target.full, self.rules, self.data, self.content.hash)


def run(paths: Iterable[str], options: Options) -> tuple[RunResult, Session]:
    """Check the articles under some paths.

    Raises UsageError, ConfigError or RuleError where nothing can be checked; an article that cannot be read, or a rule
    that crashes on one, is reported in the result's errors and the others go on.
    """
    began = time.perf_counter()
    with _seldom_collected():
        result, session = _run(paths, options)
    result.seconds = time.perf_counter() - began
    return result, session


_runs: list[tuple[int, int, int]] = []  # the threshold that each run under way has found; all but the first, ours
_runs_lock = Lock()


@contextmanager
def _seldom_collected() -> Iterator[None]:
    # Reports and facts hold no cycles; looking for some again and again takes a third of a run from the cache.
    with _runs_lock:
        before = gc.get_threshold()
        _runs.append(_runs[0] if _runs else before)
        gc.set_threshold(max(before[0], _COLLECT_AFTER) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        with _runs_lock:  # several threads may be at it: the last one to end puts things back
            first = _runs.pop()
            if not _runs:
                gc.set_threshold(*first)


def _run(paths: Iterable[str], options: Options) -> tuple[RunResult, Session]:
    session = Session(options)
    result = RunResult()
    targets = _targets(paths, session, result.errors)
    findings = result.findings = Findings()
    index = Index()
    for entry, packed in _reports(targets, session, result):
        shown = entry.target.shown
        head = unpack_head(packed, shown)
        result.files.append(head.summary)
        result.errors += head.errors
        result.suppressed += head.suppressed
        findings.add_packed(shown, packed.findings, head.counts)
        index.rules[shown] = session.sets[entry.rules]
        if head.directives:
            index.directives[shown] = head.directives
        if options.project:
            index.add(shown, packed.facts)
    if options.project and any(rules.project for rules in session.sets):
        add_neighbours(targets, session, index)
        for finding, silenced in check_project(index, result.errors):
            result.suppressed += silenced
            if not silenced:
                findings.add(finding)
    if index.rules and not any(rules.ids for rules in index.rules.values()):
        result.notes.append("no rule is on, so nothing was checked.")
    if session.cache is not None:
        session.cache.close()
        result.notes += session.cache.notes
    result.notes += session.notes
    return result, session


def _targets(paths: Iterable[str], session: Session, errors: list[RunError]) -> list[Target]:
    texts = session.options.texts
    on_disk = [path for path in paths if path not in texts]
    broken: list[str] = []
    left_out: list[str] = []
    forced = session.options.force_exclude
    found = discover(on_disk, session.config_for, forced, broken, errors, left_out) if on_disk else []
    session.notes += [f"{name}: the link leads nowhere, so there is nothing to check." for name in broken]
    given = []
    for name in texts:
        path = Path.cwd() / name
        session.config_for(path.parent)
        given.append(Target(shown_path(path), str(path)))
    session.notes += settle_profile(session.configs, session.options.profile)
    if not found and not given and not errors:
        note = "no articles (.md, .mdx, .html, .txt …) were found there"
        if left_out:
            more = f" and {len(left_out) - 1} more" if len(left_out) > 1 else ""
            note += f"; “exclude”, .gitignore or .healthlintignore leaves out {left_out[0]}{more}"
        session.notes.append(f"{note}.")
    return sorted({*found, *given})


def _reports(targets: list[Target], session: Session, result: RunResult) -> Iterator[tuple[Planned, Packed]]:
    """The report of each target that can be read, in order; stored ones are taken from the cache, a few at a time."""
    seen = session.cache.seen(target.full for target in targets) if session.cache else {}
    plan = list(_plan(targets, seen, session, result))
    known = session.cache.known(entry.key for entry in plan) if session.cache else set()
    missed = [entry for entry in plan if entry.key not in known]
    if session.options.explain_misses and session.cache:
        session.notes += [_why_missed(entry, seen.get(entry.target.full), session) for entry in missed]
    with closing(session.lint([entry.task for entry in missed])) as fresh:
        yield from _in_order(plan, known, fresh, session, result)
    if session.cache:
        now = {e.target.full: _seen(e, session) for e in plan if e.data is None}
        session.cache.saw({path: was for path, was in now.items() if seen.get(path) != was})


def _in_order(
    plan: list[Planned],
    known: set[bytes],
    fresh: Iterator[Made],
    session: Session,
    result: RunResult,
) -> Iterator[tuple[Planned, Packed]]:
    for i in range(0, len(plan), _AT_ONCE):
        part = plan[i : i + _AT_ONCE]
        stored = dict(session.cache.reports({e.key for e in part} & known)) if session.cache else {}
        for entry in part:
            packed = stored.get(entry.key)
            if packed is not None:
                result.cached += 1
                yield entry, packed
                continue
            # What is stored and cannot be read is made anew.
            made = next(session.lint([entry.task])) if entry.key in known else next(fresh)
            if isinstance(made, RuleError):
                raise made
            if isinstance(made, HealthlintError):
                result.errors.append(RunError(f"{made.message} {made.hint}".rstrip(), entry.target.shown))
                continue
            if session.cache and made.sound:
                session.cache.put(entry.key, made.packed)
            yield entry, made.packed


def _plan(targets: list[Target], seen: Mapping[str, Seen], session: Session, result: RunResult) -> Iterator[Planned]:
    texts = {shown_path(Path.cwd() / name): data for name, data in session.options.texts.items()}
    for target in targets:
        rules = session.rules_for(target)
        data = texts.get(target.shown)
        try:
            if data is None:
                content = content_of(target, seen.get(target.full), session.began)
            else:
                content = Content(content_hash(data), UNKNOWN)
        except OSError as error:
            result.errors.append(RunError(f"the file cannot be read ({error.strerror or error}).", target.shown))
            continue
        yield Planned(target, rules, content, session.key(content.hash, rules, target.full), data)


def _seen(entry: Planned, session: Session) -> Seen:
    return Seen(entry.content.stamp, entry.content.hash, session.digests[entry.rules], __version__)


def _why_missed(entry: Planned, seen: Seen | None, session: Session) -> str:
    if seen is None:
        reason = "not seen before"
    elif seen.content != entry.content.hash:
        reason = "its content changed"
    elif seen.version != __version__:
        reason = f"healthlint {seen.version} looked at it last"
    elif not seen.rules:
        reason = "so far it was only compared with others"
    elif seen.rules != session.digests[entry.rules]:
        reason = "the rules or the configuration changed"
    else:
        reason = "its result was dropped from the cache"
    return f"{entry.target.shown}: not from the cache: {reason}."
