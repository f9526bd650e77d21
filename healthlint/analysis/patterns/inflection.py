"""English inflections by rule: every form that `word~` stands for in a pattern."""

from __future__ import annotations

from functools import cache

_VOWELS = "aeiou"
_IRREGULAR = {
    "be": "am is are was were been being", "beat": "beats beating beaten", "begin": "begins beginning began begun",
    "break": "breaks breaking broke broken", "bring": "brings bringing brought", "buy": "buys buying bought",
    "choose": "chooses choosing chose chosen", "come": "comes coming came", "cut": "cuts cutting",
    "do": "does doing did done", "draw": "draws drawing drew drawn", "drink": "drinks drinking drank drunk",
    "eat": "eats eating ate eaten", "fall": "falls falling fell fallen", "feel": "feels feeling felt",
    "fight": "fights fighting fought", "find": "finds finding found", "fly": "flies flying flew flown",
    "forget": "forgets forgetting forgot forgotten", "get": "gets getting got gotten",
    "give": "gives giving gave given", "go": "goes going went gone", "grow": "grows growing grew grown",
    "have": "has having had", "hear": "hears hearing heard", "hide": "hides hiding hid hidden",
    "hurt": "hurts hurting", "keep": "keeps keeping kept", "know": "knows knowing knew known",
    "leave": "leaves leaving left", "lose": "loses losing lost", "make": "makes making made",
    "man": "men", "woman": "women", "child": "children", "mouse": "mice", "foot": "feet", "tooth": "teeth",
    "life": "lives", "study": "studies studying studied", "mean": "means meaning meant", "meet": "meets meeting met",
    "overcome": "overcomes overcoming overcame", "pay": "pays paying paid", "prove": "proves proving proved proven",
    "put": "puts putting", "quit": "quits quitting", "read": "reads reading", "rid": "rids ridding",
    "rise": "rises rising rose risen", "run": "runs running ran", "say": "says saying said",
    "see": "sees seeing saw seen", "sell": "sells selling sold", "send": "sends sending sent",
    "set": "sets setting", "shed": "sheds shedding", "show": "shows showing showed shown",
    "shrink": "shrinks shrinking shrank shrunk", "shut": "shuts shutting", "sleep": "sleeps sleeping slept",
    "speak": "speaks speaking spoke spoken", "spend": "spends spending spent", "steal": "steals stealing stole stolen",
    "strike": "strikes striking struck", "swear": "swears swearing swore sworn", "take": "takes taking took taken",
    "teach": "teaches teaching taught", "tell": "tells telling told", "think": "thinks thinking thought",
    "throw": "throws throwing threw thrown", "understand": "understands understanding understood",
    "undo": "undoes undoing undid undone", "wake": "wakes waking woke woken", "win": "wins winning won",
    "write": "writes writing wrote written",
}  # fmt: skip
# Verbs that double their last letter although they have two syllables.
_DOUBLING = frozenset(
    {"admit", "cancel", "compel", "control", "counsel", "expel", "fuel", "label", "model", "occur", "permit", "prefer",
     "refer", "regret", "signal", "travel", "unravel"}
)  # fmt: skip


@cache
def inflections(word: str) -> frozenset[str]:
    """The word and its regular or irregular inflected forms: plural, third person, past and -ing form.

    Made by rule, so a form that no one writes may be among them; it never matches anything.
    """
    if word in _IRREGULAR:
        return frozenset((word, *_IRREGULAR[word].split()))
    forms = {word, _plural(word)}
    if word.endswith("e"):
        forms |= {word + "d", (word if word.endswith(("ee", "ye", "oe")) else word[:-1]) + "ing"}
        if word.endswith("ie"):
            forms.add(word[:-2] + "ying")
    elif word.endswith("y") and word[-2:-1] not in _VOWELS:
        forms |= {word[:-1] + "ied", word + "ing"}
    else:
        stem = word + word[-1] if _doubles(word) else word
        forms |= {stem + "ed", stem + "ing"}
    return frozenset(forms)


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word + "s"


def _doubles(word: str) -> bool:
    if word in _DOUBLING:
        return True
    if len(word) < 3 or word[-1] in _VOWELS + "wxy" or word[-2] not in _VOWELS or word[-3] in _VOWELS:
        return word.endswith(("quip", "quit"))
    return sum(char in _VOWELS for char in word) == 1
