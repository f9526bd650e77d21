"""Scratch projects for the tests of the runner: generated articles, and runs over them as plain JSON."""

from __future__ import annotations

import io
import json
import os
import shutil
from pathlib import Path
from typing import Any

from healthlint.reporters import ReportContext, render
from healthlint.result import RunResult
from healthlint.runner import Options, run
from healthlint.runner.discover import forget
from tests.benchmarks.corpus import articles

SOUND = "# Colds\n\nMost colds pass without treatment. Rest and drink plenty of water.\n"
FAULTY = "# Tea\n\nThis tea cures arthritis in weeks.\n"


def write_articles(folder: Path, count: int, seed: int = 7) -> list[Path]:
    """Write so many generated articles into a folder; returns their paths, sorted."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, source in enumerate(articles(count, seed)):
        path = folder / f"article-{number:03}.md"
        path.write_text(source, "utf-8")
        paths.append(path)
    return paths


def check(*paths: str | Path, **options: Any) -> RunResult:
    """A run as another process would make it: nothing that was looked up before is remembered.

    Without a cache folder no result is stored; the catalogue still is, since reading it anew takes seconds.
    """
    shared = Path(os.environ["HEALTHLINT_CACHE_DIR"])
    if options.get("cache_dir") is None:
        options |= {"cache_dir": shared, "use_cache": False}
    else:
        options["cache_dir"].mkdir(parents=True, exist_ok=True)
        for stored in shared.glob("catalogue-*.json"):
            if not (options["cache_dir"] / stored.name).exists():
                shutil.copy2(stored, options["cache_dir"])
    forget()
    result, _ = run([str(path) for path in paths], Options(**options))
    return result


def as_json(result: RunResult) -> dict[str, Any]:
    """The JSON report of a run, without the time it took."""
    out = io.StringIO()
    render("json", result, ReportContext(), out)
    data: dict[str, Any] = json.loads(out.getvalue())
    data["summary"].pop("seconds")
    return data


def rules_at(result: RunResult, name: str) -> list[str]:
    """The ids of the rules that report something in the article of a name."""
    return [finding.rule for finding in result.findings if finding.path.endswith(name)]


def checked(site: Path, **options: object) -> RunResult:
    """A run over the two articles of a site, with a cache in it."""
    return check("a.md", "b.md", isolated=True, cache_dir=site / "cache", **options)
