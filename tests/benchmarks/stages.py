"""Where the time of a run without cache goes, by stage: `python tests/benchmarks/stages.py [ARTICLES]`.

One process, generated articles, processor time. A stage counts its own time only: what a rule asks the analysis for is
counted there. The clock itself costs about a tenth, spread over all.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, wraps
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

from corpus import write

# What each fact of an article is called in the table.
FACTS = {
    "lines": "lines",
    "folded": "sentences",
    "spans": "sentences",
    "sentences": "sentences",
    "_first_sentence": "sentences",
    "block_starts": "sentences",
    "full_text": "sentences",
    "plain_words": "sentences",
    "prose_words": "words and grades",
    "readability": "words and grades",
    "scores_terms_once": "words and grades",
    "language_code": "language",
    "sections": "sections",
    "topics": "topics",
    "topic_model": "topics",
}


class Clock:
    """Adds processor time up by stage; only the innermost stage runs."""

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()
        self._stages = ["other"]
        self._since = time.process_time()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Within it, time is counted for this stage."""
        self._switch()
        self._stages.append(name)
        try:
            yield
        finally:
            self._switch()
            self._stages.pop()

    def _switch(self) -> None:
        now = time.process_time()
        self.times[self._stages[-1]] += now - self._since
        self._since = now

    def timed(self, name: str, function: Callable[..., Any], generates: bool = False) -> Callable[..., Any]:
        """The function, with its time counted for a stage."""

        @wraps(function)
        def call(*given: Any, **named: Any) -> Any:
            with self.stage(name):
                made = function(*given, **named)
                return iter(list(made)) if generates else made

        return call


def watched(clock: Clock) -> None:
    """Have the clock count what the parts of the engine do."""
    from healthlint import linter
    from healthlint.analysis import Analysis, tokens
    from healthlint.analysis.text import Text
    from healthlint.rules.prefilter import Prefilter
    from healthlint.runner import workers

    for name, value in {**vars(Text), **vars(Analysis)}.items():
        if isinstance(value, cached_property):
            value.func = clock.timed(f"analysis: {FACTS.get(name, 'the rest')}", value.func)
    tokens._pipeline = clock.timed("start: spaCy", tokens._pipeline)  # type: ignore[assignment]
    tokens._cut = clock.timed("analysis: tokens", tokens._cut)
    Prefilter.run = clock.timed("prefilter", Prefilter.run)  # type: ignore[method-assign]
    Prefilter.__init__ = clock.timed("start: prefilter", Prefilter.__init__)  # type: ignore[method-assign]
    workers.read = clock.timed("read and parse", workers.read)
    workers.pack = clock.timed("pack for the cache", workers.pack)
    linter.suppress = clock.timed("findings and directives", linter.suppress)
    linter.to_finding = clock.timed("findings and directives", linter.to_finding)

    run_rule, run_lint = linter._run, linter.lint

    def run(rule: Any, *given: Any) -> Iterator[Any]:
        with clock.stage(f"rules: {rule.meta.family}"):
            found = list(run_rule(rule, *given))
        return iter(found)

    def lint(article: Any, rules: Any, *given: Any) -> Any:
        for entry in rules.project:
            if "collect" not in vars(entry.rule):
                entry.rule.collect = clock.timed("rules: facts for the project", entry.rule.collect)
        with clock.stage("rules: whose turn it is"):
            return run_lint(article, rules, *given)

    linter._run, workers.lint = run, lint


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    folder = Path(tempfile.mkdtemp(prefix="healthlint-profile-"))
    write(folder, count)
    os.chdir(folder)
    subprocess.run(
        [sys.executable, "-m", "healthlint", "rules"], check=True, capture_output=True
    )  # stores the catalogue
    clock = Clock()
    with clock.stage("start: imports"):
        from healthlint.cli.common import default_cache_dir
        from healthlint.reporters import ReportContext, render
        from healthlint.runner import Options, Session, run
    watched(clock)
    module = import_module("healthlint.runner.run")
    Session.config_for = clock.timed("start: catalogue", Session.config_for)  # type: ignore[method-assign]
    Session.rule_set = clock.timed("start: catalogue", Session.rule_set)  # type: ignore[method-assign]
    module.check_project = clock.timed("project rules", module.check_project, generates=True)  # type: ignore[attr-defined]
    cache = Path(os.environ.get("HEALTHLINT_CACHE_DIR") or default_cache_dir())
    with clock.stage("files and order"):
        result, session = run(["."], Options(cache_dir=cache, use_cache=False, jobs=1))
    with clock.stage("report (JSON)"):
        render("json", result, ReportContext(rules=session.metas()), StringIO())
    show(clock.times, count)


def show(times: Counter[str], count: int) -> None:
    """Print what comes once a run, then what comes with every article: stages, and the groups they belong to."""
    once = {name.split(": ")[1]: seconds for name, seconds in times.items() if name.startswith("start:")}
    parts = ", ".join(f"{name} {seconds:.2f}" for name, seconds in sorted(once.items(), key=lambda item: -item[1]))
    print(f"Start: {sum(once.values()):.2f} s of processor time ({parts}).\n")
    each = {name: seconds for name, seconds in times.items() if not name.startswith("start:")}
    total = sum(each.values())
    groups: Counter[str] = Counter()
    for name, seconds in each.items():
        groups[name.split(":")[0]] += seconds
    print(f"{count} articles: {total:.2f} s, {total / count * 1000:.2f} ms an article.\n")
    print("| stage | ms an article | share |\n| --- | ---: | ---: |")
    for group, whole in groups.most_common():
        _row(group, whole, count, total)
        inside = [(seconds, name.split(": ")[1]) for name, seconds in each.items() if name.startswith(f"{group}: ")]
        for seconds, name in sorted(inside, reverse=True):
            _row(f"— {name}", seconds, count, total)


def _row(name: str, seconds: float, count: int, total: float) -> None:
    if seconds >= total / 1000:  # less is noise
        print(f"| {name} | {seconds / count * 1000:.3f} | {seconds / total:.1%} |")


if __name__ == "__main__":
    main()
