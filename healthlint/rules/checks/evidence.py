"""Citations that lead nowhere: marks without an entry, and identifiers that cannot be right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.finding import Match
from healthlint.rules.model import Options

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DUMMY = re.compile(
    r"x{3,}|placeholder|example|10\.(?:1234|12345|0000|9999)/|/(?:abcd|12345)\b|\.\.\.|your-?doi", re.IGNORECASE
)
_ENTRY = re.compile(r"\s*\[?\(?(\d{1,3})[\].):]")


def citation_defects(text: Analysis, options: Options) -> Iterator[Match]:
    """A match for each mark without an entry, and for each identifier that cannot be right."""
    yield from _marks(text)
    for found in text.sections.identifiers:
        if found.kind == "doi":
            if _DUMMY.search(found.text) or not _DOI.fullmatch(found.text):
                yield Match(found.range, {"id": f"DOI “{found.text}”"}, "identifier", {"doi": found.text})
        elif _wrong_pmid(found.text):
            yield Match(found.range, {"id": f"PMID “{found.text}”"}, "identifier", {"pmid": found.text})


def _wrong_pmid(text: str) -> bool:
    return bool(_DUMMY.search(text)) or (text.isdigit() and (len(text) > 8 or set(text) == {"0"}))


def _marks(text: Analysis) -> Iterator[Match]:
    """Marks that go past the end of a numbered source list. Without a list there is nothing to compare with."""
    entries = [text.blocks[i].prose for i in text.sections.references]
    if not entries:
        return
    numbers = [int(found[1]) for entry in entries if (found := _ENTRY.match(entry))]
    if numbers and len(numbers) < len(entries) * 0.8:
        return  # numbered only in part: notes of another kind
    known = set(numbers) if numbers else set(range(1, len(entries) + 1))
    if len(entries) == 1 and not numbers:
        return  # one paragraph may hold the whole list
    for mark in text.sections.markers:
        missing = [n for n in mark.numbers if n not in known]
        if missing:
            values = {"number": ", ".join(map(str, missing)), "last": str(max(known))}
            yield Match(mark.range, values, "", {"entries": str(len(entries)), "missing": values["number"]})
