"""`--fix` and `--diff`: apply the changes that findings offer, or show them."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path

from healthlint.cli.common import say
from healthlint.errors import UsageError
from healthlint.finding import Edit, Finding
from healthlint.formats.decoding import decode, encoding_of
from healthlint.reporters.run_summary import plural
from healthlint.result import RunResult


def fix(result: RunResult, texts: Mapping[str, bytes], *, unsafe: bool, write: bool, quiet: bool = False) -> int:
    """Apply (or only show, as a diff) the fixes of a run; returns how many were applied or shown.

    Unless `quiet`, it says how many, and how many were left out because they change wording. `texts` has the content
    of articles that are not on disk, by path. Fixes that would overlap wait for the next run.
    Raises UsageError for a file that cannot be written.
    """
    by_path: dict[str, list[Finding]] = defaultdict(list)
    left = 0
    for finding in result.findings:
        if finding.fix is not None and (unsafe or finding.fix.safe):
            by_path[finding.path].append(finding)
        elif finding.fix is not None:
            left += 1
    total = 0
    for path, findings in by_path.items():
        data = texts[path] if path in texts else Path(path).read_bytes()
        source = decode(path, data)
        mark = "\ufeff" if source.startswith("\ufeff") else ""
        source = source.removeprefix("\ufeff")
        fixed, count = apply_edits(source, findings)
        total += count
        if write:
            try:
                Path(path).write_bytes(_encode(mark + fixed, data))
            except OSError as error:
                raise UsageError(f"the file cannot be written ({error.strerror}).", where=path) from None
        else:
            lines = unified_diff(source.splitlines(True), fixed.splitlines(True), f"a/{path}", f"b/{path}")
            sys.stdout.writelines(line if line.endswith("\n") else line + "\n" for line in lines)
    if write and not quiet:
        say(f"{plural(total, 'change')} made in {plural(len(by_path), 'article')}.")
    if left and not quiet:
        say(f"{plural(left, 'change')} of wording left out: see {'them' if left > 1 else 'it'} with --unsafe-fixes.")
    elif not total and not write and not quiet:
        say("nothing to change: no finding here comes with a fix.")
    return total


def apply_edits(source: str, findings: list[Finding]) -> tuple[str, int]:
    """The source with the fixes applied that do not overlap an earlier one, and how many were."""
    edits: list[Edit] = []
    count, reached = 0, -1
    for finding in sorted(findings, key=lambda f: min(edit.range.start for edit in f.fix.edits) if f.fix else 0):
        assert finding.fix is not None
        own = sorted(finding.fix.edits, key=lambda edit: edit.range)
        if own[0].range.start < reached:
            continue
        reached = own[-1].range.end
        edits += own
        count += 1
    for edit in reversed(edits):
        source = source[: edit.range.start] + edit.text + source[edit.range.end :]
    return source, count


def _encode(text: str, was: bytes) -> bytes:
    mark, codec = encoding_of(was)
    return mark + text.removeprefix("\ufeff" if mark else "").encode(codec)
