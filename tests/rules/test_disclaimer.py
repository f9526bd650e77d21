"""The disclaimer rule: labelled statements, where a disclaimer may stand, and what the finding says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from healthlint.analysis import Analysis, Settings
from healthlint.analysis.disclaimers import match_in
from healthlint.analysis.fold import fold
from healthlint.formats import parse
from healthlint.rules.kinds.slots import SlotsRule
from healthlint.rules.schema import option_values
from tests.rules.helpers import catalogue, findings

RULE = "medical-disclaimer-missing"
SETS = {
    name: yaml.safe_load((Path(__file__).parents[1] / "evaluation" / f"{name}.yaml").read_text("utf-8"))
    for name in ("disclaimers_dev", "disclaimers_dev2", "disclaimers_dev3")
}
LEAD = "Back pain is common. It often passes by itself. Gentle movement helps.\n\n"


def slots_rule() -> SlotsRule:
    rule = catalogue().rule(RULE)
    assert isinstance(rule, SlotsRule)
    return rule


def passes(body: str, settings: Settings | None = None, path: str = "a.md", title: str = "# Back pain\n\n") -> bool:
    rule = slots_rule()
    text = Analysis(parse(path, f"{title}{body}\n"), settings)
    return not list(rule.check(text, option_values(rule.meta, {})))


@pytest.mark.parametrize("name", SETS)
def test_labelled_statements(name: str) -> None:
    wanted_labels = ("medical", "fda_product", "disclaimer")
    hits = [(case["label"] in wanted_labels, passes(LEAD + case["text"])) for case in SETS[name]]
    right = sum(wanted and found for wanted, found in hits)
    false = sum(found and not wanted for wanted, found in hits)
    missed = sum(wanted and not found for wanted, found in hits)
    assert right / (right + false) >= 0.98
    assert right / (right + missed) >= 0.95


def test_cues_only_save_time() -> None:
    sentences = [fold(case["text"]) for cases in SETS.values() for case in cases]
    for wordings in slots_rule().slots.values():
        for wording in wordings:
            bare = replace(wording, cues=())
            for sentence in sentences:
                assert match_in(sentence, wording) == match_in(sentence, bare), (sentence, wording.cues)


STATEMENT = "This page does not replace advice from your doctor."


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("a.html", f"<h1>T</h1><p>Rest.</p><footer><p>{STATEMENT}</p></footer>"),
        ("a.html", f"<h1>T</h1><p>Rest.</p><aside><p>{STATEMENT}</p></aside>"),
        ("a.md", f"# T\n\n> {STATEMENT}\n\nRest.\n"),
        ("a.md", f"---\ntitle: T\ndisclaimer: {STATEMENT}\n---\n\nRest.\n"),
        ("a.md", "---\ntitle: T\ndisclaimer: medical\n---\n\nRest.\n"),
        (
            "a.md",
            "# T\n\n## Disclaimer\n\nThis leaflet offers general information.\n\nAsk your doctor about your case.\n",
        ),
        ("a.txt", f"T\n\nRest.\n\n{STATEMENT}\n"),
    ],
)
def test_a_disclaimer_counts_anywhere(path: str, source: str) -> None:
    assert passes(source, path=path, title="")


@pytest.mark.parametrize(
    "body",
    [
        "This leaflet was written by patients. It was checked by nurses. It does not replace advice from your doctor.",
        "These pages are kept up by patients. However, they are no substitute for a talk with your doctor.",
    ],
)
def test_pronouns_reach_back_to_what_they_stand_for(body: str) -> None:
    assert passes(body)
    assert not passes(
        body.replace("leaflet was", "cream was").replace("pages are", "teas are").replace("These", "Herbal")
    )


@pytest.mark.parametrize(
    "source",
    [
        "---\ntitle: T\ndisclaimer: false\n---\n\nRest.\n",
        "---\ntitle: T\ndisclaimer: We love our readers very much.\n---\n\nRest.\n",
        f"# T\n\nRest.\n\n## Related articles\n\n- [{STATEMENT[:-1]}](/x)\n",
        "# T\n\nDoes this page replace advice from your doctor?\n",
        "# T\n\nThis leaflet offers general information.\n\nAsk your doctor about your own case.\n",
    ],
)
def test_where_it_does_not_count(source: str) -> None:
    assert not passes(source, title="")


def test_a_template_that_prints_it() -> None:
    assert passes("Rest helps.", Settings(disclaimer_provided="layout"))


def test_the_finding_says_what_is_there_and_what_is_missing() -> None:
    body = "Rest helps. Ask your nurse about exercise.\n\nIn an emergency call 911."
    [finding] = findings(RULE, body, "Back pain")
    assert (finding.line, finding.column, finding.text, finding.severity.value) == (1, 3, "", "error")
    assert "to ask a professional about one's own condition and what to do in an emergency" in finding.message
    assert "but not that it does not replace advice from a health professional" in finding.message
    assert [(r.line, r.column) for r in finding.related] == [(3, 13), (5, 22)]
    [bare] = findings(RULE, "Rest helps.")
    assert "never tells readers" in bare.message
    assert bare.related == ()
