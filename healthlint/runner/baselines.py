"""Which baseline an article is held against: a run may go through folders that each have their own."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from healthlint.baseline import FILE_NAME, Allowance, Baseline, divided
from healthlint.errors import UsageError
from healthlint.finding import Finding
from healthlint.runner.session import Session


class Baselines:
    """The baseline of each article: the one given; else the one its configuration names; else the nearest.

    The nearest stands in the article's folder or above it, up to the repository's root; else beside the configuration,
    or in the current folder. Raises UsageError for one that is named and does not exist.
    """

    def __init__(self, session: Session, given: Path | None = None) -> None:
        self._session, self._given = session, given
        self._of_folder: dict[Path, Path | None] = {}
        self._allowances: dict[Path, Allowance] = {}
        for named in [given] if given else [config.run.baseline for config in session.configs]:
            if named is not None and not named.is_file():
                hint = "`healthlint baseline create` writes it."
                raise UsageError("there is no such baseline.", where=str(named), hint=hint)

    def of(self, path: str) -> Path | None:
        """The baseline file of an article, by the path that reports show."""
        return self.at(folder_of(path))

    def at(self, folder: Path) -> Path | None:
        """The baseline file of the articles in a folder."""
        if folder not in self._of_folder:
            config = self._session.config_for(folder)
            named = self._given or config.run.baseline
            beside = [Path.cwd()] if config.path is None else [config.base, Path.cwd()]
            self._of_folder[folder] = named or nearest(folder) or next(filter(None, map(_in, beside)), None)
        return self._of_folder[folder]

    def filter(self, findings: Iterable[Finding], first: Iterable[Finding] = ()) -> tuple[list[Finding], int]:
        """The findings that are not accepted, and how many are; those in `first` use up what is accepted first."""
        allowances = self._allowances = {}

        def accepts(finding: Finding) -> bool:
            file = self.of(finding.path)
            if file is None:
                return False
            if file not in allowances:
                allowances[file] = Allowance(Baseline.load(file))
            return allowances[file].accepts(finding)

        return divided(findings, first, accepts)

    def notes(self) -> list[str]:
        """What to say of entries for files that are gone, in the baselines that the findings were held against."""
        notes = []
        for file, allowance in self._allowances.items():
            gone = allowance.baseline.gone()
            if gone:
                first, *more = gone
                where = f"{first} and {len(more)} more" if more else first
                entries = f"{sum(gone.values())} accepted finding{'s' if sum(gone.values()) > 1 else ''}"
                notes.append(
                    f"{file}: {entries} of {where}, gone or renamed. `healthlint baseline update` accepts what stands "
                    "under the new name, `baseline prune` drops the old."
                )
        return notes


def folder_of(path: str) -> Path:
    """The folder of an article, by the path that reports show."""
    return Path(os.path.abspath(path)).parent  # noqa: PTH100 - resolve() would follow links


def nearest(folder: Path) -> Path | None:
    """The baseline in a folder or above it, up to the repository's root."""
    for above in (folder, *folder.parents):
        if found := _in(above):
            return found
        if (above / ".git").exists():
            break
    return None


def _in(folder: Path) -> Path | None:
    file = folder / FILE_NAME
    return file if file.is_file() else None
