"""Runs a command as a whole process and says what it took: clock and processor time, and memory of all processes."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SAMPLE = 0.05  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Measure:
    """Seconds on the clock, seconds of processor time (user and system, children too), and peak memory in bytes."""

    wall: float
    cpu: float
    peak: int = 0
    output: str = ""


def run(command: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None, memory: bool = False) -> Measure:
    """Run a command to its end. Raises RuntimeError where it fails (findings, exit code 1, are no failure).

    The peak is the largest sum of the proportional shares (PSS) of all processes of the group: memory that forked
    workers share counts once. It is looked at twenty times a second, from /proc, and only where asked for.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    watcher = _Watcher(process.pid) if memory else None
    if watcher:
        watcher.start()
    try:
        output, errors = process.communicate()
    finally:
        if process.poll() is None:  # interrupted: it and its workers end too
            os.killpg(process.pid, signal.SIGKILL)
    wall = time.perf_counter() - began
    if watcher:
        watcher.stop()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode not in (0, 1) or errors.startswith("Traceback"):  # an uncaught error ends with 1 as well
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {errors[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measure(wall, cpu, watcher.peak if watcher else 0, output)


def best(rounds: int, measure: Callable[[], Measure]) -> Measure:
    """The least wall time and the least processor time of some rounds: those that were disturbed least."""
    taken = [measure() for _ in range(rounds)]
    return Measure(min(m.wall for m in taken), min(m.cpu for m in taken), max(m.peak for m in taken), taken[-1].output)


class _Watcher(threading.Thread):
    def __init__(self, group: int) -> None:
        super().__init__(daemon=True)
        self.group, self.peak = group, 0
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(_SAMPLE):
            self.peak = max(self.peak, _memory_of(self.group))

    def stop(self) -> None:
        self._over.set()
        self.join()


def _memory_of(group: int) -> int:
    total = 0
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            stat = (folder / "stat").read_text()
            if int(stat.rsplit(")", 1)[1].split()[2]) != group:
                continue
            lines = (folder / "smaps_rollup").read_text().splitlines()
        except (OSError, IndexError, ValueError):
            continue  # it has ended meanwhile
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total
