"""Topics of a configuration: words for known topics, and topics of the project's own."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from healthlint.config.layers import Layer

_NEAR = 0.8  # from this likeness on, a name is taken for a known one misspelt


def check_topics(layer: Layer, data: Mapping[str, Any], *at: str | int) -> None:
    """Refuse topics without words, and a new topic whose name is nearly that of a known one.

    Raises the layer's error at file:line.
    """
    if not data.get("topics"):
        return
    from healthlint.analysis.topics.lexicon import Lexicon  # only here: it is not small

    known = Lexicon().number
    for topic, words in data["topics"].items():
        here = (*at, "topics", topic)
        if not words or not all(word.strip() for word in ([words] if isinstance(words, str) else words)):
            raise layer.error(*here, message=f"the topic “{topic}” has no words.")
        near: list[str] = []
        if topic not in known:
            swapped = [name for name in known if sorted(name) == sorted(topic)]  # “pian”
            near = swapped or get_close_matches(topic, known, n=1, cutoff=_NEAR)
        if near:
            message = f"there is no topic “{topic}”, and for a new one it is too near to another."
            raise layer.error(*here, message=message, hint=f"Did you mean “{near[0]}”?")
