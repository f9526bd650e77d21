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

    A file of which lines were only taken away is touched and has no spans. `known` are the files that git keeps, where
    the others count as new: untracked ones, ignored ones, those of other repositories. None asks for the changed alone.
    """

    files: Mapping[Path, LineSpans] = field(default_factory=dict)
    known: frozenset[Path] | None = None

    def touches(self, path: str) -> bool:
        """Whether the file changed in any way but its name."""
        return self._spans(path) is not None

    def has_line(self, path: str, first: int, last: int) -> bool:
        """Whether one of the lines first … last was added or changed."""
        return any(start <= last and first <= end for start, end in self._spans(path) or ())

    def _spans(self, path: str) -> LineSpans | None:
        real = _real(path)
        if real in self.files or self.known is None or real in self.known or _link(path) in self.known:
            return self.files.get(real)
        return WHOLE_FILE


def changed_since(base: str, folder: Path) -> ChangedLines:
    """What changed since the merge base of `base` and HEAD: commits, uncommitted changes, and what git does not keep.

    Raises UsageError where `folder` is in no repository, git is missing, the ref is unknown, or the clone is too
    shallow to hold the merge base.
    """
    repo = _repository(folder)
    files, known = _since(repo, repo.merge_base(base))
    return ChangedLines(files, frozenset(known))


def staged_lines(folder: Path) -> ChangedLines:
    """What the next commit changes, counted in the lines of the files as they lie on the disk.

    A staged file may have been edited since; its staged lines are followed to where they stand now.
    Raises UsageError where `folder` is in no repository or git is missing.
    """
    repo = _repository(folder)
    staged = parse_patch(repo.diff("--cached"))
    later: dict[str, list[Hunk]] = {}
    parse_patch(repo.diff(), later)  # from the index to the work tree
    files = {_real(repo.root / path): carry_over(spans, later.get(path, ())) for path, spans in staged.items()}
    for below, before in repo.submodules("--cached"):
        files |= _inside(below, before)[0]
    return ChangedLines(files)


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


def _since(repo: Repository, commit: str) -> tuple[dict[Path, LineSpans], set[Path]]:
    # What changed since a commit, and the files that git keeps, with those of the submodules.
    found = parse_patch(repo.diff(commit))
    files = {_real(repo.root / path): spans for path, spans in found.items()}
    known = {repo.root / path for path in repo.tracked()}
    for below, before in repo.submodules(commit):
        inside, theirs = _inside(below, before)
        files |= inside
        known |= theirs
    return files, known


def _inside(submodule: Repository, before: str | None) -> tuple[dict[Path, LineSpans], set[Path]]:
    files, known = _since(submodule, before or "HEAD")
    return ({} if before is None else files if before else dict.fromkeys(known, WHOLE_FILE)), known


def _link(path: str) -> Path:
    # Where a link itself stands: git keeps it, wherever it leads.
    folder, name = os.path.split(path)
    return _real(folder) / name


def _real(path: str | Path) -> Path:
    return Path(os.path.realpath(path))
