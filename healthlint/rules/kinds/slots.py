"""Kind `slots`: a statement made of parts, in many wordings, of which certain combinations are enough.

```yaml
check:
  kind: slots
  define: {advice: "medical advice|diagnosis"}
  slots:
    substitute:
      says: "says that it does not replace a professional"   # after “This article …”
      wordings:
        - match: ["not a <20> substitute <30;> {advice}"]  # any of these in a sentence …
          after: ["page|information"]                # … with one of these before it in the sentence
          not-after: ["supplement"]                  # … none of these before it
          without: ["insulin"]                       # … none of these anywhere in the sentence
          with: ["\\bthis page"]                      # … and one of these anywhere in it
          near: ["\\bthis page"]                      # the same; before it in the paragraph, too, if it has a pronoun
  skip: "a good website says"                        # a sentence with one of these fills no slot
  pass:                                              # one of these combinations, in one paragraph
    - {slots: [substitute]}
    - {slots: [purpose], option: purpose-alone}      # only where the rule's option is true
  sounds-like: {model: disclaimers, at-least: 0.7}   # enough as well, in wordings that no slot knows
  services:                                          # silent on a page that is about one of these topics, hardly about
    topics: [benefits]                               # health, of so many words and without one of these
    at-least: 50
    without: "treatments?|pills?"
```

In `match`, `<20>` stands for up to 20 characters of any text, `<20;>` for the same without a full stop or semicolon.
White space around it means nothing. Keep pieces short and alike: one that stands in many patterns is looked for once.
The message may show {missing} and {present}; an article that holds some of the parts is the variant `partial`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from healthlint.analysis import Analysis
from healthlint.analysis.chains import Chain, Gap, Heard
from healthlint.analysis.disclaimers import Filled, Passage, passages
from healthlint.analysis.fold import fold
from healthlint.analysis.learned import model, words
from healthlint.analysis.wordings import Wording, Wordings
from healthlint.errors import nearest
from healthlint.finding import Match, Related
from healthlint.rules.kinds._included import included, names_a_disclaimer
from healthlint.rules.kinds._services import Services, read_services
from healthlint.rules.messages import join_names
from healthlint.rules.model import Options, RuleMeta
from healthlint.rules.parts.anchors import rarest
from healthlint.rules.parts.patterns import Patterns
from healthlint.rules.parts.sound import sound
from healthlint.strict_yaml import Locator

PARTIAL = "partial"
_NO = frozenset({"", "false", "no", "none", "null", "off", "0"})
_SHORTEST = 10  # words of a passage that may sound like a disclaimer
_MAX_TEMPLATE_NAME = 3  # words: “true”, “medical”, “standard-medical”
_KEYS = ("match", "after", "not-after", "without", "with", "near")
_GAP = re.compile(r"\s*<(\d+)(;?)>\s*")


class Combination(NamedTuple):
    """Slots that are enough together, and the option that must be true for it, if any."""

    slots: tuple[str, ...]
    option: str = ""


def build(meta: RuleMeta, where: Locator) -> SlotsRule:
    """The rule that a rule file describes. Raises RuleError at file:line."""
    known = ("kind", "define", "slots", "skip", "pass", "sounds-like", "services")
    check = where.check_keys(meta.check, known, "check", required=["slots", "pass"])
    patterns = Patterns(where, check.get("define", {}), "check", "define")
    slots, says = {}, {}
    skip = patterns.each(check, "skip", "check")
    for name, item in where.mapping(check["slots"], "check", "slots").items():
        at = "check", "slots", name
        entry = where.check_keys(item, ("says", "wordings"), *at, required=["says", "wordings"])
        says[name] = where.text(entry["says"], *at, "says")
        slots[name] = _wordings(patterns, entry["wordings"], *at, "wordings")
    services = read_services(patterns, check["services"], "check", "services") if "services" in check else None
    patterns.check_all_used()
    combinations = _combinations(meta, where, check["pass"], says)
    return SlotsRule(meta, Wordings(slots, skip), says, combinations, _sound(check, where), services)


def _sound(check: Mapping[str, Any], where: Locator) -> tuple[str, float] | None:
    if "sounds-like" not in check:
        return None
    at = "check", "sounds-like"
    names = ("model", "at-least")
    return sound(where.check_keys(check["sounds-like"], names, *at, required=names), where, *at)


def _wordings(patterns: Patterns, value: object, *keys: str | int) -> list[Wording]:
    where = patterns.where
    if not isinstance(value, list) or not value:
        raise where.error(*keys, message="“wordings” must be a list.")
    found = []
    for i, item in enumerate(value):
        entry = where.check_keys(item, _KEYS, *keys, i, required=["match"])
        found.append(
            Wording(
                chains=_chains(patterns, entry["match"], *keys, i, "match"),
                after=patterns.each(entry, "after", *keys, i),
                not_after=patterns.each(entry, "not-after", *keys, i),
                without=patterns.each(entry, "without", *keys, i),
                within=patterns.each(entry, "with", *keys, i),
                near=patterns.each(entry, "near", *keys, i),
            )
        )
    return found


def _chains(patterns: Patterns, value: object, *keys: str | int) -> tuple[Chain, ...]:
    texts = patterns.texts(value, *keys)
    if not texts:
        raise patterns.where.error(*keys, message="“match” needs at least one pattern.")
    return tuple(
        _chain(patterns, text, *keys, *((i,) if isinstance(value, list) else ())) for i, text in enumerate(texts)
    )


def _chain(patterns: Patterns, text: str, *keys: str | int) -> Chain:
    # The pieces stand at 0, 3, 6 …, each followed by the two groups of its gap.
    parts = _GAP.split(text)
    if "" in parts[::3]:
        raise patterns.where.error(*keys, message="a gap such as <20> stands between two pieces of a pattern.")
    pieces = [patterns.piece(part, *keys) for part in parts[::3]]
    gaps = [Gap(int(most), bool(clause)) for most, clause in zip(parts[1::3], parts[2::3], strict=True)]
    return Chain([piece for piece, _ in pieces], gaps, rarest(group for _, groups in pieces for group in groups))


def _combinations(meta: RuleMeta, where: Locator, value: object, known: Mapping[str, str]) -> list[Combination]:
    if not isinstance(value, list) or not value:
        raise where.error("check", "pass", message="“pass” must be a list of combinations of slots.")
    found = []
    for i, item in enumerate(value):
        entry = where.check_keys(item, ("slots", "option"), "check", "pass", i, required=["slots"])
        names = where.texts(entry["slots"], "check", "pass", i, "slots")
        for name in names:
            if name not in known:
                raise where.error("check", "pass", i, message=f"there is no slot “{name}”.", hint=nearest(name, known))
        option = entry.get("option", "")
        if option and option not in meta.options:
            raise where.error("check", "pass", i, "option", message=f"the rule has no option “{option}”.")
        found.append(Combination(tuple(names), option))
    return found


class SlotsRule:
    """Reports an article in which no paragraph fills enough slots; says which parts stand where, which are missing."""

    anchors: frozenset[str] | None = None

    def __init__(
        self,
        meta: RuleMeta,
        wordings: Wordings,
        says: Mapping[str, str],
        combinations: Sequence[Combination],
        sounds_like: tuple[str, float] | None = None,
        services: Services | None = None,
    ) -> None:
        self.meta, self.wordings, self.says, self._sounds_like = meta, wordings, says, sounds_like
        self._services = services
        self._combinations = tuple(combinations)

    def check(self, text: Analysis, options: Options) -> Iterator[Match]:
        """At most one match, for the whole article."""
        enough = [c.slots for c in self._combinations if not c.option or options[c.option]]
        if all("metadata" in block.within for block in text.blocks):
            return  # a list of other pages, which the site's template makes
        if self._services and self._services.only(text):
            return
        if text.settings.disclaimer_provided or names_a_disclaimer(text.article.source):
            return
        if self._in_metadata(text, enough) or self._in_file(text, enough):
            return
        read: list[Passage] = []
        for blocks in reversed(list(passages(text))):  # most stand at the end
            read.append(Passage(text, blocks, self.wordings))
            if read[-1].fills_one_of(enough):
                return
        if self._sounds_like_one(read):
            return
        parts = self._parts(read[::-1])
        # Parts that all stand somewhere, but not together, are not enough: then another way to say it is missing.
        short = min(filter(None, ([name for name in names if name not in parts] for names in enough)), key=len)
        values = {"missing": self._said(short), "present": self._said(parts)}
        related = tuple(Related(f"here it {self.says[part.slot]}", part.range) for part in parts.values())
        evidence = {"present": ", ".join(parts) or "none", "missing": ", ".join(n for n in self.says if n not in parts)}
        yield Match(None, values, PARTIAL if parts else "", evidence, related)

    def _said(self, names: Iterable[str]) -> str:
        # “says what it is for and tells readers …”; two slots may say the same.
        return join_names(dict.fromkeys(self.says[name] for name in names))

    def _parts(self, read: Sequence[Passage]) -> dict[str, Filled]:
        """The first filled passage of each slot, in slot order."""
        found = ((name, next(filter(None, (passage.fill(name) for passage in read)), None)) for name in self.says)
        return {name: part for name, part in found if part is not None}

    def _in_file(self, text: Analysis, enough: Sequence[Sequence[str]]) -> bool:
        settings = text.settings
        if not settings.disclaimer_text:
            return False
        file = included(settings.disclaimer_file, settings.disclaimer_text, self.wordings)
        return file.whole.fills_one_of(enough) or self._sounds_like_one((*file.passages, file.whole))

    def _sounds_like_one(self, read: Iterable[Passage]) -> bool:
        return self._sounds_like is not None and any(_sounds(passage, *self._sounds_like) for passage in read)

    def _in_metadata(self, text: Analysis, enough: Sequence[Sequence[str]]) -> bool:
        value = text.article.metadata.disclaimer
        if value is None or value.text.strip().lower() in _NO:
            return False
        said = fold(value.text)
        if len(said.split()) <= _MAX_TEMPLATE_NAME:
            return True  # “disclaimer: medical”: the key of a text that the site's template prints
        heard, possible = Heard(said), self.wordings.possible(said)
        names = {name for name in self.says if self.wordings.first(heard, name, possible)}
        return any(names.issuperset(wanted) for wanted in enough)


def _sounds(passage: Passage, name: str, least: float) -> bool:
    texts = words(passage.statements)
    return len(texts) >= _SHORTEST and model(name).likelihood(texts) >= least
