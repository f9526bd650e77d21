"""Article text made harmless for terminals, XML, Markdown and GitHub's workflow commands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import category

from healthlint.late import late

REPLACEMENT = "\ufffd"

# XML 1.0 (Fifth Edition), production [2] Char: everything else may not stand in a document, not even escaped.
# U+FFFE and U+FFFF are excluded there too; C1 controls are allowed but "discouraged", so they go as well.
_NOT_XML = late("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
# White space that attributes would lose, line ends of other kinds, and what turns the direction of text: as references.
_XML_SPECIAL = late("[&<>\"'\t\n\r\x85\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# Everything that CommonMark or GitHub's dialect can read as markup, mention, emoji or reference; each may be escaped
# with a backslash (CommonMark 0.31, section 2.4), save letters and digits.
_MARKDOWN_SPECIAL = late(r"([\\`*_{}\[\]()#+\-.!|~@:$^=])")

# Direction overrides and isolates reorder what a terminal shows, so that a report can be made to lie.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LOG_HASH = late(r"(?<=#)#(?=[a-z]*\[)")
PLAIN = late("[\x20-\x7e]*")


def visible(char: str) -> str:
    """One character as a terminal may show it: a control character becomes its picture, an invisible one nothing."""
    code = ord(char)
    if 0x20 <= code < 0x7F:
        return char
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    kind = category(char)
    if kind in ("Cc", "Cs", "Zl", "Zp") or char in _BIDI:
        return REPLACEMENT
    if kind == "Cf" and char != "\u200d":  # soft hyphens, zero-width spaces; a joiner holds emoji together
        return ""
    return char


def defuse(text: str) -> str:
    """The text with characters exchanged, one for one, where a build log would take them for a command.

    GitHub obeys “::name” at the start of a line, spaces in front of it ignored, and like Azure and TeamCity “##[”,
    “##vso[” and “##teamcity[” anywhere in it (actions/runner, ActionCommand.cs).
    """
    if "##" in text:
        text = _LOG_HASH.sub("♯", text)
    return text.replace("::", ":꞉")


def terminal(text: str) -> str:
    """The text on one line, with nothing in it that a terminal or a build log would obey."""
    text = defuse(re.sub(r"[\t\r\n]+", " ", text))
    return text if PLAIN.fullmatch(text) else "".join(map(visible, text))


def xml(text: str) -> str:
    """The text for an XML attribute or element. Characters that XML 1.0 forbids become U+FFFD."""
    text = _XML_SPECIAL.sub(lambda found: _XML.get(found[0]) or f"&#{ord(found[0])};", _NOT_XML.sub(REPLACEMENT, text))
    return _LOG_HASH.sub("&#35;", text).replace("::", "&#58;&#58;")  # no build log obeys it, and XML gives it back


def command(name: str, message: str, properties: Mapping[str, str | int]) -> str:
    """A line for GitHub's runner: a workflow command with everything in it escaped."""
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {listed}::{_data(message)}" if listed else f"::{name}::{_data(message)}"


def markdown(text: str) -> str:
    """The text as literal text inside one line of GitHub Markdown, also in a table cell."""
    text = terminal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKDOWN_SPECIAL.sub(r"\\\1", text)


def _data(text: str) -> str:
    # The escapes of actions/toolkit, packages/core/src/command.ts.
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
