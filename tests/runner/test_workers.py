"""Worker processes: the same bytes in the same order as without them, whatever goes wrong in one."""

from __future__ import annotations

import errno
import multiprocessing
import os
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock
from zlib import decompress

import pytest

from healthlint.errors import HealthlintError
from healthlint.runner import workers
from healthlint.runner.session import Made, Options, Session
from healthlint.runner.workers import Job, Task
from tests.runner.scratch import FAULTY, write_articles


@pytest.fixture(scope="module")
def tasks(tmp_path_factory: pytest.TempPathFactory) -> list[Task]:
    folder = tmp_path_factory.mktemp("articles")
    return [Task(path.name, path, 0) for path in write_articles(folder, 60, seed=3)]


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Job:
    folder = tmp_path_factory.mktemp("site")
    session = Session(Options(isolated=True, cache_dir=tmp_path_factory.getbasetemp() / "healthlint-cache"))
    config = session.config_for(folder)
    session.rule_set(config.resolve(folder / "a.md"), config)
    return Job(tuple(session.sets), tuple(session._judged), session.known_names())


@pytest.fixture(scope="module")
def alone(job: Job, tasks: list[Task]) -> list[Made]:
    return list(workers.run(job, tasks, 1))


def test_two_processes_give_the_same_bytes_in_the_same_order(job: Job, tasks: list[Task], alone: list[Made]) -> None:
    assert list(workers.run(job, tasks, 2)) == alone
    assert not [made for made in alone if isinstance(made, HealthlintError)]


def test_processes_that_are_started_anew_give_the_same(job: Job, tasks: list[Task], alone: list[Made]) -> None:
    few = tasks[:6]
    assert list(workers._in_pool(job, few, 2, forks=False)) == alone[:6]


def test_what_a_run_has_worked_out_does_not_travel(job: Job, alone: list[Made]) -> None:
    assert "prefilter" in vars(job.rules[0]), "used before"
    copy = pickle.loads(pickle.dumps(job))
    assert "prefilter" not in vars(copy.rules[0])
    assert copy.rules[0].ids == job.rules[0].ids


def test_an_article_that_cannot_be_read_stops_no_other(job: Job, tasks: list[Task], alone: list[Made]) -> None:
    some = [*tasks]
    some[3] = Task("gone.md", Path("/no/such/article.md"), 0)
    some[40] = Task("picture.md", Path("picture.md"), 0, b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    made = list(workers.run(job, some, 2))
    problems = {at: item for at, item in enumerate(made) if isinstance(item, HealthlintError)}
    assert sorted(problems) == [3, 40]
    assert "No such file" in problems[3].message
    assert [item for at, item in enumerate(made) if at not in problems] == [
        item for at, item in enumerate(alone) if at not in problems
    ]


def test_few_articles_start_no_process(
    job: Job, tasks: list[Task], alone: list[Made], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Iterator[Made]:
        raise AssertionError("a process costs more than it saves")

    monkeypatch.setattr(workers, "_in_pool", refuse)
    few = 2 * workers.MIN_PER_WORKER - 1
    assert list(workers.run(job, tasks[:few], 8)) == alone[:few]
    with pytest.raises(AssertionError):
        list(workers.run(job, tasks, 8))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes are not forked")
@pytest.mark.parametrize("forks", [0, 1])
def test_where_no_process_may_be_started_one_does_it_all(
    job: Job, tasks: list[Task], alone: list[Made], forks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fork, left = os.fork, [True] * forks

    def scarce() -> int:
        if not left:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        left.pop()
        return fork()

    monkeypatch.setattr(os, "fork", scarce)
    assert list(workers.run(job, tasks, 2)) == alone
    assert not left and not multiprocessing.active_children()


@pytest.mark.parametrize("error", [OSError(errno.EROFS, "/dev/shm"), ImportError("no sem_open"), NotImplementedError()])
def test_where_no_memory_is_shared_one_process_does_it_all(
    job: Job, tasks: list[Task], alone: list[Made], error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Mock(side_effect=error)
    monkeypatch.setattr("multiprocessing.synchronize.SemLock.__init__", refused)
    assert list(workers.run(job, tasks, 2)) == alone
    assert refused.called


def test_given_content_is_not_read_from_disk(job: Job, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Nothing\n\nHere.\n")
    (given,) = workers.run(job, [Task("a.md", path, 0, FAULTY.encode())], 1)
    assert not isinstance(given, HealthlintError)
    assert b"arthritis" in decompress(given.packed.findings)


def test_a_run_that_is_left_early_ends_its_processes(job: Job, tasks: list[Task]) -> None:
    made = workers.run(job, tasks, 2)
    for _ in range(20):
        next(made)
    assert multiprocessing.active_children()
    made.close()
    assert not multiprocessing.active_children()
