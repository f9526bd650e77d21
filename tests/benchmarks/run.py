"""Speed and memory of healthlint beside its peers, as Markdown: `python tests/benchmarks/run.py`.

    --articles N …   sizes of the generated project (1000 10000)
    --only PART …    single corpus changed hostile titles peers
    --rounds N       rounds for a single article, of which the least disturbed counts (5)
    --folder PATH    where to work; a project that is there already is used again

Everything runs as whole processes on the same machine, one after the other. Wall times on a busy machine say little;
processor times and ratios hold. Peers are run on the smallest project; one that is not installed is named and left out:
`pip install healthlint[bench]`. Projects of up to 2,000 articles are also checked with one process alone.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from corpus import articles, write
from measure import Measure, best, run

HERE = Path(__file__).parent
PYTHON = sys.executable
CHECK = [PYTHON, "-m", "healthlint", "check", "--exit-zero", "--no-progress"]
PLAIN = "# Colds\n\nMost colds get better without treatment. Rest and drink plenty.\n\n" + (
    "This page is for general information only. It does not replace advice from your doctor.\n"
)
CLAIM = PLAIN + "\nThis tea will not cure arthritis, and no miracle cure for a cold is known.\n"
MB = 1024 * 1024
SMALL = 2000  # articles
PARTS = ("single", "corpus", "changed", "hostile", "titles", "peers")


class Bench:
    """The folders of a benchmark, and the rates it has measured."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cache = folder, folder / "cache"
        self.env = {"HEALTHLINT_CACHE_DIR": str(self.cache), "PYTHONDONTWRITEBYTECODE": ""}
        self.rates: dict[str, tuple[float, float]] = {}  # articles a second of processor time, and of the clock

    def forget(self) -> None:
        """Drop the stored results and keep the compiled catalogue."""
        for path in self.cache.glob("results-*"):
            path.unlink()

    def check(self, *arguments: str, cwd: Path, memory: bool = False) -> Measure:
        """A run of `healthlint check`; its report goes to a file, so that every finding is written out."""
        report = ["--output-format", "json", "--output", str(self.folder / "report.json")]
        return run([*CHECK, *report, *arguments], cwd, self.env, memory)

    def cold(self, folder: Path, jobs: int, memory: bool = False) -> Measure:
        """A run without stored results. Memory is looked at in a second run: looking takes the processors' time."""
        self.forget()
        taken = self.check(".", "--jobs", str(jobs), cwd=folder)
        if memory:
            self.forget()
            taken = replace(taken, peak=self.check(".", "--jobs", str(jobs), cwd=folder, memory=True).peak)
        return taken

    def row(self, what: str, taken: Measure, count: int = 0, note: str = "") -> Measure:
        """Show one measurement."""
        rate = f"{count / taken.wall:,.0f} ({count / taken.cpu:,.0f})" if count else ""
        peak = f"{taken.peak / MB:.0f} MB" if taken.peak else ""
        print(f"| {what} | {taken.wall:.2f} | {taken.cpu:.2f} | {rate} | {peak} | {note} |", flush=True)
        return taken


def single(bench: Bench, rounds: int) -> None:
    """One small article."""
    spacy = bench.row(
        "`import spacy; spacy.blank('en')`",
        best(rounds, lambda: run([PYTHON, "-c", "import spacy; spacy.blank('en')"], bench.folder)),
    )
    for name, source, keep in (
        ("one small article, nothing for spaCy", PLAIN, False),
        ("the same from the cache", PLAIN, True),
        ("one small article that needs spaCy", CLAIM, False),
        ("the same from the cache", CLAIM, True),
    ):
        folder = bench.folder / "single"
        folder.mkdir(exist_ok=True)
        (folder / "a.md").write_text(source, "utf-8")

        def once(folder: Path = folder, keep: bool = keep) -> Measure:
            if not keep:
                bench.forget()
            return run([*CHECK, "a.md"], folder, bench.env)

        once()
        taken = best(rounds, once)
        note = f"{taken.cpu / spacy.cpu:.2f} × the import" if source is CLAIM and not keep else ""
        bench.row(name, taken, note=note)


def project(bench: Bench, count: int) -> Path:
    """A project of so many articles, with a file that says what git ignores, as projects have."""
    folder = bench.folder / f"articles-{count}"
    if not folder.exists():
        write(folder / "content", count)
        (folder / ".git").mkdir()
        (folder / ".gitignore").write_text("/public/\nnode_modules/\n.cache/\n*.log\n*~\n", "utf-8")
    return folder


