"""Metadata from named fields: front matter and JSON-LD give a tree of values, this finds the ones that matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from healthlint.article import Metadata, RelatedReference, Value
from healthlint.ranges import TextRange

_NAMES = {
    "title": "title seotitle metatitle headline name",
    "description": "description metadescription summary excerpt",
    "authors": "author authors authorname byline writtenby writer writers",
    "reviewers": "reviewedby medicallyreviewedby clinicallyreviewedby factcheckedby checkedby reviewer reviewers "
    "reviewername medicalreviewer medicalreviewers clinicalreviewer",
    "published": "date published datepublished publishdate publicationdate pubdate publishedat publishedon "
    "publisheddate created createdat datecreated firstpublished",
    "reviewed": "lastreviewed lastreviewedat lastreviewdate reviewed reviewedat reviewedon revieweddate "
    "medicallyreviewedat medicallyreviewedon datereviewed lastchecked reviewdate",
    "updated": "lastmod lastmodifiedat updated updateddate updatedat updatedon dateupdated datemodified lastupdated "
    "lastmodified modified modifiedat revised dateofupdate",
    "references": "references sources citations citation bibliography",
    "related": "related relatedarticles relatedlink relatedlinks relatedposts relatedcontent",
    "language": "lang language inlanguage locale",
    "disclaimer": "disclaimer medicaldisclaimer",
}
_FIELDS = {field: names.split() for field, names in _NAMES.items()}
_TEXT_KEYS = ("name", "title", "text", "headline", "label")
_TARGET_KEYS = ("url", "link", "href", "path", "slug", "permalink")
_MAX_DEPTH = 6


@dataclass(slots=True)
class Node:
    """One value of a front matter: text, or a list of nodes, or named nodes. `range` is the text in the source."""

    range: TextRange
    text: str = ""
    items: list[Node] | None = None
    fields: dict[str, Node] | None = None
    quoted: bool = field(default=False)

    def plain(self, depth: int = 0) -> Any:
        """The value as plain data: text as written, lists and mappings; `true`, `false` and null as such."""
        if depth > _MAX_DEPTH:
            return None
        if self.fields is not None:
            return {key: node.plain(depth + 1) for key, node in self.fields.items()}
        if self.items is not None:
            return [node.plain(depth + 1) for node in self.items]
        if not self.quoted:
            lower = self.text.lower()
            if lower in ("true", "false"):
                return lower == "true"
            if lower in ("", "null", "~"):
                return None
        return self.text


def normal(key: str) -> str:
    """A field name without case, `_`, `-`, spaces or a leading `@`."""
    return key.lower().replace("_", "").replace("-", "").replace(" ", "").lstrip("@")


def metadata(root: Node) -> Metadata:
    """The metadata that a mapping of fields names; `params.*` and `seo.*` count where the top level has none."""
    top = {normal(key): node for key, node in (root.fields or {}).items()}
    levels = [top]
    for inner in ("params", "seo"):
        node = top.get(inner)
        if node is not None and node.fields is not None:
            levels.append({normal(key): value for key, value in node.fields.items()})
    found = Metadata(raw=root.plain())

    def first(name: str) -> Node | None:
        for level in levels:
            for key in _FIELDS[name]:
                node = level.get(key)
                if node is not None and (node.text.strip() or node.items or node.fields):
                    return node
        return None

    found.title, found.description = _text(first("title")), _text(first("description"))
    found.authors, found.reviewers = _people(first("authors")), _people(first("reviewers"))
    for level in levels:
        if "published" in level and level["published"].plain() in (True, False):
            found.draft = level.pop("published").text.lower() == "false"  # Jekyll's `published: false`
    for level in levels:
        if "reviewed" in level and level["reviewed"].plain() in (True, False):
            del level["reviewed"]  # says whether, not when
    published = first("published")
    found.published, found.reviewed, found.updated = _text(published), _text(first("reviewed")), _text(first("updated"))
    if found.updated is None:
        nested = top.get("lastupdate")
        if nested is not None and nested.fields is not None:
            found.updated = _text(nested.fields.get("date"))
    found.references = tuple(_texts(first("references")))
    found.related = tuple(_related(first("related")))
    language = _text(first("language"))
    found.language = language.text if language else ""
    found.disclaimer = _text(first("disclaimer"))
    draft = next((level["draft"] for level in levels if "draft" in level), None)
    if draft is not None:
        found.draft = draft.text.lower() in ("true", "yes")
    own = top.get("healthlint")
    if own is not None and own.fields is not None:
        found.disable = tuple(_texts(own.fields.get("disable")))
        found.meaningless = tuple(
            Value(key, node.range)
            for key, node in own.fields.items()
            if key != "disable" or any(item.fields is not None for item in (node, *(node.items or ())))
        )
    else:
        found.meaningless = tuple(_texts(own))
    return found


def _text(node: Node | None) -> Value | None:
    """One text; of a mapping such as `{name: …}` or a list, the first text in it."""
    return next(_texts(node), None)


def _texts(node: Node | None, depth: int = 0) -> Iterator[Value]:
    if node is None or depth > _MAX_DEPTH:
        return
    if node.items is not None:
        for item in node.items:
            yield from _texts(item, depth + 1)
    elif node.fields is not None:
        low = {normal(key): value for key, value in node.fields.items()}
        for key in (*_TEXT_KEYS, *_TARGET_KEYS):
            inner = low.get(normal(key))
            if inner is not None and inner.text.strip():
                yield Value(inner.text.strip(), inner.range)
                return
    elif node.text.strip() and node.plain() is not None:
        yield Value(node.text.strip(), node.range)


def _people(node: Node | None) -> tuple[Value, ...]:
    return tuple(value for value in _texts(node) if value.text.lower() not in ("true", "false", "null", "none"))


def _related(node: Node | None, depth: int = 0) -> Iterator[RelatedReference]:
    """Related articles: texts, addresses, or mappings with both; groups `{heading, links: […]}` are entered."""
    if node is None or depth > _MAX_DEPTH:
        return
    if node.items is not None:
        for item in node.items:
            yield from _related(item, depth + 1)
    elif node.fields is not None:
        low = {normal(key): value for key, value in node.fields.items()}
        group = next((low[key] for key in ("links", "items", "articles", "posts") if key in low), None)
        if group is not None and group.items is not None:
            yield from _related(group, depth + 1)
            return
        text = next((low[key] for key in _TEXT_KEYS if key in low and low[key].text.strip()), None)
        target = next((low[normal(key)] for key in _TARGET_KEYS if normal(key) in low and low[normal(key)].text), None)
        if text is not None or target is not None:
            shown = text or target
            assert shown is not None
            yield RelatedReference(
                text.text.strip() if text else "", target.text.strip() if target else "", shown.range
            )
    elif node.text.strip():
        words = node.text.strip()
        address = _is_address(words)
        yield RelatedReference("" if address else words, words if address else "", node.range)


def _is_address(text: str) -> bool:
    """Whether a text is a path, a slug or a web address, not a title."""
    if " " in text:
        return False
    return "/" in text or text.endswith((".md", ".mdx", ".html")) or ("-" in text and text == text.lower())
