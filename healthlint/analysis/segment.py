"""Sentences and words of one block's prose, as offsets, in linear time and without spaCy.

A text is given one block at a time (a paragraph, a list item, a question), so a block end always ends a sentence, with
or without a full stop. Line breaks inside a block are soft: they count as spaces.

What counts as a **word** (the unit of every readability formula; see Flesch 1979, *How to Write Plain English*, ch. 2,
and McLaughlin 1969, *SMOG grading: a new readability formula*: a string of letters or numerals between spaces):

- a hyphenated compound is one word ("well-known", "COVID-19", "12-week"), a range of two figures is two ("10-20");
- a contraction or possessive is one word ("don't", "patient's");
- a figure is one word, with its decimals, thousands, sign, percent sign or glued unit ("0.73", "1,204", "20%", "20mg");
  a unit written apart is a word of its own ("20 mg" is two);
- abbreviations with inner full stops are one word ("e.g.", "U.S."); so is a web or e-mail address;
- a slash separates words ("and/or" is two, "mg/day" is two);
- citation marks ("[3]", "[4, 7-9]", superscript figures) and the ordinal that opens a list item ("1.", "(2)", "b)")
  are not words: nobody reads them aloud.
"""

import re
from bisect import bisect_left
from functools import lru_cache

from healthlint.analysis.abbreviations import (
    BEFORE_FIGURE,
    LETTERED,
    NEVER_LAST,
    PERHAPS_LAST,
    PLACES,
    SHOUTED,
    STARTERS,
    STRONG_STARTERS,
    UNITS,
)

__all__ = ["Span", "sentences", "spans", "words"]

Span = tuple[int, int]

# One alternation, first match wins. Possessive quantifiers keep the scan from going back over a token it has read, so a
# megabyte without a single space still takes linear time.
_WORD_PATTERN = r"""
    (?P<skip>
        [:;]'?-?[DPpOo](?!<W>)                               # emoticon
      | \[\s?\d{1,4}(?:\s?[,;–—-]\s?\d{1,4})*+\s?\]             # citation mark
      | [⁰¹²³⁴-⁹]++                                             # superscript figures
    )
  | (?:https?://|www\.)[^\s<>"”]*[^\s<>"”.,;:!?)\]'’*_]         # web address
  | [$€£]?\d++(?:[.,:]\d++)*+(?:%|°[CF]?|(?:[-‐‑]?<L>++(?:['’‐‑-]<W>++)*+))?+    # figures, doses
  | °[CF]\b
  | (?:<L>\.)++(?:(?<=\..\.)|<L>(?!<W>|@))           # e.g. U.S. Ph.D
  | <W>++(?:(?:['’‐‑@\u00ad\u0300-\u036f-]|\.(?=[a-z0-9]{2}|[a-z0-9]@))<W>++)*+
    """
# The plain letter classes are the fast ones, but they hold superscript figures; those need the narrow ones.
_WORD = re.compile(_WORD_PATTERN.replace("<L>", r"[^\W\d_]").replace("<W>", r"[^\W_]"), re.VERBOSE)
_SUPERSCRIPT = re.compile("[⁰¹²³⁴-⁹]")
_WORD_NARROW = re.compile(_WORD_PATTERN.replace("<L>", r"[^\W\d_⁰¹²³⁴-⁹]").replace("<W>", r"[^\W_⁰¹²³⁴-⁹]"), re.VERBOSE)
_ORDINAL = re.compile(
    r"\s*+(?:\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})\)|(?:\d{1,3}|[B-HJ-Za-z]|[ivx]{2,4})\.|Q\d{0,2}[.:])(?=\s++[\"'“‘(]?+[^\W_])"
)
_STOP = re.compile(r"[.!?…]++(?:[\"'”’»)\]*_]|\[\d[\d,;\s–-]{0,20}+\]|[⁰¹²³⁴-⁹])*+")
_NEXT = re.compile(r"\s++([\"'“‘«(\[{*_•–—-]*+)(\S{0,24})")
_CLOSERS = tuple(")]\"'”’»")
_OPENERS = "\"'“‘«([{*_•"
_BARE_LETTER = re.compile(r"[^\W\d_]")
_GLUED = re.compile(r"(?!Com\b|Org\b|Net\b|Gov\b)[A-Z][a-z]+(?![\w.@/])|I\b|A\b")
_CAPITAL = re.compile(r"\s([\"'“‘(]?)([A-Z][a-z]*+(?:['’][a-z]++)?+)")
_LOOK_BACK = 48
_ABBREVIATED = frozenset(a[-5:] for a in NEVER_LAST | PERHAPS_LAST | BEFORE_FIGURE | PLACES | UNITS if len(a) >= 5)


