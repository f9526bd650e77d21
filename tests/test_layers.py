"""Imports point down: the contract in pyproject.toml, held here too so that a plain test run shows a breach."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_layers() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
