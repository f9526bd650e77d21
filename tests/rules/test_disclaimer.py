"""The disclaimer rule: labelled statements, where a disclaimer may stand, and what the finding says."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from healthlint.analysis import Analysis, Settings
from healthlint.analysis.chains import ChainIndex
from healthlint.analysis.disclaimers import Passage
from healthlint.analysis.fold import fold
from healthlint.formats import parse
from healthlint.rules.kinds.slots import SlotsRule
from healthlint.rules.schema import option_values
from tests.rules.helpers import catalogue, findings

RULE = "medical-disclaimer-missing"
SETS = {
    name: yaml.safe_load((Path(__file__).parents[1] / "evaluation" / f"{name}.yaml").read_text("utf-8"))
    for name in ("disclaimers_dev", "disclaimers_dev2", "disclaimers_dev3", "disclaimers_dev4", "disclaimers_dev5")
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


def test_the_index_only_saves_time() -> None:
    sentences = [fold(case["text"]) for cases in SETS.values() for case in cases[::4]]
    chains = slots_rule().wordings.chains
    index = ChainIndex(chains)
    for sentence in sentences:
        stands = {i for i, chain in enumerate(chains) if any(chain.spans(sentence))}
        assert stands <= set(index.may_stand(sentence)), sentence


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


@pytest.mark.parametrize(
    ("name", "text", "enough"),
    [
        ("_includes/footer.html", f"<div><p>Welcome.</p><p>{STATEMENT}</p></div>", True),
        ("footer.njk", f"{{% if note %}}<p>{STATEMENT}</p>{{% endif %}}", True),
        ("disclaimer.md", "This site gives general information.\n\nAsk your doctor about your own case.\n", True),
        ("disclaimer.txt", "Copyright of the clinic. All rights reserved.", False),
        ("disclaimer.md", "", False),
    ],
)
def test_a_named_file_counts_only_if_it_says_enough(name: str, text: str, enough: bool) -> None:
    assert passes("Rest helps.", Settings(disclaimer_file=name, disclaimer_text=text)) is enough


IN_OTHER_WORDS = (
    "Please treat what you find here as a first look round; your own clinician, who can examine you, is the one to"
    " decide what you should do."
)


def test_a_named_file_in_words_that_no_slot_knows_counts_as_in_an_article() -> None:
    text = Analysis(parse("a.md", IN_OTHER_WORDS))
    rule = slots_rule()
    passage = Passage(text, range(len(text.blocks)), rule.wordings)
    assert not any(map(passage.fill, ("substitute", "limit")))
    assert passes(IN_OTHER_WORDS)
    rest = "We are open on weekdays from nine to five and the car park is behind the house.\n\n"
    for name, source in (("note.md", IN_OTHER_WORDS), ("footer.html", f"<p>{rest}</p><p>{IN_OTHER_WORDS}</p>")):
        assert passes("Rest helps.", Settings(disclaimer_file=name, disclaimer_text=source))
    assert not passes("Rest helps.", Settings(disclaimer_file="note.md", disclaimer_text=rest))


LOAN = (
    "A lower interest rate can cut the monthly payment on your mortgage. You need a certificate of eligibility. The"
    " lender asks for your income and for your credit record. Closing costs can be added to the loan. Apply online, by"
    " mail or in person, and keep a copy of every form. We send our decision in a letter within six weeks."
)
CLAIM = (
    "File your claim online, by mail or in person. You need your service records and your bank details. We tell you our"
    " decision in a letter. If you disagree, you can appeal within one year. Payments begin in the month after the"
    " decision. If you move house, give us the new address, so that no letter is lost on its way."
)


@pytest.mark.parametrize(
    ("title", "body"), [("# Refinancing your home loan\n\n", LOAN), ("# How to file a benefits claim\n\n", CLAIM)]
)
def test_a_page_about_loans_or_claims_needs_none(title: str, body: str) -> None:
    assert passes(body, title=title)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("# Refinancing your home loan\n\n", f"{LOAN} Valerian tablets calm the nerves while you wait."),
        ("# How to file a benefits claim\n\n", f"{CLAIM} Stop your insulin before the assessment."),
        ("# Benefits for people with back pain\n\n", f"{CLAIM} Gentle stretching helps most backs within a month."),
        ("# How to file a benefits claim\n\n", "File your claim online. We send a letter."),
        ("# Your health insurance claim\n\n", "Your skin clears when you leave out milk and wheat. " * 8),
        ("# When to ask for an appointment\n\n", "Ask for an appointment when a cough lasts for three weeks. " * 6),
    ],
)
def test_a_page_that_speaks_of_health_as_well_needs_one(title: str, body: str) -> None:
    assert not passes(body, title=title)


def test_the_finding_says_what_is_there_and_what_is_missing() -> None:
    body = "Rest helps. Ask your nurse about exercise.\n\nIn an emergency call 911."
    [finding] = findings(RULE, body, "Back pain")
    assert (finding.line, finding.column, finding.text, finding.severity.value) == (1, 3, "", "error")
    assert finding.message.startswith(
        "This article tells readers to ask a professional about their own condition and says what to do in an"
        " emergency, but it nowhere says that it does not replace advice from a health professional. Add one sentence"
    )
    assert [(r.line, r.column) for r in finding.related] == [(3, 13), (5, 22)]
    assert [r.message for r in finding.related] == [
        "here it tells readers to ask a professional about their own condition",
        "here it says what to do in an emergency",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "Rest helps.[^1]\n\n[^1]: This page does not replace advice from your doctor.",
        "Rest helps.\n\n- This page gives general information.\n- It does not replace advice from your doctor.",
        "## Disclaimer\n\nThis page gives general information.\n\nIt cannot replace advice from your doctor.",
        "Rest helps.\n\n{% include disclaimer.html %}",
        'Rest helps.\n\n{% include "partials/medical-disclaimer.njk" lang="en" %}',
        "Rest helps.\n\n{{< disclaimer >}}",
        '{{ partial "disclaimer.html" . }}\n\nRest helps.',
        "{{> disclaimer}}\n\nRest helps.",
        "Rest helps.\n\n<Disclaimer />",
        'Rest helps.\n\n{{< include-html "disclaimer.html" >}}',
        'Rest helps.\n\n--8<-- "includes/disclaimer.md"',
    ],
)
def test_places_that_are_easily_overlooked(body: str) -> None:
    assert passes(body)


def test_a_page_that_has_only_front_matter_gives_no_advice() -> None:
    assert passes("", title="+++\ntitle = 'All pages on pain'\n+++\n")
    assert not passes("Rest helps.", title="+++\ntitle = 'Back pain'\n+++\n")


@pytest.mark.parametrize(
    "body",
    [
        "Rest helps.[^1]\n\n[^1]: Jones P. This page does not replace advice from your doctor. 2019.",
        "Rest helps.\n\n{% include affiliate-disclaimer.html %}",
        "Rest helps.\n\n{% include header.html %} A disclaimer is a statement.",
        "Rest helps.\n\n<DisclaimerStudy />",
        "Rest helps.\n\n{% if disclaimer %}Soon.{% endif %}",
        'Rest helps.\n\n--8<-- "includes/affiliate-disclaimer.md"',
        "Rest helps.\n\n- This cream cools.\n- It does not replace advice from your doctor.",
    ],
)
def test_what_only_looks_like_such_a_place(body: str) -> None:
    assert not passes(body)


def test_parts_in_different_places_leave_something_to_say() -> None:
    [finding] = findings(RULE, "This page gives general information.\n\nAsk your doctor about your own case.")
    assert "but it nowhere says that it does not replace advice from a health professional." in finding.message


def test_an_article_with_none_of_it() -> None:
    [bare] = findings(RULE, "Rest helps.")
    assert bare.message.startswith(
        "This article nowhere says that it does not replace advice from a health professional,"
    )
    assert bare.related == ()


@pytest.mark.parametrize(
    "body",
    ["Rest helps. Ask your nurse.", "Rest helps.", "This page gives general information.\n\nIn an emergency call 999."],
)
def test_the_text_the_message_offers_is_enough(body: str) -> None:
    [finding] = findings(RULE, body)
    offered = finding.message.partition("“")[2].partition("”")[0]
    assert passes(f"{body}\n\n{offered}")
