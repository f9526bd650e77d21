"""Where reports go, and what they need to be written."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, TextIO

from healthlint.errors import ReadError, UsageError
from healthlint.formats import format_of, is_own_report
from healthlint.runner.discover import REPORT_FILE

_WRITTEN = {"text": "plain", "concise": "plain", "markdown": "markdown", "html": "html"}


def source_reader(texts: Mapping[str, bytes]) -> Callable[[str], str | None]:
    """Gives an article's decoded source by its shown path, from `texts` or from disk; None where it cannot be had."""

    def read(path: str) -> str | None:
        from healthlint.formats.decoding import decode

        try:
            return decode(path, texts[path] if path in texts else Path(path).read_bytes()).removeprefix("\ufeff")
        except (OSError, ReadError):
            return None

    return read


def mark_length(texts: Mapping[str, bytes], path: str) -> int:
    """The bytes of the UTF-8 byte order mark at the start of an article, in `texts` or on disk; 0 where it has none."""
    from healthlint.formats.decoding import LONGEST_MARK, encoding_of

    try:
        with BytesIO(texts[path]) if path in texts else Path(path).open("rb") as source:
            mark, codec = encoding_of(source.read(LONGEST_MARK))
            return len(mark) if codec == "utf-8" else 0
    except OSError:
        return 0


def spare_articles(file: Path, form: str, asked: Iterable[str]) -> None:
    """Raises UsageError where a report in a format would take the place of an article, as after a slip in the order.

    That is one of those asked for, or a file that is there and by its name is read, and not written, in this format,
    or a page of HTML that is no report.
    """
    own = format_of(str(file))
    if not file.is_file() or own is None:
        return
    other = own != _WRITTEN.get(form) or (own == "html" and file.name != REPORT_FILE and not is_own_report(_head(file)))
    if other or file.absolute() in [Path(path).absolute() for path in asked]:
        raise UsageError(
            "this is an article, and the report would take its place.", where=str(file), hint="Name another file."
        )


def _head(file: Path) -> str:
    with file.open("rb") as source:
        return source.read(1000).decode("utf-8", "replace")


@contextmanager
def opened(file: Path | None) -> Iterator[TextIO]:
    """A file to write to, or standard output, both UTF-8 with plain line ends. Raises UsageError where it cannot be."""
    if file is None:
        out: Any = sys.stdout
        if hasattr(out, "reconfigure"):
            out.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
        yield out
        return
    try:
        with file.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
            yield out
    except OSError as error:
        raise UsageError(f"cannot be written ({error.strerror}).", where=str(file)) from None
