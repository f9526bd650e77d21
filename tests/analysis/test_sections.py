"""The parts of an article: FAQ, sources, related links and disclaimers, with exact ranges."""

from __future__ import annotations

import pytest

from healthlint.analysis import Analysis
from healthlint.analysis.sections import Sections, host_of
from healthlint.formats import parse


def sections(source: str, path: str = "a.md") -> tuple[Sections, Analysis]:
    text = Analysis(parse(path, source))
    return text.sections, text


def test_questions_and_their_answers() -> None:
    found, text = sections(
        "# T\n\n## FAQ\n\n### Does it hurt?\n\nNo.\n\nNot at all.\n\n### Is it new?\n\nYes.\n\n## End\n\nBye.\n"
    )
    said = [(text.blocks[q.block].prose, [text.blocks[i].prose for i in q.answer]) for q in found.faq]
    assert said == [("Does it hurt?", ["No.", "Not at all."]), ("Is it new?", ["Yes."])]


def test_citation_marks() -> None:
    source = "# T\n\nIt works [1, 3–5]. So does this.² Not m² or 10⁹ cells. See [7] too.\n"
    found, _ = sections(source)
    assert [(m.numbers, source[m.range.start : m.range.end]) for m in found.markers] == [
        ((1, 3, 4, 5), "[1, 3–5]"),
        ((2,), "²"),
        ((7,), "[7]"),
    ]


def test_identifiers() -> None:
    source = "# T\n\nSee doi: 10.1000/xyz123. Or https://doi.org/10.1000/abc and PMID: 1234567.\n"
    found, _ = sections(source)
    assert [(i.kind, i.text, source[i.range.start : i.range.end]) for i in found.identifiers] == [
        ("doi", "10.1000/xyz123", "10.1000/xyz123"),
        ("doi", "10.1000/abc", "10.1000/abc"),
        ("pmid", "1234567", "1234567"),
    ]


def test_outbound_links() -> None:
    source = (
        "---\ntitle: T\ncanonical: https://www.own.example/t\n---\n\n"
        "[a](https://own.example/x) [b](/y) [c](https://x.com/share) "
        "[d](https://sleep.example.org/n) [e](mailto:a@b.c)\n\n"
        "## Related articles\n\n- [f](https://other.example.org/z)\n"
    )
    found, _ = sections(source)
    assert [link.text for link in found.outbound] == ["d"]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("Naps help.", False),
        ("Naps help [1].", True),
        ("Naps help (Doe et al., 2021).", True),
        ("Naps help.\n\nSource: National sleep survey", True),
        ("Naps help.\n\n## Sources\n\n- National sleep survey", True),
        ("Naps help ([ours](/naps)).", False),
        ("Naps help.\n\n## Related articles\n\n- [A study of naps](https://other.example.org/naps)", False),
        ("Use 2 [optional] pillows.", False),
    ],
)
def test_names_a_source(body: str, named: bool) -> None:
    found, _ = sections(f"# Naps\n\n{body}\n")
    assert found.names_a_source is named


def test_disclaimer_blocks_are_not_teasers() -> None:
    source = (
        "# T\n\nRest helps.\n\nThis page is not a substitute for professional medical advice.\n\n"
        "## Related articles\n\n- [Why this is not a substitute for medical advice](/x)\n"
    )
    found, text = sections(source)
    assert [text.blocks[i].prose for i in found.disclaimers] == [
        "This page is not a substitute for professional medical advice."
    ]


@pytest.mark.parametrize(
    ("target", "host"),
    [
        ("https://www.Example.org/a", "example.org"),
        ("//example.org", "example.org"),
        ("/a", ""),
        ("mailto:a@b.c", ""),
        ("http://[broken", ""),
    ],
)
def test_host_of(target: str, host: str) -> None:
    assert host_of(target) == host
