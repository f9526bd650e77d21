"""The files of `healthlint/data`."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "data"  # by its path: `importlib.resources` takes longer to load than most files


def read_data(name: str) -> bytes:
    """What a file of the package's data holds."""
    return (_FOLDER / name).read_bytes()
