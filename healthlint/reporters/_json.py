"""JSON text that no pipe's encoding changes and no build log obeys."""

from __future__ import annotations

import re
from json import JSONEncoder
from typing import Any

_encode = JSONEncoder(allow_nan=False).encode
# “##[” (GitHub), “##vso[” (Azure) and “##teamcity[” begin a command anywhere in a log line.
_COMMAND = re.compile(r"(##[a-z]*)\[")


def dump(value: Any) -> str:
    """One line of ASCII JSON, in which a bracket that would begin a log command is written as an escape."""
    text = _encode(value)
    return _COMMAND.sub(r"\1\\u005b", text) if "##" in text else text
