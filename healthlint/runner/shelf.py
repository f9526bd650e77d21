"""Bytes put aside: in memory while they are few, then in a temporary file, so that memory stays flat."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import IO

_CHUNK = 1024 * 1024  # bytes that are written and read together
_CHUNKS_IN_MEMORY = 2


class Shelf:
    """Pieces of bytes in the order they were put. What finds no room on the disk stays in memory."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._sizes = array("L")
        self._chunks: list[bytes | tuple[int, int]] = []  # themselves, or where they stand in the file
        self._last: list[bytes] = []
        self._room = _CHUNK

    def __len__(self) -> int:
        return len(self._sizes)

    def put(self, data: bytes) -> None:
        """Put a piece after the others."""
        self._sizes.append(len(data))
        self._last.append(data)
        self._room -= len(data)
        if self._room <= 0:
            chunk = b"".join(self._last)
            self._chunks.append(chunk if len(self._chunks) < _CHUNKS_IN_MEMORY else self._filed(chunk))
            self._last, self._room = [], _CHUNK

    def _filed(self, chunk: bytes) -> bytes | tuple[int, int]:
        from tempfile import TemporaryFile  # late: small runs put little aside

        try:
            if self._file is None:
                self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - closed when the shelf is forgotten
            start = self._file.seek(0, 2)
            written = self._file.write(chunk)
        except OSError:
            return chunk
        return (start, written) if written == len(chunk) else chunk

    def __iter__(self) -> Iterator[bytes]:
        """All pieces in order."""
        sizes = iter(self._sizes)
        for chunk in (*self._chunks, b"".join(self._last)):
            data = chunk if isinstance(chunk, bytes) else self._read(*chunk)
            at = 0
            while at < len(data):
                size = next(sizes)
                yield data[at : at + size]
                at += size
        yield from (b"" for _ in sizes)

    def _read(self, start: int, size: int) -> bytes:
        assert self._file is not None
        self._file.seek(start)
        data = b""
        while len(data) < size and (part := self._file.read(size - len(data))):
            data += part
        return data
