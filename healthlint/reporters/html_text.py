"""The text of an article in the HTML report: its blocks, with marks, references to notes, and hard sentences shaded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from healthlint.article import Article, Block, BlockKind, Link
from healthlint.finding import Finding
from healthlint.reporters.html_marks import Mark, Piece, pieces
from healthlint.reporters.html_model import HardSentence, escape
from healthlint.reporters.html_notes import Notes, family_name

_TAGS = {
    BlockKind.TITLE: "h3",
    BlockKind.QUESTION: "p",
    BlockKind.QUOTE: "blockquote",
    BlockKind.CAPTION: "p",
    BlockKind.LIST_ITEM: "li",
    BlockKind.REFERENCE: "li",
    BlockKind.RELATED_LINK: "li",
    BlockKind.TABLE_CELL: "td",
}
_APART = ("metadata", "header", "aside", "footer")
_NAMES = {
    "metadata": "From the page’s metadata",
    "header": "Header of the page",
    "aside": "Beside the text",
    "footer": "Footer of the page",
}
_WIDE = 90  # characters from which a phrase is only underlined: whole sentences in colour would drown the rest
_ROW = re.compile(r"<tr\b|\n", re.IGNORECASE)
_HTML_ROW = re.compile(r"<tr\b", re.IGNORECASE)


def text_html(
    article: Article, notes: Notes, hard: Sequence[HardSentence], key: str, hues: Mapping[str, int]
) -> Iterator[str]:
    """The article's blocks as HTML, one string for each run of blocks of a kind. `key` makes the ids its own."""
    writer = _Writer(article, notes, hard, key, hues)
    for (place, tag), run in groupby(enumerate(article.blocks), key=lambda item: _group(item[1])):
        blocks = list(run)
        if place != writer.place:
            yield writer.move(place)
        if tag == "li":
            items = "".join(writer.block(i, block, "li") for i, block in blocks)
            kind = blocks[0][1].kind.value
            yield f'<ul class="{kind}">\n{items}</ul>\n'
        elif tag == "td":
            yield f'<div class="scroll"><table>\n{"".join(writer.rows(blocks))}</table></div>\n'
        else:
            yield "".join(writer.block(i, block, _tag(block)) for i, block in blocks)
    yield writer.move("")


def _group(block: Block) -> tuple[str, str]:
    place = next((name for name in _APART if name in block.within), "")
    tag = _tag(block)
    # A list ends where another kind of item begins, so the key holds the kind too.
    return place, tag if tag in ("li", "td") else ""


