"""`check --watch`, as a process: it checks at once, after every change that matters, and after no other.

Most tests tell it of changes themselves, through a stand-in for watchfiles; so nothing depends on time. One uses the
real package, where it is installed.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

# Each line of standard input is a set of changed files; the end of it is Ctrl+C.
STAND_IN = """
import json, sys

def watch(*paths, watch_filter, **options):
    print("places", json.dumps([[str(path) for path in paths], options["recursive"]]), file=sys.stderr, flush=True)
    yield set()
    for line in sys.stdin:
        kept = {name for name in json.loads(line) if watch_filter(2, name)}
        print("kept", len(kept), file=sys.stderr, flush=True)
        if kept:
            yield kept
"""
CLEAN = "# Colds\n\nMost colds get better without treatment.\n"
FAULTY = "# Tea\n\nThis tea cures arthritis in weeks.\n"
READY = "healthlint: watching; Ctrl+C ends."
Start = Callable[..., "Watching"]


class Watching:
    """A running `check --watch`, and what it has printed."""

    def __init__(self, site: Path, arguments: tuple[str, ...], modules: Path | None) -> None:
        env = {**os.environ}
        if modules:
            env["PYTHONPATH"] = os.pathsep.join([str(modules), *filter(None, [env.get("PYTHONPATH")])])
        command = [sys.executable, "-m", "healthlint", "check", "--watch", "--select", "claims", *arguments]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=site, env=env, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        self.site = site
        self.guard = threading.Timer(120, self.process.kill)  # a test that waits in vain fails; it does not hang
        self.guard.start()

    def until(self, line: str) -> list[str]:
        """The lines on standard error up to one that begins so."""
        assert self.process.stderr
        lines = []
        for read in self.process.stderr:
            lines.append(read.rstrip("\n"))
            if read.startswith(line):
                return lines
        raise AssertionError(f"it ended with {self.process.wait()}: {lines}")

    def changed(self, *names: str) -> str:
        """Tell of changed files; returns how many of them mattered."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps([str(self.site / name) for name in names]) + "\n")
        self.process.stdin.flush()
        return self.until("kept")[-1].removeprefix("kept ")

    def end(self) -> tuple[int, str]:
        """End it as Ctrl+C would; returns its exit code and all reports."""
        output, _ = self.process.communicate()
        return self.process.returncode, output


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts watching a site of two articles."""
    site, modules = tmp_path / "site", tmp_path / "modules"
    for folder in (site, modules):
        folder.mkdir()
    (modules / "watchfiles.py").write_text(STAND_IN)
    (site / "a.md").write_text(CLEAN)
    (site / "b.md").write_text(CLEAN)
    running = []

    def begin(*arguments: str, real: bool = False) -> Watching:
        running.append(Watching(site, (*arguments, "--output-format", "concise"), None if real else modules))
        return running[-1]

    yield begin
    for one in running:
        one.guard.cancel()
        one.process.kill()
        one.process.communicate()


def test_it_checks_now_and_after_every_change(start: Start) -> None:
    watching = start(".")
    watching.until(READY)
    (watching.site / "a.md").write_text(FAULTY)
    assert watching.changed("a.md") == "1"
    watching.until(READY)
    (watching.site / "a.md").write_text(CLEAN)
    assert watching.changed("a.md", "b.md") == "2"
    watching.until(READY)
    code, output = watching.end()
    assert code == 0, "the last check found nothing"
    assert "error cure-or-guarantee" in output
    assert output.count("No findings in 2 articles.") == 2


def test_what_it_writes_itself_and_other_files_change_nothing(start: Start) -> None:
    watching = start(".", "--report", "markdown=report.md")
    watching.until(READY)
    assert (watching.site / "report.md").is_file()
    assert watching.changed("report.md", "picture.png", "site.css") == "0"
    assert watching.changed("new.txt") == "1"


def test_a_single_article_is_watched_through_its_folder(start: Start) -> None:
    watching = start("a.md")
    places, recursive = json.loads(watching.until("places")[-1].removeprefix("places "))
    assert (places, recursive) == ([str(watching.site)], False)
    watching.until(READY)
    assert watching.changed("b.md") == "0"
    assert watching.changed("a.md") == "1"


def test_a_new_configuration_is_seen_and_a_broken_one_ends_nothing(start: Start) -> None:
    (start_at := start(".")).until(READY)
    config = start_at.site / ".healthlint.yml"
    config.write_text("ignore: [no-such-rule\n")
    assert start_at.changed(".healthlint.yml") == "1"
    assert any(".healthlint.yml" in line for line in start_at.until(READY))
    config.write_text("exclude: [a.md]\n")
    start_at.changed(".healthlint.yml")
    start_at.until(READY)
    (start_at.site / ".gitignore").write_text("*.md\n")
    start_at.changed(".gitignore")
    assert any("no articles" in line for line in start_at.until(READY))
    code, output = start_at.end()
    assert code == 0
    assert "No findings in 1 article." in output


def test_what_cannot_be_watched(start: Start) -> None:
    gone = start("gone.md")
    assert "there is no such file or folder" in gone.until("healthlint:")[-1]
    assert gone.end()[0] == 2
    stdin = start("-")
    assert "--watch cannot watch standard input." in stdin.until("healthlint:")[-1]
    assert stdin.end()[0] == 2


@pytest.mark.skipif(find_spec("watchfiles") is None, reason="the package watchfiles is not installed")
def test_with_the_real_package(start: Start) -> None:
    watching = start(".", real=True)
    watching.until(READY)
    (watching.site / "b.md").write_text(FAULTY)
    watching.until(READY)
    watching.process.send_signal(signal.SIGINT)
    code, output = watching.end()
    assert code in (1, 130)
    assert "b.md:3:" in output
