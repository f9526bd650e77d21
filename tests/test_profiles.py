"""A profile that some configurations of a run have and others lack."""

from __future__ import annotations

from pathlib import Path

import pytest

from healthlint.config import settle_profile
from healthlint.errors import UsageError
from tests.runner.scratch import check
from tests.test_config import config


@pytest.mark.parametrize(
    ("inner", "known"),
    [("", True), ("root: true\n", False), ("extends: ../.healthlint.yml\n", True)],
)
def test_a_configuration_without_the_profile_is_used_as_it_is_where_one_above_has_it(
    tmp_path: Path, inner: str, known: bool
) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    above = config(tmp_path, "profiles:\n  quick: {select: [titles]}\n", profile="quick")
    below = config(folder, inner, profile="quick")
    if known:
        notes = settle_profile([below], "quick")
        assert settle_profile([above, below], "quick") == notes
        said = (
            [] if "extends" in inner else [f"{folder}/.healthlint.yml: there is no profile “quick”, so none is used."]
        )
        assert notes == said
        quick = set(above.resolve(folder / "a.md").rules.ids)
        assert (set(below.resolve(folder / "a.md").rules.ids) == quick) == bool("extends" in inner)
    else:
        with pytest.raises(UsageError, match="no profile “quick”"):
            settle_profile([below], "quick")


def test_the_profile_may_stand_in_a_configuration_below(tmp_path: Path) -> None:
    for name, text in (("", ""), ("inner", "profiles: {quick: {select: [title-repeated]}}\n"), ("other", "")):
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / ".healthlint.yml").write_text(text)
        (tmp_path / name / "a.md").write_text("# Tea\n\nThis tea cures arthritis in weeks.\n")
    result = check(tmp_path, profile="quick")
    assert {Path(finding.path).parent.name for finding in result.findings} == {tmp_path.name, "other"}
    assert len([note for note in result.notes if "no profile “quick”" in note]) == 2
    with pytest.raises(UsageError, match="no profile “quik”"):
        check(tmp_path, profile="quik")
