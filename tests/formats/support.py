"""What must hold of every article that a reader returns, and short ways to look at one."""

from __future__ import annotations

from healthlint.article import Article, BlockKind
from healthlint.formats import parse


def read(source: str, name: str = "a.md") -> Article:
    """Reads a source and checks what must always hold."""
    article = parse(name, source)
    check(article)
    return article


def shown(article: Article, *, metadata: bool = False) -> list[tuple[str, str]]:
    """The kind and prose of each block, those that stand in metadata only if asked for."""
    return [(b.kind.value, b.prose) for b in article.blocks if metadata or "metadata" not in b.within]


def sliced(article: Article, phrase: str) -> str:
    """What the source has at the place of a phrase of the prose; the phrase must stand in exactly one block."""
    (block,) = [b for b in article.blocks if phrase in b.prose]
    start = block.prose.index(phrase)
    return block.range(start, start + len(phrase)).within(article.source)


def check(article: Article) -> None:
    """Blocks in order and apart, segments without gaps, verbatim runs equal to the source, links in place."""
    source, last = article.source, 0
    for block in article.blocks:
        prose = block.prose
        assert prose and prose == " ".join(prose.split(" ")).strip(), prose
        assert "  " not in prose and not any(c in prose for c in "\n\r\t\xa0\x00\ue000\ue001\ue002"), prose
        segments = block.map.segments
        if not segments:
            assert block.within == {"metadata"}
            continue
        at = 0
        for segment in segments:
            assert segment.prose == at
            at += segment.prose_length
            written = source[segment.source : segment.source + segment.source_length]
            assert len(written) == segment.source_length
            if segment.prose_length == segment.source_length:
                for a, b in zip(prose[segment.prose : at], written, strict=True):
                    assert a == b or (a == " " and b.isspace())
                start, end = segment.prose, at
                assert block.range(start, end).within(source) == written
                middle = (start + end) // 2
                assert (
                    block.range(middle, end).within(source) == source[segment.source + middle - start :][: end - middle]
                )
        assert at == len(prose)
        where = block.range()
        assert last <= where.start < where.end <= len(source)
        last = where.end
    for link in article.links:
        assert 0 <= link.range.start <= link.range.end <= len(source)
        if link.block >= 0:
            block = article.blocks[link.block]
            assert block.prose[link.start : link.end] == link.text
            if link.text:
                assert link.range == block.range(link.start, link.end)
    found = article.metadata
    for value in (found.title, found.description, found.published, found.updated, *found.authors, *found.references):
        if value is not None and value.range.start < value.range.end:
            written = value.range.within(source)
            assert len(written) == value.range.end - value.range.start
            if written.isalnum():
                assert written == value.text
    for comment in article.comments:
        assert comment.text in comment.range.within(source)
    for problem in article.problems:
        assert 0 <= problem.range.start <= problem.range.end <= len(source)
        assert problem.message.endswith((".", "?"))
    assert sum(b.kind is BlockKind.TITLE for b in article.blocks) <= 1
    assert [c.range for c in article.comments] == sorted(c.range for c in article.comments)
