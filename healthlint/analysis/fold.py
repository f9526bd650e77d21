"""Folding for matching: lower case, straight quotes, plain spaces and hyphens, at the same length as the text."""

from __future__ import annotations

import re
from unicodedata import normalize

# One character for one character, so that offsets in the folded text are offsets in the text.
_PLAIN = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "′": "'", "`": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\t": " ", "\n": " ", "\r": " ",
    "×": "x",
}  # fmt: skip
_TABLE = str.maketrans(_PLAIN)


def fold(text: str) -> str:
    """The text in lower case with typographic variants made plain; always as long as the text.

    NFKC is applied to a character only where it gives one character (full-width letters), so no offset moves.
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a capital such as “İ” that lower-cases to two characters
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    if lowered.isascii():
        return lowered.translate(_TABLE) if "\n" in lowered or "\t" in lowered or "`" in lowered else lowered
    return "".join([_fold_wide(char) if char > "\u2100" else char for char in lowered.translate(_TABLE)])


_ALPHANUMERIC = re.compile(r"[^\W_]+")
# Of the first 256 characters those that stand in words, and a space for each other one.
_SPACED = bytes(code if chr(code).isalnum() else 0x20 for code in range(256))


def words_in(text: str) -> list[str]:
    """The runs of letters and figures in a text; where it can, several times as fast as an expression finds them."""
    try:
        narrow = text.encode("latin-1")
    except UnicodeEncodeError:
        return _ALPHANUMERIC.findall(text)
    return narrow.translate(_SPACED).decode("latin-1").split()


SPECIAL = "0"  # in a simplified text, each character but small ASCII letters and marks that only part words
_SIMPLIFIED = bytes(
    code if chr(code).islower() or chr(code) == "\n"
    else ord(SPECIAL) if chr(code).isalnum() or chr(code) in "'!?:;"
    else 0x20
    for code in range(128)
).ljust(256)  # fmt: skip


def simplified(folded: str) -> str:
    """A folded text with a space for each mark that only parts words, and `SPECIAL` for all else but small letters.

    That is figures, apostrophes, other letters, and “!?:;”: there not all who cut a text into words do so alike.
    """
    return folded.encode("ascii", "replace").translate(_SIMPLIFIED).decode()


def plain_words(folded: str) -> list[str]:
    """The words of a folded text with nothing special in it, as most sentences are; none of any other."""
    made = simplified(folded)
    return [] if SPECIAL in made else made.split()


def asks(folded: str) -> bool:
    """Whether a folded sentence is a question: quotation marks and brackets may stand behind the mark."""
    return folded.rstrip("\"') ").endswith("?")


def _fold_wide(char: str) -> str:
    plain = normalize("NFKC", char)
    return plain if len(plain) == 1 else char
