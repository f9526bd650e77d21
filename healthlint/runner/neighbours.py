"""The project's other articles: their facts, from the cache or read anew, so that a run over one file sees them all."""

from __future__ import annotations

from pathlib import Path

from healthlint.config.files import repository_root
from healthlint.errors import RuleError
from healthlint.runner import workers
from healthlint.runner.cache import Packed, Seen
from healthlint.runner.discover import Target, shown_path, walk
from healthlint.runner.project import Index
from healthlint.runner.session import Session, content_hash
from healthlint.runner.transport import unpack, unpack_facts
from healthlint.version import __version__

_AT_ONCE = 256  # facts taken from the cache together


def add_neighbours(targets: list[Target], session: Session, index: Index) -> None:
    """Facts of the project's other articles, read only where the cache does not know them."""
    for target in targets:
        config = session.config_for(target.path.parent)
        index.rules[target.shown] = config.resolve(target.path).rules
    own = {target.path for target in targets}
    roots = set() if session.options.isolated else {_project_root(target.path, session) for target in targets}
    index.complete = bool(roots) and None not in roots
    others: list[tuple[Path, int, int]] = []
    for root in sorted(root for root in roots if root is not None):
        for path in walk(root, session.config_for):
            if path not in own:
                own.add(path)
                config = session.config_for(path.parent)
                resolved = config.resolve(path)
                if resolved.rules.project:
                    full, facts = session.rule_set(resolved, config), session.rule_set(resolved, config, True)
                    others.append((path, full, facts))
    _collect(others, session, index)


def _project_root(path: Path, session: Session) -> Path | None:
    config = session.config_for(path.parent)
    if config.path is not None and path.is_relative_to(config.base):
        return config.base
    return repository_root(path.parent)


def _collect(others: list[tuple[Path, int, int]], session: Session, index: Index) -> None:
    known = session.cache.seen(str(path) for path, *_ in others) if session.cache else {}
    keys: dict[Path, tuple[bytes, bytes]] = {}
    seen: dict[str, Seen] = {}
    for path, full, facts in others:
        try:
            stat = path.stat()
            entry = known.get(str(path))
            if entry is None or (entry.size, entry.mtime_ns) != (stat.st_size, stat.st_mtime_ns):
                content = content_hash(path.read_bytes())
                entry = Seen(stat.st_size, stat.st_mtime_ns, content, "", __version__)
                seen[str(path)] = entry
        except OSError:
            continue  # gone since the folder was listed, or not ours to read: it is not among the articles asked for
        keys[path] = (session.key(entry.content, full, path), session.key(entry.content, facts, path))
    missing = []
    for i in range(0, len(others), _AT_ONCE):
        part = [(path, facts) for path, _, facts in others[i : i + _AT_ONCE] if path in keys]
        wanted = [key for path, _ in part for key in keys[path]]
        stored = dict(session.cache.facts(wanted)) if session.cache else {}
        for path, facts in part:
            shown = shown_path(path)
            found = unpack_facts(stored.get(keys[path][0]) or stored.get(keys[path][1]))
            if found is None:
                missing.append(workers.Task(shown, path, facts))
            else:
                index.add(shown, found)
    for task, made in zip(missing, session.lint(missing), strict=True):
        if isinstance(made, RuleError):
            raise made
        if isinstance(made, Packed):  # what cannot be read has no facts; it is reported when it is checked itself
            report = unpack(made, task.shown)
            index.add(task.shown, report.facts)
            if session.cache and not report.errors:
                session.cache.put(keys[task.path][1], made)
    if session.cache:
        session.cache.saw(seen)
