"""Links of the file system between articles: one page under two names, and pages that are there though left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.runner.scratch import SOUND, check, rules_at

PAGE = SOUND + "\n## Related\n\n" + "".join(
    f"- [{name}]({name})\n"
    for name in ("alias.md", "left-out/x.md", ".hidden/y.md", "through/x.md", "../above.md", "none.md")
)  # fmt: skip


@pytest.fixture
def linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    site = tmp_path / "site"
    for name in ("left-out/x.md", ".hidden/y.md", "../above.md"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(SOUND.replace("Colds", name))
    (site / ".healthlintignore").write_text("left-out/\n")
    (site / ".healthlint.yml").write_text("root: true\n")
    (site / "through").symlink_to("left-out")
    (site / "a.md").write_text(PAGE)
    (site / "alias.md").symlink_to("a.md")
    monkeypatch.chdir(site)
    return site


@pytest.mark.parametrize("asked", [("a.md",), ("alias.md",), (".",), ("a.md", "alias.md")])
def test_a_page_is_no_double_of_itself(linked: Path, asked: tuple[str, ...]) -> None:
    result = check(*asked)
    doubles = [f for f in result.findings if f.rule in ("duplicate-title-in-project", "near-duplicate-body")]
    assert (len(result.files), doubles) == (1, [])
    (linked / "copy.md").write_text(PAGE)
    assert "duplicate-title-in-project" in rules_at(check(*asked), result.files[0].path)


def test_a_page_that_is_left_out_is_there(linked: Path) -> None:
    broken = [f.message for f in check("a.md").findings if f.rule == "related-link-broken-or-unreviewed"]
    assert len(broken) == 1 and "none.md" in broken[0]
    (linked / "left-out" / "x.md").unlink()
    again = [f.message for f in check("a.md").findings if f.rule == "related-link-broken-or-unreviewed"]
    assert ["left-out/x.md" in again[0], "through/x.md" in again[1], len(again)] == [True, True, 3]
