"""Articles read and linted, here or in worker processes; what comes back is plain bytes, in the order asked for."""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from healthlint.errors import HealthlintError, ReadError
from healthlint.formats import read
from healthlint.linter import lint
from healthlint.rules.ruleset import RuleSet
from healthlint.runner.cache import Packed
from healthlint.runner.contents import content_hash
from healthlint.runner.transport import pack

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

# Below this many articles, starting a process costs more than it saves.
MIN_PER_WORKER = 24
_CHUNK = 8
_FIRST = 4
_PATIENCE = 2.0  # seconds
_COLLECT_AFTER = 50_000  # new objects


class Task(NamedTuple):
    """An article to lint: where it is, and the index of its rule set among those given to `run`.

    `data` is its content where that is not on disk; `content` the hash of what the caller thinks it holds.
    """

    shown: str
    path: Path | str
    rules: int
    data: bytes | None = None
    content: bytes = b""


class Report(NamedTuple):
    """An article's packed report, and whether it may be kept: no rule crashed, and the content was the one expected."""

    packed: Packed
    sound: bool = True


class Job(NamedTuple):
    """What all tasks share: the rule sets, for each the names that may be called unused, and all names with family."""

    rules: tuple[RuleSet, ...]
    judged: tuple[frozenset[str], ...]
    known: Mapping[str, str]


def default_jobs() -> int:
    """As many processes as this process may use processors."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def run(job: Job, tasks: Sequence[Task], jobs: int) -> Iterator[Report | HealthlintError]:
    """The packed report of each task in order, or why it could not be read."""
    jobs = min(jobs, max(1, len(tasks) // MIN_PER_WORKER))
    forks = sys.platform == "linux"
    # What the first articles make this process load, from word lists to spaCy, forked workers share with it.
    alone = len(tasks) if jobs == 1 else _FIRST if forks else 0
    for task in tasks[:alone]:
        yield _lint(job, task)
    if jobs > 1:
        with _one_pool:
            yield from _in_pool(job, tasks[alone:], jobs, forks)


def _in_pool(job: Job, tasks: Sequence[Task], jobs: int, forks: bool) -> Iterator[Report | HealthlintError]:
    import gc
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    gc.freeze()  # else the first collection of a worker would touch, and so copy, all it shares
    context = multiprocessing.get_context("fork" if forks else "spawn")
    others = multiprocessing.active_children()
    begun = False
    try:
        with ProcessPoolExecutor(jobs, context, _start, (job,)) as pool:
            try:
                # Not by pool.map: it cancels what is waiting, over which the pool stumbles when its workers are gone.
                waiting = deque(pool.submit(_work, tasks[i : i + _CHUNK]) for i in range(0, len(tasks), _CHUNK))
                begun = True
                while waiting:
                    yield from waiting.popleft().result()
            except BrokenProcessPool:
                message = "a worker process was ended from outside, perhaps for want of memory. Nothing is reported."
                raise HealthlintError(message, hint="Try it with --jobs 1.") from None
            except BaseException:  # Ctrl+C, or a caller that has seen enough: what is waiting is not needed
                pool.shutdown(wait=False, cancel_futures=True)
                _end([child for child in multiprocessing.active_children() if child not in others])
                raise
    except (OSError, ImportError, NotImplementedError):
        if begun:
            raise
        # No further process may be started here, or none that shares memory, as in some containers.
        yield from (_lint(job, task) for task in tasks)
    finally:
        gc.unfreeze()


def _end(children: Sequence[BaseProcess]) -> None:
    """Waits for workers that were told to stop, and ends those that are still at it.

    Not at once: the pool would wait for ever for the rest of a report that a worker was about to send.
    """
    last = time.monotonic() + _PATIENCE
    for child in children:
        child.join(max(0.0, last - time.monotonic()))
    for child in children:
        child.kill()
    for child in children:  # a process that was killed is there until somebody waited for it
        child.join(_PATIENCE)


_job: Job | None = None  # of a worker
_one_pool = Lock()  # whoever ends a pool early ends all new child processes: none may be of another thread's pool


def _start(job: Job) -> None:
    global _job
    import gc
    import signal
    import threading

    gc.set_threshold(_COLLECT_AFTER)  # what articles leave behind must not pile up in each of many processes
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to handle; it ends the workers
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _job = job


def _end_with_parent() -> None:
    """Waits until the process that asked for the work is gone, however it was ended; then nobody needs this one."""
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _work(tasks: Sequence[Task]) -> list[Report | HealthlintError]:
    assert _job is not None
    return [_lint(_job, task) for task in tasks]


def _lint(job: Job, task: Task) -> Report | HealthlintError:
    try:
        data = Path(task.path).read_bytes() if task.data is None else task.data
        report = lint(read(task.shown, data), job.rules[task.rules], job.known, job.judged[task.rules])
        expected = not task.content or content_hash(data) == task.content
        return Report(pack(report), expected and not report.errors)
    except HealthlintError as error:
        return error
    except OSError as error:
        return ReadError(f"the file cannot be read ({error.strerror or error}).", where=task.shown)
    except RecursionError:
        return ReadError("the file is nested too deeply to be read.", where=task.shown)
