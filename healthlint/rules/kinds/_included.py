"""Disclaimers that stand in another file, which the site's template puts on the page."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from healthlint.analysis import Analysis
from healthlint.analysis.disclaimers import Passage, passages
from healthlint.analysis.wordings import Wordings
from healthlint.formats import format_of, parse
from healthlint.late import late

_FILE = r"(?:[\w.-]+/)*_?(?:(?:medical|health|site|page|standard)[-_])?disclaimers?(?:\.\w+)*"
_INCLUDE = late(
    r"\{[{%][-<%>]*[ ]*(?:(?!(?:if|unless|elif|elsif|else|for|set|assign|capture)\b)[a-z][\w.-]*[ (]+)?[\"'(]?"
    rf"{_FILE}[\"')]?[^{{}}\n]{{0,80}}[%}}>]\}}|-8<-+[ ]+[\"']{_FILE}[\"']"
    r"|<(?:Medical|Health|Page|Site)?Disclaimer(?:[ ][^<>\n]{0,200})?/>"
)


class Included(NamedTuple):
    """A file that articles include: what it says, passage by passage, and all of it as one passage."""

    passages: tuple[Passage, ...]
    whole: Passage


def names_a_disclaimer(source: str) -> bool:
    """Whether an article includes a file or a component that is called a disclaimer."""
    # “{% include disclaimer.html %}”: the site's template puts it there, as it does for a key in front matter.
    return "isclaimer" in source and _INCLUDE.search(source) is not None


@lru_cache(maxsize=4)
def included(name: str, source: str, wordings: Wordings) -> Included:
    """What a file says; it is the same for all articles of a site."""
    text = Analysis(parse(name, source, format_of(name) or "html"))
    parts = list(passages(text))
    whole = Passage(text, [block for part in parts for block in part], wordings)
    return Included(tuple(Passage(text, part, wordings) for part in parts), whole)
