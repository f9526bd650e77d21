"""The topic lexicon: what single words are about, unpacked from the package's data on first use."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Literal, NamedTuple

from healthlint.analysis.data_files import read_data
from healthlint.analysis.memo import Memo
from healthlint.analysis.topics.words import normal, words
from healthlint.errors import ConfigError, nearest

Kind = Literal["subject", "aspect", "service", "outside"]

# Words of headlines and of every health page: they say how a page speaks, not what it is about.
_FRAME = """
well enough too everyone anyone someone yourself myself itself everyday
about above acute adult affect affects after again against ahead all also always amazing among and another answer
answers any approach approaches are art article articles ask asking associated atypical autosomal based basics been
before being best better between beyond big blog body both but call called can care caring case cases cause caused
causes causing change changes changing check checking choose choosing chronic clinical come comes coming common
complete complex condition conditions congenital could day days defect deficiency developed developing development
did different discover discovering discovery disease diseases disorder disorders does doing dominant done door due
during each early easily easy effect effects eight essential essentials ever every everything expect explain
explained explaining fact facts familial feel feeling few find finding first five for form forms four from future
get getting give go goes going good great guide guides had has have having health healthy help helping helps her
here hereditary hidden high his hope how illness impact important include including info information inherited
inside into introducing introduction issue issues its journey just keep keeping key keys kind kinds know knowing
large late latest learn learning less level levels life linked live lived lives long look looking low made make
making manage management managing many matter matters may medical might mild moderate month months more most much
must mysteries mystery myth myths natural naturally near need needs never new nine nos not off often once one only
onset open opening other our out over overview own page part parts path patient patients people person possible post
power powerful primary problem problems proven question questions quick quickly rare read reading real really reason
reasons recessive related review right risk risks role same say saying science second secondary secret secrets see
seeing seven severe shall short should sign signs simple six small some sometimes specific stage start starting step
steps stop stopping such surprising symptom symptoms syndrome syndromes take taking talk talking tell telling ten
than that the their them then therapy there they thing things think thinking third this three time times tip tips
today top treat treating treatment treatments truth try trying two type types typical ultimate under understand
understanding unlock unlocked unlocking unspecified update updated use used using usually various very want wants
was way ways week weeks were what when where which while who why will with within without work working works world
would wrong year years you your
arent cant couldnt didnt doesnt dont hadnt hasnt havent heres hes isnt ive lets shes shouldnt theres theyre theyll
theyve wasnt weve whats werent wheres whos whys wont wouldnt youd youll youre youve
"""
# Words of disease names that say what kind of change it is, not where: "muscular" and "corneal" tell, "dystrophy" does
# not. Pairs such as "multiple sclerosis" are in the lexicon as one.
_CHANGE = """
pressure
abnormal abnormality absence absent accumulation activation activator alpha anomaly anterior aplasia atrophy benign
beta cell central classic combined complete core deep deformity degeneration del delta den dependent deposit der
diffuse distal double dysfunction dysgenesis dysplasia dystrophy entry episodic excess factor failure focal gamma
generalized giant group human hyperplasia hypoplasia idiopathic inactivation increased independent induced inhibitor
inner insensitivity insufficiency isolated lateral left lesion like list localized lower malformation malignant mass
medial mediated membrane mixed multiple non normal outer overload partial periodic permanent persistent posterior
predisposition progressive proximal pseudo recurrent reduced refractory resistant resource responsive right
sclerosis single small soft stimulation storage subtype sudden superficial susceptibility tissue total transient
upper van variant von
block blocked blockage prolapse prolapsed rupture ruptured torn perforated perforation intolerance migrating stationary
stenosis stricture obstruction
"""
HEADLINE = frozenset(map(normal, _FRAME.split()))
FRAME = HEADLINE | frozenset(map(normal, _CHANGE.split()))


class Topic(NamedTuple):
    """One thing that health pages are about: its id for a configuration and its name for messages."""

    id: str
    name: str
    kind: Kind


class Entry(NamedTuple):
    """What is known of one word: `weights` per topic number (0 to 1), `rarity` 0 to 1, and whether it was guessed."""

    weights: tuple[tuple[int, float], ...]
    rarity: float
    known: bool


UNKNOWN = Entry((), 1.0, False)
_AFFIX_SHARE = 0.7  # a word judged by its parts counts less than one in the lexicon


class Lexicon:
    """Topics, how they are related, and what each word is about.

    `extra` gives a topic further words or phrases; an id that is not a known topic becomes a topic of its own, named
    by the id. Raises ConfigError for an `extra` topic without words.
    """

    def __init__(self, extra: Mapping[str, Iterable[str]] | None = None) -> None:
        packed = _packed()
        self.topics, self.broad, self.across, self.organs = packed.topics, packed.broad, packed.across, packed.organs
        self._places, self._columns = packed.places, packed.columns
        self.asked, self.areas = packed.asked, packed.areas
        self.number = {topic.id: i for i, topic in enumerate(self.topics)}
        self._own: dict[str, Entry] = {}  # the words of `extra`
        self.entries = Memo(self._look_up)
        self.frequency = Memo(lambda word: -0.2 - self.entries[word].rarity)  # the rarer, the less
        self.related = [dict(row) for row in packed.related]
        for topic, terms in (extra or {}).items():
            self._extend(topic, list(terms))

    def _extend(self, topic: str, terms: list[str]) -> None:
        if not terms or not all(isinstance(term, str) and term.strip() for term in terms):
            close = nearest(topic, self.number)
            raise ConfigError(f"topics: “{topic}” has no words.", hint=close and f"Did you mean “{close}”?")
        if topic not in self.number:
            self.number[topic] = len(self.topics)
            self.topics = (*self.topics, Topic(topic, topic.replace("_", " ").replace("-", " "), "subject"))
            self.related.append({self.number[topic]: 1.0})
        at = self.number[topic]
        for term in terms:
            found = [word for word in words(term) if word not in FRAME] or list(words(term))
            for word in found:
                # One word is about the topic; the words of a phrase each only partly.
                weight = 1.0 if len(found) == 1 else 0.6
                old = dict(self.entry(word).weights)
                old[at] = max(weight, old.get(at, 0.0))
                self._own[word] = Entry(tuple(old.items()), max(self.entry(word).rarity, 0.5), True)
                self.entries.pop(word, None)
                self.frequency.pop(word, None)

    def holds(self, unit: str) -> bool:
        """Whether the lexicon has an entry for a word, or for two words with a space between."""
        return unit in self._places or unit in self._own

    def listed(self) -> Iterator[str]:
        """Yield every entry of the lexicon: words, pairs of words, and word parts with their hyphen."""
        yield from self._places

    def entry(self, word: str) -> Entry:
        """Look up the normal form of a word; one not in the lexicon is judged by its beginning and ending."""
        return self.entries[word]

    def _look_up(self, word: str) -> Entry:
        if word in self._own:
            return self._own[word]
        place = self._places.get(word)
        if word in FRAME or word.isdigit() or len(word) < 3:
            return Entry((), 0.0, True)
        if place is not None:
            return self._unpack(place)
        if len(word) < 7 or " " in word:
            return UNKNOWN
        weights: dict[int, float] = {}
        for place in self._parts(word):
            for topic, weight in self._unpack(place).weights:
                weights[topic] = max(weights.get(topic, 0.0), weight * _AFFIX_SHARE)
        return Entry(tuple(weights.items()), 1.0, False) if weights else UNKNOWN

    def _parts(self, word: str) -> Iterator[int]:
        """Yield the entries of the parts of a word nobody knows: "oculo-", "dento-" and "osseous", or its ending."""
        rest = word
        while part := _longest(rest, self._places, beginning=True):
            yield self._places[part]
            rest = rest[len(part) - 1 :]
            if rest in self._places:
                yield self._places[rest]
                return
        if ending := _longest(rest, self._places, beginning=False):
            yield self._places[ending]

    def _unpack(self, place: int) -> Entry:
        columns = self._columns
        weights = []
        for slot in range(1, len(columns), 2):
            topic = columns[slot][place]
            if topic == 255:
                break
            weights.append((topic, columns[slot + 1][place] / 50))
        return Entry(tuple(weights), columns[0][place] / 15, True)

    def strength(self, word: str) -> float:
        """Return the weight of the topic that a word belongs to most, 0 to 1."""
        return max((weight for _, weight in self.entry(word).weights), default=0.0)


def _longest(word: str, places: Mapping[str, int], beginning: bool) -> str:
    for size in range(min(len(word) - 1, 14), 2, -1):
        part = word[:size] + "-" if beginning else "-" + word[-size:]
        if part in places:
            return part
    return ""


class _Packed(NamedTuple):
    topics: tuple[Topic, ...]
    related: tuple[dict[int, float], ...]
    broad: frozenset[int]
    across: frozenset[int]
    organs: frozenset[int]
    asked: dict[str, list[list[str]]]
    areas: list[tuple[list[int], list[list[list[str]]]]]
    places: dict[str, int]
    columns: tuple[bytes, ...]


def listed_pairs() -> dict[str, dict[str, str]]:
    """The entries of the lexicon that are two words: first → second → both."""
    found: dict[str, dict[str, str]] = {}
    for place in _packed().places:
        if " " in place:
            first, _, second = place.partition(" ")
            found.setdefault(first, {})[second] = place
    return found


@cache
def _packed() -> _Packed:
    """Unpack the data file: topics and what is known of them, word → place, one column of bytes per field."""
    raw = zlib.decompress(read_data("topics.bin"))
    line, _, rest = raw.partition(b"\n")
    header = json.loads(line)
    topics = tuple(Topic(*fields) for fields in header["topics"])
    related = tuple({i: 1.0} for i in range(len(topics)))
    for a, b, weight in header["related"]:
        related[a][b] = max(weight, related[a].get(b, 0.0))
        related[b][a] = related[a][b]
    size, fields = header["words"], 1 + 2 * header["slots"]
    split = len(rest) - size * fields
    listed = rest[: split - 1].decode("utf-8").split("\n")
    columns = tuple(rest[split + i * size : split + (i + 1) * size] for i in range(fields))
    places = dict(zip(listed, range(size), strict=True))
    broad, across, organs = (frozenset(header[key]) for key in ("broad", "across", "organs"))
    return _Packed(topics, related, broad, across, organs, header["asked"], header["areas"], places, columns)
