"""The wheel, installed in a clean environment: it finds its rules and leaves nothing beside its package."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CLEAN = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert list(out.glob("*.tar.gz")), "the wheel was built from the sdist, so the sdist is complete"
    return next(out.glob("*.whl"))


def test_contents(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"healthlint"}
    rules = {path.relative_to(ROOT / "rules").as_posix() for path in (ROOT / "rules").rglob("*.yaml")}
    assert {f"healthlint/_rules/{name}" for name in rules} <= set(names)
    assert "healthlint/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any("NOTICE" in name and "licenses" in name for name in names)


def test_installed_in_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    python = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    site = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    zipfile.ZipFile(wheel).extractall(site)
    # The dependencies are borrowed from this environment, behind the wheel, so that no network is needed.
    (Path(site) / "zz_borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    article = tmp_path / "tea.md"
    article.write_text("# Tea\n\nThis tea cures arthritis in weeks.\n")
    run = [str(python), "-m", "healthlint", "check", "--isolated", "--no-cache", "--output-format", "concise", "tea.md"]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False, env=CLEAN)
    assert done.returncode == 1, done.stderr
    assert "cure-or-guarantee" in done.stdout
    where = "import healthlint.rules.rule_files as r; print(r.catalogue_root())"
    ask = [str(python), "-c", where]
    root = subprocess.run(ask, cwd=tmp_path, capture_output=True, text=True, check=True, env=CLEAN).stdout
    assert Path(root.strip()) == Path(site) / "healthlint" / "_rules"
