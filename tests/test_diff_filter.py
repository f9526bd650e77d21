"""Which findings belong to changed lines, and lines that move under later edits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.diff import ChangedLines, FilterMode, filter_findings
from healthlint.diff.hunks import WHOLE_FILE, Hunk, carry_over, parse_patch
from healthlint.finding import Confidence, Finding, Related, Severity


def finding(path: str, line: int, end_line: int | None = None, whole: bool = False, **given: object) -> Finding:
    values: dict[str, object] = {"related": ()} | given
    return Finding(
        "r-x", "f", Severity.INFO, Confidence.HIGH, f"{path}:{line}", path, line, 1, end_line or line,
        1 if whole else 5, line * 100, line * 100 + (0 if whole else 4), "" if whole else "text", **values,
    )  # fmt: skip  # type: ignore[arg-type]


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ChangedLines:
    monkeypatch.chdir(tmp_path)
    return ChangedLines(
        {Path(os.path.realpath(tmp_path)) / "a.md": ((4, 6),), Path(os.path.realpath(tmp_path)) / "c.md": ()}
    )


@pytest.mark.parametrize(
    ("item", "added", "file"),
    [
        (finding("a.md", 3), False, True),
        (finding("a.md", 4), True, True),
        (finding("a.md", 6), True, True),
        (finding("a.md", 7), False, True),
        (finding("a.md", 2, 4), True, True),
        (finding("a.md", 6, 9), True, True),
        (finding("a.md", 1, 9), True, True),
        (finding("a.md", 1, whole=True), True, True),
        (finding("c.md", 1, whole=True), True, True),
        (finding("c.md", 1), False, True),
        (finding("b.md", 5), False, False),
        (finding("b.md", 1, whole=True), False, False),
        (finding("b.md", 5, related=(Related("there", None, "a.md", 5, 1),)), True, False),
        (finding("a.md", 1, related=(Related("below", None, "", 5, 1),)), True, True),
        (finding("a.md", 1, related=(Related("below", None, "", 9, 1),)), False, True),
    ],
)
def test_which_findings_belong_to_a_change(changed, item, added, file):
    assert filter_findings([item], changed, FilterMode.ADDED) == (([item], 0) if added else ([], 1))
    assert filter_findings([item], changed, FilterMode.FILE) == (([item], 0) if file else ([], 1))
    assert filter_findings([item], changed, FilterMode.NOFILTER) == ([item], 0)


def test_a_finding_that_ends_with_a_line_end_does_not_reach_the_next_line(changed):
    item = finding("a.md", 3)
    reaching = item._replace(end_line=4, end_column=1)
    assert filter_findings([reaching], changed, FilterMode.ADDED) == ([], 1)


OLD = st.lists(st.sampled_from("abcd"), max_size=8)


@given(OLD, st.lists(st.tuples(st.integers(0, 7), st.integers(0, 2), st.integers(0, 2)), max_size=2), st.data())
def test_spans_carried_over_land_on_the_same_lines(old, edits, data):
    """Replace some lines; every marked line that was left alone must be found again where it now stands."""
    old = [f"{n}{text}" for n, text in enumerate(old)]
    marks = {n for n in range(len(old)) if data.draw(st.booleans())}
    new, hunks, at, taken = [], [], 0, set()
    for start, removed, added in sorted(edits):
        start = max(at, min(start, len(old)))
        removed = min(removed, len(old) - start)
        if start < at or removed == added == 0 or (hunks and start == at):
            continue
        new += old[at:start]
        hunks.append(Hunk(start + (removed > 0), removed, len(new) + (added > 0), added))
        new += [f"new {start} {n}" for n in range(added)]
        taken |= set(range(start, start + removed))
        at = start + removed
    new += old[at:]
    spans = tuple((n + 1, n + 1) for n in sorted(marks))
    moved = {n for first, last in carry_over(spans, hunks) for n in range(first, last + 1)}
    assert {new[n - 1] for n in moved if not new[n - 1].startswith("new")} == {old[n] for n in marks - taken}
    if spans and len(spans) == len(old):
        whole = {n for first, last in carry_over(((1, len(old)),), hunks) for n in range(first, last + 1)}
        assert {new[n - 1] for n in whole if not new[n - 1].startswith("new")} == {old[n] for n in marks - taken}


def test_deleted_files_have_no_lines_and_binary_ones_count_whole():
    patch = b"diff --git a/y.md b/y.md\n--- a/y.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-gone\n"
    assert parse_patch(patch + b"diff --git a/x b/x\nBinary files a/x and /dev/null differ\n") == {}
    for fields, name in (
        (b"a/x.md and b/x.md", "x.md"),
        (b"/dev/null and b/x.md", "x.md"),
        (b"a/salt and b/pepper.md and b/salt and b/pepper.md", "salt and b/pepper.md"),
        (rb'"a/caf\303\251 and tea.md" and "b/caf\303\251 and tea.md"', "café and tea.md"),
    ):
        found = parse_patch(patch + b"diff --git a/? b/?\nBinary files " + fields + b" differ\n")
        assert found == {name: WHOLE_FILE}
    renamed = b"rename from old.md\nrename to new.md\nBinary files a/old.md and b/new.md differ\n"
    assert parse_patch(b"diff --git a/old.md b/new.md\n" + renamed) == {"new.md": WHOLE_FILE}
