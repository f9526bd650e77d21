"""Learn what overclaims and disclaimers sound like, once: labelled texts and other prose → weights of runs of words.

    python -m venv /tmp/distill && /tmp/distill/bin/pip install scikit-learn pyyaml
    PYTHONPATH=. /tmp/distill/bin/python tests/distill/make_learned.py [FOLDER]

Nothing of this is needed to run healthlint. It reads the development sentences of tests/evaluation (never the held-out
ones), the examples of rule files, and, as prose that is neither, `sound/` beside it (written for this), the project's
own examples, the stock of its benchmarks and FOLDER: plain text files of pages that are known to be sound, such as
those of public health services. It writes healthlint/data/*.bin: logistic regressions over runs of up to three words,
binary and divided by the root of the text's length, weights rounded to 1/127 of the largest, small ones left out.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from healthlint.analysis.fold import fold
from healthlint.analysis.learned import PATIENCE, Model, packed, runs, words

ROOT = Path(__file__).parents[2]
DATA = ROOT / "healthlint" / "data"
STRENGTH = 16.0  # of the regression's penalty, inverted
LEAST = 0.7  # weights below it are left out
CLAIMS = ("claims/", "titles/clickbait", "evidence/study-claim")
_PERHAPS = re.compile(r"substitute|replace|medical advice|purposes|disclaim", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def _read(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)


def sentences(text: str) -> Iterator[str]:
    """Roughly the sentences of a text; those of three words and fewer are left out."""
    yield from (piece.strip() for piece in _SENTENCE.split(text) if len(piece.split()) > 3)


def claims() -> Iterator[tuple[str, bool]]:
    """The development sentences, and the examples of claim rules."""
    for path in sorted((ROOT / "tests" / "evaluation").glob("claims_*.yaml")):
        if path.stem.startswith(("claims_dev", "claims_rules")):
            yield from ((row["text"], row["label"] == "bad") for row in _read(path))
    for path in sorted((ROOT / "rules").glob("*/*.yaml")):
        name = path.relative_to(ROOT / "rules").as_posix()
        examples = (_read(path) or {}).get("examples")
        if isinstance(examples, dict):
            for side in ("good", "bad"):
                texts = (e if isinstance(e, str) else e.get("text", "") for e in examples.get(side, []))
                for text in texts:
                    if len(text) < 600 and (side == "good" or name.startswith(CLAIMS)):
                        yield text.replace("[[", "").replace("]]", ""), side == "bad"


def sound(folders: list[Path]) -> Iterator[str]:
    """Sentences without an overclaim."""
    for path in sorted((ROOT / "tests" / "evaluation").glob("disclaimers_dev*.yaml")):
        for row in _read(path):
            yield from sentences(row["text"])
    for folder in [ROOT / "examples" / "good", ROOT / "examples" / "professional", *folders]:
        for path in sorted(folder.glob("*")):
            yield from sentences(re.sub(r"<[^>]+>|[#*|]", " ", path.read_text("utf-8")))


def stock(times: int) -> Iterator[str]:
    """The sentences that the benchmarks build articles from, each with some fillings of its slots."""
    data, draw = _read(ROOT / "tests" / "benchmarks" / "stock.yaml"), random.Random(7)
    for key, templates in data.items():
        if key not in ("bad", "words"):
            flat = (text for item in templates for text in (item if isinstance(item, list) else [item]))
            for text in flat:
                yield from (
                    re.sub(r"\{(\w+)\+?\}", lambda slot: str(draw.choice(data["words"][slot[1]])), str(text))
                    for _ in range(times)
                )


def disclaimers(folders: list[Path]) -> Iterator[tuple[str, bool]]:
    """The development texts on disclaimers, and paragraphs of pages that hold none."""
    for path in sorted((ROOT / "tests" / "evaluation").glob("disclaimers_dev*.yaml")):
        yield from ((row["text"], row["label"] == "disclaimer") for row in _read(path))
    for folder in folders:
        for path in sorted(folder.glob("*")):
            paragraphs = [text for text in path.read_text("utf-8").split("\n\n") if 8 < len(text.split()) < 120]
            some = paragraphs[:: max(1, len(paragraphs) // 40)]
            yield from ((text, False) for text in some if not _PERHAPS.search(text))


def main() -> None:
    """Train and write both."""
    folders = [Path(__file__).parent / "sound", *map(Path, sys.argv[1:])]
    learn("overclaims", [*claims(), *((text, False) for text in (*sound(folders), *stock(4)))])
    learn("disclaimers", [*disclaimers(folders)])


def learn(name: str, cases: Sequence[tuple[str, bool]]) -> None:
    """Train on labelled texts and write the weights."""
    texts = [words(fold(text)) for text, _ in cases]
    seen = [{run for run, _, _ in runs(its_words)} for its_words in texts]
    counts = Counter(run for its in seen for run in its)
    number = {run: i for i, run in enumerate(sorted(run for run, count in counts.items() if count > 1))}
    rows, columns, values = [], [], []
    for row, its in enumerate(seen):
        known = [number[run] for run in its if run in number]
        rows += [row] * len(known)
        columns += known
        values += [1 / np.sqrt(len(texts[row]) + PATIENCE)] * len(known)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(cases), len(number)))
    fitted = LogisticRegression(C=STRENGTH, max_iter=3000).fit(matrix, [marked for _, marked in cases])
    weights = fitted.coef_[0]
    scale = float(np.abs(weights).max()) / 127
    kept = {run: round(weights[i] / scale) for run, i in number.items() if abs(weights[i]) >= LEAST}
    learned = Model.of({run: weight for run, weight in kept.items() if weight}, scale, float(fitted.intercept_[0]))
    (DATA / f"{name}.bin").write_bytes(packed(learned))
    print(f"{len(cases)} texts, {sum(marked for _, marked in cases)} of them {name}; {len(kept)} runs")


if __name__ == "__main__":
    main()
