"""What a sentence speaks of that opens with a pronoun: “It ends gout.” after “Our tea is brewed from bark.”"""

from __future__ import annotations

import re

from healthlint.analysis import Analysis
from healthlint.article import BlockKind

# A number of a list and an opener may stand before the pronoun; “this” and “these” may have a general noun.
_PRONOUN = (
    r"[\W\d_]*(?:(?:and|but|so|in fact|also|plus|moreover|furthermore|in addition|additionally|once \w+),? )?"
    r"(?:it|they|these|this|(?:this|these|the|such) (?:process|method|treatment|therapy|procedure|technique|approach|"
    r"product|remedy|programme|program|system|practice)s?)\b(?!['’])"
)
# What is told in the past is a story, and “it is best to …” speaks of nothing.
_PAST = r"(?: also)? (?:was|were|did|had|has|have|made|gave|became|\w+ed)\b"
_EMPTY = (
    r" (?:is|are|may be|might be|can be|would be) (?:\w+ly |also |often )?(?:not |un)?(?:important|possible|likely|"
    r"best|common|clear|known|hard|easy|difficult|normal|time|usual|true|thought|said|recommended)\b"
)
_OPENS = re.compile(f"{_PRONOUN}(?!{_PAST}|{_EMPTY})")
_FURTHEST = 2  # sentences back, as long as each of them opens with a pronoun too


def spoken_of(text: Analysis, sentence: int) -> tuple[int, ...]:
    """The sentences that name what a sentence opens with a pronoun for, the nearest first.

    They stand before it in the same block; for the first of a block, or a heading, it is the title.
    """
    own = text.sentences_of(text.sentences[sentence].block)
    found: list[int] = []
    while len(found) < _FURTHEST and _OPENS.match(text.folded_sentence(sentence)):
        if sentence - 1 not in own:
            titles = (i for i, block in enumerate(text.blocks) if block.kind is BlockKind.TITLE)
            return (*found, *(at for title in titles for at in text.sentences_of(title) if at != sentence))
        sentence -= 1
        found.append(sentence)
    return tuple(found)
