"""What articles hold, by hash. A file is read again only where the system says that it is another one."""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import NamedTuple

from healthlint.runner.cache import Seen
from healthlint.runner.discover import Stamp, Target

# A file that changed so shortly before it was looked at may change once more and keep its times: clocks of file
# systems tick every few milliseconds, some every two seconds.
_UNSETTLED_NS = 2_000_000_000
UNKNOWN = Stamp(-1, 0, 0, 0)  # the stamp of no file
_KNOWS_CHANGES = os.name != "nt"  # on Windows “changed” is when the file was made


class Content(NamedTuple):
    """The hash of an article's bytes, and the stamp by which it is known again."""

    hash: bytes
    stamp: Stamp


def content_of(target: Target, seen: Seen | None, began: int, exact: bool = True) -> Content:
    """The content of a file: as it was seen if nothing has touched it since, else read. Raises OSError.

    Setting back a file's time of modification hides no change: the system keeps its own time beside it. Where there is
    none, an `exact` answer is read. `began` is a time before this call, in nanoseconds.
    """
    stamp = Stamp.of(os.stat(target.full))  # noqa: PTH116 - half the time of Path.stat
    if seen is not None and seen.stamp == stamp and (_KNOWS_CHANGES or not exact):
        return Content(seen.content, stamp)
    with open(target.full, "rb") as file:  # noqa: PTH123
        data = file.read()
    settled = max(stamp.modified, stamp.changed) < began - _UNSETTLED_NS
    return Content(content_hash(data), stamp if settled else UNKNOWN)


def content_hash(data: bytes) -> bytes:
    """A 128-bit hash of a file's bytes."""
    return blake2b(data, digest_size=16).digest()
