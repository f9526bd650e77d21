"""healthlint run as a process, and two articles for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CLEAN = """# Colds

Most colds get better without treatment. Rest and drink plenty.
"""
FAULTY = "# Tea\n\nThis tea cures arthritis in weeks.\n"


def healthlint(*arguments: str, cwd: Path, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "healthlint", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**os.environ, **env},
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """The single line that an error must be."""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return lines[0]