def words(text: str) -> list[Span]:
    """Return the offsets of every readability word of one block.

    `text[start:end]` is the word as written, without the punctuation around it (the last full stop of "e.g." is kept).
    Offsets are code points, ascending and non-overlapping.
    """
    ordinal = _ORDINAL.match(text)
    pattern = _WORD if text.isascii() or not _SUPERSCRIPT.search(text) else _WORD_NARROW
    return [m.span() for m in pattern.finditer(text, ordinal.end() if ordinal else 0) if m.lastgroup is None]


def sentences(text: str) -> list[Span]:
    """Return the offsets of every sentence of one block.

    The ranges are trimmed of white space, ascending, non-overlapping, and hold every word that `words` returns. A piece
    without a word in it ("***", ":-)", a lone "1.") is no sentence: it stays with its neighbour. A block without any
    word has no sentence.
    """
    return [(start, end) for start, end, _ in spans(text)]


@lru_cache(maxsize=256)
def spans(text: str) -> list[tuple[int, int, list[Span]]]:
    """Return every sentence of one block as (start, end, its words); one pass for those who need both.

    The blocks of the last few articles are remembered, since rules and counts ask for the same ones. Do not change it.
    """
    all_words = words(text)
    found: list[tuple[int, int, list[Span]]] = []
    total, first, start = len(all_words), 0, 0
    for end in _ends(text) if total else ():
        if first >= total:
            break
        after = bisect_left(all_words, (end,), first)
        if after > first:
            end = max(end, all_words[after - 1][1])
            piece = text[start:end]
            start = end - len(piece.lstrip())
            found.append((start, start + len(piece.strip()), all_words[first:after]))
            first, start = after, end
    if found and first >= total:  # what is left holds no word: it belongs to the last sentence
        start, _, its_words = found.pop()
        found.append((start, len(text.rstrip()), its_words))
    return found


def _ends(text: str) -> list[int]:
    """Return where sentences end, ascending; the last one is the end of the text."""
    ends = []
    start = 0
    size = len(text.rstrip())
    for stop in _STOP.finditer(text, 0, size):
        end = stop.end()
        if end >= size:
            break
        if _is_plain_end(text, stop.start(), end) or _is_end(text, stop, start):
            ends.append(end)
            start = end
    ends.append(size)
    unmarked = _unmarked_starts(text, size)
    return sorted({*ends, *unmarked}) if unmarked else ends


def _is_plain_end(text: str, begin: int, end: int) -> bool:
    """Tell for most sentences, without a closer look, that they end: a long word, a full stop, a space, a capital."""
    tail = text[begin - 5 : begin]
    return (
        end - begin == 1
        and text[begin] == "."
        and tail.isalpha()
        and tail.islower()
        and text[end] == " "
        and text[end + 1].isupper()
        and len(tail) == 5
        and tail not in _ABBREVIATED
    )


