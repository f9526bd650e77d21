"""Runs that are ended from outside: no process stays, nothing is printed that nobody asked for, nothing hangs."""

from __future__ import annotations

import multiprocessing
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from healthlint.errors import HealthlintError
from healthlint.runner import workers
from healthlint.runner.session import Options, Session
from tests.runner.scratch import write_articles

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        (signal.SIGTERM, -signal.SIGTERM, b""),
        (signal.SIGKILL, -signal.SIGKILL, b""),
        (signal.SIGINT, 130, b"\nhealthlint: interrupted.\n"),
    ],
)
def test_a_run_that_is_ended_takes_its_workers_along(
    number: signal.Signals, code: int, said: bytes, tmp_path: Path
) -> None:
    write_articles(tmp_path, 300)
    command = [sys.executable, "-m", "healthlint", "check", str(tmp_path), "--jobs", "2", "--no-cache", "--isolated"]
    run = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # ignored in the background
    )
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    while len(children.read_text().split()) < 2:
        time.sleep(0.01)
    time.sleep(0.3)
    run.send_signal(number)
    out, err = run.communicate(timeout=20)  # the workers hold these pipes open for as long as they live
    assert (run.returncode, out, err) == (code, b"", said)


def test_a_worker_that_is_killed_is_said(tmp_path: Path) -> None:
    paths = write_articles(tmp_path, 200)
    session = Session(Options(isolated=True))
    config = session.config_for(tmp_path)
    session.rule_set(config.resolve(paths[0]), config)
    job = workers.Job(tuple(session.sets), tuple(session._judged), session.known_names())
    made = workers.run(job, [workers.Task(path.name, path, 0) for path in paths], 2)
    for _ in range(10):
        next(made)
    multiprocessing.active_children()[0].kill()
    with pytest.raises(HealthlintError, match="a worker process was ended from outside"):
        list(made)
    assert not multiprocessing.active_children()
