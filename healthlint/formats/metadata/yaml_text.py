"""YAML with the place of each value, by PyYAML; what `yaml_lines` does not read."""

from __future__ import annotations

import re

import yaml

from healthlint.formats.metadata.fields import Node
from healthlint.formats.metadata.yaml_lines import MAX_LENGTH
from healthlint.ranges import TextRange
from healthlint.strict_yaml import plain_words

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlError(ValueError):
    """What is wrong, in plain words, and the offset at which it shows."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.offset = offset


def read_yaml(source: str, start: int, stop: int, repeated: list[TextRange]) -> Node:
    """The value in source[start:stop]; the places of names that stand twice are added to `repeated`.

    Raises YamlError for what is no YAML, and for text too long or nested too deeply to be read in reasonable time.
    """
    text = _UNSEEN.sub(" ", source[start:stop])
    deep = text.count("[") + text.count("{") > 2000 or "- " * 60 in text or "?" * 60 in text or " " * 400 in text
    if deep or len(text) > MAX_LENGTH:
        raise YamlError("it is too long or nested too deeply to be read", start)
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = min(stop, start + (mark.index if mark else 0))
        words = plain_words(error.problem or error.context or "it is not YAML")
        if source[at : at + 1] == "\t":
            words = "a tab stands where YAML wants spaces; put spaces in its place"
        raise YamlError(words, at) from None
    except yaml.YAMLError as error:
        at = min(stop, start + int(getattr(error, "position", 0) or 0))
        raise YamlError("it holds a character that YAML does not allow", at) from None
    return _converted(source, start, root, {}, repeated) if root is not None else Node(TextRange(start, start))


def _converted(
    source: str, base: int, node: object, seen: dict[int, Node], repeated: list[TextRange], depth: int = 0
) -> Node:
    """A YAML node as ours. An alias is the same object and is converted once.

    Of a name that stands twice the last value counts; the places of such names are added to `repeated`.
    """
    assert isinstance(node, yaml.Node)
    if id(node) in seen:
        return seen[id(node)]
    start, end = base + node.start_mark.index, base + node.end_mark.index
    made = seen[id(node)] = Node(TextRange(start, start))
    if depth > 50:
        return made
    if isinstance(node, yaml.ScalarNode):
        made.range, made.text, made.quoted = _scalar(source, start, end, node.style or ""), node.value, bool(node.style)
    elif isinstance(node, yaml.MappingNode):
        made.fields = {}
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in made.fields and key.value != "<<":  # several merges are no repetition
                    first, last = base + key.start_mark.index, base + key.end_mark.index
                    repeated.append(_scalar(source, first, last, key.style or ""))
                made.fields[key.value] = _converted(source, base, value, seen, repeated, depth + 1)
    elif isinstance(node, yaml.SequenceNode):
        made.items = [_converted(source, base, value, seen, repeated, depth + 1) for value in node.value]
    return made


def _scalar(source: str, start: int, end: int, style: str) -> TextRange:
    """The text of a scalar without its quotes or its block mark."""
    if style in ("'", '"'):
        return TextRange(start + 1, max(start + 1, end - 1))
    if style in ("|", ">"):
        newline = source.find("\n", start, end)
        start = end if newline < 0 else newline
    return TextRange(start, end).stripped(source)
