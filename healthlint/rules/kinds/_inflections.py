"""Replacements in the form that their place in a sentence asks for."""

from __future__ import annotations

import re

from healthlint.late import late

# Regular verbs have one form for both: “it was used”, “they used it”.
_PARTICIPLES = {"did": "done", "gave": "given", "grew": "grown", "took": "taken", "went": "gone"}
_AUXILIARY = late(
    r"(?:\b(?:have|has|had|having|is|are|was|were|be|been|being|get|gets|got|getting)|[’'](?:ve|s|re|d))"
    r"(?: (?:not|also|just|already|never|often|only|always|then|usually|been|being|[a-z]+ly))*\W*$",
    re.IGNORECASE,
)
_AFTER_PARTICIPLE = late(r"\s+(?:by|with|via|through|from|in|into|to|at|as|during|under)\b", re.IGNORECASE)


def fitting(use: str, before: str, after: str) -> str:
    """A replacement as it has to stand between two parts of a sentence: “was gave” becomes “was given”."""
    first, space, rest = use.partition(" ")
    participle = _PARTICIPLES.get(first)
    if participle and (_AUXILIARY.search(before) or (not rest and _AFTER_PARTICIPLE.match(after))):
        return participle + space + rest
    return use
