"""Regular expressions that are compiled when they are first used: most articles have nothing for most of them."""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    """Stands for a compiled expression; what is asked of it is kept, so that it costs nothing the second time."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self._flags = pattern, flags
        self._compiled: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, self._flags)
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found

    def __reduce__(self) -> tuple[type[_Late], tuple[str, int]]:
        return _Late, (self.pattern, self._flags)


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """An expression that is right and may never be needed. A wrong one raises re.error when it is first used."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
