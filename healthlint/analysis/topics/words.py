"""Words as the topic lexicon counts them: one form for plural and singular, British and American."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from unicodedata import combining, normalize

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_REMEMBERED = 1 << 15  # words; a site uses the same ones again and again

# British and older spellings to the one the lexicon uses. Medicine keeps most of its æ and œ in these roots.
_SPELLINGS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=[^aeiou])aem(?=i)", "em"),
        (r"^haem(?=[aeiost])", "hem"),
        (r"^(a|leuk|ur|septic|isch|tox|hyper\w*|hypo\w*)aem", r"\1em"),
        (r"paed(?=i)", "ped"),
        (r"naec", "nec"),
        (r"naes", "nes"),
        (r"caec", "cec"),
        (r"faec", "fec"),
        (r"aesar", "esar"),
        (r"haemo", "hemo"),
        (r"aetio", "etio"),
        (r"rrhoe", "rrhe"),
        (r"oedem", "edem"),
        (r"oesoph", "esoph"),
        (r"oestr", "estr"),
        (r"foet", "fet"),
        (r"^coeli", "celi"),
        (r"^coelia", "celia"),
        (r"pnoea", "pnea"),
        (r"homoe", "home"),
        (r"manoeuv", "maneuv"),
        (r"tumour", "tumor"),
        (r"(?<=[a-z]{3})our(?=$|s$|al|ing|ed|able)", "or"),
        (
            r"(?<=[a-z]{3})(?<!exerc)(?<!superv)(?<!surpr)(?<!disgu)(?<!telev)(?<!improv)(?<!prom)(?<!adv)(?<!rev)"
            r"is(?=ation|ing$|ed$|ers?$|e$)",
            "iz",
        ),
        (r"^fibre", "fiber"),
        (r"^centre", "center"),
        (r"^litre", "liter"),
        (r"sulph", "sulf"),
        (r"yse(?=$|d$|r$)", "yze"),
        (r"^ageing$", "aging"),
    )
)
_KEPT = """
pulse course exercise rise disease expertise promise otherwise advise precise concise raise praise noise bruise four
hour pour tour sour flour your arise wise likewise surprise poise demise premise treatise franchise always series
species diabetes rabies scabies herpes measles mumps aids shingles rickets caries feces pus virus lupus sinus fetus
status tinnitus gas bus lens
"""
_KEEP = frozenset(_KEPT.split())
_IRREGULAR = {
    "children": "child", "women": "woman", "men": "man", "feet": "foot", "teeth": "tooth", "vertebrae": "vertebra",
    "larvae": "larva", "biopsies": "biopsy", "bacteria": "bacterium", "fungi": "fungus", "ova": "ovum",
    "calves": "calf", "knives": "knife", "lives": "life", "leaves": "leaf", "people": "person",
    "kids": "child", "kid": "child",
    "teens": "teen", "moms": "mother", "mom": "mother", "mum": "mother", "dad": "father", "aging": "aging",
    "babies": "baby", "tumour": "tumor", "tumours": "tumor",
}  # fmt: skip
_ENDINGS = (
    (re.compile(r"(?<=[a-z]{2})ies$"), "y"),
    (re.compile(r"(?<=[a-z]{3})(ss|sh|ch|x|z|us)es$"), r"\1"),
    (re.compile(r"(?<=[a-z]{2})oses$"), "osis"),
    (re.compile(r"(?<=[a-z]{4})itides$"), "itis"),
    (re.compile(r"(?<=[a-z]{4})omata$"), "oma"),
    (re.compile(r"(?<=[a-z]{3})(?<![sui])s$"), ""),
)
_STEM = re.compile(
    r"(?<=[a-z]{4})(?:isations?|izations?|ations?|ically|ical|ities|ity|ics?|ies|al|ous|ive|ing|ed|ment|ness|es|is|y|s|e|a|um|us|ia)$"
)


@lru_cache(maxsize=_REMEMBERED)
def normal(word: str) -> str:
    """Return how the lexicon writes `word`: lower case, American, singular, without possessive and accents."""
    if word == "aids":  # hearing aids, not the illness
        return "aid"
    word = word.lower().replace("’", "'")
    if not word.isascii():  # Sjögren, Ménière and Behçet as the lexicon writes them, "anæmia" as its two letters
        word = word.replace("æ", "ae").replace("œ", "oe")
        word = "".join(sign for sign in normalize("NFD", word) if not combining(sign))
    if "'" in word:
        word = word[:-2] if word.endswith("'s") else word.replace("'", "")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _KEEP:
        return word
    if (
        "ae" in word
        or "oe" in word
        or "our" in word
        or "is" in word
        or "re" in word
        or "ph" in word
        or "ys" in word
        or word == "ageing"
    ):
        for pattern, replacement in _SPELLINGS:
            word = pattern.sub(replacement, word)
        if word in _KEEP:
            return word
    if word.endswith(("s", "omata")):
        for pattern, replacement in _ENDINGS:
            shorter = pattern.sub(replacement, word)
            if shorter != word:
                return shorter
    return word


@lru_cache(maxsize=_REMEMBERED)
def stem(word: str) -> str:
    """Return a shorter form of a normal word, so that "allergic" and "allergy" count as the same rare word."""
    return _STEM.sub("", word, count=1)


def tokens(text: str) -> list[tuple[str, ...]]:
    """Return the words of `text` in order, each as its normal form; a hyphenated one as its parts, then the whole."""
    return [*map(_token, WORD.findall(text))]


@lru_cache(maxsize=_REMEMBERED)
def _token(raw: str) -> tuple[str, ...]:
    if "-" not in raw:
        return (normal(raw),)
    parts = [normal(part) for part in raw.split("-")]
    return (*parts, "".join(parts))


def words(text: str) -> Iterator[str]:
    """Return every normal form that `tokens` finds."""
    return chain.from_iterable(map(_token, WORD.findall(text)))


def pairs(text: str) -> Iterator[str]:
    """Yield each two words that stand next to each other, as "blood pressure"."""
    before = ""
    for token in tokens(text):
        for part in token[:-1] or token:
            if before:
                yield f"{before} {part}"
            before = part
