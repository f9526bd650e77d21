"""Sentences, words and syllables of texts that were counted by hand (see hand_counted/README.md)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from healthlint.analysis.readability import syllables
from healthlint.analysis.sentences import segment

TEXTS = sorted((Path(__file__).parent / "hand_counted").glob("*.txt"))
NUMBER = re.compile(r"\{(\d+)\}")


def plain(marked: str) -> str:
    return NUMBER.sub("", marked).replace("·", "")


def hand_count(line: str) -> list[tuple[str, int]]:
    """Return the words of one marked sentence with their syllables."""
    found = []
    for token in re.split(r"[\s/]+", line):
        number = NUMBER.search(token)
        if number and number[1] == "0":
            continue
        if any(map(str.isalnum, token)):
            core = re.sub(r"[^\w·-]", "", token)
            found.append((plain(token), int(number[1]) if number else len(re.split("[·-]", core))))
    return found


def paragraphs(path: Path) -> list[list[str]]:
    return [block.split("\n") for block in path.read_text(encoding="utf-8").strip().split("\n\n")]


def test_there_are_twelve_texts_of_thirty_sentences() -> None:
    assert len(TEXTS) >= 12
    assert {sum(map(len, paragraphs(path))) for path in TEXTS} == {30}


@pytest.mark.parametrize("joint", [" ", "\n"], ids=["space", "line break"])
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_sentences_are_exact(path: Path, joint: str) -> None:
    for lines in paragraphs(path):
        expected = [plain(line) for line in lines]
        text = joint.join(expected)
        got = [text[start:end] for start, end in segment.sentences(text)]
        assert strip_citations(got) == strip_citations(expected)


def strip_citations(sentences: list[str]) -> list[str]:
    """A citation after the full stop may go with either sentence."""
    return [re.sub(r"\s*\[[\d, -]+\]\s*", "", sentence) for sentence in sentences]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_words_are_exact(path: Path) -> None:
    for lines in paragraphs(path):
        for line in lines:
            text = plain(line)
            assert len(segment.words(text)) == len(hand_count(line)), text


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_syllables_within_one_percent(path: Path) -> None:
    expected = got = 0
    wrong = []
    for lines in paragraphs(path):
        for line in lines:
            text = plain(line)
            for (start, end), (word, number) in zip(segment.words(text), hand_count(line), strict=True):
                counted = syllables.count(text[start:end])
                expected += number
                got += counted
                if counted != number:
                    wrong.append((word, number, counted))
    assert abs(got - expected) <= 0.01 * expected, wrong
    assert len(wrong) <= 7, wrong  # and not by errors that cancel out
