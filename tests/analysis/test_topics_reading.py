"""How the words of texts are read for their topics."""

from __future__ import annotations

import pytest

from healthlint.analysis.memo import Memo
from healthlint.analysis.topics.lexicon import Lexicon
from healthlint.analysis.topics.reading import Reader


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Lexicon())


def test_pairs_are_one_unit_and_headline_words_none(reader: Reader) -> None:
    assert reader.units("Why blood pressure matters to your heart") == ["blood pressure", "heart"]
    assert reader.units("blood, pressure; blood") == ["blood pressure", "blood"]


def test_the_first_pair_takes_its_words(reader: Reader) -> None:
    assert reader.units("Heart attack heart failure") == ["heart attack", "heart failure"]
    assert reader.units("hay fever fever") == ["hay fever", "fever"]


def test_no_pair_reaches_from_one_text_into_the_next(reader: Reader) -> None:
    assert reader.counts(["Your blood", "pressure on a nerve"]) == {"blood": 1, "nerve": 1}
    assert reader.counts(["Your blood", "Blood pressure"]) == {"blood": 1, "blood pressure": 1}


def test_a_numbered_chromosome_is_a_chromosome_too(reader: Reader) -> None:
    assert reader.units("Chromosome 15") == ["chromosome", "chromosome 15"]
    assert reader.units("Ring chromosome 14") == ["ring chromosome", "chromosome 14"]
    assert reader.units("In chromosomes 300") == ["chromosome"]


def test_hyphens_join_or_divide(reader: Reader) -> None:
    assert reader.units("X-ray for Creutzfeldt-Jakob: liver-kidney") == ["xray", "creutzfeldt jakob", "liver", "kidney"]


def test_no_text_has_no_units(reader: Reader) -> None:
    assert reader.units(" – … ") == [] and reader.counts([]) == {}


def test_a_memo_asks_once_and_keeps_no_more_than_it_must() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    memo = Memo(length)
    assert [memo["gout"], memo["gout"], memo["x" * 1000], memo["x" * 1000]] == [4, 4, 1000, 1000]
    assert asked == ["gout", "x" * 1000, "x" * 1000]
    for number in range(40_000):
        memo[str(number)]
    assert len(memo) < 20_000 and memo["gout"] == 4
