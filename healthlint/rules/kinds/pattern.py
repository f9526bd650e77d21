"""Kind `pattern`: regular expressions over sentences, with what has to be or must not be near.

```yaml
check:
  kind: pattern
  patterns:
    - '\\bqod\\b'                              # over folded text: lower case, plain quotes and hyphens
    - regex: '(?P<dose>\\d+)\\.0+ ?mg\\b'       # named groups become message values; a group named `match` is the range
      case: true                              # over the prose as written
      variant: trailing-zero                  # its own severity and message
      values: {suggestion: leave out the zero}
  except: ['version \\d+\\.0']                 # not where this overlaps what was found
  unless: ['lab value']                       # not in a sentence that holds this …
  unless-near: ['\\d+ in \\d+']                # … nor within `near` sentences
  needs: ['\\brisk\\b']                        # only in a sentence that holds this …
  needs-near: ['\\bstroke\\b']                 # … or within `near` sentences
  near: 2
```

`except`, `unless`, `unless-near`, `needs` and `needs-near` may stand at the check or at one pattern, where they add to
the check's. More keys: `in` (kinds of block), `over: block` (look at whole blocks, not sentences), `once` (one finding
for each different text), `group` (one finding for the article), `skip-quotes`, `skip-names`, `targets` (expressions
over the targets of links), `metadata` (also look at titles, names, dates and sources in the metadata). A regular
expression that must see every sentence is allowed, only slower. The message may show {match}, named groups and
`values`; with `once` or `group` {count} and {times}.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field

from healthlint.analysis import CLAIM_KINDS, Analysis
from healthlint.analysis.fold import fold
from healthlint.article import Metadata, Value
from healthlint.finding import Match
from healthlint.rules.kinds._shapes import CONTEXT_KEYS, Shape, compiled, read_shape
from healthlint.rules.model import Options, RuleMeta
from healthlint.rules.parts.occurrences import Occurrence, grouped, single
from healthlint.rules.parts.rule_file import block_kinds
from healthlint.rules.surroundings import in_quotes, is_name, window
from healthlint.strict_yaml import Locator

_FLAGS = ("once", "group", "skip-quotes", "skip-names", "metadata")
_NONE: frozenset[str] = frozenset()
_KEYS = ("kind", "patterns", *CONTEXT_KEYS, "near", "in", "over", "targets", *_FLAGS)


def build(meta: RuleMeta, where: Locator) -> PatternRule:
    """A rule around regular expressions; raises RuleError at file:line."""
    check = where.check_keys(meta.check, _KEYS, "check", required=["patterns"])
    shared = {key: compiled(check.get(key, []), where, "check", key) for key in CONTEXT_KEYS}
    items = [check["patterns"]] if isinstance(check["patterns"], str) else check["patterns"]
    if not isinstance(items, list) or not items:
        raise where.error("check", "patterns", message="“patterns” must be a list of regular expressions.")
    shapes = tuple(read_shape(item, shared, meta, where, i) for i, item in enumerate(items))
    rule = PatternRule(meta, shapes)
    rule.targets = compiled(check.get("targets", []), where, "check", "targets")
    rule.near = where.whole(check.get("near", 0), "check", "near")
    if any(shape.contexts[key] for shape in shapes for key in ("unless-near", "needs-near")) != (rule.near > 0):
        raise where.error("check", "near", message="“near” goes together with unless-near or needs-near.")
    rule.kinds = block_kinds(check.get("in", []), where, "check", "in") or CLAIM_KINDS
    rule.over_blocks = where.one_of(check.get("over", "sentence"), ("sentence", "block"), "check", "over") == "block"
    for name in _FLAGS:
        setattr(rule, name.replace("-", "_"), where.flag(check.get(name, False), "check", name))
    return rule


def metadata_values(metadata: Metadata) -> Iterator[Value]:
    """Every value of the metadata that readers see."""
    single = (metadata.title, metadata.description, metadata.published, metadata.reviewed, metadata.updated)
    yield from (value for value in (*single, metadata.disclaimer) if value is not None)
    yield from (*metadata.authors, *metadata.reviewers, *metadata.references)


@dataclass(slots=True)
class Unit:
    """What expressions are run on: a sentence or a block, as written and folded, and those that may match."""

    shapes: list[Shape]
    block: int
    offset: int
    prose: str
    folded: str
    near: str | None = field(default=None)


class PatternRule:
    """Runs regular expressions over sentences or blocks."""

    over_blocks = once = group = skip_quotes = skip_names = metadata = False
    near = 0
    kinds = CLAIM_KINDS
    targets: tuple[re.Pattern[str], ...] = ()

    def __init__(self, meta: RuleMeta, shapes: tuple[Shape, ...]) -> None:
        self.meta, self.shapes = meta, shapes
        self.literals: frozenset[str] = frozenset().union(*(group for shape in shapes for group in shape.groups))
        firsts = [shape.anchors for shape in shapes if shape.anchors]
        self.anchors: frozenset[str] | None = frozenset().union(*firsts) if len(firsts) == len(shapes) else None
        self._told = _NONE, False  # what was asked for in the article looked at last, and whether `literals` were

    @property
    def triggers(self) -> frozenset[str] | None:
        """The anchors, where nothing but sentences is looked at."""
        return None if self.targets or self.metadata else self.anchors

    def check(self, text: Analysis, options: Options) -> Iterator[Match]:
        """One match for each hit, for each different text (`once`), or for the article (`group`)."""
        places = self._places(text)
        if self.group:
            collected = sorted(places, key=lambda place: place.range)
            for place in collected:
                place.key = ""
            return grouped(collected)
        return grouped(places) if self.once else single(places)

    def _places(self, text: Analysis) -> Iterator[Occurrence]:
        for unit in self._units(text):
            taken: list[tuple[int, int]] = []
            for shape in unit.shapes:
                for found in shape.regex.finditer(unit.prose if shape.case else unit.folded):
                    start, end = found.span("match" if "match" in shape.regex.groupindex else 0)
                    if end <= start or any(a < end and start < b for a, b in taken):
                        continue
                    if self._counts(text, unit, shape, start, end):
                        taken.append((start, end))
                        yield self._place(text, unit, shape, found, start, end)
        for link in text.article.links if self.targets else ():
            for regex in self.targets:
                if regex.search(fold(link.target)):
                    yield Occurrence(link.target, link.range, link.text, {"match": link.target})
                    break
        if self.metadata:
            yield from self._in_metadata(text)

    def _in_metadata(self, text: Analysis) -> Iterator[Occurrence]:
        values = [(value, fold(value.text)) for value in metadata_values(text.article.metadata) if value.range.end]
        every = "\n".join(folded for _, folded in values)
        shapes = _possible(self.shapes, frozenset(filter(every.__contains__, self.literals)))
        # Values that a block shows (a title of the front matter) were looked at with the blocks.
        shown = {block.range() for block in text.blocks} if shapes else set()
        for value, folded in values if shapes else ():
            if value.range in shown:
                continue
            for shape in shapes:
                if shape.regex.search(value.text if shape.case else folded) and _holds_what_it_must(shape, folded):
                    evidence = {"pattern": shape.regex.pattern}
                    yield Occurrence(folded, value.range, value.text, shape.values, shape.variant, None, evidence)
                    break

    def _is_told(self, text: Analysis) -> bool:
        asked, told = self._told
        if asked is not text.asked:
            told = self.literals <= text.asked
            self._told = text.asked, told
        return told

    def _units(self, text: Analysis) -> Iterator[Unit]:
        told = self._is_told(text)  # by the prefilter, which of them stand in the article, and where
        shapes = _possible(self.shapes, text.present) if told else list(self.shapes)
        if not shapes:
            return
        if self.anchors is None:  # nothing to look for beforehand
            candidates = text.standing_in(self.kinds, range(len(text.sentences)))
        else:
            candidates = text.candidates_for(self.meta.id, self.kinds)
        seen = -1
        for sentence in candidates:
            block, start, end = text.sentences[sentence]
            held = text.present_at.get(sentence, _NONE)
            if self.over_blocks:
                if block == seen:
                    continue
                seen, start, end = block, 0, len(text.folded[block])
                held = _NONE.union(*(text.present_at.get(i, ()) for i in text.sentences_of(block)))
            folded = text.folded[block][start:end]
            if not told:
                held = frozenset(filter(folded.__contains__, self.literals))
            if possible := _possible(shapes, held):
                yield Unit(possible, block, start, text.blocks[block].prose[start:end], folded)

    def _counts(self, text: Analysis, unit: Unit, shape: Shape, start: int, end: int) -> bool:
        contexts = shape.contexts
        if self.skip_names and is_name(unit.prose, start, end):
            return False
        if self.skip_quotes and in_quotes(text.blocks[unit.block].prose, unit.offset + start, unit.offset + end):
            return False
        for regex in contexts["except"]:
            if any(other.start() < end and start < other.end() for other in regex.finditer(unit.folded)):
                return False
        if not _holds_what_it_must(shape, unit.folded):
            return False
        if not (contexts["unless-near"] or contexts["needs-near"]):
            return True
        if unit.near is None:
            first = text.sentence_at(unit.block, unit.offset + start)
            unit.near = " ".join(text.folded_sentence(i) for i in window(text, first, self.near))
        if any(regex.search(unit.near) for regex in contexts["unless-near"]):
            return False
        return not contexts["needs-near"] or any(regex.search(unit.near) for regex in contexts["needs-near"])

    def _place(
        self, text: Analysis, unit: Unit, shape: Shape, found: re.Match[str], start: int, end: int
    ) -> Occurrence:
        where = text.blocks[unit.block].range(unit.offset + start, unit.offset + end)
        shown = unit.prose[start:end]
        groups = {name: unit.prose[slice(*found.span(name))] for name, value in found.groupdict().items() if value}
        groups.pop("match", None)
        values = {**dict.fromkeys(shape.regex.groupindex, ""), **shape.values, **groups, "match": shown}
        return Occurrence(fold(shown), where, shown, values, shape.variant, None, {"pattern": shape.regex.pattern})


def _possible(shapes: Iterable[Shape], held: Set[str]) -> list[Shape]:
    # Those that may match where these literals stand.
    return [shape for shape in shapes if not any(map(held.isdisjoint, shape.groups))]


def _holds_what_it_must(shape: Shape, folded: str) -> bool:
    # Nothing of `unless`, and something of `needs`.
    needs = shape.contexts["needs"]
    if any(regex.search(folded) for regex in shape.contexts["unless"]):
        return False
    return not needs or any(regex.search(folded) for regex in needs)
