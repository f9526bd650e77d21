"""Which literal texts a regular expression cannot match without: what the prefilter looks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import blake2b
from importlib import import_module
from typing import Any, NamedTuple

from healthlint.analysis.fold import fold

_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_ZERO_WIDTH = ("AT", "ASSERT", "ASSERT_NOT")
_MOST = 400  # literals of an alternative
_MOST_EXACT = 48  # texts of a part that is written out in full
_MOST_CHARACTERS = 4  # of a class such as [sz]
_MOST_NEEDED = 10  # of a class such as [0-9]
_SHORTEST = 3  # characters; shorter literals stand in most sentences
_MOST_GROUPS = 3
_MOST_WAYS = 60
_MOST_COST = 600
_MOST_ASKED = 140
_COMMON_COST = 150
_COMMON = frozenset(
    "about all an and any are as at be but by can for from had has have he her his how if in is it its may more most no"
    " not of on one or our out say see she so some such than that the their them there these they this those to up us"
    " use was we were what when which who will with would you your".split()
)
_COSTS = (0, 500, 100, 30, 10, 3, 2, 1)  # by length

Texts = frozenset[str]
_EMPTY: Texts = frozenset({""})


class _Part(NamedTuple):
    """A part of an expression: all texts it can match, where they are few; groups of texts: it needs one of each."""

    exact: Texts | None
    groups: tuple[Texts, ...] = ()

    @property
    def need(self) -> Texts | None:
        """The group that fewest sentences hold, if there is one."""
        return min(self.groups, key=_weight, default=None)


_UNKNOWN = _Part(None)
_NOTHING = _Part(_EMPTY)


# What has been worked out, by a digest of the expression; the compiled catalogue keeps it from run to run.
known: dict[str, Any] = {}
# Fragments of expressions by the characters that stand for them, and the other way round.
_stand_ins: dict[str, str] = {}
_fragments: dict[str, str] = {}
_PRIVATE_USE = 0xE000
# Roughly how many of a thousand sentences hold one of a group of texts, and the texts in order.
_weights: dict[Texts, tuple[int, list[str]]] = {}


def stand_in(fragment: str, with_stand_ins: str) -> str:
    """One character that stands for a fragment of an expression in what `groups_of` reads: a fragment is read once.

    `with_stand_ins` is the fragment in which those that it is made of are such characters already.
    """
    if fragment not in _stand_ins:
        _stand_ins[fragment] = chr(_PRIVATE_USE + len(_stand_ins))
        _fragments[_stand_ins[fragment]] = with_stand_ins
    return _stand_ins[fragment]


def groups_of(regex: str, with_stand_ins: Callable[[], str] | None = None) -> list[frozenset[str]]:
    """Groups of folded literals of which one each stands in every text that an expression matches, the rarest first.

    Read from the standard library's own parse of the expression. Where that is not to be had, there are none, which is
    slower and just as right. `with_stand_ins` gives the expression in which fragments may be characters of `stand_in`;
    asked where it is new.
    """
    found = []
    for weight, texts in _remembered(regex, "groups", _groups_as_data, with_stand_ins) or ():
        found.append(frozenset(texts))
        _weights[found[-1]] = weight, texts
    return found


def _groups_as_data(tree: Any) -> list[tuple[int, list[str]]]:
    groups = {_shortest(map(fold, group)) for group in _sequence(tree).groups}
    return sorted(map(_weight, groups))[:_MOST_GROUPS]


def ways_of(regex: str) -> tuple[tuple[frozenset[str], ...], ...] | None:
    """The ways in which an expression can match, each as groups of folded literals: it needs one literal of each group.

    The rarest group of a way comes first. None where one way needs no literal, or where all stand in most sentences.
    """
    found = _remembered(regex, "ways", _ways_as_data)
    return None if found is None else tuple(tuple(frozenset(group) for group in way) for way in found)


def _remembered(regex: str, what: str, work_out: Callable[[Any], Any], read: Callable[[], str] | None = None) -> Any:
    key = f"{what} {blake2b(regex.encode('utf-8', 'surrogatepass'), digest_size=12).hexdigest()}"
    if key not in known:
        try:
            known[key] = work_out(import_module("re._parser").parse(read() if read else regex))
        except ImportError:
            known[key] = None
    return known[key]


def _ways_as_data(tree: Any) -> list[list[list[str]]] | None:
    ways = []
    for way in _ways(tree):
        groups = sorted({_shortest(map(fold, group)) for group in way}, key=_weight)
        kept = [sorted(group) for group in groups if _tells(group)]
        if not kept:
            return None
        ways.append(kept[:_MOST_GROUPS])
    return ways if len(ways) <= _MOST_WAYS else None


def _tells(group: Texts) -> bool:
    # Whether it is worth looking for: not where most sentences hold one of the texts.
    return (
        min(map(len, group)) >= _SHORTEST and max(map(_cost, group)) < _COMMON_COST and _weight(group)[0] <= _MOST_COST
    )


def _ways(tree: Any) -> Iterator[tuple[Texts, ...]]:
    if len(tree) == 1:
        name, argument = str(tree[0][0]), tree[0][1]
        if name == "SUBPATTERN":
            yield from _ways(argument[-1])
            return
        if name == "BRANCH":
            for branch in argument[1]:
                yield from _ways(branch)
            return
    yield _sequence(tree).groups


def _shortest(texts: Iterable[str]) -> Texts:
    # “ssri” holds “sri”: whoever looks for both needs only the shorter one.
    kept: list[str] = []
    for text in sorted(set(texts), key=lambda item: (len(item), item)):
        if not any(other in text for other in kept):
            kept.append(text)
    return frozenset(kept)


def _sequence(tree: Any) -> _Part:
    whole, groups = True, []
    run = _EMPTY
    for op, argument in tree:
        part = _node(str(op), argument)
        if part.exact is not None and len(run) * len(part.exact) <= _MOST_EXACT:
            run = frozenset(a + b for a in run for b in part.exact)
            continue
        whole = False
        groups += [*_group(run), *part.groups]
        run = part.exact or _EMPTY
    return _Part(run if whole else None, (*groups, *_group(run)))


def _node(name: str, argument: Any) -> _Part:
    if name == "LITERAL":
        return _stood_for(chr(argument)) if chr(argument) in _fragments else _literal(chr(argument))
    if name in _ZERO_WIDTH:
        return _NOTHING
    if name == "IN":
        return _characters(argument)
    if name == "SUBPATTERN":
        return _sequence(argument[-1])
    if name == "ATOMIC_GROUP":
        return _sequence(argument)
    if name in _REPEATS:
        low, high, inner = argument
        part = _sequence(inner)
        if high == 1 and part.exact is not None:
            exact = part.exact if low else part.exact | _EMPTY
            return _Part(exact, _group(exact))
        return _Part(None, part.groups if low > 0 else ())
    if name == "BRANCH":
        return _branches([_sequence(branch) for branch in argument[1]])
    return _UNKNOWN


def _literal(text: str) -> _Part:
    return _Part(frozenset({text}), (frozenset({text}),))


@cache
def _stood_for(character: str) -> _Part:
    return _sequence(import_module("re._parser").parse(_fragments[character]))


def _characters(items: Any) -> _Part:
    # The parser makes a class of alternatives of one character each, such as two that stand for fragments.
    if any(str(op) == "LITERAL" and chr(argument) in _fragments for op, argument in items):
        return _branches([_sequence([item]) for item in items])
    found: set[str] = set()
    for op, argument in items:
        if str(op) == "LITERAL":
            found.add(chr(argument))
        elif str(op) == "RANGE" and argument[1] - argument[0] < _MOST_NEEDED:
            found |= {chr(code) for code in range(argument[0], argument[1] + 1)}
        else:
            return _UNKNOWN
    exact = frozenset(found) if len(found) <= _MOST_CHARACTERS else None
    return _Part(exact, (frozenset(found),) if len(found) <= _MOST_NEEDED else ())


def _branches(parts: list[_Part]) -> _Part:
    exact: Texts | None = frozenset()
    need: Texts | None = frozenset()
    for part in parts:
        exact = None if exact is None or part.exact is None else exact | part.exact
        need = None if need is None or part.need is None else need | part.need
    if exact is not None and len(exact) > _MOST_EXACT:
        exact = None
    return _Part(exact, (need,) if need and len(need) <= _MOST else ())


def _group(texts: Texts) -> tuple[Texts, ...]:
    return (texts,) if texts and "" not in texts else ()


def rarest(groups: Iterable[Texts]) -> list[Texts]:
    """Of groups of literals, the few that fewest sentences hold, the rarest first."""
    return sorted(set(groups), key=_weight)[:_MOST_GROUPS]


def worth_asking(groups: Iterable[Texts]) -> tuple[Texts, ...]:
    """Of groups of literals, the rarest, and those others that few sentences hold."""
    found = rarest(groups)
    return (*found[:1], *(group for group in found[1:] if _weight(group)[0] <= _MOST_ASKED))


def _weight(texts: Texts) -> tuple[int, list[str]]:
    if texts not in _weights:
        _weights[texts] = sum(map(_cost, texts)), sorted(texts)
    return _weights[texts]


def _cost(text: str) -> int:
    # Roughly: of a thousand sentences, those that hold the text.
    if text.strip() in _COMMON:
        return _COMMON_COST
    return 15 if text.isdigit() else _COSTS[min(len(text), len(_COSTS) - 1)]
