"""How the distilled weights are laid out in the package's data file; see make_topics.py."""

from __future__ import annotations

import json
import math
import zlib
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import topic_sources as sources

if TYPE_CHECKING:
    from make_topics import Collected

SLOTS = 5


def rarity(data: Collected, word: str) -> float:
    """Return 0 for the commonest words to 1 for rare ones, in general English and among disease terms."""
    place = data.rank.get(word)
    general = (
        1.0
        if place is None
        else min(1.0, max(0.0, math.log(place / 1800) / math.log(30_000 / 1800)))
        if place > 1800
        else 0.0
    )
    count = data.count[word]
    medical = 1.0 if count < 8 else max(0.0, 1 - math.log(count / 8) / math.log(2500 / 8))
    return min(general, medical)


def affixes(words: list[str], mixed: np.ndarray) -> dict[str, np.ndarray]:
    """Return mean weights for beginnings ("nephr-") and endings ("-itis") whose words agree on a topic."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i, word in enumerate(words):
        if " " in word or (mixed[i].max() < 0.02 and len(word) < 8):
            continue
        for size in range(4, 9):
            if len(word) > size + 1:
                groups[word[:size] + "-"].append(i)
                groups["-" + word[-size:]].append(i)
    out: dict[str, np.ndarray] = {}
    for affix in sorted(groups, key=len):
        rows = groups[affix]
        if len(rows) < 6:
            continue
        mean = mixed[rows].mean(0)
        if mean.max() < 0.42:
            continue
        shorter = affix[:-2] + "-" if affix.endswith("-") else "-" + affix[2:]
        if (
            shorter in out
            and int(out[shorter].argmax()) == int(mean.argmax())
            and mean.max() - out[shorter].max() < 0.15
        ):
            continue
        out[affix] = mean
    return out


def _says_more(data: Collected, mixed: np.ndarray, index: dict[str, int], i: int) -> bool:
    """Whether a pair of words is about something else than its words are."""
    if data.words[i] in data.terms:
        return True
    if data.words[i] in data.seed_words or data.words[i] in data.eponyms:
        return bool(mixed[i].max() >= 0.3)
    alone = np.max([mixed[index[w]] for w in data.words[i].split() if w in index] or [mixed[i] * 0], axis=0)
    return bool(np.abs(mixed[i] - alone).max() > 0.3)


def pack(data: Collected, mixed: np.ndarray) -> bytes:
    """Lay the lexicon out column by column: header line, words, rarity, then topic and weight of each slot."""
    keep = []
    index = {word: i for i, word in enumerate(data.words)}
    for i, word in enumerate(data.words):
        common = word in data.rank
        if " " in word and not _says_more(data, mixed, index, i):
            continue
        if (
            common
            or word in data.seed_words
            or word in data.eponyms
            or word in data.terms
            or mixed[i].max() >= 0.3
            or data.count[word] > 2
        ):
            keep.append(i)
    entries = {data.words[i]: (mixed[i], rarity(data, data.words[i])) for i in keep}
    entries |= {affix: (mean, 0.0) for affix, mean in affixes(data.words, mixed).items()}
    for part, topic in sources.word_parts().items():
        row = entries[part][0] * 0.6 if part in entries else np.zeros(len(data.topics), np.float32)
        row[data.index[topic]] = 0.9
        entries[part] = (row, 0.0)
    ordered = sorted(entries)
    columns = [bytearray() for _ in range(1 + 2 * SLOTS)]
    for word in ordered:
        row, rare = entries[word]
        columns[0].append(round(rare * 15))
        best = [t for t in np.argsort(-row)[:SLOTS] if row[t] >= max(0.12, 0.2 * row.max())]
        for slot in range(SLOTS):
            filled = slot < len(best)
            columns[1 + 2 * slot].append(int(best[slot]) if filled else 255)
            columns[2 + 2 * slot].append(round(float(row[best[slot]]) * 50) if filled else 0)
    header = {
        "version": 1,
        "slots": SLOTS,
        "topics": [[t.id, t.name, t.kind] for t in data.topics],
        "broad": [data.index[t.id] for t in data.topics if t.broad],
        "across": [data.index[t.id] for t in data.topics if t.across],
        "organs": [data.index[t.id] for t in data.topics if t.organ or t.kind == "outside"],
        "related": [[data.index[t.id], data.index[o], w] for t in data.topics for o, w in t.related.items()],
        "asked": sources.asked(data.topics),
        "areas": sources.areas(data.topics),
        "words": len(ordered),
    }
    text = json.dumps(header, separators=(",", ":")) + "\n" + "\n".join(ordered) + "\n"
    print(f"{len(ordered)} entries, {sum('-' in w for w in ordered)} of them word parts")
    return zlib.compress(text.encode() + b"".join(bytes(c) for c in columns), 9)
