"""How long the topic lexicon takes to load, a page to profile, a link to judge: run this file with Python."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import yaml

PAIRS = Path(__file__).parents[1] / "evaluation" / "link_pairs.yaml"


def best(task: Callable[[], object], rounds: int = 5) -> float:
    """Return the shortest of some rounds, in seconds: the one least disturbed."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        task()
        times.append(time.perf_counter() - began)
    return min(times)


def main() -> None:
    began = time.perf_counter()
    from healthlint.analysis.topics.lexicon import Lexicon, _packed
    from healthlint.analysis.topics.model import TopicModel

    imported = time.perf_counter() - began
    loading = best(lambda: (_packed.cache_clear(), Lexicon()))
    entries = yaml.safe_load(PAIRS.read_text(encoding="utf-8"))
    model = TopicModel()
    texts = [(entry["title"], " ".join([entry["body"]] * 16)) for entry in entries]
    words = sum(len(body.split()) for _, body in texts)
    pages = best(lambda: [model.profile(title, body=[body]) for title, body in texts])
    profiles = [model.profile(title, body=[body]) for title, body in texts]
    links = [link for entry in entries for link in (*entry["related"], *entry["stray"])]
    pairs = [(page, link) for page in profiles for link in links]
    judging = best(lambda: [model.relatedness(page, model.profile(link)) for page, link in pairs], 3)
    size = (files("healthlint") / "data" / "topics.bin").stat().st_size  # type: ignore[attr-defined]
    print(f"import {imported * 1000:.1f} ms, load {loading * 1000:.1f} ms, data {size / 1000:.0f} kB")
    print(f"page profile: {pages / words * 1e6:.2f} µs a word, {words // len(texts)} words a page")
    print(f"pair (profile of the link and comparison): {judging / len(pairs) * 1e6:.0f} µs over {len(pairs)} pairs")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main()
