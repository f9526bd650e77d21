"""How fast a phrase promises weight loss: “lose 10 pounds in two weeks” as kilograms a week."""

from __future__ import annotations

from healthlint.late import late

_WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_NUMBERS = {word: float(value) for value, word in enumerate(_WORDS.split(" "), start=1)}
_NUMBERS |= {"a": 1.0, "an": 1.0, "half": 0.5, "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0}
_KILOGRAMS = {"kg": 1.0, "kgs": 1.0, "kilo": 1.0, "kilos": 1.0, "kilogram": 1.0, "kilograms": 1.0}
_KILOGRAMS |= {"lb": 0.4536, "lbs": 0.4536, "pound": 0.4536, "pounds": 0.4536, "stone": 6.35, "stones": 6.35}
_WEEKS = {"day": 1 / 7, "days": 1 / 7, "night": 1 / 7, "nights": 1 / 7, "weekend": 2 / 7, "week": 1.0, "weeks": 1.0}
_WEEKS |= {"fortnight": 2.0, "month": 52 / 12, "months": 52 / 12}
_NUMBER = rf"(\d+(?:[.,]\d+)?|{'|'.join(_NUMBERS)})"
_AMOUNT = late(rf"\b{_NUMBER}[\s-]*(?:of[\s-]+|a[\s-]+)?({'|'.join(_KILOGRAMS)})\b")
_TIME = late(rf"\b(?:{_NUMBER}[\s-]*)?(?:(?:single|short|few|couple)[\s-]+)?({'|'.join(_WEEKS)})\b")


def _value(text: str | None) -> float:
    if not text:
        return 1.0
    return _NUMBERS[text] if text in _NUMBERS else float(text.replace(",", "."))


def weekly_kilograms(phrase: str) -> float | None:
    """The weight loss per week, in kilograms, that a folded phrase names, or None where it names no amount and time.

    Of a range (“5 to 10 pounds”) the amount nearest to its unit counts.
    """
    amount = _AMOUNT.search(phrase)
    if amount is None:
        return None
    rest = phrase[: amount.start()] + " " + phrase[amount.end() :]
    time = _TIME.search(rest)
    if time is None:
        return None
    return _value(amount[1]) * _KILOGRAMS[amount[2]] / (_value(time[1]) * _WEEKS[time[2]])


def faster_than(phrase: str, kilograms: float) -> bool:
    """Whether a folded phrase promises more than so many kilograms a week."""
    rate = weekly_kilograms(phrase)
    return rate is not None and rate > kilograms * 1.01
