"""The tokens of folded sentences, by spaCy: the only module that imports it, and only inside a function.

spaCy runs as `spacy.blank("en")`, with its tokenizer; no model is needed. It cuts each chunk between spaces by itself,
and importing it costs half a second or more. So a chunk of letters and digits with the usual marks in and around it is
cut here, and a test holds that against spaCy; any other (an address, a formula) is shown to spaCy, once a process.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from healthlint.analysis.memo import cached_fact

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

_CLAUSE_ENDS = (".", ";", ":", "?", "!", "(", ")", '"')
_CHUNK = re.compile(r"\S+")
_LETTER = "a-zß-öø-ÿ"
_PIECE = rf"(?:[{_LETTER}\d]+|\d+(?:[.,]\d+)+)"
_PLAIN = re.compile(
    r"(?!\(o:)([(\[\"$£€]?)"  # no more than one opening mark; “(o:” is a smiley to spaCy
    rf"(?:(?!cannot\b)({_PIECE}(?:(?:[-/]|(?<=\d):(?=\d)){_PIECE})*)((?<=\d)%)?('s|')?"
    r"|((?:[ap]\.m|e\.g|i\.e)\.(?!\.)|(?!v\.s)[a-z]{1,2}(?:\.[a-z])+(?=\.))"
    r"|(do|does|did|is|are|was|were|has|have|had|would|could|should|ca|wo)(n't)"
    r"|(can)(not)|(i|you|we|they|he|she|it|that|there|who|what)('ll|'d)"
    r"|(i)('m)|(i|you|we|they|who)('ve)|(you|we|they)('re))"
    r"((?!.*(?:[)\]][:;]|[:;][)\]])|(?<=\b8)\))[,;:?!.)\]\"]{0,3})"  # closing marks; “):”, “:]”, “8)” are smileys too
)
_JOINTS = re.compile(rf"((?<=[{_LETTER}\d])[-/](?=[{_LETTER}])|(?<=\d)-(?=\d))")
_UNIT = re.compile(r"(?<=\d)(?:[kdcm]m|[km]?g|[µn]m|[kmgt]b|mbar|m/s|km/h|km?h|mph|ha|yd|in|ft|lb|oz|[mgt])$")
_HOUR = re.compile(r"\d+[ap]m")
_WHOLE = re.compile(r"[a-z]\.|[a-z]{2,}-|--|w/o?|vs")  # spaCy keeps these in one piece: initials, “low- and high-”
_MARKS = re.compile(r"\.\.+|[,;:?!.)\]\"]")
_REMEMBERED = 50_000  # distinct chunks, some ten MB
# Chunks that spaCy cuts in two (“dont”), keeps whole (“w/o”), or keeps together with a mark behind (“vs.”, “goin'”).
SPECIAL = frozenset(
    "0.0 doin em goin havin ll lovin nothin nuff nuthin ol somethin w/o "
    "aint arent cant cantve co couldnt couldntve couldve darent didnt didntve doesnt doesntve dont dontve gonna "
    "gotta hadnt hadntve hasnt havent hed hedve hellve hes howd howdve howll howllve howre hows howve id idve illve im "
    "ima isnt itd itdve itll itllve ive maynt mayntve mightnt mightntve mightve mustnt mustntve mustve neednt needntve "
    "notve oughtnt oughtntve shant shantve shedve shellve shes shouldnt shouldntve shouldve thatd thatdve thatll "
    "thatllve thats thered theredve therell therellve therere theres thereve thesed thesedve thesell thesellve thesere "
    "theseve theyd theydve theyll theyllve theyre theyve thisd thisdve thisll thisllve thiss thosed thosedve thosell "
    "thosellve thosere thoseve vs wasnt wed wedve wellve werent weve whatd whatdve whatll whatllve whatre whats whatve "
    "whend whendve whenll whenllve whenre whens whenve whered wheredve wherell wherellve wherere wheres whereve whod "
    "whodve wholl whollve whos whove whyd whydve whyll whyllve whyre whys whyve wont wontve wouldnt wouldntve wouldve "
    "yall youd youdve youll youllve youre youve".split()
)


class Tokens:
    """The tokens of one folded sentence.

    `texts` ends with an empty text that stands for the end, so that looking one token ahead needs no test.
    """

    __slots__ = ("__dict__", "_asked", "folded", "texts")

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.texts: list[str] = []
        self._asked: dict[frozenset[str], list[int]] = {}
        for chunk in folded.split():
            self.texts += _cut(chunk)
        self.texts.append("")

    def __len__(self) -> int:
        return len(self.texts) - 1

    @cached_fact
    def distinct(self) -> frozenset[str]:
        """The texts of the tokens."""
        return frozenset(self.texts[:-1])

    def at(self, texts: frozenset[str]) -> list[int]:
        """Where tokens with one of some texts stand; kept, since many patterns ask for the same word list."""
        found = self._asked.get(texts)
        if found is None:
            there = texts & self.distinct
            found = [at for at, text in enumerate(self.texts) if text in there] if there else []
            self._asked[texts] = found
        return found

    @cached_fact
    def stops(self) -> list[int]:
        """For each token, and for the end, the next token that ends a clause: no gap of a pattern crosses it."""
        found, stop = [], len(self)
        for at in range(len(self), -1, -1):
            if self.texts[at][:1] in _CLAUSE_ENDS:
                stop = at
            found.append(stop)
        return found[::-1]

    @cached_fact
    def first_word(self) -> int:
        """The first token of letters or digits only, or the number of tokens."""
        return next((at for at, text in enumerate(self.texts) if text.isalpha() or text.isdigit()), len(self))

    @cached_fact
    def after_last_word(self) -> int:
        """The end of the last token of letters or digits only, or 0."""
        return next((at for at in range(len(self), 0, -1) if (t := self.texts[at - 1]).isalpha() or t.isdigit()), 0)

    @cached_fact
    def starts(self) -> list[int]:
        """The character offset of each token in the sentence."""
        found: list[int] = []
        for match in _CHUNK.finditer(self.folded):
            lengths = accumulate(map(len, _cut(match[0])), initial=match.start())
            found += list(lengths)[:-1]
        return found

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """The character offsets in the sentence of the tokens start … end - 1."""
        return self.starts[start], self.starts[end - 1] + len(self.texts[end - 1])


@lru_cache(maxsize=_REMEMBERED)
def _cut(chunk: str) -> tuple[str, ...]:
    return _cut_plain(chunk) or ((chunk,) if _WHOLE.fullmatch(chunk) else _cut_by_spacy(chunk))


def _cut_plain(chunk: str) -> tuple[str, ...]:
    """The tokens of a chunk that is cut the same way by everybody; none where that is for spaCy to say."""
    if len(chunk) == 1:
        return (chunk,)
    match = _PLAIN.fullmatch(chunk)
    if match is None:
        return ()
    opening, core, percent, possessive, *parts, closing = match.groups()
    pieces: list[str] = _pieces(core, closing) if core else []
    if core and (not pieces or (possessive and _UNIT.search(core))):
        return ()
    return tuple(piece for piece in (opening, *pieces, percent, possessive, *parts, *_MARKS.findall(closing)) if piece)


def _pieces(core: str, closing: str) -> list[str]:
    """The tokens of letters and digits with joints between them; none where the closing mark may belong to them."""
    if core == "and/or":
        return [core]
    unit = _UNIT.search(core)
    pieces = _JOINTS.split(core[: unit.start()] if unit else core)
    last = unit[0] if unit else pieces[-1]
    lettered = len(last) == 1 and last.isalpha() and closing[:1] == "."
    if lettered or core in SPECIAL or last in SPECIAL or _HOUR.fullmatch(core):
        return []
    return [*pieces, last] if unit else pieces


@cache
def _pipeline() -> Pipeline:
    """The one spaCy pipeline of this process: a tokenizer and a vocabulary."""
    import spacy

    return spacy.blank("en")


def _cut_by_spacy(chunk: str) -> tuple[str, ...]:
    return tuple(token.text for token in _pipeline().tokenizer(chunk))
