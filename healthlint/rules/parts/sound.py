"""What a text must sound like, as rule files write it: `model`, and how likely (`at-least`; in a context, `below`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from healthlint.analysis.learned import MODELS
from healthlint.strict_yaml import Locator


def sound(entry: Mapping[str, Any], where: Locator, *keys: str | int, limit: str = "at-least") -> tuple[str, float]:
    """The name of a model and a likelihood between 0 and 1. Raises RuleError at file:line for anything else."""
    name, least = where.one_of(entry["model"], MODELS, *keys, "model"), entry[limit]
    if not isinstance(least, int | float) or isinstance(least, bool) or not 0 < least < 1:
        raise where.error(*keys, limit, message=f"“{limit}” must be a number between 0 and 1.")
    return name, float(least)
