"""Checks on what sections hold: defects of an FAQ, repeated sentences, and tautologies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from healthlint.analysis import Analysis
from healthlint.analysis.fold import fold
from healthlint.article import BlockKind
from healthlint.finding import Match, Related
from healthlint.formats.sections import names_faq
from healthlint.late import late
from healthlint.ranges import TextRange
from healthlint.rules.messages import a_dozen
from healthlint.rules.model import Options

_TOKEN = late(r"[^\W_]+")
_ASKS = late(
    r"^(?:how|what|can|could|is|are|was|do|does|did|why|when|where|who|which|should|will|would|may|am|has|have) "
    r"(?:(?:long|much|often|many|soon|far|well|about|else|if|kinds?|types?|is|are|do|does|can|should|will|would|to|happens?|"
    r"causes?|the|a|an|i|you|my|it|there|we|they|people|children|this|these|men|women)\b)"
)
_NUMBER = late(r"(?:^|[\s>#*])(\d{1,2})[.)][\s*]*$")
_SMALL = frozenset(("a", "an", "the", "is", "are", "do", "does", "of", "for", "to", "in", "on", "i", "my", "it", "and"))


def faq_quality(text: Analysis, options: Options) -> Iterator[Match]:
    """At most one match for each defect: no-question-mark, no-answer, short-answer, repeated-question, number-gap."""
    body = set(text.body)
    questions = [q for q in text.sections.faq if q.block in body]
    if questions:
        yield from _found(text, _unmarked(text), "no-question-mark")
    answers = {q.block: sum(len(text.blocks[i].prose.split()) for i in q.answer) for q in questions}
    if len(questions) >= 2:
        yield from _found(text, [b for b, words in answers.items() if words == 0], "no-answer")
        least = options["answer-words"]
        linked = {link.block for link in text.article.links}
        short = [q.block for q in questions if 0 < answers[q.block] < least and not linked & set(q.answer)]
        yield from _found(text, short, "short-answer")
    yield from _found(text, _asked_twice(text, [q.block for q in questions]), "repeated-question")
    yield from _gap(text, [q.block for q in questions])


def _found(text: Analysis, blocks: list[int], variant: str) -> Iterator[Match]:
    if blocks:
        first = text.blocks[blocks[0]]
        related = a_dozen([Related("here too", text.blocks[i].range()) for i in blocks[1:]])
        yield Match(first.range(), {"match": first.prose, "count": str(len(blocks))}, variant, {}, related)


def _unmarked(text: Analysis) -> list[int]:
    # Headings of an FAQ section that ask without a question mark, where others have one.
    found: list[int] = []
    inside = 0
    for index in text.body:
        block = text.blocks[index]
        if block.kind is not BlockKind.HEADING:
            continue
        if names_faq(block.prose):
            inside = block.level
        elif inside and 0 < block.level <= inside:
            inside = 0
        elif inside and _ASKS.match(text.folded[index]) and not block.prose.rstrip(" *”\"'").endswith(("?", ":")):
            found.append(index)
    return found


def _asked_twice(text: Analysis, blocks: list[int]) -> list[int]:
    seen: set[frozenset[str]] = set()
    twice = []
    for index in blocks:
        words = frozenset(_TOKEN.findall(text.folded[index])) - _SMALL
        if words and words in seen:
            twice.append(index)
        seen.add(words)
    return twice


def _gap(text: Analysis, blocks: list[int]) -> Iterator[Match]:
    numbers = []
    source = text.article.source
    for index in blocks:
        start = text.blocks[index].range().start
        head = source[source.rfind("\n", 0, start) + 1 : start]
        found = _NUMBER.search(head)
        if found:
            numbers.append((int(found[1]), index))
    for (before, _), (number, index) in pairwise(numbers):
        if number > before + 1:
            block = text.blocks[index]
            values = {"match": block.prose, "number": str(number), "before": str(before)}
            yield Match(block.range(), values, "number-gap")
            return


_SORT = r"medications?|drugs?|medicines?|tablets?|pills?|therapy|treatments?|disease|disorder|condition|syndrome"
_TAUTOLOGY = late(
    rf"\b(?P<stem>[a-z]{{4,}}?(?:['’]s)?)s?(?: (?:{_SORT}|infection|pain))?,? (?:which (?:is|are) )?"
    r"(?:also|commonly|often|sometimes|otherwise)(?: also| commonly)? (?:known as|called|referred to as) "
    rf"(?:an? |the )?(?P=stem)s?(?: (?:{_SORT}))?(?=[,.;:)]|$| (?:is|are)\b)"
)
_MEANT = late(
    r"\b(?:call (?:911|999|112)|emergency|not (?:a )?substitute|medical advice|cookies?|copyright|sign up|newsletter|"
    r"keep (?:this|all) medicines?|read the (?:label|leaflet)|consult your|talk to your|ask your|phone|e-?mail|"
    r"form|monday|a\.m\.|p\.m\.|24 hours|\d{3}[- ]\d{3,4}|requirements listed below|"
    r"for more information|learn more|find out)\b"
)


_NAMING = ("known as", "called", "referred to as")  # of these, one stands in every tautology
_MARK = "\0"  # no word holds it
_ALIKE = 8  # sentences with one beginning or end; where there are more, it is a formula


def thin_or_repeated_content(text: Analysis, options: Options) -> Iterator[Match]:
    """Matches for sentences that say the same again, for tautologies, and (if asked for) for an article too short."""
    yield from _tautologies(text)
    yield from _repeats(text, options["repeated-words"])
    if least := options["least-words"]:
        words = sum(len(text.blocks[i].prose.split()) for i in text.prose_blocks)
        if 0 < words < least:
            yield Match(None, {"words": str(words), "least": str(least)}, "thin", {"words": str(words)})


def _tautologies(text: Analysis) -> Iterator[Match]:
    naming = set(text.blocks_with(_NAMING))
    for block in filter(naming.__contains__, text.prose_blocks):
        for sentence in text.sentences_of(block):
            for found in _TAUTOLOGY.finditer(text.folded_sentence(sentence)):
                shown = text.prose(sentence)[slice(*found.span())]
                yield Match(text.range(sentence, *found.span()), {"match": shown}, "tautology")


def _repeats(text: Analysis, least: int) -> Iterator[Match]:
    # Sentences are compared by the set of their words: the same ones in the same numbers, at most one in ten different.
    seen: dict[tuple[str, ...], list[tuple[list[str], int]]] = {}
    pairs: list[tuple[int, int]] = []
    for sentence in _begun_or_ended_alike(text):
        tokens = _TOKEN.findall(text.folded_sentence(sentence))
        # A question that comes again is its own heading or an entry of a list of contents; after a colon stands a list.
        if len(tokens) < least or text.prose(sentence).rstrip().endswith(("?", ":")):
            continue
        keys = {tuple(tokens[:4]), tuple(tokens[-4:])}
        near = [s for key in keys for other, s in seen.get(key, ()) if _same(set(tokens), set(other))]
        if near and not _MEANT.search(text.folded_sentence(sentence)):
            pairs.append((min(near), sentence))
        for key in keys:
            alike = seen.setdefault(key, [])
            if len(alike) < _ALIKE:
                alike.append((tokens, sentence))
    if not pairs:
        return
    first, second = pairs[0]
    related = [Related("the first time", text.range(first))]
    related += [Related("said before, too", text.range(again)) for _, again in pairs[1:]]
    shown = " ".join(text.prose(second).split()[:8])
    values = {"opening": shown, "count": str(len(pairs)), "match": text.prose(second)}
    where: TextRange = text.range(second)
    yield Match(where, values, "repeated", {"pairs": str(len(pairs))}, a_dozen(related))


def _begun_or_ended_alike(text: Analysis) -> list[int]:
    """The sentences of paragraphs of which another one has the first four words, or the last four."""
    found: list[int] = []
    beginnings: list[str] = []
    ends: list[str] = []
    for block in text.prose_blocks:
        # List items are often steps that several parts of a page share.
        if text.blocks[block].kind is not BlockKind.PARAGRAPH or text.blocks[block].within & {"table", "footer"}:
            continue
        found += text.sentences_of(block)
        beginnings += [" ".join(words[:4]) for _, _, words in text.spans[block]]
        ends += [" ".join(words[-4:]) for _, _, words in text.spans[block]]
    if not found:
        return []
    beginnings, ends = (fold(_MARK.join(parts)).split(_MARK) for parts in (beginnings, ends))  # all in one go
    begun, ended = Counter(beginnings), Counter(ends)
    return [s for s, a, b in zip(found, beginnings, ends, strict=True) if begun[a] > 1 or ended[b] > 1]


def _same(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= 0.9 * len(one | other)
