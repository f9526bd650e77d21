"""What is put on a shelf comes back in order, from memory, from a file, and where there is no room for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.runner import shelf as module
from healthlint.runner.shelf import Shelf


def filled(pieces: list[bytes]) -> Shelf:
    shelf = Shelf()
    for piece in pieces:
        shelf.put(piece)
    return shelf


@given(st.lists(st.binary(max_size=12)), st.integers(1, 20))
def test_pieces_come_back_in_order(pieces: list[bytes], chunk: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_CHUNK", chunk)
        shelf = filled(pieces)
        assert list(shelf) == pieces
        assert list(shelf) == pieces, "again"
        shelf.put(b"last")
        assert list(shelf) == [*pieces, b"last"]
        assert len(shelf) == len(pieces) + 1


def test_many_pieces_leave_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CHUNK", 100)
    shelf = filled([bytes([number]) * 10 for number in range(200)])
    in_memory = sum(len(chunk) for chunk in shelf._chunks if isinstance(chunk, bytes))
    assert in_memory == 100 * module._CHUNKS_IN_MEMORY
    assert [piece[0] for piece in shelf] == list(range(200))


def test_a_disk_without_room_leaves_them_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "_CHUNK", 100)
    monkeypatch.setattr("tempfile.TemporaryFile", full)
    pieces = [bytes([number]) * 10 for number in range(200)]
    assert list(filled(pieces)) == pieces
