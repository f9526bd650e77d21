"""The project's other articles: their facts, from the cache or read anew, so that a run over one file sees them all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from healthlint.config.files import repository_root
from healthlint.errors import RuleError
from healthlint.runner import workers
from healthlint.runner.cache import Seen
from healthlint.runner.contents import content_of
from healthlint.runner.discover import Target, walk
from healthlint.runner.project import Index
from healthlint.runner.session import Session
from healthlint.version import __version__

_AT_ONCE = 256  # facts taken from the cache together


def add_neighbours(targets: list[Target], session: Session, index: Index) -> None:
    """Facts of the project's other articles, read only where the cache does not know them."""
    own = {target.full for target in targets}
    folders = {os.path.dirname(full) for full in own}  # noqa: PTH120
    roots = set() if session.options.isolated else {_project_root(Path(folder), session) for folder in folders}
    index.complete = bool(roots) and None not in roots
    others = []
    for root in sorted(root for root in roots if root is not None):
        for target in walk(root, session.config_for):
            if target.full not in own:
                own.add(target.full)
                full = session.rules_for(target)
                if session.sets[full].project:
                    others.append(_Other(target, full, session.rules_for(target, facts_only=True)))
    if others:
        _collect(others, session, index)


class _Other(NamedTuple):
    target: Target
    rules: int
    facts_only: int


def _project_root(folder: Path, session: Session) -> Path | None:
    config = session.config_for(folder)
    if config.path is not None and folder.is_relative_to(config.base):
        return config.base
    return repository_root(folder)


def _collect(others: list[_Other], session: Session, index: Index) -> None:
    known = session.cache.seen(other.target.full for other in others) if session.cache else {}
    missing = []
    for i in range(0, len(others), _AT_ONCE):
        part = [entry for other in others[i : i + _AT_ONCE] if (entry := _looked_at(other, known, session))]
        stored = dict(session.cache.facts(key for _, keys in part for key in keys)) if session.cache else {}
        for task, (full, facts) in part:
            found = stored.get(full)
            found = stored.get(facts) if found is None else found
            if found is None:
                missing.append((task, facts))
            else:
                index.add(task.shown, found)
    made = session.lint([task for task, _ in missing])
    for (task, key), report in zip(missing, made, strict=True):
        if isinstance(report, RuleError):
            raise report
        if isinstance(report, workers.Report):  # what cannot be read has no facts; it is reported when it is checked
            index.add(task.shown, report.packed.facts)
            if session.cache and report.sound:
                session.cache.put(key, report.packed)


def _looked_at(
    other: _Other, known: Mapping[str, Seen], session: Session
) -> tuple[workers.Task, tuple[bytes, bytes]] | None:
    full = other.target.full
    seen = known.get(full)
    try:
        content = content_of(other.target, seen, session.began, exact=False)
    except OSError:
        return None  # gone since the folder was listed, or not ours to read: it is not among the articles asked for
    if session.cache and (seen is None or (seen.stamp, seen.content) != (content.stamp, content.hash)):
        rules = seen.rules if seen and seen.content == content.hash else ""
        session.cache.saw({full: Seen(content.stamp, content.hash, rules, __version__)})
    keys = session.key(content.hash, other.rules, full), session.key(content.hash, other.facts_only, full)
    return workers.Task(other.target.shown, full, other.facts_only, None, content.hash), keys
