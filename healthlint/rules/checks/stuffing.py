"""Articles stuffed with one phrase."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from healthlint.analysis import Analysis
from healthlint.finding import Match, Related
from healthlint.ranges import TextRange
from healthlint.rules.model import Options

_WORD = re.compile(r"[^\W_]+")
_LIGHT = frozenset(
    "a an the of in on at for to from by with and or as it its this that is are was were be been do does did can could"
    " should may might will would what why how when where which who i you your we our they their he she his her not no"
    " if than then so such but have has had also more most some any all each other about into there these those"
    " side effects effect blood pressure heart rate health care".split()
)


def stuffed(text: Analysis, options: Options) -> Iterator[Match]:
    """A phrase of two or three content words that takes up more of the text than natural use would."""
    tally = Counter(chain.from_iterable(text.prose_words))
    total = tally.total()
    if total < options["min-words"]:
        return
    # A phrase stands no more often than its rarest word, so most articles are done here.
    least = max(options["min-times"], options["share"] * total / 3)
    often = {word for word, times in tally.items() if times >= least} - _LIGHT
    if not often:
        return
    grams: Counter[tuple[str, ...]] = Counter()
    beginnings = [(words, at) for words in text.prose_words for at, word in enumerate(words) if word in often]
    for size in (2, 3):
        for words, at in beginnings:
            gram = tuple(words[at : at + size])
            if len(gram) == size and often.issuperset(gram):
                grams[gram] += 1
    enough = {gram: times for gram, times in grams.items() if times >= options["min-times"]}
    best = max(enough, key=lambda gram: len(gram) * enough[gram], default=())
    share = len(best) * grams[best] / total
    if share <= options["share"]:
        return
    spots = list(_spots(text, best))
    related = tuple(Related("here too", spot) for spot in spots[1:6])
    values = {"phrase": " ".join(best), "times": str(len(spots)), "share": f"{share:.0%}"}
    yield Match(spots[0], values, related=related, evidence={"share of all words": f"{share:.1%}"})


def _spots(text: Analysis, gram: tuple[str, ...]) -> Iterator[TextRange]:
    size = len(gram)
    for block in text.prose_blocks:
        found = list(_WORD.finditer(text.folded[block]))
        words = [match[0] for match in found]
        for at in range(len(words) - size + 1):
            if tuple(words[at : at + size]) == gram:
                yield text.blocks[block].range(found[at].start(), found[at + size - 1].end())