def corpus(bench: Bench, folder: Path, count: int) -> None:
    """All articles of a project: without a cache, then from the cache."""
    alone = None
    if count <= SMALL:
        alone = bench.row(f"{count:,} articles, cold, one process", bench.cold(folder, 1), count)
        bench.rates["healthlint, cold, one process"] = count / alone.cpu, count / alone.wall
    cold = bench.cold(folder, 2, memory=True)
    speed = f"{alone.wall / cold.wall:.2f} × one process" if alone else ""
    bench.row(f"{count:,} articles, cold, two processes", cold, count, speed)
    bench.rates.setdefault("healthlint, cold, two processes", (count / cold.cpu, count / cold.wall))
    warm = best(3, lambda: bench.check(".", cwd=folder, memory=True))
    bench.row(
        f"{count:,} articles, warm", warm, count, f"{cold.wall / warm.wall:.1f} × cold ({cold.cpu / warm.cpu:.1f})"
    )
    bench.rates.setdefault("healthlint, warm", (count / warm.cpu, count / warm.wall))


def changed(bench: Bench, folder: Path, count: int) -> None:
    """One article of a project that is known otherwise: checked alone, as a hook does, and with all others."""
    paths = sorted(folder.rglob("*.md"))
    bench.check(".", cwd=folder)
    one = str(paths[count // 3].relative_to(folder))
    bench.row(f"one of {count:,} articles, none changed, that one checked", bench.check(one, cwd=folder, memory=True))
    for number, every in enumerate((False, True)):
        path = paths[count // 2 + number]
        path.write_text(path.read_text("utf-8") + "\nOne more line.\n", "utf-8")
        arguments = "." if every else str(path.relative_to(folder))
        what = "all checked" if every else "that one checked"
        bench.row(f"one of {count:,} articles changed, {what}", bench.check(arguments, cwd=folder, memory=True))


def hostile(bench: Bench) -> None:
    """A paragraph of one megabyte."""
    folder = bench.folder / "long"
    folder.mkdir(exist_ok=True)
    words: list[str] = []
    for source in articles(400, seed=3):
        words += [line for line in source.split("---", 2)[2].splitlines() if line[:1].isupper() and line[-1] in ".?"]
        if sum(map(len, words)) > MB:
            break
    (folder / "a.md").write_text("# A very long paragraph\n\n" + " ".join(words)[:MB] + "\n", "utf-8")
    bench.forget()
    bench.row("one paragraph of 1 MB, cold", bench.check("a.md", cwd=folder))


def titles(bench: Bench) -> None:
    """The rule on duplicate titles alone."""
    for count in (10_000, 100_000):
        taken = run([PYTHON, "peers.py", "titles", str(count)], HERE, memory=True)
        wall, cpu, found = taken.output.split()
        measure = Measure(float(wall), float(cpu), taken.peak)
        bench.row(f"duplicate titles among {count:,}", measure, note=f"{int(found):,} findings")


def peers(bench: Bench, folder: Path, count: int) -> None:
    """Other programs on the same articles."""
    for name, module, command in _peers(folder):
        if find_spec(module) is None:
            print(f"| {name}: not installed, left out | | | | | |")
            continue
        taken = bench.row(name, run(command, HERE, memory=True), count)
        bench.rates[name] = count / taken.cpu, count / taken.wall


def ratios(bench: Bench) -> None:
    """How often healthlint's rate is each peer's: by processor time, and by the clock."""
    own = {name: rates for name, rates in bench.rates.items() if name.startswith("healthlint")}
    others = {name: rates for name, rates in bench.rates.items() if name not in own}
    if not (own and others):
        return
    print(f"\n| articles a second, against | {' | '.join(others)} |\n| --- |{' ---: |' * len(others)}")
    for name, (cpu, wall) in own.items():
        cells = [f"{cpu / theirs[0]:.2f} × ({wall / theirs[1]:.2f} × by the clock)" for theirs in others.values()]
        print(f"| {name} | {' | '.join(cells)} |")


def _peers(folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    yield "textstat alone, two grades", "textstat", [PYTHON, "peers.py", "textstat", str(folder)]
    yield "markdown-it-py, parsing alone", "markdown_it", [PYTHON, "peers.py", "markdown-it-py", str(folder)]
    paths = sorted(map(str, folder.rglob("*.md")))  # given a folder, it looks at its first level only
    yield "proselint", "proselint", [PYTHON, "-m", "proselint", "check", *paths]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000], help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=5, help=argparse.SUPPRESS)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="healthlint-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(folder.absolute())
    run(
        [PYTHON, "-m", "healthlint", "rules"], bench.folder, bench.env
    )  # compiles the catalogue, as an install's first run
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {_load()} at the start\n")
    print("| what | wall s | processor s | articles/s (by processor time) | peak memory | |")
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    if "single" in given.only:
        single(bench, given.rounds)
    for count in sorted(given.articles) if set(given.only) & {"corpus", "changed", "peers"} else ():
        site = project(bench, count)
        if "corpus" in given.only:
            corpus(bench, site, count)
        if "peers" in given.only and count == min(given.articles):
            peers(bench, site, count)
        if "changed" in given.only and count == max(given.articles):
            changed(bench, site, count)
    if "hostile" in given.only:
        hostile(bench)
    if "titles" in given.only:
        titles(bench)
    ratios(bench)
    print(f"\n{_load()} at the end")
    if given.folder is None:
        shutil.rmtree(folder)


def _load() -> str:
    return f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"


if __name__ == "__main__":
    main()
