"""Which full stops, question marks, exclamation marks and ellipses end a sentence.

A mark is judged by the word before it, the word after it and the marks around it, never by the whole text, so the time
is linear in the text's length.
"""

import re

from healthlint.analysis.sentences.abbreviations import (
    BEFORE_FIGURE,
    LETTERED,
    NEVER_LAST,
    PERHAPS_LAST,
    PLACES,
    SHOUTED,
    STARTERS,
    UNITS,
)

LOOK_BACK = 48  # how many characters before a place may speak for or against a sentence's end there

_SIGNS = (".", "?", "!", "…")
_STOP = re.compile(r"[.!?…][.!?…]*+(?:[\"'”’»)\]*_]|\[\d[\d,;\s–-]{0,20}+\]|[⁰¹²³⁴-⁹])*+")
_NEXT = re.compile(r"\s++([\"'“‘«(\[{*_•–—-]*+)(\s*+)(\S{0,24})")
_CLOSERS = tuple(")]\"'”’»")
_OPENERS = "\"'“‘«([{*_•"
_ADDRESS = ("http://", "https://", "www.")
_GLUED = re.compile(r"(?!Com\b|Org\b|Net\b|Gov\b)[A-Z][a-z]+(?![\w.@/])|I\b|A\b")
_GLUED_WORD = re.compile(r"[A-Z][a-z]+(?![\w.@/])")
_LAST_FIGURE = re.compile(r"(?:\d{3}|\d[.,]\d{1,3}|%)$")  # not "1.Rest", where the figure counts the items
_SPEAKER = re.compile(  # "“Does it hurt?” Sam asked"
    r"\s+(?:(?:Dr|Mrs?|Ms|Prof)\.\s)?([A-Z][\w'’-]*+)(?:\s[A-Z][\w.'’-]*+){0,2}\s(?:sa(?:id|ys?)|ask(?:s|ed)|add(?:s|ed)|"
    r"tells|told|cri(?:es|ed)|shout(?:s|ed)|repl(?:ies|ied)|answer(?:s|ed)|wonder(?:s|ed)|gasp(?:s|ed)|heard)\b"
)
_ONE_LETTER = re.compile(r"[A-Z]\d{0,2}(?!\w)")
_SHORTENED = NEVER_LAST | PERHAPS_LAST | UNITS
# Lower-case words after which a full stop needs a closer look.
_SHORT = _SHORTENED | BEFORE_FIGURE | PLACES | {"vit"}


def marked_ends(text: str, size: int) -> list[int]:
    """Return the offsets behind the marks that end a sentence of text[:size], ascending; the end itself is left out."""
    ends = []
    start = end = 0
    for begin in _marks(text, size):
        if begin < end:
            continue
        if begin + 1 >= size:
            break
        if _is_plain_end(text, begin):
            end = begin + 1
        else:
            stop = _STOP.match(text, begin, size)
            assert stop is not None
            end = stop.end()
            if end >= size:
                break
            if not _is_end(text, stop, start):
                continue
        ends.append(end)
        start = end
    return ends


def _marks(text: str, size: int) -> list[int]:
    """Return where marks stand that may end a sentence, ascending."""
    found = []
    for sign in _SIGNS:
        if sign in text:  # this looks at many characters at once, unlike an expression
            at = text.find(sign, 0, size)
            while at >= 0:
                found.append(at)
                at = text.find(sign, at + 1, size)
    found.sort()
    return found


def _is_plain_end(text: str, begin: int) -> bool:
    """Tell for most sentences, without a closer look, that they end: a word, a full stop, a space, a capital."""
    if text[begin : begin + 2] != ". " or not text[begin + 2].isupper():
        return False
    word = text[max(0, begin - 16) : begin].rpartition(" ")[2]
    return len(word) > 1 and word.islower() and word.isalpha() and word not in _SHORT


