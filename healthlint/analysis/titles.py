"""Titles as keys: exact after normalisation, and by the words that tell one page from another."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from healthlint.analysis.fold import fold
from healthlint.analysis.topics.words import normal, stem

_WORD = re.compile(r"[^\W_]+(?:['.][^\W_]+)*")
_SITE = re.compile(r"\s+[|–—·•-]\s+([^|–—·•]+)$")
_ORGANISATION = re.compile(
    r"\b(?:hospitals?|clinics?|nhs|health ?care|trust|foundation|society|association|institute|cent(?:re|er)s?|charity"
    r"|university|council|department|agency|library|magazine|news|blog|online|guide|home ?page"
    r"|\w+\.(?:com|org|net|gov|info))\b"
)
_BRACKETED = re.compile(r"\(([^()]*)\)")
_ASIDE = re.compile(r"\b(?:reviewed|updated?|new|video|podcast|infographic|pdf|printable|easy read)\b")

# Words of a headline's frame: they do not tell one page from another.
_FRAME = frozenset(
    """
    a an the of in on at for to from by with and or as it its this that these those there here
    is are was were be been do does did can could should may might will would
    what why how when where which who whom i me my you your yours we us our they them their about into
    guide guidance overview introduction intro basics basic explained explaining explanation explain understanding
    understand learn know knowing need tip advice help helpful fact information info everything all ultimate complete
    comprehensive practical simple quick short brief easy essential definitive full beginner top best discover
    unlocking unlock explore exploring look closer inside deal dealing cope coping manage managing management handle
    handling frequently asked question faq way thing reason step
    """.split()
)
# A letter after one of these words names a kind; anywhere else “a” is the article.
_LETTERED = frozenset(
    "hepatitis vitamin type group strep streptococcus influenza part phase plan factor haemophilia hemophilia".split()
)
_NUMBERS = {
    name: str(value)
    for value, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
} | {"twenty": "20", "first": "1st", "second": "2nd", "third": "3rd"}
_OPPOSITE = {"cannot": "not", "can't": "not", "shouldn't": "not", "don't": "not", "isn't": "not", "never": "not"}
# “7 tips”, “Top 10 ways”: the count is part of the frame.
_COUNT = re.compile(
    r"\b(?:top )?(?:\d+|[a-z]+teen|two|three|four|five|six|seven|eight|nine|ten|twelve) (?=(?:top |best |simple "
    r"|easy |quick |great |good )?(?:tips|ways|things|reasons|steps|facts|questions|ideas)\b)"
)
_DOUBLED = re.compile(r"([bdgklmnprt])\1$")
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ions?|ings?|ed|e)$")


def exact_key(title: str) -> str:
    """The title without case, punctuation and spacing: two titles with one key read the same."""
    plain = normalize("NFKC", fold(title)).replace("&", " and ")
    return " ".join(_WORD.findall(plain))


def without_site(title: str) -> str:
    """The title without a trailing site name (“… | Valley Hospital”)."""
    found = _SITE.search(title)
    if found and found.start() > 0 and ("|" in found[0] or _ORGANISATION.search(found[1].lower())):
        return title[: found.start()]
    return title


def telling_words(title: str) -> tuple[str, ...]:
    """The words that tell this page from others, sorted: American, singular, shortened, numbers as figures.

    Two titles with the same telling words are one page under two names; one different word makes two pages.
    Empty where the title is made of frame words only.
    """
    text = _BRACKETED.sub(lambda match: _bracket(match, title), without_site(title))
    plain = normalize("NFKC", fold(text)).replace("&", " and ").replace("-", " ")
    plain = _COUNT.sub("", plain)
    found: set[str] = set()
    previous = ""
    for word in _WORD.findall(plain):
        kept = word == "a" and previous in _LETTERED
        previous = word
        word = _OPPOSITE.get(word, _NUMBERS.get(word, word))
        if word in _FRAME and not kept:
            continue
        short = normal(word)
        if short not in _FRAME or kept:
            found.add(_shorten(short))
    return tuple(sorted(found))


def _bracket(match: re.Match[str], title: str) -> str:
    inner = match[1].strip()
    if _ASIDE.search(inner.lower()):
        return " "
    initials = "".join(word[0] for word in _WORD.findall(title[: match.start()].replace("-", " "))).lower()
    if inner.rstrip("s").isupper() and initials.endswith(inner.lower().rstrip("s")):
        return " "  # the short form of the words before it
    return f" {inner} "


@lru_cache(maxsize=1 << 14)
def _shorten(word: str) -> str:
    if not word.isalpha():
        return word
    short = _ENDING.sub("", stem(word) if len(word) > 5 else word)
    return _DOUBLED.sub(r"\1", short)


def typo_keys(words: tuple[str, ...], rare: str) -> list[tuple[str, ...]]:
    """Keys that a title shares with one whose word `rare` differs from its own by one letter.

    The other words, and the rare word with each letter left out in turn (and the word itself).
    """
    if len(rare) < 6 or not rare.isalpha():
        return []
    rest = tuple(word for word in words if word != rare)
    return [(*rest, "\0" + rare[:i] + rare[i + 1 :]) for i in range(1, len(rare))] + [(*rest, "\0" + rare)]
