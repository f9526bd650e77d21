"""Syllables by rule and table."""

from __future__ import annotations

import re
import sys
import zlib
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint.analysis.readability import syllables

ROOT = Path(__file__).parents[2]
DATA = ROOT / "healthlint" / "data"


def _words(text: str) -> list[str]:
    return text.split()


EVERYDAY = _words(
    """
    doc·tor med·i·cine·less hope hoped hope·ful hope·less·ly need·ed ta·ble ta·bles trou·bled bus·es jui·ces
    caus·es ra·di·o me·di·a so·ci·e·ty va·ri·ous na·tion spe·cial pa·tient pa·tients nu·tri·ent ear·li·er sci·ence
    qui·et play·er roy·al go·ing do·ing be·ing see·ing fly·ing i·de·a nau·se·a vid·e·o cre·ate re·act po·et
    u·su·al ac·tu·al·ly an·nu·al con·tin·u·ous ru·in queue guess league fa·tigue rhyth·m pris·m au·tis·m life·time
    home·work some·one there·fore nine·teen care·ful·ly a·lone lit·tle peo·ple busi·ness anx·i·e·ty vi·o·lence
    di·a·be·tes co·op·er·ate zo·ol·o·gy
    """
)


@pytest.mark.parametrize("word", EVERYDAY)
def test_everyday_words(word: str) -> None:
    assert syllables.count(word.replace("·", "")) == word.count("·") + 1


# None of these is in a dictionary or a list of the project: the rules must carry over to the next drug.
NEW_DRUGS = _words(
    """
    pi·ta·va·stat·in lum·i·ra·cox·ib rox·ith·ro·my·cin pos·a·con·a·zole tran·dol·a·pril clo·xa·cil·lin
    a·zel·a·sti·dine mir·i·ki·zu·mab gol·i·mu·mab o·si·mer·ti·nib da·rid·o·rex·ant lu·ra·si·done vor·ti·ox·e·tine
    ner·a·ti·nib tel·mi·sar·tan fel·ba·mate be·tri·xa·ban meth·yl·cel·lu·lose neu·ro·trans·mit·ter
    hy·per·par·a·thy·roid im·mu·no·glob·u·lin gas·tro·plas·ty
    """
)


@pytest.mark.parametrize("word", NEW_DRUGS)
def test_new_drugs_follow_the_rules(word: str) -> None:
    assert syllables.count(word.replace("·", "")) == word.count("·") + 1


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("well-known", 2),
        ("COVID-19", 4),
        ("patient's", 2),
        ("disease's", 3),
        ("patients'", 2),
        ("didn't", 2),
        ("didn’t", 2),
        ("can't", 1),
        ("you're", 1),
        ("naïve", 2),
        ("café", 2),
        ("oedema", 3),
        ("œdema", 3),
        ("HIV", 3),
        ("TNF", 3),
        ("COPD", 4),
        ("AIDS", 1),
        ("WARNING", 2),
        ("N.H.S.", 3),
        ("e.g.", 4),
        ("mg", 3),
        ("20", 2),
        ("75", 4),
        ("7", 2),
        ("11", 3),
        ("1999", 4),
        ("1,204", 4),
        ("0.5", 4),
        ("20%", 4),
        ("$5", 3),
        ("1st", 2),
        ("B12", 2),
        ("and/or", 2),
        ("", 1),
        ("x", 1),
        ("²", 1),
        ("日本", 1),
    ],
)
def test_what_is_not_a_plain_word(word: str, number: int) -> None:
    assert syllables.count(word) == number


@pytest.mark.parametrize(
    ("digits", "number"),
    [("0", 2), ("10", 1), ("13", 2), ("17", 3), ("21", 3), ("70", 3), ("100", 3), ("101", 4), ("1000", 3), ("2000", 3)],
)
def test_figures_are_read_aloud(digits: str, number: int) -> None:
    assert syllables.figure(digits) == number


@given(st.text(max_size=30))
def test_any_text_has_a_count(text: str) -> None:
    assert syllables.count(text) >= 1
    assert syllables.count(text) == syllables.count(text)


@given(st.from_regex(r"[0-9]{1,400}(\.[0-9]{1,400})?", fullmatch=True))
def test_figures_have_one_to_four(figure: str) -> None:
    assert 1 <= syllables.figure(figure) <= 4


def marked_words() -> dict[str, int]:
    sys.path.insert(0, str(ROOT / "tests" / "distill"))
    try:
        read_marked = import_module("make_syllables").read_marked
    finally:
        sys.path.pop(0)
    lists: dict[str, int] = {}
    for name in ("common_words.txt", "medical_words.txt"):
        lists |= read_marked(ROOT / "tests" / "distill" / name)
    return lists


def test_the_new_drugs_are_in_no_list() -> None:
    assert not {word.replace("·", "") for word in NEW_DRUGS} & marked_words().keys()


def test_every_hand_marked_word_is_counted_as_marked() -> None:
    wrong = {word: (syllables.count(word), n) for word, n in marked_words().items() if syllables.count(word) != n}
    assert wrong == {}


def test_the_rules_alone_are_right_for_most_medical_words() -> None:
    words = {word: n for word, n in marked_words().items() if re.fullmatch("[a-z]{6,}", word)}
    right = sum(syllables.count_by_rule(word) == n for word, n in words.items())
    assert len(words) > 500
    assert right / len(words) > 0.85


def test_the_table_is_small_sound_and_holds_only_exceptions() -> None:
    packed = (DATA / syllables.TABLE).read_bytes()
    assert len(packed) < 400_000
    lines = zlib.decompress(packed).decode("ascii").splitlines()
    table = {word: int(line.split(" ")[0]) for line in lines for word in line.split(" ")[1:]}
    assert len(table) > 5_000
    assert all(1 <= number <= 12 for number in table.values())
    assert all(syllables.count(word) == number for word, number in table.items())
    plain = [word for word in table if word.isalpha()]
    needless = [word for word in plain if syllables.count_by_rule(word) == table[word]]
    assert len(needless) < len(plain) / 50, "a word the rules get right is no exception (but its stem may be one)"


def test_the_dictionary_is_acknowledged() -> None:
    notice = (DATA / "NOTICE-cmudict.txt").read_text(encoding="utf-8")
    assert "Carnegie Mellon University. All rights reserved." in notice
    assert "University of Edinburgh" in notice
