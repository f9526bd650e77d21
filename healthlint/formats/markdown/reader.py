"""Reads Markdown: CommonMark with tables, footnotes, definition lists and HTML; MDX and templates under a mask."""

from __future__ import annotations

from healthlint.article import Article, BlockKind
from healthlint.formats.blocks import Blocks
from healthlint.formats.markdown.events import Reader
from healthlint.formats.markdown.notes import comments


def read(article: Article, body: int) -> None:
    """Fills an article from its Markdown source, from offset `body` on (after any front matter)."""
    from healthlint.formats.metadata.front_matter import title_block
    from healthlint.formats.sections import classify, mark_related

    sink = Blocks()
    title = title_block(article.metadata.title)
    if title is not None:
        sink.blocks.append(title)
    mdx = article.path.lower().endswith(".mdx") or _imports(article.source, body)
    if mdx:
        from healthlint.formats.markdown.mdx import mask_mdx as mask
    else:
        from healthlint.formats.templates import mask_markdown as mask
    under = mask(article.source, body)
    article.comments += under.comments
    reader = Reader(article, sink, under, mdx)
    reader.read(body)
    article.comments += comments(under.text, body)
    article.comments.sort(key=lambda comment: comment.range)
    article.blocks, article.links = sink.blocks, sink.links
    mark_related(article.blocks, article.links, reader.html.related)
    if title is None:
        first = next((block for block in sink.blocks if block.kind is BlockKind.HEADING), None)
        if first is not None and first.level == 1:
            first.kind = BlockKind.TITLE
    classify(article.blocks, article.links, sink.strong)


def _imports(source: str, body: int) -> bool:
    if not any(word in source for word in ("\nimport", "\nexport")) and not source.startswith(
        ("import", "export"), body
    ):
        return False
    from healthlint.formats.markdown.mdx import begins_with_modules

    return begins_with_modules(source, body)
