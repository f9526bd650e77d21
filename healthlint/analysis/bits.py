"""Whole numbers as sets: number n is in one where its bit n is set, so that one operation asks for hundreds."""

from __future__ import annotations

from collections.abc import Iterator


def in_each(bits: int, count: int, sets: int) -> int:
    """What is in all of several sets of so many numbers, which lie one behind the other in one whole number."""
    found = bits & ((1 << count) - 1)
    for _ in range(1, sets):
        bits >>= count
        found &= bits
    return found


def members(bits: int) -> Iterator[int]:
    """The numbers of the bits that are set, ascending."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
