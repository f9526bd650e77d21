"""No article can command a terminal, a build log, an XML parser or a page, in any format."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from healthlint.finding import Related, Severity
from healthlint.reporters._json import dump
from healthlint.reporters.safe_text import command, markdown, terminal, xml
from healthlint.result import RunError, RunResult
from tests.reporters.samples import HOSTILE, SCHEMAS, finding, report, run

NAMES = (
    "text",
    "concise",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "rdjson",
    "rdjsonl",
    "markdown",
)
OBEYED = re.compile(r"[\x00-\x08\x0b-\x0d\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
PARTS = ["::error::", "::", "##[", "##vso[", "]]>", "<script>", "&", "%0A", "\x1b[2J", "\x07", "|", "`", "](", "a", "é"]
PIECES = st.lists(st.sampled_from([*PARTS, "\n", "\r", " ", "\u2028", ":", "#"]), max_size=12).map("".join)


def hostile_path(evil: str) -> str:
    return f"a {evil}.md".replace("\0", "").replace("\ud800", "\udc80")  # what a system can name


def hostile_run(evil: str) -> RunResult:
    source = f"Safe words, {evil}, and more.\n" * 2
    path = hostile_path(evil)
    given = {"message": f"“{evil}” is said.", "help": f"Do {evil}.", "evidence": {"term": evil}}
    item = finding(path, source, evil or "Safe", related=(Related(evil, None, path, 1, 1),), **given)
    long = finding(path, source, evil or "Safe", severity=Severity.ERROR, **given | {"message": "x" * 99 + evil * 30})
    return run(item, long, errors=[RunError(evil, path)], notes=[evil])


def hostile_report(name: str, evil: str) -> str:
    source = f"Safe words, {evil}, and more.\n" * 2
    sources = {hostile_path(evil): source}
    return report(name, hostile_run(evil), sources, verbosity=1)


def assert_harmless(name: str, shown: str) -> None:
    assert OBEYED.search(shown) is None
    assert re.search(r"##[a-z]*\[", shown) is None
    shown.encode("utf-8")
    starts = [line.lstrip() for line in re.split(r"[\r\n]", shown)]
    lines = [line for line in starts if line.startswith("::")]
    if name == "github":
        assert all(re.match(r"::(error|warning|notice) (file|title)=", line) for line in lines)
    else:
        assert lines == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_a_hostile_article_is_obeyed(name):
    assert_harmless(name, hostile_report(name, HOSTILE))


@pytest.mark.parametrize("name", NAMES)
@given(evil=PIECES)
def test_nothing_in_any_mix_of_it_is_obeyed(name, evil):
    assert_harmless(name, hostile_report(name, evil))


@given(st.text())
def test_json_keeps_every_character(text):
    assert json.loads(dump({"text": text})) == {"text": text}
    assert dump(text).isascii()


def test_json_formats_keep_the_hostile_text_as_it_is():
    data = json.loads(hostile_report("json", HOSTILE))
    assert data["findings"][0]["text"] == HOSTILE
    run_data = json.loads(hostile_report("sarif", HOSTILE))["runs"][0]
    assert run_data["results"][0]["locations"][0]["physicalLocation"]["region"]["snippet"]["text"] == HOSTILE
    assert not re.search(r"\]\(", run_data["results"][0]["message"]["text"])
    assert HOSTILE in json.loads(hostile_report("gitlab", HOSTILE))[1]["description"]
    assert HOSTILE in json.loads(hostile_report("rdjson", HOSTILE))["diagnostics"][1]["message"]


@given(st.text())
def test_xml_gives_back_what_xml_can_hold(text):
    document = f'<a b="{xml(text)}">{xml(text)}</a>'
    root = ElementTree.fromstring(document)
    kept = re.sub("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
    assert root.get("b") == kept
    assert (root.text or "") == kept


@pytest.mark.parametrize(("name", "form"), [("junit", "junit-10.xsd"), ("checkstyle", "checkstyle.xsd")])
def test_hostile_xml_keeps_its_schema_and_gains_no_elements(name, form):
    shown = hostile_report(name, HOSTILE)
    xmlschema.XMLSchema(SCHEMAS / form).validate(shown)
    assert {item.tag for item in ElementTree.fromstring(shown).iter()} <= {
        "testsuites", "testsuite", "testcase", "failure", "error", "checkstyle", "file",
    }  # fmt: skip


@given(st.text(alphabet=st.one_of(st.sampled_from("%\r\n:,0AD;=]"), st.characters())))
def test_a_workflow_command_is_one_line_and_gives_its_parts_back(text):
    line = command("error", text, {"file": text, "line": 3})
    assert "\n" not in line and "\r" not in line
    found = re.fullmatch(r"::error file=([^,:]*),line=3::(.*)", line, re.DOTALL)
    assert found is not None
    escapes = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
    # As the runner decodes: data knows three escapes, properties five.
    assert re.sub("%0D|%0A|%25", lambda match: escapes[match[0]], found[2]) == text
    assert re.sub("%0D|%0A|%3A|%2C|%25", lambda match: escapes[match[0]], found[1]) == text


@given(st.text())
def test_terminal_text_is_one_harmless_line(text):
    shown = terminal(text)
    assert "\n" not in shown and OBEYED.search(shown) is None
    assert shown.isprintable() or not text.isprintable() or "\u200d" in shown


@given(st.text(alphabet="<>&|`*_[]()#@:!\\~ ab\n"))
def test_markdown_text_has_no_bare_markup(text):
    shown = markdown(text)
    assert "\n" not in shown
    assert re.search(r"[<>]", shown) is None
    assert re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]()#@|~!]", shown) is None


def test_a_script_in_the_summary_stays_text():
    shown = hostile_report("markdown", HOSTILE)
    assert "<script" not in shown and "&lt;script&gt;" in shown
    assert set(re.findall(r"</?([a-z]+)", shown)) == {"br", "details", "summary", "https"}