def _tag(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        return f"h{min(6, max(4, block.level + 2))}"
    return _TAGS.get(block.kind, "p")


class _Writer:
    def __init__(
        self, article: Article, notes: Notes, hard: Sequence[HardSentence], key: str, hues: Mapping[str, int]
    ) -> None:
        self.article, self.notes, self.key, self.hues = article, notes, key, hues
        self.findings: dict[int, Finding] = {note.number: note.finding for note in notes.placed}
        self.hard: dict[int, list[HardSentence]] = {}
        for sentence in hard:
            self.hard.setdefault(sentence.block, []).append(sentence)
        self.links: dict[int, list[Link]] = {}
        for link in sorted(article.links, key=lambda link: link.start):
            known = self.links.get(link.block, [])
            if link.block >= 0 and link.end > link.start and not (known and known[-1].end > link.start):
                self.links.setdefault(link.block, []).append(link)
        self.place = ""

    def move(self, place: str) -> str:
        """Closes the part of the page that is open, and opens another."""
        closed = "</div>\n" if self.place else ""
        self.place = place
        return closed + (f'<div class="apart {place}">\n<p class="where">{_NAMES[place]}</p>\n' if place else "")

    def rows(self, cells: list[tuple[int, Block]]) -> Iterator[str]:
        """Table rows: blocks do not know theirs, the source between two cells does."""
        row_start = _HTML_ROW if self.article.format == "html" else _ROW
        row: list[str] = []
        end = None
        for index, block in cells:
            span = block.range()
            if end is not None and row_start.search(self.article.source, end, max(end, span.start)):
                yield f"<tr>{''.join(row)}</tr>\n"
                row = []
            row.append(self.block(index, block, "td").rstrip("\n"))
            end = span.end
        yield f"<tr>{''.join(row)}</tr>\n"

    def block(self, index: int, block: Block, tag: str) -> str:
        classes = [block.kind.value]
        if block.kind is BlockKind.LIST_ITEM and block.level > 1:
            classes.append(f"l{min(block.level, 4)}")
        shown = "".join(self.prose(index, block))
        if block.kind is BlockKind.RELATED_LINK:
            shown += "".join(
                f' <span class="target">{escape(link.target)}</span>' for link in self.links.get(index, ())
            )
        return f'<{tag} class="{" ".join(classes)}" dir="auto">{shown}</{tag}>\n'

    def prose(self, index: int, block: Block) -> Iterator[str]:
        hard = self.hard.get(index, [])
        links = [(link.start, link.end) for link in self.links.get(index, ())]
        marks = self.notes.marks.get(index, ())
        if not (hard or links or marks):
            yield escape(block.prose)
            return
        cut = pieces(len(block.prose), marks, [(s.start, s.end) for s in hard], links)
        for sentence, run in groupby(cut, key=lambda piece: piece.sentence):
            shown = "".join(self.piece(piece, index, block) for piece in run)
            yield _shaded(hard[sentence], shown) if sentence >= 0 else shown

    def piece(self, piece: Piece, index: int, block: Block) -> str:
        text = escape(block.prose[piece.start : piece.end])
        if piece.link >= 0:
            text = f'<span class="link">{text}</span>'
        if not piece.marks:
            return text
        own = [mark for mark in piece.marks if not mark.also]
        gravest = min(own or piece.marks, key=self._gravity)
        finding = self.findings[gravest.note]
        classes = f"m s-{finding.severity.value} h{self.hues.get(finding.family, 0)}" + ("" if own else " also")
        if gravest.end - gravest.start > _WIDE:
            classes += " wide"
        notes = f' data-n="{_numbers(own)}"' if own else ""
        also = _numbers([mark for mark in piece.marks if mark.also])
        notes += f' data-also="{also}"' if also else ""
        refs = [self._reference(n) for n in sorted(piece.ends) if self.notes.last_block[n] == index]
        # No line may break between a phrase and the number of its note.
        return f'<mark class="{classes}"{notes}>{text}</mark>' + "".join(refs)

    def _gravity(self, mark: Mark) -> tuple[int, int, int]:
        return (self.findings[mark.note].severity.rank, mark.end - mark.start, mark.note)

    def _reference(self, number: int) -> str:
        finding = self.findings[number]
        label = f"Note {number}: {finding.severity.value}, {family_name(finding.family).lower()}"
        return (
            f'<sup class="ref s-{finding.severity.value} h{self.hues.get(finding.family, 0)}">'
            f'<a id="{self.key}-r{number}" href="#{self.key}-n{number}" data-n="{number}" aria-label="{escape(label)}">'
            f"{number}</a></sup>"
        )


def _numbers(marks: Sequence[Mark]) -> str:
    """The notes' numbers, that of the shortest phrase first: a click means the innermost one."""
    ordered = sorted(marks, key=lambda mark: (mark.end - mark.start, mark.note))
    return " ".join(dict.fromkeys(str(mark.note) for mark in ordered))


def _shaded(sentence: HardSentence, shown: str) -> str:
    words = f"{sentence.words} words, grade {sentence.grade:.0f}"
    level = "hardest" if sentence.hardest else "harder"
    told = "One of the hardest sentences" if sentence.hardest else "Hard sentence"
    return (
        f'<span class="hard {level}" title="{told}: {words}"><span class="sr">[{told}, {words}:] </span>{shown}</span>'
    )
