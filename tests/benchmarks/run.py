"""Speed and memory of healthlint, beside its peers: `python tests/benchmarks/run.py [--articles 1000 10000] [--quick]`.

Generates its articles, runs everything as whole processes on the same machine one after the other, and prints Markdown.
Wall times on a busy machine say little; the processor times and the ratios hold. A peer that is not installed is named
and left out: `pip install healthlint[bench]`.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
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


class Bench:
    """The folders of a benchmark, and its rows."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cache = folder, folder / "cache"
        self.env = {"HEALTHLINT_CACHE_DIR": str(self.cache), "PYTHONDONTWRITEBYTECODE": ""}
        self.rows: list[tuple[str, str, str, str, str, str]] = []

    def forget(self) -> None:
        """Drop the stored results and keep the compiled catalogue."""
        for path in self.cache.glob("results-*"):
            path.unlink()

    def check(self, *arguments: str, cwd: Path, memory: bool = False) -> Measure:
        """A run of `healthlint check`; its report goes to a file, so that every finding is written out."""
        report = ["--output-format", "json", "--output", str(self.folder / "report.json")]
        return run([*CHECK, *report, *arguments], cwd, self.env, memory)

    def row(self, what: str, taken: Measure, count: int = 0, note: str = "") -> Measure:
        """Remember and show one measurement."""
        rate = f"{count / taken.wall:,.0f} ({count / taken.cpu:,.0f})" if count else ""
        peak = f"{taken.peak / MB:.0f} MB" if taken.peak else ""
        self.rows.append((what, f"{taken.wall:.2f}", f"{taken.cpu:.2f}", rate, peak, note))
        print(f"| {' | '.join(self.rows[-1])} |", flush=True)
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


def corpus(bench: Bench, count: int) -> Path:
    """So many articles: cold with one and two processes, then from the cache."""
    folder = bench.folder / f"articles-{count}"
    write(folder, count)
    bench.forget()
    one = bench.row(f"{count:,} articles, cold, one process", bench.check(".", "--jobs", "1", cwd=folder), count)
    bench.forget()
    taken = bench.check(".", "--jobs", "2", cwd=folder, memory=True)
    speed = f"{one.wall / taken.wall:.2f} × one process ({one.cpu / taken.cpu * 2:.2f} by processor time)"
    cold = bench.row(f"{count:,} articles, cold, two processes", taken, count, speed)
    warm = bench.check(".", cwd=folder, memory=True)
    bench.row(f"{count:,} articles, warm", warm, count, f"{cold.wall / warm.wall:.1f} × cold")
    return folder


def changed(bench: Bench, folder: Path, count: int) -> None:
    """One article of a project that is known otherwise."""
    path = sorted(folder.rglob("*.md"))[count // 2]
    (folder / ".healthlint.yml").write_text("root: true\n", "utf-8")
    bench.check(".", cwd=folder)
    for number, arguments in enumerate(((str(path.relative_to(folder)),), (".",))):
        path.write_text(path.read_text("utf-8") + f"\nOne more line, number {number}.\n", "utf-8")
        what = "only that one checked" if number == 0 else "all checked"
        bench.row(f"one of {count:,} articles changed, {what}", bench.check(*arguments, cwd=folder))
    bench.row(f"{count:,} articles, nothing changed, all checked", bench.check(".", cwd=folder, memory=True), count)


def hostile(bench: Bench) -> None:
    """A paragraph of one megabyte."""
    folder = bench.folder / "long"
    folder.mkdir()
    words: list[str] = []
    for source in articles(400, seed=3):
        words += [line for line in source.split("---", 2)[2].splitlines() if line[:1].isupper() and line[-1] in ".?"]
        if sum(map(len, words)) > MB:
            break
    (folder / "a.md").write_text("# A very long paragraph\n\n" + " ".join(words)[:MB] + "\n", "utf-8")
    bench.row("one paragraph of 1 MB", bench.check("a.md", "--no-cache", cwd=folder))


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
        bench.row(name, run(command, HERE, memory=True), count)


def _peers(folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    yield "textstat alone, two grades", "textstat", [PYTHON, "peers.py", "textstat", str(folder)]
    yield "markdown-it-py, parsing alone", "markdown_it", [PYTHON, "peers.py", "markdown-it-py", str(folder)]
    proselint = "from proselint.command_line import proselint; proselint()"
    paths = sorted(map(str, folder.rglob("*.md")))  # given a folder, it looks at its first level only
    yield "proselint", "proselint", [PYTHON, "-c", proselint, "check", *paths]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 10_000], help="sizes of the corpus")
    parser.add_argument("--rounds", type=int, default=5, help="rounds for the single article (the best one counts)")
    parser.add_argument("--only", nargs="*", choices=("single", "corpus", "changed", "hostile", "titles", "peers"))
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    given = parser.parse_args()
    wanted = set(given.only or ("single", "corpus", "changed", "hostile", "titles", "peers"))
    folder = given.folder or Path(tempfile.mkdtemp(prefix="healthlint-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(folder)
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {load} at the start\n")
    print("| what | wall s | processor s | articles/s (by processor time) | peak memory | |")
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    if "single" in wanted:
        single(bench, given.rounds)
    for count in given.articles:
        if wanted & {"corpus", "peers", "changed"}:
            articles_folder = corpus(bench, count)
            if "peers" in wanted and count <= 2000:
                peers(bench, articles_folder, count)
            if "changed" in wanted and count > 2000:
                changed(bench, articles_folder, count)
    if "hostile" in wanted:
        hostile(bench)
    if "titles" in wanted:
        titles(bench)
    print(f"\nload {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else "")
    if given.folder is None:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
