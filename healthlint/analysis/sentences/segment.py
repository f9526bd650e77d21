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
from collections.abc import Sequence
from itertools import chain

from healthlint.analysis.memo import Memo
from healthlint.analysis.sentences.stops import marked_ends
from healthlint.analysis.sentences.unmarked import Scraps, scraps_in, unmarked_starts
from healthlint.late import late

Span = tuple[int, int]
SentenceSpans = tuple[int, int, list[str]]

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
_WORD = late(_WORD_PATTERN.replace("<L>", r"[^\W\d_]").replace("<W>", r"[^\W_]"), re.VERBOSE)
_SUPERSCRIPT = late("[⁰¹²³⁴-⁹]")
_WORD_NARROW = late(_WORD_PATTERN.replace("<L>", r"[^\W\d_⁰¹²³⁴-⁹]").replace("<W>", r"[^\W_⁰¹²³⁴-⁹]"), re.VERBOSE)
_ORDINAL = late(
    r"\s*+(?:\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})\)|(?:\d{1,3}|[B-HJ-Za-z]|[ivx]{2,4})\.|Q\d{0,2}[.:])(?=\s++[\"'“‘(]?+[^\W_])"
)
# Characters. Nobody reads a sentence of five hundred words; text that goes on for longer has lost its marks, and what
# looks at a sentence as a whole needs an end to look to.
_LONGEST = 3_000


def words(text: str) -> list[Span]:
    """Return the offsets of every readability word of one block.

    `text[start:end]` is the word as written, without the punctuation around it (the last full stop of "e.g." is kept).
    Offsets are code points, ascending and non-overlapping.
    """
    ordinal = _ORDINAL.match(text)
    return _found(text, ordinal.end() if ordinal else 0)


def _found(text: str, start: int) -> list[Span]:
    """Return the offsets of the words from a place on."""
    pattern = _WORD if text.isascii() or not _SUPERSCRIPT.search(text) else _WORD_NARROW
    return [m.span() for m in pattern.finditer(text, start) if m.lastgroup is None]


def sentences(text: str) -> list[Span]:
    """Return the offsets of every sentence of one block.

    The ranges are trimmed of white space, ascending, non-overlapping, and hold every word that `words` returns. A piece
    without a word in it ("***", ":-)", a lone "1.") is no sentence: it stays with its neighbour. A block without any
    word has no sentence.
    """
    return [(start, end) for start, end, _ in spans(text)]


def spans_of(texts: Sequence[str]) -> list[list[SentenceSpans]]:
    """Return the `spans` of each of many blocks. What none of them holds is looked for only once."""
    scraps = scraps_in("\n".join(texts))
    return [spans(text, scraps) for text in texts]


def spans(text: str, scraps: Sequence[Scraps] | None = None) -> list[SentenceSpans]:
    """Return every sentence of one block as (start, end, its words as written); one pass for those who need both."""
    found: list[SentenceSpans] = []
    start = 0
    for end, its_words in zip(*_pieces(text, _ends(text, scraps)), strict=True):
        if its_words:
            piece = text[start:end].lstrip()
            first = end - len(piece)
            found.append((first, first + len(piece.rstrip()), its_words))
            start = end
        elif found and (piece := text[start:end].rstrip()):  # no word: it belongs to the sentence before
            last, _, words_before = found[-1]
            found[-1] = (last, start + len(piece), words_before)
            start = end
    return found


def _pieces(text: str, ends: list[int]) -> tuple[list[int], list[list[str]]]:
    """Return where each piece of a text ends, not inside of a word, and the words of each."""
    if "[" in text:
        return _pieces_with_marks(text, ends)
    # No word holds a space, so each stretch between spaces has its words whatever stands around it.
    its_words: list[list[str]] = []
    start = 0
    for end in ends:
        stretches = text[start:end].split()
        if start:
            if not (text[start].isspace() or text[start - 1].isspace()):
                return _pieces_with_marks(text, ends)
        elif stretches and stretches[0][-1] in ".):" and _ORDINAL.match(text):
            del stretches[0]
        its_words.append([*chain.from_iterable(map(_WORDS_OF.__getitem__, stretches))])
        start = end
    return ends, its_words


def _pieces_with_marks(text: str, ends: list[int]) -> tuple[list[int], list[list[str]]]:
    """Return the same where an end may stand inside of a word, or a citation mark may hold spaces."""
    all_words = words(text)
    its_ends: list[int] = []
    its_words: list[list[str]] = []
    first = 0
    for end in ends:
        after = bisect_left(all_words, (end,), first)
        its_ends.append(max(end, all_words[after - 1][1]) if after > first else end)
        its_words.append([text[begin:stop] for begin, stop in all_words[first:after]])
        first = after
    return its_ends, its_words


def _words_of(stretch: str) -> tuple[str, ...]:
    if stretch.isalpha():
        return (stretch,)
    if stretch[-1] in ",.;:?!)" and stretch[:-1].isalpha():
        return (stretch[:-1],)
    return tuple([stretch[start:end] for start, end in _found(stretch, 0)])


_WORDS_OF = Memo(_words_of, most=1 << 15)


def _ends(text: str, scraps: Sequence[Scraps] | None) -> list[int]:
    """Return where sentences end, ascending; the last one is the end of the text."""
    size = len(text.rstrip())
    ends = marked_ends(text, size)
    ends.append(size)
    unmarked = unmarked_starts(text, size, scraps)
    if unmarked:
        ends = sorted({*ends, *unmarked})
    return ends if size <= _LONGEST else _cut_long(text, ends)


def _cut_long(text: str, ends: list[int]) -> list[int]:
    """Return the ends with more of them where nothing ends for too long: at the last space in reach."""
    found, start = [], 0
    for end in ends:
        while end - start > _LONGEST:
            space = text.rfind(" ", start, start + _LONGEST)
            start = space + 1 if space > start else start + _LONGEST
            found.append(start)
        found.append(end)
        start = end
    return found
