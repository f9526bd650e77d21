"""Pages that reuse large parts of each other."""

from __future__ import annotations

import struct
from base64 import b64decode, b64encode
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from zlib import crc32

from healthlint.analysis import Analysis
from healthlint.finding import Match, Related
from healthlint.ranges import TextRange
from healthlint.rules.checks.titles import in_any_version, language_of
from healthlint.rules.model import Fact, Facts, Options, Place, ProjectMatch

_SIZE = 5  # words a shingle
_KEPT = 8  # one shingle in so many is kept: enough to tell 0.6 from 0.5 in a page of 300 words
_COMMON = 12  # a shingle on more pages than this is boilerplate: a disclaimer, a footer, emergency advice


def _packed(hashes: set[int]) -> str:
    # Facts of a whole project are read together: as a text a page takes a fifth of the room of a list of numbers.
    return b64encode(struct.pack(f"<{len(hashes)}I", *sorted(hashes))).decode("ascii")


def _unpacked(text: str) -> tuple[int, ...]:
    data = b64decode(text)
    return struct.unpack(f"<{len(data) // 4}I", data)


class _Bodies:
    """Compares bodies by a sample of their five-word shingles (FracMinHash: those whose hash ends in zeros)."""

    def collect(self, text: Analysis, options: Options) -> Fact | None:
        """The sampled shingle hashes of the running text; none for short pages and drafts."""
        if text.article.metadata.draft:
            return None
        spared = set(text.sections.disclaimers)
        hashes: set[int] = set()
        total = 0
        for i, words in zip(text.prose_blocks, text.prose_words, strict=True):
            if i in spared:
                continue
            total += len(words)
            shingles = map(" ".join, zip(*[words[at:] for at in range(_SIZE)], strict=False))
            hashes.update([value // _KEPT for value in map(crc32, map(str.encode, shingles)) if not value % _KEPT])
        if total < options["min-words"]:
            return None
        title = text.article.title_block
        place = Place.of(text, title.range() if title else TextRange(0, 0))
        fact = {"place": list(place), "hashes": _packed(hashes), "title": text.article.title}
        return {**fact, "language": text.article.metadata.language[:2].lower()}

    def check(self, facts: Facts, options: Options) -> Iterator[ProjectMatch]:
        """Pairs where most of the shorter body stands in the other one as well."""
        # Nearly all shingles stand on one page only: those that do not are found first, by whole sets at a time.
        once: set[int] = set()
        again: set[int] = set()
        for fact in facts.values():
            values = _unpacked(fact["hashes"])
            again |= once.intersection(values)
            once.update(values)
        del once
        pages: dict[int, list[str]] = defaultdict(list)
        own: dict[str, int] = {}
        for path in sorted(facts):
            values = _unpacked(facts[path]["hashes"])
            own[path] = len(values)
            for value in again.intersection(values):
                pages[value].append(path)
        shared: dict[str, Counter[str]] = defaultdict(Counter)
        for paths in pages.values():
            if len(paths) > _COMMON:
                for path in paths:
                    own[path] -= 1
                continue
            for i, a in enumerate(paths):
                for b in paths[i + 1 :]:
                    shared[a][b] += 1
        found: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for a, others in shared.items():
            for b, count in others.items():
                share = count / min(own[a], own[b])
                few = min(own[a], own[b]) < options["min-words"] // (4 * _KEPT)
                if share < options["share"] or few or in_any_version(a) == in_any_version(b):
                    continue
                if language_of(a, facts[a]) == language_of(b, facts[b]):
                    found[a].append((-share, b))
                    found[b].append((-share, a))
        for path in sorted(found):
            yield _match(path, sorted(found[path]), facts)


def _match(path: str, others: list[tuple[float, str]], facts: Mapping[str, Fact]) -> ProjectMatch:
    share, first = others[0]
    related = []
    for _, other in others[:5]:
        at = Place(*facts[other]["place"])
        related.append(Related(f"“{facts[other]['title'] or other}”", None, other, at.line, at.column))
    values = {"other": first, "share": f"{-share:.0%}"}
    evidence = {"shared with the shorter page": f"{-share:.0%}"}
    return ProjectMatch(path, Place(*facts[path]["place"]), Match(None, values, "", evidence, tuple(related)))


in_project = _Bodies()
