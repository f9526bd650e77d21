"""healthlint: the linter for health articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from healthlint.version import __version__

__all__ = ["Finding", "HealthlintError", "RunResult", "__version__", "check_paths", "check_text"]

if TYPE_CHECKING:
    from healthlint.api import check_paths, check_text
    from healthlint.errors import HealthlintError
    from healthlint.finding import Finding
    from healthlint.result import RunResult

_HOMES = {
    "Finding": "finding",
    "HealthlintError": "errors",
    "RunResult": "result",
    "check_paths": "api",
    "check_text": "api",
}


def __getattr__(name: str) -> Any:
    # Lazy, so that importing a submodule never pays for the whole program.
    from importlib import import_module

    if name in _HOMES:
        return getattr(import_module(f"healthlint.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'healthlint' has no attribute {name!r}")
