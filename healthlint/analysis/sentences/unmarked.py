"""Where a sentence begins although no final mark stands before it.

Two sorts of places: sentences whose stop was forgotten or is a colon, and the scraps that people type into web pages
and letters, each of which was once a line of its own: an address, a smiley, a row of marks, a bullet, a time stamp, a
greeting. Every rule needs evidence on both sides of the place, most often a capital that is not the word's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from healthlint.analysis.sentences.abbreviations import ADDRESS_TAKERS, STARTERS, STRONG_STARTERS
from healthlint.analysis.sentences.stops import LOOK_BACK
from healthlint.late import late

_CAPITAL = late(r"\s([\"'“‘(]?)([A-Z][a-z]*+(?:['’][a-z]++)?+)")
_GREETING = late(
    r"(?:Dear|Hi|Hello|Hey|Good\s(?:[Mm]orning|[Aa]fternoon|[Ee]vening|[Dd]ay))"
    r"(?:\s(?:[A-Z][^\s,:;.!?]*+|all|colleagues?|everyone|friends?|madam|or|patients?|readers?|sir|team)){0,4}+\s?"
    r"(?:[:–—]|--?|,(?!\s+I\b))\s+(?=([A-Z][\w'’]*+))"
)
_BEFORE_CAPITAL = r"(?=\s+[\"'“‘(]?[A-Z])"
_STAMP = late(r"\b\d{1,2}/\d{1,2}/\d{2,4},?\s\d{1,2}:\d\d(?::\d\d)?\s?[AP]M" + _BEFORE_CAPITAL)
# Faces, hands and hearts: other signs stand for words or before them ("☎ Call", "✓ Free").
_EMOJI = late(
    r"[☹☺♥❤\U0001F44A-\U0001F450\U0001F493-\U0001F49F\U0001F600-\U0001F64F\U0001F900-\U0001F9FF]\uFE0F?"
    + _BEFORE_CAPITAL
)
_SMILEY = late(r"[:;=](?<=\s.)'?-?[)(DPp]++" + _BEFORE_CAPITAL)
_ROW = late(r"(?:[-=*~]{4,}+|\*{3})(?=\s*[\"'“‘(>]?[A-Z])")
_BULLET = late(r"\s(?=•\s)")
_SIGN_OFF = late(
    r"(?:(?<=[.!?)]\s)|^)(?:(?:With\s)?(?:[Bb]est|[Kk]ind|[Kk]indest|[Ww]arm)\s(?:regards|wishes)|Regards|Sincerely|"
    r"Yours\s(?:sincerely|faithfully|truly)|Best|Love|Cheers),(?=\s[A-Z][a-z])"
)
_SHORT_SIGN_OFFS = ("Sincerely,", "Best,", "Love,", "Cheers,")
_OPENINGS = (*_SHORT_SIGN_OFFS, "Dear", "Hi", "Hello", "Hey", "Good")
_TOKEN = late(r"\S++")
_SELF = ("I", "I'")  # written with a capital everywhere
_SHORTEST_CLAUSE = 4  # words; what is shorter is a label: "Results: We found …"


def unmarked_starts(text: str, size: int, sorts: Iterable[Scraps] | None = None) -> list[int]:
    """Return the offsets in text[:size] where a sentence begins without a final mark before it, in no order.

    `sorts` are what `scraps_in` found in a text that this one is a part of.
    """
    starts = _forgotten(text, size)
    if text.startswith(_OPENINGS):
        starts += _opening(text)
    for sort in _SCRAPS if sorts is None else sorts:
        if sort.may_stand_in(text):
            starts += sort.starts(text)
    return starts


def scraps_in(text: str) -> list[Scraps]:
    """Return the sorts of scraps that a text may hold; few texts hold any."""
    return [sort for sort in _SCRAPS if sort.may_stand_in(text)]


def _forgotten(text: str, size: int) -> list[int]:
    """Find where a sentence follows a colon, an aside or, by a forgotten stop, nothing.

    After a colon, where what follows is a sentence of its own (Flesch counts by "units of thought", and a colon may
    part two of them: "Remember: Do not stop …"), and where the stop was forgotten or was once the end of a line ("there
    is no cure They say …"). The word must be one that opens sentences and has no capital elsewhere.
    """
    starts = []
    for at in _capitals(text):
        found = _CAPITAL.match(text, at, size)
        if found is None:
            continue
        before = text[at - 1]
        word = found[2].replace("’", "'")
        if before == ":":
            begins = word.lower() in STARTERS and word[:2] not in _SELF and _is_clause(text, at)
        elif word in STRONG_STARTERS and not found[1] and (before in "-–—)]" or before.islower() or before.isdigit()):
            after = text[found.end() : found.end() + 2]
            begins = after[:1].isspace() and after[1:].islower() and not (before in "-–—" and _is_label(text, at))
        else:
            begins = False
        if begins or (before == ")" and word.lower() in STARTERS and _is_aside(text, at)):
            starts.append(at + 1)
    return starts


# An expression would look at each character by itself; of the few sorts of bytes, whole runs are passed over at once.
_SORTS_OF_BYTES = bytes(
    ord("A" if "A" <= sign <= "Z" else " " if sign.isspace() else "." if sign in ".!,;" else "a")
    for sign in map(chr, range(256))
)


def _capitals(text: str) -> list[int]:
    """Return where a space stands before a capital, or before one character and a capital, and no stop before that."""
    sorts = text.encode("latin-1", "replace").translate(_SORTS_OF_BYTES)
    found = []
    for sought, space in ((b"a A", 1), (b"a aA", 1)):
        at = sorts.find(sought)
        while at >= 0:
            found.append(at + space)
            at = sorts.find(sought, at + 1)
    return found


def _is_clause(text: str, colon: int) -> bool:
    """Tell whether four words or more stand before this colon: a statement, not a label ("Results: We found …")."""
    tokens = 0
    for token in reversed(text[max(0, colon - LOOK_BACK) : colon - 1].split()):
        if tokens == _SHORTEST_CLAUSE or token[-1] in ".!?:":
            break
        tokens += 2 if "'" in token or "’" in token else 1  # "here's" is two
    return tokens >= _SHORTEST_CLAUSE


def _is_label(text: str, dash: int) -> bool:
    """Tell whether a single word stands before this dash: "PS -- There is …"."""
    before = text[max(0, dash - LOOK_BACK) : dash].rstrip("-–— ").split()
    return len(before) < 2 or before[-2][-1] in ".!?"


def _is_aside(text: str, end: int) -> bool:
    """Tell whether a bracket that ends here stood between sentences: "(Reuters) The …", not "(b) The …"."""
    begin = text.rfind("(", max(0, end - 2 * LOOK_BACK), end)
    inner = text[begin + 1 : end - 1]
    if begin < 0 or len(inner) < 3 or not inner.strip("ivxIVX0123456789") or ")" in inner:
        return False
    before = text[max(0, begin - 3) : begin].rstrip("\"'”’) \t\n")
    return begin == 0 or before[-1:] in (".", "!", "?")


def _addresses(text: str) -> Iterator[int]:
    """Find where a sentence begins after a web or e-mail address, and the web addresses that had lines of their own."""
    tokens = [(m.start(), m.group()) for m in _TOKEN.finditer(text)]
    for index, (start, token) in enumerate(tokens):
        web = "://" in token or "www." in token
        if not web and not ("@" in token and "." in token):
            continue
        after = tokens[index + 1][1].lstrip("\"'“‘([<") if index + 1 < len(tokens) else ""
        alone = not after
        if after and token[-1] not in ",;:" and (after[0].isupper() or (web and "://" in after)):
            alone = True
            yield tokens[index + 1][0]
        if (
            alone
            and "://" in token
            and token[0] == "h"
            and _is_unannounced([t for _, t in tokens[max(0, index - 4) : index]])
        ):
            yield start


def _is_unannounced(before: list[str]) -> bool:
    """Tell whether these four words have an end of their own: not "see", "at", "our website" or a label and colon."""
    if len(before) < _SHORTEST_CLAUSE or before[-1].lower() in ADDRESS_TAKERS:
        return False
    return before[-1][-1].isalnum() and not any(token[-1] in ".!?:" for token in before)


def _stamps(text: str) -> Iterator[int]:
    """Find the heads of letters: "Sam Stone 08/16/2000 12:05 PM The results …" are three lines."""
    for stamp in _STAMP.finditer(text):
        before = text[max(0, stamp.start() - LOOK_BACK) : stamp.start()].split()[-1:]
        if before and (before[0][0].isupper() or "@" in before[0]):
            yield stamp.start()
        yield stamp.end()


def _opening(text: str) -> list[int]:
    """Find the sentence after a greeting or a short farewell that the text begins with."""
    if text.startswith(_SHORT_SIGN_OFFS):
        return _ends_of(_SIGN_OFF, text)
    greeting = _GREETING.match(text)
    if greeting and (greeting[0].rstrip()[-1] != "," or greeting[1].lower() in STARTERS):
        return [greeting.end()]
    return []


def _ends_of(pattern: re.Pattern[str], text: str) -> list[int]:
    return [found.end() for found in pattern.finditer(text)]


def _may_hold_emoji(text: str) -> bool:
    """Tell by the bytes that these signs begin with: in UTF-8 whole runs of others are passed over at once."""
    if text.isascii():
        return False
    encoded = text.encode("utf-8", "surrogatepass")
    return any(map(encoded.__contains__, (b"\xf0\x9f", b"\xe2\x98", b"\xe2\x99", b"\xe2\x9d")))


def _holds(signs: Mapping[str, tuple[str, ...]]) -> Callable[[str], bool]:
    """Ask for the signs under a character only where that stands in the text, which is asked ten times as fast."""
    return lambda text: any(char in text and any(map(text.__contains__, its)) for char, its in signs.items())


class Scraps(NamedTuple):
    """A sort of scraps: what tells quickly whether a text may hold any, and what finds the sentences around them."""

    may_stand_in: Callable[[str], bool]
    starts: Callable[[str], Iterable[int]]


_SCRAPS = (
    Scraps(_holds({"@": ("@",), "/": ("://",), "w": ("www.",)}), _addresses),
    Scraps(_holds({":": (" :", "\n:"), ";": (" ;", "\n;"), "=": (" =", "\n=")}), partial(_ends_of, _SMILEY)),
    Scraps(_holds({"-": ("---",), "*": ("***",), "=": ("===",), "~": ("~~~",)}), partial(_ends_of, _ROW)),
    Scraps(_holds({"•": ("•",)}), partial(_ends_of, _BULLET)),
    Scraps(_holds({"/": ("AM", "PM")}), _stamps),
    Scraps(_holds({"g": ("egards,",), "h": ("ishes,",), "Y": ("Yours",)}), partial(_ends_of, _SIGN_OFF)),
    Scraps(_may_hold_emoji, partial(_ends_of, _EMOJI)),
)
