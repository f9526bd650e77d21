"""Whole numbers as sets: number n is in one where its bit n is set, so that one operation looks at hundreds."""

from __future__ import annotations


def in_each(bits: int, count: int, sets: int) -> int:
    """The numbers below `count` that are in each of so many `sets`, which lie one behind the other in `bits`."""
    found = bits & ((1 << count) - 1)
    for _ in range(1, sets):
        bits >>= count
        found &= bits
    return found


def members(bits: int) -> list[int]:
    """The numbers of the bits that are set, ascending."""
    found = []
    while bits:
        highest = bits.bit_length() - 1
        found.append(highest)
        bits ^= 1 << highest
    return found[::-1]
