"""Reads article files: bytes → text → typed blocks, by the format a name says. Readers are imported when needed."""

from __future__ import annotations

import re
from os.path import splitext

from healthlint.article import Article, Problem
from healthlint.errors import ReadError
from healthlint.late import late
from healthlint.ranges import LineIndex, TextRange

SUFFIXES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".qmd": "markdown",
    ".mdoc": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "plain",
    ".text": "plain",
}
FORMATS = ("markdown", "html", "plain")

_CONTROLS = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F))
_CONTROL = late("[" + re.escape(_CONTROLS.decode()) + "]+")
_REPORT_XML = late(r"\s*(?:<\?xml[^>]*>\s*)?<(?:testsuites?|checkstyle)[\s>]")
_SURROGATE = late("[\ud800-\udfff]")


def format_of(path: str) -> str | None:
    """“markdown”, “html” or “plain” by the suffix of a path; None for anything else."""
    return SUFFIXES.get(splitext(path)[1].lower())  # noqa: PTH122 - asked of every file of a project


def read(path: str, data: bytes) -> Article:
    """Decodes and reads an article. Raises ReadError where the bytes are no text, or the suffix names no format."""
    from healthlint.formats.decoding import decode

    return parse(path, decode(path, data))


def parse(path: str, source: str, format: str | None = None) -> Article:
    """Reads an article from its decoded text; `format` overrides what the suffix of `path` says.

    Raises ReadError where neither names a format. Anything wrong inside the text becomes a Problem of the article.
    """
    format = format or format_of(path)
    if format not in FORMATS:
        raise ReadError(
            "By its name this is neither Markdown, HTML nor plain text.",
            where=path,
            hint="Give it one of these endings: " + ", ".join(SUFFIXES) + ".",
        )
    if source.startswith("\ufeff"):
        source = source[1:]
    article = Article(path, _without_surrogates(source), format)
    if not source.strip():
        article.problems.append(Problem("empty-article", "The file is empty, so nothing was checked.", TextRange(0, 0)))
        return article
    if format in ("html", "markdown") and is_own_report(source):
        message = (
            "This is a report of healthlint, not an article, so it was not checked. Take it out of the folder, or name "
            "it under `exclude:` in the configuration."
        )
        article.problems.append(Problem("empty-article", message, TextRange(0, 0)))
        return article
    data = _data(source)
    if data and not (format == "markdown" and data == "JSON"):
        message = (
            f"This is {data}, not an article, so it was not checked. Take it out of the folder, or name it aright."
        )
        article.problems.append(Problem("empty-article", message, TextRange(0, 0)))
        return article
    _note_controls(article)
    from healthlint.formats.metadata import front_matter

    body = front_matter.apply(article)
    if format == "markdown":
        from healthlint.formats.markdown.reader import read as fill
    elif format == "html":
        from healthlint.formats.html.reader import read as fill
    else:
        from healthlint.formats.plain.reader import read as fill
    fill(article, body)
    if not any("metadata" not in block.within for block in article.blocks) and source[body:].strip():
        message = (
            "No text was found in this file, so nothing was checked. Is the article put in by a script or a template?"
        )
        article.problems.append(Problem("empty-article", message, TextRange(0, 0)))
    return article


def is_own_report(source: str) -> bool:
    """Whether a page of HTML or Markdown is a report that healthlint wrote."""
    from healthlint.formats.html.names import MARKDOWN_REPORT_MARK, REPORT_MARK

    return REPORT_MARK in source[:300] or source.startswith(MARKDOWN_REPORT_MARK)


def _data(source: str) -> str:
    """“JSON”, “a list of JSON” or “XML” where a source is that and nothing else: a report, or data of a site."""
    first = source.lstrip()[:1]
    if first == "<":
        return "XML" if _REPORT_XML.match(source) else ""
    if first not in ("{", "["):
        return ""
    import json

    try:
        return "a list of JSON" if isinstance(json.loads(source), list) else "JSON"
    except (ValueError, RecursionError):
        pass
    lines = source.split("\n")
    try:
        return "a list of JSON" if all(isinstance(json.loads(line), dict) for line in lines if line.strip()) else ""
    except (ValueError, RecursionError):
        return ""


def _without_surrogates(source: str) -> str:
    try:
        source.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", source)
    return source


def _note_controls(article: Article) -> None:
    """One problem for all control characters: where the first stands, and how many there are."""
    narrow = article.source.encode("latin-1", "replace")  # to take bytes out is far cheaper than to look for them
    first = _CONTROL.search(article.source) if len(narrow) > len(narrow.translate(None, _CONTROLS)) else None
    if first is None:
        return
    count = sum(len(run) for run in _CONTROL.findall(article.source))
    line = LineIndex(article.source).position(first.start()).line
    many = f"{count} invisible control characters, the first" if count > 1 else "An invisible control character"
    message = (
        f"{many} (U+{ord(first[0][0]):04X}) on line {line}. Readers may see a box or nothing; a copy from another "
        "program often leaves them. Delete and retype the words around it."
    )
    article.problems.append(Problem("control-characters", message, TextRange(*first.span())))
