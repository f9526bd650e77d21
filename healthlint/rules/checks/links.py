"""Related links: about something else, leading nowhere, to drafts, or to pages long not reviewed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from healthlint.analysis import Analysis
from healthlint.article import BlockKind
from healthlint.finding import Match, Related
from healthlint.ranges import TextRange
from healthlint.rules.checks.link_targets import Resolver, on_disk, resolver_for
from healthlint.rules.messages import join_names
from healthlint.rules.model import Fact, Facts, Options, Place, ProjectMatch, day_of

if TYPE_CHECKING:  # a run from the cache seldom needs them
    from healthlint.analysis.topics.model import Relation, TopicModel
    from healthlint.analysis.topics.profile import TopicProfile

_GENERIC = re.compile(
    r"(?:read|learn|find out|see|view|discover) (?:more|all)\b.*|(?:click )?here|more|next|previous|back|home"
    r"|continue(?: reading)?"
)
_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_ADDRESS_KEYS = ("permalink", "slug", "url", "aliases", "redirect_from")


class _Link(NamedTuple):
    text: str
    target: str
    range: TextRange


def related_links(text: Analysis, broad: list[str]) -> Iterator[_Link]:
    """The links that an article offers as related, except under headings declared to be deliberately broad."""
    wide = [phrase.lower() for phrase in broad]
    heading = ""
    by_block: dict[int, list[_Link]] = {}
    related = set(text.sections.related)
    for link in text.article.links:
        if link.block in related:
            by_block.setdefault(link.block, []).append(_Link(link.text, link.target, link.range))
    for i, block in enumerate(text.blocks if related else ()):
        if block.kind is BlockKind.HEADING:
            heading = text.folded[i]
        if i in related and not any(phrase in heading for phrase in wide):
            yield from by_block.get(i) or [_Link(block.prose, "", block.range())]
    for item in text.article.metadata.related:
        yield _Link(item.text, item.target, item.range)


class _OffTopic:
    """Compares what a page is about with what each related link is about."""

    def collect(self, text: Analysis, options: Options) -> Fact | None:
        """What the article is about, and each related link with the verdict on its own words."""
        model, page = text.topic_model, text.topics
        links = []
        for link in related_links(text, options["broad"]):
            shown = " ".join(link.text.split())
            relation = None
            if shown and not _GENERIC.fullmatch(shown.lower().strip(" .…»→>")):
                relation = model.relatedness(page, model.profile(shown))
            if relation is None or relation.verdict != "related":
                links.append([shown, link.target, list(Place.of(text, link.range)), _verdict(relation)])
        addresses = _addresses(text)
        extra = {name: list(words) for name, words in text.settings.topics.items()}
        return {"about": _packed(page), "links": links, "addresses": addresses, "extra": extra}

    def check(self, facts: Facts, options: Options) -> Iterator[ProjectMatch]:
        """Links whose target, or else whose words, are about something else. When unsure, silent."""
        resolver: Resolver | None = None
        models: dict[str, TopicModel] = {}
        for path in sorted(facts):
            page: TopicProfile | None = None
            told: set[str] = set()  # a link in front matter often stands in the text too
            for shown, target, place, verdict in facts[path]["links"]:
                if target and resolver is None:
                    resolver = resolver_for(facts)
                found = resolver.find(target, path) if resolver and target else None
                if found == path:
                    continue
                if found is not None and found in facts:
                    page = page or _about(facts[path])
                    model = _model(facts[path]["extra"], models)
                    verdict = _verdict(model.relatedness(page, _about(facts[found])))
                if verdict["verdict"] == "off_topic" and shown not in told:
                    told.add(shown)
                    yield _off_topic(path, Place(*place), shown, verdict, found)


def _model(extra: dict[str, Any], known: dict[str, TopicModel]) -> TopicModel:
    key = repr(extra)
    if key not in known:
        from healthlint.analysis.topics.model import TopicModel

        known[key] = TopicModel(extra)
    return known[key]


def _packed(page: TopicProfile) -> str:
    # As a text: of most pages of a project nobody asks what they are about.
    return _encode(page.as_data())


def _about(fact: Fact) -> TopicProfile:
    from healthlint.analysis.topics.profile import TopicProfile

    return TopicProfile.from_data(json.loads(fact["about"]))


def _verdict(relation: Relation | None) -> dict[str, Any]:
    if relation is None:
        return {"verdict": "unsure"}
    if relation.verdict != "off_topic":
        return {"verdict": relation.verdict}
    return {
        "verdict": "off_topic",
        "page": list(relation.about_a),
        "link": list(relation.about_b),
        "score": round(relation.score, 2),
    }


def _off_topic(path: str, place: Place, shown: str, verdict: dict[str, Any], found: str | None) -> ProjectMatch:
    page, link = (join_names(verdict[side]) or "other things" for side in ("page", "link"))
    related = (Related("the page it leads to", None, found, 1, 1),) if found else ()
    values = {"page": page, "link": link, "shown": shown}
    evidence = {"this page": page, "the link": link, "closeness": f"{verdict['score']:.2f} of 1"}
    return ProjectMatch(path, place, Match(None, values, "", evidence, related))


def _addresses(text: Analysis) -> list[str]:
    raw = {key.lower(): value for key, value in text.article.metadata.raw.items()}
    found: list[str] = []
    for key in _ADDRESS_KEYS:
        value = raw.get(key)
        found += [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
    return found


off_topic = _OffTopic()


class _Broken:
    """Related links that lead nowhere, to a draft, or to a page that nobody has reviewed for long."""

    def collect(self, text: Analysis, options: Options) -> Fact | None:
        """The article's related links with targets, whether it is a draft, and when it was last looked at."""
        from healthlint.analysis.dates import DateRole

        meta = text.article.metadata
        spans = [
            mark.span.last
            for mark in text.sections.dates
            if mark.span and mark.role in (DateRole.REVIEWED, DateRole.UPDATED)
        ]
        links = [[link.target, list(Place.of(text, link.range))] for link in related_links(text, []) if link.target]
        seen = max(spans).isoformat() if spans else ""
        return {"links": links, "draft": meta.draft, "seen": seen, "addresses": _addresses(text)}

    def check(self, facts: Facts, options: Options) -> Iterator[ProjectMatch]:
        """One finding a link, on the article that holds it. Missing targets only where the whole project is known."""
        resolver = resolver_for(facts)
        today = day_of(options["today"])
        for path in sorted(facts):
            for target, place in facts[path]["links"]:
                found = resolver.find(target, path)
                variant, values = "", {"target": target}
                if found is None:
                    if not (facts.complete and resolver.should_know(target, path)) or on_disk(target, path):
                        continue
                elif facts[found]["draft"]:
                    variant = "draft"
                elif (age := _months(facts[found]["seen"], today)) > options["months"]:
                    variant, values["age"] = "unreviewed", f"{age // 12} years"
                else:
                    continue
                related = (Related("the page it leads to", None, found, 1, 1),) if found else ()
                yield ProjectMatch(path, Place(*place), Match(None, values, variant, related=related))


def _months(seen: str, today: date) -> int:
    if not seen:
        return 0
    last = date.fromisoformat(seen)
    return (today.year - last.year) * 12 + today.month - last.month


broken = _Broken()
