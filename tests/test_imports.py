"""Light commands stay light: what the run does not need is not imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("spacy", "textstat", "nltk", "numpy", "thinc", "pydantic")

PLAIN = """# Colds

Most colds get better without treatment. Rest and drink plenty. Paracetamol can ease a fever.

This page is for general information only and does not replace advice from your doctor.
"""


def modules_after(*arguments: str, folder: Path) -> set[str]:
    """The top-level modules loaded when healthlint has run with some arguments."""
    code = (
        "import sys, atexit\n"
        "tops = lambda: sorted({name.split('.')[0] for name in sys.modules})\n"
        "atexit.register(lambda: print('\\nMODULES', *tops(), file=sys.stderr))\n"
        f"sys.argv = ['healthlint', *{arguments!r}]\n"
        "from healthlint.cli import main\nmain()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    return set(done.stderr.split("MODULES", 1)[1].split())


@pytest.mark.parametrize(
    "arguments", [("--help",), ("rules",), ("explain", "medical-disclaimer-missing"), ("--version",)]
)
def test_light_commands(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert not modules_after(*arguments, folder=tmp_path) & set(HEAVY)


def test_a_cached_run(tmp_path: Path) -> None:
    (tmp_path / "claims.md").write_text("# Tea\n\nThis tea cures H.I.V./AIDS in weeks. Relief is guaranteed.\n")
    first = modules_after("check", "claims.md", folder=tmp_path)
    assert "spacy" in first, "the test is worth nothing if no rule needed spaCy"
    assert not modules_after("check", "claims.md", folder=tmp_path) & set(HEAVY)


def test_a_page_with_nothing_for_spacy(tmp_path: Path) -> None:
    (tmp_path / "plain.md").write_text(PLAIN)
    assert not modules_after("check", "--select", "safety", "plain.md", folder=tmp_path) & set(HEAVY)
