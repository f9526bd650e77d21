"""The notes beside an article: each finding with its number, the phrase, the reason, and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from healthlint.article import Article
from healthlint.finding import Finding
from healthlint.ranges import TextRange
from healthlint.reporters.html_marks import Mark, ProseIndex
from healthlint.reporters.html_model import escape
from healthlint.rules.model import RuleMeta

_CODE = re.compile(r"`([^`<>]+)`")
_PHRASE = 160  # characters of a phrase that a note repeats


class Note(NamedTuple):
    """A finding, its number in the text, and its phrase as readers see it; number 0 where it has no place there."""

    number: int
    finding: Finding
    phrase: str


class Notes(NamedTuple):
    """The notes of one article in reading order, those on the whole article first; and the marks of each block."""

    whole: Sequence[Note]
    placed: Sequence[Note]
    marks: Mapping[int, Sequence[Mark]]
    last_block: Mapping[int, int]
    """For each number, the block in which its phrase ends."""


def place(article: Article, findings: Sequence[Finding]) -> Notes:
    """Numbers the findings in the order in which a reader meets their phrases."""
    index = ProseIndex(article)
    found = [(list(index.spans(TextRange(f.offset, f.end_offset))), f) for f in findings]
    whole = [Note(0, finding, finding.text) for spans, finding in found if not spans]
    in_text = sorted(((s, f) for s, f in found if s), key=lambda item: (item[0][0], item[1].sort_key))
    marks: dict[int, list[Mark]] = {}
    last_block: dict[int, int] = {}
    placed = []
    for number, (spans, finding) in enumerate(in_text, 1):
        phrase = " ".join(article.blocks[span.block].prose[span.start : span.end] for span in spans)
        placed.append(Note(number, finding, phrase))
        last_block[number] = spans[-1].block
        for span in spans:
            marks.setdefault(span.block, []).append(Mark(span.start, span.end, number))
        for related in finding.related:
            if related.range and not related.path:
                for span in index.spans(related.range):
                    marks.setdefault(span.block, []).append(Mark(span.start, span.end, number, also=True))
    return Notes(whole, placed, marks, last_block)


def family_name(family: str) -> str:
    """“plain-language” as people read it: “Plain language”."""
    return family.replace("-", " ").capitalize()


def notes_html(notes: Notes, key: str, rules: Mapping[str, RuleMeta], hues: Mapping[str, int]) -> str:
    """The list of notes of the article with this key: those on the whole article, then those on a phrase."""
    parts = []
    if notes.whole:
        items = [_note(n, f"{key}-w{i}", key, rules, hues) for i, n in enumerate(notes.whole, 1)]
        parts += [f'<h3>The article as a whole</h3>\n<ul class="notes">\n{"".join(items)}</ul>\n']
    if notes.placed:
        items = [_note(n, f"{key}-n{n.number}", key, rules, hues) for n in notes.placed]
        parts += [f'<h3>Phrase by phrase</h3>\n<ol class="notes">\n{"".join(items)}</ol>\n']
    return "".join(parts) or '<p class="none">Nothing was found in this article.</p>\n'


def _note(note: Note, anchor: str, key: str, rules: Mapping[str, RuleMeta], hues: Mapping[str, int]) -> str:
    finding = note.finding
    meta = rules.get(finding.rule)
    severity, family = finding.severity.value, finding.family
    number = ""
    if note.number:
        number = (
            f'<a class="back" href="#{key}-r{note.number}" title="Back to the text">'
            f'<span class="sr">Note </span>{note.number}<span class="sr">, back to the text</span></a> '
        )
    classes = f"note s-{severity} h{hues.get(family, 0)}"
    parts = [
        f'<li id="{anchor}" class="{classes}" data-family="{escape(family)}" data-severity="{severity}">\n',
        f'<p class="kind">{number}<span class="sev">{severity}</span> '
        f'<span class="fam">{escape(family_name(family))}</span>'
        f'<button type="button" class="close" hidden>Close</button></p>\n',
    ]
    phrase = _short(note.phrase)
    if phrase and phrase not in finding.message:
        parts.append(f'<p class="phrase">{escape(phrase)}</p>\n')
    parts.append(f"<p>{escape(finding.message)}</p>\n")
    help_ = finding.help or (meta.help if meta else "")
    if help_:
        parts.append(f'<p class="do"><b>What to do</b> {_code(escape(help_))}</p>\n')
    if finding.fix:
        parts.append(f'<p class="do"><b>Suggested change</b> {escape(finding.fix.title)}</p>\n')
    parts += [f'<p class="also-at">See {escape(where)}</p>\n' for where in _related(finding)]
    parts.append(
        f'<p class="foot">{_place(note)}<a href="#rule-{escape(finding.rule)}">{escape(finding.rule)}</a></p>\n</li>\n'
    )
    return "".join(parts)


def _code(escaped: str) -> str:
    """Words between backticks as code, as rule files mean them."""
    return _CODE.sub(r"<code>\1</code>", escaped)


def _place(note: Note) -> str:
    finding = note.finding
    return f"Line {finding.line} · " if note.number or finding.text.strip() else ""


def _related(finding: Finding) -> list[str]:
    places = []
    for related in finding.related:
        where = f"{related.path}, line {related.line}" if related.path else f"line {related.line}"
        places.append(f"{where}: {related.message}" if related.message else where)
    return places


def _short(text: str) -> str:
    """The phrase on one line; the middle of a long one is left out."""
    words = " ".join(text.split())
    return words if len(words) <= _PHRASE else f"{words[: _PHRASE - 40].rstrip()} … {words[-30:].lstrip()}"
