"""Changed lines: which findings belong to a change, and which stood there before."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from healthlint.diff.hunks import WHOLE_FILE, Hunk, LineSpans, carry_over, parse_patch
from healthlint.finding import Finding

if TYPE_CHECKING:
    from healthlint.diff.git import Repository

__all__ = ["ChangedLines", "FilterMode", "changed_since", "filter_findings", "staged_lines"]


class FilterMode(StrEnum):
    """Which findings a change is held to: those on its lines, those in its files, or all."""

    ADDED = "added"
    FILE = "file"
    NOFILTER = "nofilter"


@dataclass(frozen=True, slots=True)
class ChangedLines:
    """The changed files of a repository by real path, each with its added or changed lines as (first, last), 1-based.

    A file of which lines were only taken away is touched and has no spans.
    """

    files: Mapping[Path, LineSpans] = field(default_factory=dict)

    def touches(self, path: str) -> bool:
        """Whether the file changed in any way but its name."""
        return _real(path) in self.files

    def has_line(self, path: str, first: int, last: int) -> bool:
        """Whether one of the lines first … last was added or changed."""
        return any(start <= last and first <= end for start, end in self.files.get(_real(path), ()))


def changed_since(base: str, folder: Path) -> ChangedLines:
    """What changed since the merge base of `base` and HEAD: commits, uncommitted changes and untracked files.

    Raises UsageError where `folder` is in no repository, git is missing, the ref is unknown, or the clone is too
    shallow to hold the merge base.
    """
    repo = _repository(folder)
    found = parse_patch(repo.diff(repo.merge_base(base)))
    found |= dict.fromkeys(repo.untracked(), WHOLE_FILE)
    return _changed(repo, found)


def staged_lines(folder: Path) -> ChangedLines:
    """What the next commit changes, counted in the lines of the files as they lie on the disk.

    A staged file may have been edited since; its staged lines are followed to where they stand now.
    Raises UsageError where `folder` is in no repository or git is missing.
    """
    repo = _repository(folder)
    staged = parse_patch(repo.diff("--cached"))
    later: dict[str, list[Hunk]] = {}
    parse_patch(repo.diff(), later)  # from the index to the work tree
    moved = {path: carry_over(spans, later.get(path, ())) for path, spans in staged.items()}
    return _changed(repo, moved)


def filter_findings(findings: Iterable[Finding], changed: ChangedLines, mode: FilterMode) -> tuple[list[Finding], int]:
    """The findings that belong to a change, in their order, and how many do not.

    With `added`, a finding belongs to it when one of its lines or of its related places changed; one about the whole
    article, when its file did.
    """
    if mode is FilterMode.NOFILTER:
        return list(findings), 0
    kept, outside = [], 0
    for finding in findings:
        if _belongs(finding, changed, mode):
            kept.append(finding)
        else:
            outside += 1
    return kept, outside


def _repository(folder: Path) -> Repository:
    from healthlint.diff.git import Repository  # late: most runs ask git nothing

    return Repository.at(folder)


def _belongs(finding: Finding, changed: ChangedLines, mode: FilterMode) -> bool:
    if mode is FilterMode.FILE or finding.offset == finding.end_offset:
        return changed.touches(finding.path)
    last = finding.end_line - (finding.end_column == 1 and finding.end_line > finding.line)
    if changed.has_line(finding.path, finding.line, last):
        return True
    places = ((item.path or finding.path, item.line) for item in finding.related if item.line)
    return any(changed.has_line(path, line, line) for path, line in places)


def _changed(repo: Repository, found: Mapping[str, LineSpans]) -> ChangedLines:
    return ChangedLines({_real(repo.root / path): spans for path, spans in found.items()})


def _real(path: str | Path) -> Path:
    return Path(os.path.realpath(path))