def _is_end(text: str, stop: re.Match[str], sentence_start: int) -> bool:
    """Tell whether these stop characters end a sentence that is followed by more text."""
    begin, end = stop.span()
    marks = stop.group()
    following = _NEXT.match(text, end)
    if following is None:
        return _is_glued_end(text, begin, end, marks)
    openers, gap, after = following.groups()
    before = text[max(sentence_start, begin - LOOK_BACK) : begin].split()
    if not before:  # nothing but the marks yet: "... and then"
        return False
    apart = text[begin - 1].isspace()
    first = after[:1]
    # "mRNA", "pH" and "iPhone" may begin a sentence, and so may an address
    lower = first.islower() and not any(map(str.isupper, after[1:4])) and not after.startswith(_ADDRESS)
    if apart and marks == "." and (first in (".", "…") or before[-1] == "."):
        return first.isupper()  # ". . .", an ellipsis with spaces
    if apart:
        before.append("")  # "trials ." – the mark stands alone
    token = before[-1].lstrip(_OPENERS)
    quoted = len(marks) > 1 and marks[-1] in "\"'”’»)"
    if gap and openers:  # a dash or bullet between spaces
        if len(openers) > 1:
            return True
        # "8 a.m. – 5 p.m.", and "“It helped.” – A patient", which is no new sentence
        return not lower and not (marks[0] == "." and (quoted or token.lower() in _SHORTENED))
    if "!" in marks or "?" in marks:
        if quoted and (speaker := _SPEAKER.match(text, end)):
            return speaker[1] != "I" and speaker[1].lower() in STARTERS
        return not lower or not (quoted or "(" in before[-1] or (token[:1].isupper() and len(before) > 1))
    if "…" in marks or marks.startswith(".."):
        if apart and after.split("'")[0].split("’")[0] == "I":
            return False  # a pause; this capital says nothing
        return not lower and (first.isalnum() or bool(openers))
    if lower and quoted:
        return False
    if token[-1:] in _CLOSERS:  # "(6.1)." or "(etc.).": whatever it abbreviates is over
        return not lower
    if apart and marks == ".":
        return True
    if openers[:1] == "(" and token.lower() in PERHAPS_LAST:
        return not lower and _bare(after) in STARTERS  # "Health Co. (London)"
    return _full_stop_ends(token, before[-2] if len(before) > 1 else "", first, after, lower)


def _full_stop_ends(token: str, previous: str, first: str, after: str, lower: bool) -> bool:
    """Decide for a single full stop after `token`, before the word `after`."""
    word = token.lower()
    figure_follows = first.isdigit()
    if len(token) > 1 and token.isupper() and token.isalpha() and not after[:2].isupper() and word not in SHOUTED:
        return not lower and not figure_follows  # an illness, not an abbreviation: "people with MS. The …"
    if word in NEVER_LAST and (word not in BEFORE_FIGURE or figure_follows or (lower and word not in ("no", "art"))):
        return False
    next_word = _bare(after)
    if word in PLACES:
        return not lower and next_word in STARTERS
    if word == "vit" and _ONE_LETTER.match(after):
        return False
    if len(token) == 1 and token.isalpha():
        return _initial_ends(token, previous, next_word, lower)
    if token.isdigit() and (not previous or (previous[-1] == ":" and len(token) == 1)):
        return False  # the ordinal that opens a sentence or a list: "2. Dry your hands."
    if "." in token and _is_initialism(token):
        return not lower and not figure_follows and next_word in STARTERS
    if word in UNITS and (token[:1].isdigit() or previous[-1:].isdigit()):
        return not lower and not figure_follows
    if lower or figure_follows:
        return word not in PERHAPS_LAST and (len(word) > 1 or not lower)
    return True


def _bare(after: str) -> str:
    """Return the next word in lower case, without the marks behind it."""
    return after.rstrip(".,;:!?\"'”’)]").lower().replace("’", "'")


def _initial_ends(token: str, previous: str, next_word: str, lower: bool) -> bool:
    """Decide after one letter: "J. Smith" goes on, "vitamin C. It helps" and "so do I. Then" end."""
    if lower:
        return False
    if token == "I":
        return True
    return previous.lower() in LETTERED or next_word in STARTERS


def _is_initialism(token: str) -> bool:
    return all(len(part) <= 2 and part.isalpha() for part in token.split("."))


def _is_glued_end(text: str, begin: int, end: int, marks: str) -> bool:
    """Decide where no space follows: "the end.The next" ends, "example.com" and "0.73" do not."""
    token = text[max(0, begin - LOOK_BACK) : begin].split()[-1:]
    if not token or "/" in token[0] or "@" in token[0] or "www." in token[0]:
        return False
    if begin >= 3 and text[begin - 3 : begin].isalpha() and text[begin - 2 : begin].islower():
        return _GLUED.match(text, end) is not None
    if token[0][-1] == ")" or _LAST_FIGURE.search(token[0]):
        return _GLUED_WORD.match(text, end) is not None
    return False
