"""The hook, run by the real pre-commit against a scratch repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
GOOD = """---
title: Looking after a cold
author: The clinical editorial team
date: 2026-05-04
---

Most colds get better without treatment. Rest and drink plenty.

This page is for general information only and does not replace advice from your doctor.
"""
BAD = GOOD.replace("Most colds get better without treatment.", "This tea cures every cold for good.")


def git(*arguments: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    settings = {
        "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.invalid",
        "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.invalid",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }  # fmt: skip
    return subprocess.run(
        ["git", *arguments], cwd=cwd, capture_output=True, text=True, check=False, env={**os.environ, **settings, **env}
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose hooks are ours, run from this checkout in this environment.

    `language: system` in place of `python` spares the test a download; everything else is the manifest as it stands.
    """
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    for hook in hooks:
        hook["language"] = "system"
        hook["entry"] = hook["entry"].replace("healthlint", f"{sys.executable} -m healthlint", 1)
    repo = tmp_path / "site"
    repo.mkdir()
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (repo / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    git("init", "-q", "-b", "main", cwd=repo)
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"], cwd=repo, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return repo


def test_a_bad_commit_is_refused_and_a_good_one_accepted(repository: Path) -> None:
    (repository / "cold.md").write_text(BAD)
    git("add", ".", cwd=repository)
    refused = git("commit", "-m", "Add the page", cwd=repository)
    assert refused.returncode != 0
    assert "cure-or-guarantee" in refused.stdout + refused.stderr
    (repository / "cold.md").write_text(GOOD)
    git("add", ".", cwd=repository)
    accepted = git("commit", "-m", "Add the page", cwd=repository)
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr


def test_the_manifest_says_what_pre_commit_needs() -> None:
    if shutil.which("git") is None:
        pytest.fail("git is needed")
    validate = [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    done = subprocess.run(validate, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert all({"id", "name", "entry", "language"} <= set(hook) for hook in hooks)
    assert all(hook["require_serial"] for hook in hooks), "files must not be split over processes"
