"""How the words of a text are read: each in the form of the lexicon, and pairs such as "blood pressure" as one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain, compress, count

from healthlint.analysis.memo import Memo
from healthlint.analysis.topics.lexicon import FRAME, Lexicon, listed_pairs
from healthlint.analysis.topics.words import tokens

_ARM = re.compile(r"(\d{1,2})[pq]\d*")
_CHROMOSOME = "chromosome"
_APART = "\n0\n"  # a word between two texts, so that no pair reaches from the one into the other; it tells nothing


class Reader:
    """Reads texts with the words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._pairs, self._halves = _pairs()
        self._forms = Memo(self._read)

    def units(self, text: str) -> list[str]:
        """Return the words of `text` that tell of a subject: known pairs as one, headline words left out."""
        return [unit for unit in self._paired(text) if unit and unit not in self._halves]

    def counts(self, texts: Iterable[str]) -> Counter[str]:
        """Return how often each unit stands in some texts."""
        if not (text := _APART.join(texts)):
            return Counter()
        counts = Counter(filter(None, self._paired(text)))
        for form in self._halves & counts.keys():
            del counts[form]
        return counts

    def _paired(self, text: str) -> list[str]:
        """Return the form of each word, a pair in the place of its second word; "" where nothing is left to say."""
        forms = [*chain.from_iterable(map(self._forms.__getitem__, text.split())), ""]
        pairs = self._pairs
        for at in compress(count(), map(pairs.__contains__, forms)):  # reads `forms` as they are changed
            if pair := pairs[forms[at]].get(forms[at + 1]):
                forms[at + 1] = pair
                if not pair.startswith(_CHROMOSOME):  # "chromosome 15" tells of chromosomes, too
                    forms[at] = ""
        return forms

    def _read(self, piece: str) -> tuple[str, ...]:
        """Return the forms of the words in what stands between two spaces; those that tell nothing as ""."""
        forms: list[str] = []
        strength = self.lexicon.strength
        for token in tokens(piece):
            parts = token[:-1] or token
            if len(token) > 1 and strength(token[-1]) >= max(map(strength, parts)):
                parts = token[-1:]  # "x-ray" is a word of its own, "Creutzfeldt-Jakob" two names
            for part in parts:
                if arm := _ARM.fullmatch(part):
                    forms.append(f"{_CHROMOSOME} {arm[1]}")
                forms.append(part if _tells(part) or part in self._halves else "")
        return tuple(forms)


def _tells(form: str) -> bool:
    return len(form) > 2 and form not in FRAME and not form.isdigit()


@cache
def _pairs() -> tuple[Mapping[str, Mapping[str, str]], frozenset[str]]:
    """Return first word → second → the pair, and those words of pairs that tell nothing by themselves."""
    pairs = listed_pairs()
    numbered = {str(number): f"{_CHROMOSOME} {number}" for number in range(1, 23)}
    for form in (_CHROMOSOME, "ring chromosome", "sex chromosome"):
        pairs[form] = numbered
    words = chain(pairs, *pairs.values())
    return pairs, frozenset(word for word in words if not _tells(word))
