"""Which pages are taken for English, and what runs on those that are not."""

from __future__ import annotations

import pytest

from healthlint.analysis.fold import fold
from healthlint.analysis.language_id import language_of
from healthlint.api import check_text

SPANISH = (
    "Lávese las manos con agua y jabón antes de comer y después de ir al baño. Si tiene fiebre, quédese en casa y beba "
    "mucha agua. Llame a su médico si la fiebre dura más de tres días o si le cuesta respirar. No tome antibióticos "
    "que no le haya recetado un médico, porque no sirven contra los virus."
)
GERMAN = (
    "Waschen Sie sich die Hände mit Wasser und Seife, bevor Sie essen. Wenn Sie Fieber haben, bleiben Sie zu Hause und "
    "trinken Sie viel. Rufen Sie Ihre Ärztin an, wenn das Fieber länger als drei Tage dauert oder wenn Sie schlecht "
    "Luft bekommen. Nehmen Sie keine Antibiotika, die Ihnen nicht verschrieben wurden."
)
GREEK = "Πλένετε τα χέρια σας με νερό και σαπούνι πριν από το φαγητό και μετά την τουαλέτα. " * 4
ENGLISH = (
    "Wash your hands with soap and water before you eat and after you use the toilet. If you have a fever, stay "
    "at home and drink plenty of water. Call your doctor if the fever lasts for more than three days or if it "
    "is hard to breathe."
)


@pytest.mark.parametrize(
    ("stated", "text", "code"),
    [
        ("", SPANISH, "es"),
        ("", GERMAN, "de"),
        ("", GREEK, "xx"),
        ("", ENGLISH, "en"),
        ("es", ENGLISH, "en"),
        ("en-GB", SPANISH, "en"),
        ("fr", "Bonjour", "fr"),
        ("", "Paracetamol 500 mg", "en"),
        ("", " ".join(SPANISH.split()[:15]), "es"),
        ("", " ".join(GERMAN.split()[:18]), "de"),
        ("", "Prenez ce comprimé avec de l'eau et ne dépassez pas la dose indiquée sur la boîte.", "fr"),
        ("", "La Leche League, Médecins Sans Frontières and Vida de Oro met at El Camino Hospital, Los Angeles.", "en"),
        ("", "Café de la Paix, Rue de la Santé, Los Angeles", "en"),
        ("", "Do you take los medicamentos de la tarde con el desayuno?", "en"),
    ],
)
def test_languages(stated: str, text: str, code: str) -> None:
    assert language_of(stated, fold(text)) == code


def test_a_page_in_another_language_is_said_to_be_one() -> None:
    findings = check_text(f"# La fiebre\n\n# La fiebre\n\n{SPANISH}\n")
    rules = {finding.rule for finding in findings}
    assert "language-unsupported" in rules
    assert "medical-disclaimer-missing" not in rules, "whether it has one cannot be told"
