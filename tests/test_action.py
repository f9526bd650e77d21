"""The action's own steps, run as the shell scripts they are, with a runner's variables around them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml

from healthlint.formats.html.names import MARKDOWN_REPORT_MARK

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the steps are bash scripts")

BROKEN = "---\ntitle: Iron: how much is enough?\n---\n\nMost adults get enough iron from food.\n"
DAMAGED = "# Iron\n\nMost adults get\x08 enough iron from food.\n"
FINE = "# Iron\n\nMost adults get enough iron from food.\n"


def run_step(name: str, folder: Path, inputs: dict[str, str], outputs: dict[str, str], **env: str) -> dict[str, Any]:
    """Run one step of action.yml as GitHub's runner does: `bash -eo pipefail`, inputs as variables."""
    step = STEPS[name]
    values = {key: str(spec["default"]) for key, spec in ACTION["inputs"].items()} | inputs
    temp = folder.parent / "temp"
    temp.mkdir(exist_ok=True)
    files = {key: temp / key for key in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        file.write_text("")

    def fill(text: str) -> str:
        text = re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: values[found[1]], text)
        return re.sub(r"\$\{\{ steps\.\w+\.outputs\.([\w-]+) \}\}", lambda found: outputs[found[1]], text)

    clean = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "HEALTHLINT_", "GIT_"))}
    environment = clean | {
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_WORKSPACE": str(folder),
        "RUNNER_TEMP": str(temp),
        "HEALTHLINT_CACHE_DIR": str(temp / "cache"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        **{key: str(path) for key, path in files.items()},
        **{key: fill(text) for key, text in step.get("env", {}).items()},
        **env,
    }
    script = temp / "step.sh"
    script.write_text(step["run"], encoding="utf-8")
    place = folder / fill(step.get("working-directory", "."))
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
    done = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=False)
    lines = files["GITHUB_OUTPUT"].read_text().splitlines()
    return {
        "code": done.returncode,
        "log": done.stdout,
        "stderr": done.stderr,
        "summary": files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8"),
        "outputs": dict(line.split("=", 1) for line in lines),
    }


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    """What the install step leaves behind: `healthlint` and `python` in one folder."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, arguments in (("healthlint", "-m healthlint "), ("python", "")):
        script = folder / name
        # As an installed command does, it takes no module from the current folder.
        safe = "-P " if arguments else ""
        script.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" {safe}{arguments}"$@"\n')
        script.chmod(0o755)
    return folder


@pytest.fixture
def check(tmp_path, bin_folder):
    folder = tmp_path / "work"
    folder.mkdir()

    def run(files: dict[str, str], env: dict[str, str] | None = None, **inputs: str) -> dict[str, Any]:
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="")
        given = {"args": "--select\nfront-matter-broken,control-characters"}
        given |= {key.replace("_", "-"): value for key, value in inputs.items()}
        return run_step("Check articles", folder, given, {"bin": str(bin_folder)}, **env or {})

    run.folder = folder  # type: ignore[attr-defined]
    return run


def test_findings_become_annotations_a_summary_and_exit_code_1(check):
    done = check({"a.md": BROKEN, "b.md": DAMAGED, "c.md": FINE})
    assert done["code"] == 1, done["stderr"]
    first, second = [line for line in done["log"].splitlines() if line.startswith("::")]
    assert re.match(r"::error file=a\.md,line=2,.*title=front-matter-broken::", first)
    assert re.match(r"::warning file=b\.md,line=3,endLine=3,col=16,endColumn=17,title=control-characters::", second)
    mark, heading = done["summary"].split("\n\n")[:2]
    assert mark == MARKDOWN_REPORT_MARK
    assert heading.startswith("## healthlint: 1 error and 1 warning in 2 of 3 articles")
    assert done["outputs"] == {"exit-code": "1", "errors": "1", "warnings": "1"}


def test_a_clean_check_passes(check):
    done = check({"c.md": FINE})
    assert (done["code"], done["outputs"]) == (0, {"exit-code": "0", "errors": "0", "warnings": "0"})
    assert "No findings in 1 article" in done["summary"]


def test_warnings_pass_unless_the_fail_level_says_otherwise(check):
    assert check({"b.md": DAMAGED})["code"] == 0
    assert check({}, fail_level="warning")["code"] == 1
    assert check({"a.md": BROKEN}, fail_level="never")["code"] == 0


def test_sarif_is_written_where_asked_also_in_another_folder(check):
    done = check({"docs/a.md": BROKEN}, sarif_file="out.sarif", working_directory="docs")
    where = Path(done["outputs"]["sarif-file"])
    assert where == check.folder / "docs" / "out.sarif"
    [result] = json.loads(where.read_text(encoding="utf-8"))["runs"][0]["results"]
    assert result["ruleId"] == "front-matter-broken"
    # GitHub takes paths from the top of the repository, wherever the step runs.
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "docs/a.md"
    assert "::error file=docs/a.md,line=2" in done["log"]


def test_paths_with_spaces_and_dashes_one_a_line(check):
    files = {"a b.md": BROKEN, "-c.md": BROKEN, "d.md": BROKEN}
    done = check(files, paths="  a b.md\n\n-c.md\n")
    assert set(re.findall(r"^::error file=([^,]+)", done["log"], re.MULTILINE)) == {"a b.md", "-c.md"}


def test_no_input_is_run_as_a_command(check):
    evil = "$(touch pwned) `touch pwned`; touch pwned \" ' && touch pwned"
    for name in ("paths", "config", "fail_level", "diff_base", "sarif_file", "args", "filter_mode"):
        check({"a.md": FINE}, **{name: evil})
    assert not list(check.folder.rglob("pwned"))


def test_a_checkout_runs_no_code_of_its_own(check, tmp_path):
    """The folder of a `python -m` or `python -c` comes first among those that modules are imported from."""
    program = 'open("../ran", "w").close()\n'
    check({f"{name}.py": program for name in ("json", "venv", "pip", "healthlint", "sitecustomize", "encodings")})
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    run_step("Install healthlint", check.folder, {"version": "0"}, {}, PATH=path, PIP_NO_INDEX="1")
    assert (tmp_path / "temp" / "healthlint").is_dir()
    done = check({"a.md": BROKEN})
    assert done["outputs"] == {"exit-code": "1", "errors": "1", "warnings": "0"}
    assert not (tmp_path / "ran").exists()


def test_a_summary_that_cannot_be_written_changes_nothing_else(check):
    for text, code in ((FINE, 0), (BROKEN, 1)):
        done = check({"a.md": text}, {"GITHUB_STEP_SUMMARY": str(check.folder / "no" / "folder")})
        assert (done["code"], done["outputs"]["exit-code"], done["outputs"]["errors"]) == (code, str(code), str(code))
        assert "::warning title=healthlint::The job summary could not be written." in done["log"]


def test_a_mistake_is_exit_code_2_and_said_on_the_page(check):
    done = check({"a.md": FINE}, paths="nowhere.md")
    assert done["code"] == 2 and done["outputs"]["exit-code"] == "2"
    assert "::error title=healthlint::" in done["log"] and "nowhere.md" in done["stderr"]


def test_without_annotations_and_summary_the_log_has_text(check):
    done = check({"a.md": BROKEN}, annotations="false", summary="false")
    assert "::error file" not in done["log"] and "a.md:2:" in done["log"] and "│" in done["log"]
    assert done["summary"] == ""


def test_hostile_articles_add_no_commands(check):
    done = check({"a.md": "---\ntitle: x: ::error::no\n::add-mask::x: y\n---\n\nText.\n"}, annotations="false")
    assert done["code"] == 1
    assert not [line for line in done["log"].splitlines() if line.lstrip().startswith("::")]


def git(folder: Path, *args: str) -> None:
    name = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", "-C", str(folder), *name, *args], check=True, capture_output=True)


def test_a_pull_request_is_held_to_what_it_changed(check):
    folder = check.folder
    git(folder, "init", "-q", "-b", "main")
    (folder / "old.md").write_text(BROKEN, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "old")
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    new = {"new.md": BROKEN}
    done = check(new, {"GITHUB_BASE_REF": "main"}, diff_base="auto")
    assert re.findall(r"^::error file=([^,]+)", done["log"], re.MULTILINE) == ["new.md"]
    assert check({}, {"GITHUB_BASE_REF": ""}, diff_base="auto")["outputs"]["errors"] == "2"
    lost = check({}, {"GITHUB_BASE_REF": "gone"}, diff_base="auto")
    assert lost["code"] == 2 and "origin/gone" in lost["stderr"]


def test_no_expression_stands_in_a_script():
    for step in STEPS.values():
        assert "${{" not in step.get("run", "")
    used = re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text(encoding="utf-8"))
    assert set(used) == set(ACTION["inputs"])


def test_every_output_is_written():
    for name, spec in ACTION["outputs"].items():
        assert spec["value"] == f"${{{{ steps.check.outputs.{name} }}}}"
        assert re.search(rf"{name}=", STEPS["Check articles"]["run"])


def test_the_install_step_installs_this_checkout(tmp_path):
    """pip builds and installs the checkout itself; its dependencies are lent, so that no network is needed."""
    folder = tmp_path / "work"
    folder.mkdir()
    lent = sysconfig.get_paths()["purelib"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    quiet = {"PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
    done = run_step("Install healthlint", folder, {}, {}, PATH=path, PYTHONPATH=lent, **quiet)
    assert done["code"] == 0, done["stderr"]
    program = Path(done["outputs"]["bin"]) / "healthlint"
    (folder / "a.md").write_text(BROKEN, encoding="utf-8")
    checked = subprocess.run(
        [program, "check", "--select", "front-matter-broken", "--no-cache", "-q", "--output-format", "concise", "a.md"],
        cwd=folder, env=os.environ | {"PYTHONPATH": lent}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (checked.returncode, checked.stdout[:7]) == (1, "a.md:2:"), checked.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no line ends in file names")
def test_a_hostile_file_name_adds_no_commands(check):
    evil = "a\n::error::no\n##[add-mask]x \x1b[31m.md"
    (check.folder / evil).write_bytes(b"\xff\xfe\x00\x00\x00binary\x00")
    for marked in ("true", "false"):
        done = check({"b.md": BROKEN, f"c{evil}": BROKEN}, annotations=marked)
        lines = [line.lstrip() for line in (done["log"] + done["stderr"]).splitlines()]
        commands = [line for line in lines if line.startswith("::")]
        assert all(re.match(r"::(?:error|notice) (?:file|title)=", line) for line in commands)
        assert not any("##[" in line or "\x1b" in line for line in lines)
        assert done["code"] != 0
