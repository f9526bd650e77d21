"""healthlint: the linter for health articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from healthlint.version import __version__

__all__ = ["Finding", "__version__", "check_paths", "check_text"]

if TYPE_CHECKING:
    from healthlint.api import check_paths, check_text
    from healthlint.finding import Finding


def __getattr__(name: str) -> Any:
    # Lazy, so that importing a submodule never pays for the whole program.
    if name in ("check_text", "check_paths"):
        from healthlint import api

        return getattr(api, name)
    if name == "Finding":
        from healthlint.finding import Finding

        return Finding
    raise AttributeError(f"module 'healthlint' has no attribute {name!r}")
