"""JSON text that no pipe's encoding changes and no build log obeys."""

from __future__ import annotations

import re
from json import dumps
from typing import Any

# “##[” (GitHub), “##vso[” (Azure) and “##teamcity[” begin a command anywhere in a log line.
_COMMAND = re.compile(r"(##[a-z]*)\[")


def dump(value: Any) -> str:
    """One line of ASCII JSON, in which a bracket that would begin a log command is written as an escape."""
    text = dumps(value, allow_nan=False)
    return _COMMAND.sub(r"\1\\u005b", text) if "##" in text else text
