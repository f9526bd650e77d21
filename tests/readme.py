"""Keeps the README's outputs true: `python tests/readme.py` writes them anew, tests/test_readme.py compares them.

A block stands between `<!-- output: COMMAND -->` and `<!-- end -->`; the command is run in the project's folder.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"(<!-- output: (?P<command>[^\n]+) -->\n```text\n)(?P<output>.*?)(```\n<!-- end -->)", re.DOTALL)


def output_of(command: str) -> str:
    """What a command of the README prints: healthlint as a module of this environment, nothing cached."""
    program, *arguments = shlex.split(command)
    assert program == "healthlint", command
    environment = {**os.environ, "HEALTHLINT_NO_CACHE": "1", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "healthlint", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def renewed(text: str) -> str:
    """The README with every block as its command prints it now."""
    return BLOCK.sub(lambda found: found[1] + output_of(found["command"]) + found[4], text)


if __name__ == "__main__":
    README.write_text(renewed(README.read_text("utf-8")), "utf-8")
