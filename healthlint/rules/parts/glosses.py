"""Whether a text explains a term where it uses it: in brackets, by “also called”, a definition, or plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from healthlint.analysis import Analysis
from healthlint.article import HEADINGS
from healthlint.late import late
from healthlint.rules.surroundings import is_label

_NAMED = (
    r"(?:also |sometimes |often |usually |commonly |better |medically |formally |technically |otherwise |simply |is |"
    r"are |or |which is |the medical (?:name|term|word) (?:for (?:this|it|that) )?is )"
)
_CALLED = rf"(?:{_NAMED}*(?:called|known as|termed|named|referred to as|abbreviated|short for|spelled)|{_NAMED}{{2}})"
# What follows the term.
_AFTER = late(
    r"[\"')”’*_]*(?:"
    r"\s*\((?!\s*(?:\d{4}|\[|see\b|table\b|fig))(?=[^)]*[a-z]{3})"  # (plain words)
    r"|\s*(?:,|-|:|\()?\s*" + _CALLED + r"\b"
    r"|,? (?:which|that) (?:is|are|was|means?|refers?|happens?|occurs?|causes?|makes?|affects?|involves?|uses?)\b"
    r"|(?: [a-z]+){0,2},? \(?(?:meaning|which means|i\.e\.|that is|in other words)\b"
    r"|, or (?!other\b|any\b|a history\b|both\b|not\b|if\b|who\b|have\b|even\b)[a-z]"
    r"|\s*(?: -+ |: )\s*[\"'“]?[a-z]"
    r"|, (?:an?|the|your|one|any|some) [a-z]"
    r"|s? (?:is|are|was|were) (?:an?|the|any|when|where|what|your|one of|caused by|problems?|swelling|pain|"
    r"inflammation|infections?|cancers?|medicines?|drugs?|growths?|changes?|damage|too (?:much|little)|high|low|small|"
    r"abnormal)\b"
    r"|s? (?:means?|refers? to|happens? when|occurs? when|describes?|stands? for|develops? when|causes?)\b"
    r")"
)
# What stands before the term.
_BEFORE = late(
    r"(?:" + _CALLED + r"(?: an?| the)?(?: [a-z]+){0,2}|[a-z]{3}[\"'”]?,? \(|, or|"
    r"\b(?:term|word|name) (?:for (?:this|it) )?is|\bi\.e\.,?|-|\btypes? of)"
    r"\s*[\"'“‘(]*$"
)
# “too much acid in the blood (lactic acidosis)”: the term ends a bracket that stands after its plain words.
_OPENED = late(
    r"[a-z]{3}[\"'”]?,? \((?!(?:such as|like|including|e\.g|for example|from|with|and|or|see|if)\b)(?:[a-z-]+ ){1,2}$"
)
# “Blood clots, including deep vein thrombosis”: the term is an example of what was just said.
_EXAMPLE = late(r"\b(?:including|such as|for example|like|e\.g\.,?) (?:[a-z-]+ ){0,3}$")
_DEFINES = late(
    r"(?:this|these|that|it|they|a person with|people with|the (?:condition|disease|test|procedure|medicine|word|term)|"
    r"such (?:a|an)?)\s?(?:\w+ ){0,2}(?:is|are|means?|refers?|happens?|occurs?|causes?|makes?|helps?|involves?|uses?)\b"
)
_STOP_WORDS = frozenset(
    ("a", "an", "the", "of", "in", "on", "by", "to", "for", "with", "or", "and", "from", "that", "is", "not", "too")
)
_WHAT_IS = late(r"^\W*(?:what|about|understanding|overview|definition)\b")


def content_words(plain: Iterable[str]) -> tuple[frozenset[str], ...]:
    """The content words of each plain equivalent, as stems of at most five letters."""
    found = []
    for text in plain:
        words = re.findall(r"[a-z]+", text.lower())
        found.append(frozenset(_stem(word) for word in words if word not in _STOP_WORDS))
    return tuple(one for one in found if one)


def _stem(word: str) -> str:
    return (word[:-1] if len(word) > 3 and word.endswith("s") else word)[:5]


def explained_at(text: Analysis, sentence: int, start: int, end: int, plain: tuple[frozenset[str], ...] = ()) -> bool:
    """Whether the sentence around [start, end), or the one before or after, explains the term that stands there."""
    folded = text.folded_sentence(sentence)
    if _AFTER.match(folded, end) or _BEFORE.search(folded[:start]):
        return True
    if folded.startswith(")", end) and _OPENED.search(folded[:start]):
        return True
    if _linked(text, sentence, start, end):
        return True
    if text.blocks[text.sentences[sentence].block].kind in HEADINGS:
        return bool(_WHAT_IS.match(folded))
    if is_label(text, text.sentences[sentence].block):
        return True
    following = sentence + 1
    following_text = ""
    if following < len(text.sentences):
        following_text = text.folded_sentence(following)
        same = text.sentences[following].block == text.sentences[sentence].block
        if same and _DEFINES.match(following_text):
            return True
    if not plain:
        return False
    before = ""
    if sentence and text.sentences[sentence - 1].block == text.sentences[sentence].block:
        before = text.folded_sentence(sentence - 1)
    near = f"{before} {folded[:start]} {folded[end:]} {following_text}"
    stems = {_stem(word) for word in re.findall(r"[a-z]+", near)}
    if any(words <= stems for words in plain):
        return True
    # Of an example's meaning two words are enough.
    return bool(_EXAMPLE.search(folded[:start])) and any(len(words & stems) > 1 for words in plain)


def _linked(text: Analysis, sentence: int, start: int, end: int) -> bool:
    # A link on the term itself leads to its explanation.
    block, offset, _ = text.sentences[sentence]
    first, last = offset + start, offset + end
    return any(
        link.block == block and link.start <= first and last <= link.end and link.end - link.start <= 2 * (last - first)
        for link in text.article.links
    )
