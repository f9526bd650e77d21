"""Findings that stay packed behave as the sorted list they stand for."""

from __future__ import annotations

import pytest

from healthlint.finding import Finding
from healthlint.runner import findings as module
from healthlint.runner.findings import Findings
from tests.runner.scratch import check, write_articles


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    folder = tmp_path_factory.mktemp("articles")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        write_articles(folder, 12, seed=5)
        (folder / "b.md").write_text((folder / "article-002.md").read_text())
        (folder / ".git").mkdir()
        return list(check(".").findings)


def packed(made: list[Finding], late: set[int]) -> Findings:
    """The findings packed article by article, but for some that come one by one."""
    from zlib import compress

    from healthlint.finding import Severity
    from healthlint.runner.transport import _bytes, _pack_finding

    found = Findings()
    for path in sorted({finding.path for finding in made}):
        own = [f for at, f in enumerate(made) if f.path == path and at not in late]
        counts = [sum(f.severity is severity for f in own) for severity in Severity]
        found.add_packed(path, compress(_bytes([_pack_finding(f) for f in own])) if own else b"", counts)
    for at in late:
        found.add(made[at])
    return found


@pytest.mark.parametrize("kept", [0, 10_000])
def test_they_come_in_the_order_of_reports(made: list[Finding], kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_KEPT", kept)
    assert len({finding.path for finding in made}) > 5
    first = {at for at, finding in enumerate(made) if finding.path == made[0].path}
    last = {at for at, finding in enumerate(made) if finding.path == made[-1].path}
    for late in (set(), {0}, first, last, set(range(0, len(made), 3)), set(range(len(made)))):
        found = packed(made, late)
        assert list(found) == made
        assert found == made
        assert (len(found), found[0], found[-1], found[1:3]) == (len(made), made[0], made[-1], made[1:3])
        assert found.counts() == {s: n for s in found.counts() if (n := sum(f.severity is s for f in made))}


def test_none(made: list[Finding]) -> None:
    found = Findings()
    assert not found
    assert found == []
    assert found != made
    assert packed(made, set()) != [*made[:-1], made[0]]
