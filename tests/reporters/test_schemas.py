"""Every machine format keeps its published schema, and says what the run found, where."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import xmlschema

from healthlint.finding import Severity
from healthlint.ranges import TextRange
from healthlint.result import RunResult
from tests.reporters.samples import SCHEMAS, SOURCES, finding, full_run, report, run, sarif_schema, schema

PATH = "articles/ä b.md"
CLEAN = run(clean=("a.md", "b.md"))


def sarif(result: RunResult) -> Any:
    data = json.loads(report("sarif", result))
    jsonschema.Draft4Validator(sarif_schema()).validate(data)
    return data["runs"][0]


def test_sarif_keeps_the_schema_and_names_places_in_code_points():
    data = sarif(full_run())
    result = next(item for item in data["results"] if item["message"]["text"].startswith("“pain-free"))
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "articles/%C3%A4%20b.md", "uriBaseId": "%SRCROOT%"}
    region = place["region"]
    assert (region["startLine"], region["startColumn"], region["endLine"], region["endColumn"]) == (3, 17, 4, 7)
    text = SOURCES[PATH]
    assert text[region["charOffset"] :][: region["charLength"]] == "pain-free\r\nfuture" == region["snippet"]["text"]
    assert data["columnKind"] == "unicodeCodePoints"
    assert [item["physicalLocation"]["artifactLocation"]["uri"] for item in result["relatedLocations"]] == [
        "articles/%C3%A4%20b.md",
        "z.md",
    ]


def test_sarif_explains_its_rules():
    data = sarif(full_run())
    rules = data["tool"]["driver"]["rules"]
    assert all(rules[item["ruleIndex"]]["id"] == item["ruleId"] for item in data["results"])
    rule = next(item for item in rules if item["id"] == "promised-outcome")
    assert "Say what was measured" in rule["help"]["text"] and "stop care" in rule["help"]["text"]
    assert "[A standard](https://example.org/standard), 4.2" in rule["help"]["markdown"]
    assert rule["properties"]["precision"] == "high" and rule["defaultConfiguration"]["level"] == "warning"


def test_sarif_places_whole_article_findings_by_line_alone_and_reports_what_failed():
    data = sarif(full_run())
    whole = next(item for item in data["results"] if item["ruleId"] == "grade-above-target")
    assert whole["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    [invocation] = data["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [item["level"] for item in invocation["toolExecutionNotifications"]] == ["error", "error", "note"]
    assert sarif(CLEAN)["results"] == [] and sarif(CLEAN)["invocations"][0]["executionSuccessful"] is True


def test_sarif_fingerprints_stay_when_lines_move_and_differ_in_one_file():
    text = "It cures all. It cures all.\n\nOther.\n"
    second = TextRange(17, 22)
    before = sarif(run(finding("a.md", text, "cures"), finding("a.md", text, second)))
    moved = "New first line.\n\n" + text
    shift = len(moved) - len(text)
    after = sarif(run(finding("a.md", moved, "cures"), finding("a.md", moved, TextRange(17 + shift, 22 + shift))))
    marks = [[item["partialFingerprints"] for item in data["results"]] for data in (before, after)]
    assert marks[0] == marks[1]
    assert marks[0][0] != marks[0][1]


def test_sarif_keeps_the_gravest_of_too_many():
    grave = finding("a.md", "word", "word", severity=Severity.ERROR, rule="grave-rule")
    data = sarif(run(*[finding("a.md", "word", "word", rule="mild-rule")] * 25_000, grave))
    assert len(data["results"]) == 25_000
    assert sum(item["ruleId"] == "grave-rule" for item in data["results"]) == 1
    assert "1 less serious finding left out" in json.dumps(data["invocations"])


def test_a_path_outside_the_base_is_a_whole_uri(tmp_path):
    path = str(tmp_path / "a b.md")
    data = json.loads(report("sarif", run(finding(path, "word", "word")), base=tmp_path / "elsewhere"))
    place = data["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": (tmp_path / "a b.md").as_uri()}


def test_absolute_paths_below_the_base_become_relative(tmp_path):
    result = run(finding(str(tmp_path / "sub" / "a.md"), "word", "word"))
    assert json.loads(report("gitlab", result, base=tmp_path))[0]["location"]["path"] == "sub/a.md"
    assert "file=sub/a.md," in report("github", result, base=tmp_path)


def test_gitlab_keeps_the_schema():
    validator = jsonschema.Draft202012Validator(schema("gitlab.json"))
    data = json.loads(report("gitlab", full_run()))
    validator.validate(data)
    assert report("gitlab", CLEAN) == "[]\n"
    assert [item["severity"] for item in data] == ["blocker", "blocker", "major", "major", "critical", "info"]
    assert data[0]["location"]["path"] == "broken.md"


def test_gitlab_fingerprints_are_unique_and_know_no_line_numbers():
    text = "It cures all. It cures all.\n"
    pairs = []
    for source, shift in ((text, 0), ("New.\n\n" + text, 6)):
        spans = [TextRange(3 + shift, 8 + shift), TextRange(17 + shift, 22 + shift)]
        findings = [finding(path, source, span) for span in spans for path in ("a.md", "b.md")]
        pairs.append([item["fingerprint"] for item in json.loads(report("gitlab", run(*findings)))])
    assert pairs[0] == pairs[1] and len(set(pairs[0])) == 4


def test_rdjson_keeps_the_schema_and_counts_bytes():
    validator = jsonschema.Draft202012Validator(schema("rdjson.json"))
    data = json.loads(report("rdjson", full_run()))
    validator.validate(data)
    item = next(item for item in data["diagnostics"] if item["message"].startswith("“pain-free"))
    lines = SOURCES[PATH].encode().split(b"\n")
    place = item["location"]["range"]
    assert lines[place["start"]["line"] - 1][place["start"]["column"] - 1 :] == b"pain-free\r"
    assert lines[place["end"]["line"] - 1][: place["end"]["column"] - 1] == b"future"
    assert item["code"] == {"value": "promised-outcome", "url": "https://example.org/standard"}
    fixed = next(item for item in data["diagnostics"] if item["message"].startswith("“A cure"))
    span = fixed["suggestions"][0]["range"]
    assert lines[2][span["start"]["column"] - 1 : span["end"]["column"] - 1] == b"a pain-free"
    assert data["diagnostics"][0]["location"] == {"path": "broken.md"}


def test_rdjson_without_a_source_names_lines_only():
    data = json.loads(report("rdjson", full_run(), sources={}))
    jsonschema.Draft202012Validator(schema("rdjson.json")).validate(data)
    ranges = [item["location"].get("range", {}) for item in data["diagnostics"]]
    assert not any("column" in position for place in ranges for position in place.values())


def test_rdjsonl_has_the_same_diagnostics_one_a_line():
    lines = [json.loads(line) for line in report("rdjsonl", full_run()).splitlines()]
    whole = json.loads(report("rdjson", full_run()))
    assert lines == [item | {"source": whole["source"]} for item in whole["diagnostics"]]
    assert report("rdjsonl", CLEAN) == ""


def test_junit_keeps_the_schema():
    text = report("junit", full_run())
    xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd").validate(text)
    root = ElementTree.fromstring(text)
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("7", "4", "2")
    assert len(root.findall("./testsuite/testcase")) == 7
    assert len(root.findall(".//failure")) == 4 and len(root.findall(".//error")) == 2
    clean = root.find("./testsuite[@name='clean.md']/testcase")
    assert clean is not None and len(clean) == 0
    body = root.find(".//failure")
    assert body is not None and body.text is not None and body.text.startswith("articles/ä b.md:1:1: warning")


@pytest.mark.parametrize(("result", "cases"), [(CLEAN, 2), (run(), 1)])
def test_junit_without_findings_has_only_cases_that_pass(result, cases):
    text = report("junit", result)
    xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd").validate(text)
    root = ElementTree.fromstring(text)
    assert len(root.findall(".//testcase")) == cases == int(root.get("tests") or 0)
    assert all(len(case) == 0 for case in root.findall(".//testcase"))


def test_checkstyle_keeps_its_form():
    validator = xmlschema.XMLSchema(SCHEMAS / "checkstyle.xsd")
    text = report("checkstyle", full_run())
    validator.validate(text)
    validator.validate(report("checkstyle", CLEAN))
    root = ElementTree.fromstring(text)
    assert {item.get("name") for item in root} == {"articles/ä b.md", "z.md", "broken.md", "healthlint"}
    cure = next(item for item in root.iter("error") if (item.get("message") or "").startswith("“A cure"))
    assert (cure.get("line"), cure.get("column"), cure.get("severity")) == ("4", "19", "error")
    assert cure.get("source") == "healthlint.claims.promised-outcome"
