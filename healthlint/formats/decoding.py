"""Bytes to text: UTF-8, or UTF-16 and UTF-32 with a byte order mark. Anything else is refused, with the place."""

from __future__ import annotations

import codecs

from healthlint.errors import ReadError

# UTF-32 first: its mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LONGEST_MARK = max(len(mark) for mark, _ in _MARKS)
_CONTROLS = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))
_SAVE = "Open it in your editor and save it as UTF-8."


def decode(path: str, data: bytes) -> str:
    """The text of a file without its byte order mark. Raises ReadError for binary data and wrong encodings."""
    mark, codec = encoding_of(data)
    if codec == "utf-8" and _is_binary(data):
        if _is_wide(data):
            raise ReadError("This looks like UTF-16 text without its byte order mark.", where=path, hint=_SAVE)
        raise ReadError(
            "This is not a text file.",
            where=path,
            hint="Leave it out, or export its text as Markdown, HTML or plain text.",
        )
    try:
        return data[len(mark) :].decode(codec)
    except UnicodeDecodeError as error:
        at = len(mark) + error.start
        line = data.count(b"\n", 0, at) + 1
        place = f"byte 0x{data[at]:02X} at offset {at}"
        if codec == "utf-8":
            place += f" on line {line}"
        name = codec.removesuffix("-le").removesuffix("-be").upper()
        raise ReadError(f"This is not valid {name}: {place}.", where=path, hint=_SAVE) from None


def encoding_of(data: bytes) -> tuple[bytes, str]:
    """The byte order mark that a file begins with (empty where there is none), and the codec of what follows."""
    return next((known for known in _MARKS if data.startswith(known[0])), (b"", "utf-8"))


def _is_binary(data: bytes) -> bool:
    """Whether control characters are no slip: one in ten, or over 32 and one in a hundred, of the first 64 kB."""
    head = data[:65536]
    count = len(head) - len(head.translate(None, _CONTROLS))
    return count >= 4 and (count * 10 >= len(head) or (count > 32 and count * 100 >= len(head)))


def _is_wide(data: bytes) -> bool:
    """Whether every other byte of the beginning is zero, as in UTF-16 of Latin letters."""
    head = data[:400]
    half = len(head) // 2
    return half >= 4 and (head[::2].count(0) > 0.8 * half or head[1::2].count(0) > 0.8 * half)
