"""Which article of the project a link leads to: plain paths and the addresses that static site generators make."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from healthlint.rules.model import Fact

_SUFFIX = re.compile(r"\.(?:md|mdx|markdown|html?|xhtml|txt)$", re.IGNORECASE)
_INDEX = re.compile(r"(?:^|/)(?:_?index|readme)$", re.IGNORECASE)
_DATED = re.compile(r"(?<=/)\d{4}-\d{1,2}-\d{1,2}-(?=[^/]+$)|^\d{4}-\d{1,2}-\d{1,2}-(?=[^/]+$)")
_ORDER = re.compile(r"(?:(?<=/)|^)\d{1,3}[-_.](?=[^/\d])")  # Docusaurus: 02-sleep.md is served as /sleep
_NUMBERED = re.compile(r"(?:^|/)\d")
_PLAIN = re.compile(r"/?(?:[\w.-]+/)*[\w.-]*", re.ASCII)  # nothing in it to take apart
_LONGEST = 4


def path_of(target: str) -> str:
    """The path of a link inside the site, or an empty string for other sites, mail, anchors and template code."""
    if _PLAIN.fullmatch(target):
        return target
    if not target or target.startswith("#") or "{" in target or "<" in target:
        return ""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc:
        return ""
    return unquote(parts.path)


def on_disk(target: str, source: str) -> bool:
    """Whether a relative link of an article leads to a file all the same: one that is ignored, hidden, or elsewhere."""
    path = path_of(target)
    return bool(path) and not path.startswith("/") and os.path.exists(posixpath.join(posixpath.dirname(source), path))  # noqa: PTH110


def _key(path: str) -> str:
    plain = path.strip("/").lower()
    if "." in plain:
        plain = _SUFFIX.sub("", plain)
    if plain.endswith(("index", "readme")):
        plain = _INDEX.sub("", plain)
    if _NUMBERED.search(plain):
        plain = _ORDER.sub("", _DATED.sub("", plain))
    return plain.strip("/")


def resolver_for(facts: Mapping[str, Fact]) -> Resolver:
    """The resolver for articles with facts that hold their `addresses`; two rules ask for the same one."""
    return _resolver(tuple((path, *fact["addresses"]) for path, fact in facts.items()))


@lru_cache(maxsize=1)
def _resolver(articles: tuple[tuple[str, ...], ...]) -> Resolver:
    return Resolver((path, addresses) for path, *addresses in articles)


class Resolver:
    """Finds articles by the addresses they may be served under. Ambiguous addresses lead nowhere."""

    def __init__(self, articles: Iterable[tuple[str, Iterable[str]]]) -> None:
        """`articles` are paths, each with the addresses that its own metadata names (permalink, slug, aliases)."""
        self._full: dict[str, str] = {}
        self._ends: dict[str, str | None] = {}
        self.folders: set[str] = set()
        for path, addresses in articles:
            own = _key(path)
            self._full[own] = path
            for name in {own, *map(_key, addresses)}:
                self.folders.update(name.split("/")[:-1])
                start = len(name)
                for _ in range(_LONGEST):
                    start = name.rfind("/", 0, start)
                    end = name[start + 1 :]
                    self._ends[end] = path if self._ends.get(end, path) == path else None
                    if start < 0:
                        break

    def find(self, target: str, source: str) -> str | None:
        """The path of the article that a link of the article `source` leads to, or None."""
        path = path_of(target)
        if not path:
            return None
        if not path.startswith("/"):
            here = posixpath.dirname(source)
            for base in (here, posixpath.join(here, posixpath.splitext(posixpath.basename(source))[0])):
                found = self._full.get(_key(posixpath.normpath(posixpath.join(base, path))))
                if found:
                    return found
        key = _key(path.lstrip("./"))
        if not key:
            return None
        parts = key.split("/")
        # The longer the address, the surer; a single word is sure enough where it is an absolute address or a slug.
        for size in range(min(len(parts), _LONGEST), 0, -1):
            found = self._ends.get("/".join(parts[-size:]))
            if found and (size == len(parts) or size >= 2):
                return found
        return None

    def should_know(self, target: str, source: str) -> bool:
        """Whether an article at this address would be among those known: a relative file, or a folder seen before."""
        path = path_of(target)
        if not path or (path.endswith("/") is False and "." in posixpath.basename(path) and not _SUFFIX.search(path)):
            return False  # a picture, a PDF
        if _SUFFIX.search(path) and not path.startswith("/"):
            return True
        parts = _key(path).split("/")
        return len(parts) > 1 and parts[-2] in self.folders
