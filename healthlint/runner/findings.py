"""The findings of a run in the order of reports, kept packed until a reporter asks for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import overload

from healthlint.finding import Finding, Severity
from healthlint.runner.shelf import Shelf
from healthlint.runner.transport import unpack_findings

_KEPT = 2000  # so few are unpacked once and kept


class Findings(Sequence[Finding]):
    """Findings by path, offset and rule. Of a large run only one article's are unpacked at a time."""

    def __init__(self) -> None:
        self._packed = Shelf()
        self._paths: list[str] = []  # of the packed articles, in order
        self._more: dict[str, list[Finding]] = {}
        self._counts: Counter[Severity] = Counter()
        self._kept: list[Finding] | None = None

    def add_packed(self, path: str, packed: bytes, counts: Sequence[int]) -> None:
        """Add an article's findings as `transport.pack` made them. Articles come in the order of their paths."""
        if packed:
            self._packed.put(packed)
            self._paths.append(path)
            self._counts.update(dict(zip(Severity, counts, strict=True)))
            self._kept = None

    def add(self, finding: Finding) -> None:
        """Add a finding between articles."""
        self._more.setdefault(finding.path, []).append(finding)
        self._counts[finding.severity] += 1
        self._kept = None

    def counts(self) -> Counter[Severity]:
        """Findings by severity, without unpacking any."""
        return +self._counts

    def __len__(self) -> int:
        return self._counts.total()

    def __iter__(self) -> Iterator[Finding]:
        if self._kept is None and len(self) <= _KEPT:
            self._kept = list(self._unpacked())
        return iter(self._kept) if self._kept is not None else self._unpacked()

    def _unpacked(self) -> Iterator[Finding]:
        waiting = sorted(self._more)
        waiting.reverse()
        for path, packed in zip(self._paths, self._packed, strict=True):
            while waiting and waiting[-1] < path:
                yield from sorted(self._more[waiting.pop()], key=_order)
            found = unpack_findings(packed, path)
            if waiting and waiting[-1] == path:
                found = sorted(found + self._more[waiting.pop()], key=_order)
            yield from found
        while waiting:
            yield from sorted(self._more[waiting.pop()], key=_order)

    @overload
    def __getitem__(self, at: int) -> Finding: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Finding]: ...
    def __getitem__(self, at: int | slice) -> Finding | Sequence[Finding]:
        return list(self)[at]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(self) != len(other):
            return False
        return all(own == theirs for own, theirs in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Findings({list(self)!r})"


_order = attrgetter("sort_key")
