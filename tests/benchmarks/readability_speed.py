"""How long all readability scores of a 700-word article take, against two formulas of textstat.

    python tests/benchmarks/readability_speed.py [ARTICLES]

Prints milliseconds an article (best of five rounds) and their ratio. The articles differ, because both sides remember
what they have seen; textstat is given our syllables, since its own would come from the network.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from healthlint.analysis.readability import second_opinion
from healthlint.analysis.readability.grades import Readability

TEXTS = Path(__file__).parents[1] / "analysis" / "hand_counted"
WORDS = 700
ROUNDS = 5


def articles(number: int) -> list[str]:
    """Return different articles of about 700 words, in paragraphs of five sentences."""
    marked = "\n".join(path.read_text(encoding="utf-8") for path in sorted(TEXTS.glob("*.txt")))
    sentences = [line for line in re.sub(r"·|\{\d+\}", "", marked).splitlines() if line]
    shuffle = random.Random(4)
    found = []
    for _ in range(number):
        chosen: list[str] = []
        while sum(len(sentence.split()) for sentence in chosen) < WORDS:
            chosen += shuffle.sample(sentences, 5)
        found.append("\n\n".join(" ".join(chosen[i : i + 5]) for i in range(0, len(chosen), 5)))
    return found


def milliseconds(work: Callable[[str], object], texts: list[str]) -> float:
    """Return the time for one text, in the round that was disturbed least."""
    rounds = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        for text in texts:
            work(text)
        rounds.append((time.perf_counter() - begin) / len(texts) * 1000)
    return min(rounds)


def main() -> None:
    """Measure and print."""
    number = max(150, int(sys.argv[1]) if len(sys.argv) > 1 else 200)  # textstat remembers the last 128 texts
    texts = articles(number)
    second_opinion.scores(texts[0])
    textstat = import_module("textstat")
    ours = milliseconds(lambda text: Readability.of_text(text).as_dict(), texts)
    cold = textstat.flesch_kincaid_grade, textstat.smog_index
    theirs = milliseconds(lambda text: [formula(text) for formula in cold], texts)
    words = sum(Readability.of_text(text).counts.words for text in texts) / len(texts)
    print(f"{len(texts)} articles of {words:.0f} words")
    print(f"healthlint, every count and score: {ours:.2f} ms an article")
    print(f"textstat, Flesch-Kincaid and SMOG: {theirs:.2f} ms an article")
    print(f"ratio: {theirs / ours:.1f}")


if __name__ == "__main__":
    main()
