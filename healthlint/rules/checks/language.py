"""Articles in a language that the rules do not know."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.analysis.language_id import NAMES
from healthlint.finding import Match
from healthlint.rules.model import Options


def unsupported(text: Analysis, options: Options) -> Iterator[Match]:
    """One match at the title of an article that is not in English."""
    code = text.language_code
    if code != "en":
        title = text.article.title_block
        name = NAMES.get(code, "a language other than English")
        yield Match(title.range() if title else None, {"language": name}, evidence={"language": code})
