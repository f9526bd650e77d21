"""Whether a text is English: by what its metadata says, else by its commonest words."""

from __future__ import annotations

import re
from itertools import accumulate

_WORD = re.compile(r"[^\W\d_]+")
# The commonest function words of languages that health pages are published in. Words that English has too are left out.
_COMMON = {
    "es": "el la los las una que de en y por para con del se su es más como pero sus le ya este sí porque esta son",
    "fr": "le la les des une que de du et pour dans sur avec est sont vous votre ce cette pas plus par au aux ou qui",
    "de": "der die das und ist nicht ein eine zu den mit sich des auf für im dem sie von bei oder auch wird werden",
    "pt": "o os as uma que de em e por para com do da se seu é mais como mas não são você ou dos das ao",
    "it": "il lo gli una che di e per con del della è sono non più come anche ma nel alla dei si o",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er om dan ook bij als worden wordt",
    "pl": "i w z na do się nie jest to że o od lub przez jak oraz są dla po czy",
    "sv": "och att det som en på är av för med den till inte om ett har kan du eller vid",
    "vi": "và của là có không trong được cho các một với những người khi này bạn",
    "tl": "ang ng mga sa na ay at para hindi ito kung ka mo may kayo niyo",
}
NAMES = {
    "es": "Spanish", "fr": "French", "de": "German", "pt": "Portuguese", "it": "Italian", "nl": "Dutch",
    "pl": "Polish", "sv": "Swedish", "vi": "Vietnamese", "tl": "Tagalog",
}  # fmt: skip
_ENGLISH = frozenset("the and of to is you your are for with that can or if this be it have may not from".split())
_SETS = {code: frozenset(words.split()) - _ENGLISH for code, words in _COMMON.items()}
_ENOUGH = 40  # words; a shorter text is taken for English unless it is plainly not
_PLAIN, _PLAIN_SHARE = 4, 0.25  # common words of one language, and their share, in a short text without an English one
_SAMPLE = 6000  # characters
_SHARE = 0.08  # of all words; a text with so many common English words is English
_COMMONEST = tuple(f" {word} " for word in ("the", "to", "and", "of", "is", "you", "for", "with"))
_LETTERS = bytes(range(ord("a"), ord("z") + 1))


def language_of(stated: str, text: str) -> str:
    """The language of a text as a two-letter code: English where that is stated, else what its words say.

    `text` is folded. Where the words say too little it is as stated, else “en”. A script other than Latin is “xx”.
    """
    code = stated[:2].lower()
    if code == "en":
        return code
    sample = text[:_SAMPLE]
    if _is_plainly_english(sample):
        return "en"
    words = _WORD.findall(sample)
    if len(words) < _ENOUGH:
        return _plainly_foreign(words) or code or "en"
    english = sum(map(_ENGLISH.__contains__, words)) / len(words)
    if english >= _SHARE:
        return "en"  # templates often state another language than the page is written in
    if sum(word[0] > "\u036f" for word in words) > len(words) / 2:
        return "xx"
    shares = {name: sum(word in known for word in words) / len(words) for name, known in _SETS.items()}
    best = max(shares, key=lambda name: shares[name])
    if shares[best] >= 0.12 and shares[best] > 2 * english:
        return best
    return "en" if code in ("", "en") else code


def _plainly_foreign(words: list[str]) -> str:
    """The language of a short text that has many common words of one, and none of English; else an empty text."""
    if not _ENGLISH.isdisjoint(words):
        return ""
    counts = {name: sum(map(known.__contains__, words)) for name, known in _SETS.items()}
    best = max(counts, key=lambda name: counts[name])
    different = len(_SETS[best].intersection(words))
    sure = different >= _PLAIN and counts[best] >= _PLAIN_SHARE * len(words)
    return best if sure else ""


def _is_plainly_english(sample: str) -> bool:
    """Whether a few words alone are enough, even if every sign that is no letter from a to z parted two words.

    It says of most texts what a look at each of their words would say.
    """
    most_words = 1 + len(sample.encode("utf-8", "surrogatepass").translate(None, _LETTERS))
    enough = max(_ENOUGH, _SHARE * most_words)
    return any(common >= enough for common in accumulate(map(sample.count, _COMMONEST)))