def _unmarked_starts(text: str, size: int) -> list[int]:
    """Return where a sentence begins although no full stop says so.

    After a colon, where what follows is a sentence of its own (Flesch counts by "units of thought", and a colon may
    part two of them: "Remember: Do not stop …"), after an address, and where the stop was forgotten or was once the end
    of a line ("there is no cure They say …"). The word must be one that opens sentences and has no capital elsewhere.
    """
    starts = []
    for found in _CAPITAL.finditer(text, 0, size):
        before = text[found.start() - 1]
        word = found[2].replace("’", "'")
        if before == ":":
            begins = word.lower() in STARTERS and _is_clause(text, found.start())
        elif before in ".!?":
            continue
        elif word in STRONG_STARTERS and not found[1] and (before in "-–—)]" or before.islower() or before.isdigit()):
            begins = text[found.end() : found.end() + 1].isspace() and text[found.end() + 1 : found.end() + 2].islower()
        else:
            token = text[max(0, found.start() - _LOOK_BACK) : found.start()].split()[-1:]
            begins = bool(token) and ("://" in token[0] or ("@" in token[0] and "." in token[0]))
        if begins:
            starts.append(found.start() + 1)
    return starts


def _is_clause(text: str, colon: int) -> bool:
    """Tell whether four words or more stand before this colon: a statement, not a label ("Results: We found …")."""
    tokens = 0
    for token in reversed(text[max(0, colon - _LOOK_BACK) : colon - 1].split()):
        if tokens == 4 or token[-1] in ".!?:":
            break
        tokens += 1
    return tokens >= 4


def _is_end(text: str, stop: re.Match[str], sentence_start: int) -> bool:
    """Tell whether these stop characters end a sentence that is followed by more text."""
    begin, end = stop.span()
    marks = stop.group()
    following = _NEXT.match(text, end)
    if following is None:
        return _is_glued_end(text, begin, end, marks)
    openers, after = following.groups()
    before = text[max(sentence_start, begin - _LOOK_BACK) : begin].split()
    if not before:  # nothing but the marks yet: "... and then"
        return False
    if text[begin - 1].isspace():
        before.append("")  # "trials ." – the mark stands alone
    token = before[-1].lstrip(_OPENERS)
    first = after[:1]
    if not first:
        return len(openers) > 1  # "… said so. -- Posted by"
    lower = first.islower() and not any(map(str.isupper, after[1:4]))  # "mRNA", "pH" and "iPhone" may begin one
    quoted = len(marks) > 1 and marks[-1] in "\"'”’»)"
    if "!" in marks or "?" in marks:
        return not lower or not (quoted or "(" in before[-1] or (token[:1].isupper() and len(before) > 1))
    if "…" in marks or marks.startswith(".."):
        return not lower and (first.isalnum() or bool(openers))
    if lower and quoted:
        return False
    if token[-1:] in _CLOSERS:  # "(6.1)." or "(etc.).": whatever it abbreviates is over
        return not lower
    return _full_stop_ends(token, before[-2] if len(before) > 1 else "", first, after, lower)


def _full_stop_ends(token: str, previous: str, first: str, after: str, lower: bool) -> bool:
    """Decide for a single full stop after `token`, before the word `after`."""
    word = token.lower()
    figure_follows = first.isdigit()
    if len(token) > 1 and token.isupper() and token.isalpha() and not after[:2].isupper() and word not in SHOUTED:
        return not lower and not figure_follows  # an illness, not an abbreviation: "people with MS. The …"
    if word in NEVER_LAST and (word not in BEFORE_FIGURE or figure_follows or (lower and word not in ("no", "art"))):
        return False
    next_word = after.rstrip(".,;:!?\"'”’)]").lower().replace("’", "'")
    if word in PLACES:
        return not lower and next_word in STARTERS
    if len(token) == 1 and token.isalpha():
        return _initial_ends(token, previous, next_word, lower)
    if token.isdigit() and not previous:
        return False  # the ordinal that opens a sentence: "2. Dry your hands."
    if "." in token and _is_initialism(token):
        return not lower and not figure_follows and next_word in STARTERS
    if word in UNITS and (token[:1].isdigit() or previous[-1:].isdigit()):
        return not lower and not figure_follows
    if lower or figure_follows:
        return word not in PERHAPS_LAST and (len(word) > 1 or not lower)
    return True


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
    if begin < 3 or not text[begin - 3 : begin].isalpha() or not text[begin - 2 : begin].islower():
        return False
    if not _GLUED.match(text, end):
        return False
    token = text[max(0, begin - _LOOK_BACK) : begin].split()[-1]
    return not ("/" in token or "@" in token or "www." in token)
