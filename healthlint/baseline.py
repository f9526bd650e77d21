"""The baseline: findings that a project has accepted, so that only new ones fail."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from healthlint.baseline_text import Counts, Metrics, parse, sides_of, written
from healthlint.errors import ConfigError
from healthlint.finding import Finding

FILE_NAME = ".healthlint-baseline.json"
TOLERANCE = 0.5  # how much worse than accepted a page's metric may measure; half a school grade is within its noise

T = TypeVar("T")


@dataclass(slots=True)
class Baseline:
    """Accepted findings by path, rule and fingerprint; and for findings that measure a page, the accepted value.

    `root` is the folder that paths are kept relative to: the one the baseline file stands in.
    """

    root: Path
    counts: Counts = field(default_factory=dict)
    metrics: Metrics = field(default_factory=dict)

    @classmethod
    def of(cls, findings: Iterable[Finding], root: Path) -> Baseline:
        """A baseline that accepts all the given findings."""
        made = cls(root)
        for finding in findings:
            path, value = made.key(finding.path), _metric(finding)
            if value is None:
                made.counts.setdefault(path, {}).setdefault(finding.rule, Counter())[finding.fingerprint] += 1
            else:
                made.metrics.setdefault(path, {})[finding.rule] = value
        return made

    @classmethod
    def load(cls, path: Path, merge: bool = False) -> Baseline:
        """Read a baseline file. Raises ConfigError where it cannot be read or is not one.

        With `merge`, a conflict of two branches in it is resolved: what either side accepts is accepted.
        """
        remedy = "Repair it, or write it anew with `healthlint baseline create --force`."
        try:
            sides = sides_of(path.read_text(encoding="utf-8"))
            if len(sides) > 1 and not merge:
                remedy = "`healthlint baseline prune` keeps what either side accepts and still stands."
                raise ConfigError("a merge has left its conflict here.", where=str(path), hint=remedy)
            read = [parse(side) for side in sides]
        except (OSError, ValueError) as error:
            raise ConfigError(f"the baseline cannot be read ({error}).", where=str(path), hint=remedy) from error
        made = cls(path.absolute().parent)
        for counts, metrics in read:
            for at, rule, known in _entries(counts):
                made.counts.setdefault(at, {})[rule] = known | made.counts.get(at, {}).get(rule, Counter())
            for at, rule, value in _entries(metrics):
                made.metrics.setdefault(at, {}).setdefault(rule, value)
        return made

    def save(self, path: Path) -> None:
        """Write the file, keys sorted, in one step: a reader sees the old one or the new one, never half of it."""
        text = written(self.counts, self.metrics)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            part.write_text(text, encoding="utf-8", newline="\n")
            part.replace(path)
        except OSError as error:
            with suppress(OSError):
                part.unlink()
            raise ConfigError(
                f"the baseline cannot be written ({error.strerror or error}).", where=str(path)
            ) from error

    def key(self, path: str) -> str:
        """A finding's path as the baseline keeps it: relative to the baseline's folder, with forward slashes."""
        full = Path(os.path.normpath(Path(path).absolute()))
        root = Path(os.path.normpath(self.root.absolute()))
        return full.relative_to(root).as_posix() if full.is_relative_to(root) else full.as_posix()

    def filter(self, findings: Iterable[Finding], first: Iterable[Finding] = ()) -> tuple[list[Finding], int]:
        """The findings that are not accepted, in their order, and how many are.

        Of equal findings in one file as many are accepted as were counted, those in `first`, which nobody sees, before
        the others; a metric is accepted up to TOLERANCE worse than it was.
        """
        return divided(findings, first, Allowance(self).accepts)

    def updated(
        self, findings: Iterable[Finding], checked: Iterable[str], rules: Collection[str] | None = None
    ) -> Baseline:
        """A baseline that accepts what stands in the checked files now; entries of other files stay.

        `rules` are the ids of the rules that ran, where it was not all of them: entries of the others stay too.
        """
        fresh = Baseline.of(findings, self.root)
        seen = {self.key(path) for path in checked}
        for path, rule, known in _entries(self.counts):
            if path not in seen or not _ran(rule, rules):
                fresh.counts.setdefault(path, {})[rule] = known
        for path, rule, value in _entries(self.metrics):
            if path not in seen or not _ran(rule, rules):
                fresh.metrics.setdefault(path, {})[rule] = value
        return fresh

    def pruned(
        self, findings: Iterable[Finding], checked: Iterable[str], rules: Collection[str] | None = None
    ) -> Baseline:
        """A baseline without what is gone: repaired findings, files that no longer exist. Nothing is added.

        A metric that got better is accepted only up to the better value from now on. `rules` as for `updated`.
        """
        found = list(findings)
        now, seen = Baseline.of(found, self.root), {self.key(path) for path in checked}
        measured = {(self.key(f.path), f.rule): f for f in found if _metric(f) is not None}
        kept = Baseline(self.root)
        for path, rule, known in _entries(self.counts):
            if path in seen and _ran(rule, rules):
                known = known & now.counts.get(path, {}).get(rule, Counter())
            elif path not in seen and not self._exists(path):
                continue
            if known:
                kept.counts.setdefault(path, {})[rule] = known
        for path, rule, value in _entries(self.metrics):
            if path in seen and _ran(rule, rules):
                finding = measured.get((path, rule))
                if finding is None:
                    continue
                value = min(value, now.metrics[path][rule], key=partial(_badness, finding))
            elif path not in seen and not self._exists(path):
                continue
            kept.metrics.setdefault(path, {})[rule] = value
        return kept

    def gone(self) -> dict[str, int]:
        """How many findings are accepted in each file that no longer stands there, as after a new name."""
        many = Counter(path for path, _, known in _entries(self.counts) for _ in known.elements())
        many.update(path for path, _, _ in _entries(self.metrics))
        return {path: count for path, count in sorted(many.items()) if not self._exists(path)}

    def __len__(self) -> int:
        """How many findings are accepted."""
        spans = sum(known.total() for rules in self.counts.values() for known in rules.values())
        return spans + sum(len(values) for values in self.metrics.values())

    def _exists(self, path: str) -> bool:
        return (self.root / path).exists()


class Allowance:
    """What a baseline accepts, until it is used up."""

    def __init__(self, baseline: Baseline) -> None:
        self.baseline = baseline
        self._left = {
            path: {rule: Counter(known) for rule, known in rules.items()} for path, rules in baseline.counts.items()
        }
        self._keys: dict[str, str] = {}

    def accepts(self, finding: Finding) -> bool:
        """Whether the finding is accepted; it then counts as one of its equals."""
        path = self._keys.get(finding.path) or self._keys.setdefault(finding.path, self.baseline.key(finding.path))
        value = _metric(finding)
        if value is not None:
            known = self.baseline.metrics.get(path, {}).get(finding.rule)
            return known is not None and _badness(finding, value) - _badness(finding, known) <= TOLERANCE + 1e-9
        left = self._left.get(path, {}).get(finding.rule, Counter())
        fits = left[finding.fingerprint] > 0
        left[finding.fingerprint] -= fits
        return fits


def divided(
    findings: Iterable[Finding], first: Iterable[Finding], accepts: Callable[[Finding], bool]
) -> tuple[list[Finding], int]:
    """The findings that are not accepted, in their order, and how many are, after those in `first` had their turn."""
    for finding in first:
        accepts(finding)
    found = list(findings)
    fresh = [finding for finding in found if not accepts(finding)]
    return fresh, len(found) - len(fresh)


def _entries(table: Mapping[str, Mapping[str, T]]) -> Iterator[tuple[str, str, T]]:
    return ((path, rule, value) for path, rules in table.items() for rule, value in rules.items())


def _ran(rule: str, rules: Collection[str] | None) -> bool:
    return rules is None or rule in rules


def _metric(finding: Finding) -> float | None:
    """The value of a finding that measures the whole article, such as its grade; None for every other finding."""
    if finding.offset != finding.end_offset or "value" not in finding.evidence:
        return None
    try:
        return float(finding.evidence["value"])
    except ValueError:
        return None


def _badness(finding: Finding, value: float) -> float:
    """The value, turned so that more is worse: a grade above its limit, but an ease of reading below it."""
    try:
        falls = float(finding.evidence["value"]) < float(finding.evidence["limit"])
    except (KeyError, ValueError):
        falls = False
    return -value if falls else value
