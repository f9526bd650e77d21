"""What rules yield (Match) and what people see (Finding)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from healthlint.ranges import TextRange

_INNER = str.maketrans({"“": "‘", "”": "’", '"': "'"})


def quotable(text: str) -> str:
    """A text as it stands between quotation marks: its own double ones are single there."""
    return text.translate(_INNER)


class Severity(StrEnum):
    """How much a finding weighs: an error can hurt a reader, a warning misleads, an info can be better."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for error, 1 for warning, 2 for info: smaller is graver."""
        return _RANK[self]


_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Confidence(StrEnum):
    """How often a rule is right when it speaks."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Edit(NamedTuple):
    """Replace one source range by a text."""

    range: TextRange
    text: str


class Fix(NamedTuple):
    """A change that a person may apply; `safe` only where the meaning cannot change."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False


class Related(NamedTuple):
    """A second place that belongs to a match; `path` is empty for the same article.

    `line` and `column` are filled in by the linter for the same article, by the rule for another one.
    """

    message: str
    range: TextRange | None = None
    path: str = ""
    line: int = 0
    column: int = 0


class Match(NamedTuple):
    """What a rule saw: where, with which values for its message, and on what evidence.

    `range` None means the whole article. `variant` names a case that the rule file gives its own severity or message
    (`severity-when`, `message-when`). `evidence` holds short key–value pairs that `healthlint why` prints.
    """

    range: TextRange | None
    values: Mapping[str, str] = {}
    variant: str = ""
    evidence: Mapping[str, str] = {}
    related: tuple[Related, ...] = ()
    fix: Fix | None = None


class Finding(NamedTuple):
    """A match as people see it. Lines and columns are 1-based code points, ends exclusive; offsets are 0-based."""

    rule: str
    family: str
    severity: Severity
    confidence: Confidence
    message: str
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    offset: int
    end_offset: int
    text: str
    help: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    fingerprint: str = ""
    evidence: Mapping[str, str] = {}

    @property
    def sort_key(self) -> tuple[str, int, int, str, int]:
        """The order of every report: path, offset, the gravest first, rule."""
        return (self.path, self.offset, self.severity.rank, self.rule, self.end_offset)
