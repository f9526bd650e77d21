"""Metadata of an HTML page: `<title>`, `<meta>`, `<html lang>` and JSON-LD, each with its place; and its title."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.article import Article, BlockKind, Metadata, Value
from healthlint.formats.html.tokens import Token, attributes, plain
from healthlint.formats.metadata.fields import metadata
from healthlint.formats.metadata.front_matter import title_block
from healthlint.formats.metadata.json_text import JsonError, read_json
from healthlint.formats.templates import MARKS
from healthlint.ranges import TextRange

_META = {
    "description": "description",
    "og:description": "description",
    "og:title": "title",
    "twitter:title": "title",
    "author": "authors",
    "article:author": "authors",
    "article:published_time": "published",
    "article:modified_time": "updated",
    "date": "published",
    "last-modified": "updated",
    "last-reviewed": "reviewed",
    "review_date": "reviewed",
    "datepublished": "published",
    "datemodified": "updated",
    "lastreviewed": "reviewed",
}
# Types whose facts are about the page; the names in others (Organization, BreadcrumbList) are not the article's.
_PAGES = ("article", "webpage", "blogposting", "report", "medicalentity", "medicalcondition", "faqpage", "newsarticle")
_APART = frozenset({"footer", "aside"})


def read_head(article: Article, head: list[tuple[Token, TextRange]]) -> None:
    """Fills the metadata from the tags met on the way. Front matter wins over the tags, they over JSON-LD."""
    source, found = article.source, article.metadata
    raw = dict(found.raw)
    linked_data: list[Metadata] = []
    for token, inner in head:
        values = attributes(source, token)
        if token.name == "title":
            if found.title is None and inner.end > inner.start:
                found.title = _value(source, inner)
        elif token.name == "html":
            language = _value(source, TextRange(*values["lang"])) if "lang" in values else None
            found.language = found.language or (language.text if language else "")
        elif token.name == "meta":
            _meta(source, values, found, raw)
        elif token.name == "link":
            if source[slice(*values.get("rel", (0, 0)))].lower() == "canonical" and "href" in values:
                raw.setdefault("canonical", plain(source, *values["href"]))
        elif token.name == "script" and "ld+json" in source[slice(*values.get("type", (0, 0)))].lower():
            linked_data += _linked_data(source, inner)
    for data in linked_data:
        _merge(found, data)
    found.raw = raw


def choose_title(article: Article) -> None:
    """Makes the first `<h1>` the title block; without one, the `<title>` becomes a block in the metadata."""
    if any(block.kind is BlockKind.TITLE for block in article.blocks):
        return
    headings = [b for b in article.blocks if b.kind is BlockKind.HEADING and b.level == 1 and not b.within & _APART]
    first = next((block for block in headings if "header" not in block.within), headings[0] if headings else None)
    if first is not None:
        first.kind = BlockKind.TITLE
        return
    title = title_block(article.metadata.title)
    if title is None:
        return
    after = title.range().end
    at = next((i for i, block in enumerate(article.blocks) if block.range().start >= after), len(article.blocks))
    article.blocks.insert(at, title)
    article.links[:] = [link._replace(block=link.block + (link.block >= at)) for link in article.links]


def _value(source: str, where: TextRange) -> Value | None:
    """A text with entities decoded, and the range of what shows of it; None where nothing does."""
    start, end = where.stripped(source)
    text = plain(source, start, end)
    if any(mark in source[start:end] for mark in MARKS):
        return None  # a template's variable, not the words that readers see
    return Value(text, TextRange(start, end)) if text else None


def _meta(source: str, values: dict[str, tuple[int, int]], found: Metadata, raw: dict[str, object]) -> None:
    key = next(
        (source[slice(*values[name])].lower() for name in ("name", "property", "itemprop") if name in values), ""
    )
    value = _value(source, TextRange(*values["content"])) if "content" in values else None
    if not key or value is None:
        return
    raw.setdefault(key, value.text)
    if key.startswith("og:article:"):
        key = key[3:]
    name = _META.get(key)
    if name == "authors":
        if not value.text.startswith(("http://", "https://")):
            found.authors = (
                (*found.authors, value) if value.text not in [a.text for a in found.authors] else found.authors
            )
    elif name is not None and getattr(found, name) is None:
        setattr(found, name, value)


def _linked_data(source: str, inner: TextRange) -> Iterator[Metadata]:
    try:
        root, _ = read_json(source, inner.start, inner.end)
    except JsonError:
        return  # search engines ignore it too; the page itself is read in full
    waiting = [root]
    while waiting:
        node = waiting.pop(0)
        if node.items is not None:
            waiting[:0] = node.items
            continue
        if node.fields is None:
            continue
        if "@graph" in node.fields:
            waiting.append(node.fields["@graph"])
        kind = node.fields.get("@type")
        names = [n.text.lower() for n in (kind.items or [kind])] if kind is not None else []
        if any(name.endswith(_PAGES) for name in names):
            yield metadata(node)
            inner_page = node.fields.get("mainEntityOfPage") or node.fields.get("mainEntity")
            if inner_page is not None:
                waiting.append(inner_page)


def _merge(found: Metadata, data: Metadata) -> None:
    for name in ("title", "description", "published", "reviewed", "updated", "disclaimer"):
        if getattr(found, name) is None:
            setattr(found, name, getattr(data, name))
    for name in ("authors", "reviewers", "references", "related"):
        if not getattr(found, name):
            setattr(found, name, getattr(data, name))
    found.language = found.language or data.language
