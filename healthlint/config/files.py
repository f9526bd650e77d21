"""Find configuration files and read them as plain data with the line of every key."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from healthlint.errors import ConfigError
from healthlint.strict_yaml import Key, Locator, load

NAMES = (".healthlint.yml", ".healthlint.yaml", ".config/healthlint.yml", ".config/healthlint.yaml")
PYPROJECT = "pyproject.toml"


@lru_cache(maxsize=4096)
def find_config(folder: Path) -> Path | None:
    """The nearest configuration file in a folder or above it, up to the repository's root or a `root: true`.

    Raises ConfigError where one folder holds two.
    """
    present = [folder / name for name in NAMES if (folder / name).is_file()]
    pyproject = folder / PYPROJECT
    if pyproject.is_file() and _tool_table(pyproject) is not None:
        present.append(pyproject)
    if len(present) > 1:
        names = " and ".join(str(path.relative_to(folder)) for path in present)
        raise ConfigError(f"two configurations in one folder: {names}.", where=str(folder), hint="Keep one of them.")
    if present:
        return present[0]
    if (folder / ".git").exists() or folder.parent == folder:
        return None
    return find_config(folder.parent)


@lru_cache(maxsize=4096)
def misnamed_config(folder: Path) -> Path | None:
    """A file in a folder or above it that would be the configuration there if only its name began with a dot."""
    found = find_config(folder)
    if found is not None and base_folder(found) == folder:
        return None
    near = next((folder / name[1:] for name in NAMES[:2] if (folder / name[1:]).is_file()), None)
    if near is not None or (folder / ".git").exists() or folder.parent == folder:
        return near
    return misnamed_config(folder.parent)


def misnamed_note(folder: Path) -> str:
    """What to say of such a file; an empty text where there is none."""
    near = misnamed_config(folder)
    return f"{near}: this is not read. The name of a configuration begins with a dot: .{near.name}" if near else ""


@lru_cache(maxsize=4096)
def repository_root(folder: Path) -> Path | None:
    """The root of the git repository that a folder lies in, if any."""
    if (folder / ".git").exists():
        return folder
    return None if folder.parent == folder else repository_root(folder.parent)


def read_config(path: Path) -> tuple[dict[str, Any], Locator]:
    """The data of a configuration file and where each key stands. Raises ConfigError at file:line."""
    shown = str(path)
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError("there is no such configuration file.", where=shown) from None
    except UnicodeDecodeError:
        raise ConfigError("this is not valid UTF-8.", where=shown, hint="Save it as UTF-8.") from None
    except OSError as error:
        raise ConfigError(f"cannot be read ({error.strerror or error}).", where=shown) from None
    if path.suffix == ".toml":
        data, where = _read_toml(text, path)
    else:
        data, where = load(text, shown, ConfigError)
    if data is None:
        data = {}
    if not isinstance(data, dict):
        raise ConfigError("a configuration is a mapping of keys.", where=f"{shown}:1")
    return data, where


def base_folder(path: Path) -> Path:
    """The folder that a configuration's globs and paths are relative to."""
    folder = path.parent
    return folder.parent if folder.name == ".config" else folder


def _tool_table(path: Path) -> dict[str, Any] | None:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    if "tool.healthlint" not in text:
        return None
    table = _parse_toml(text, path).get("tool", {}).get("healthlint")
    return table if isinstance(table, dict) else None


def _parse_toml(text: str, path: Path) -> dict[str, Any]:
    import tomllib  # late: most folders have no such file

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"not valid TOML: {error}.", where=str(path)) from None


def _read_toml(text: str, path: Path) -> tuple[dict[str, Any], Locator]:
    data = _parse_toml(text, path)
    if path.name == PYPROJECT:
        data = data.get("tool", {}).get("healthlint", {})
    lines: dict[tuple[Key, ...], int] = {(): 1}
    # tomllib keeps no positions: a key is shown at the first line of its table that begins with it.
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if bare.startswith("["):
            name = tuple(part.strip().strip("\"'") for part in bare.strip("[] ").split("."))
            table = name[2:] if name[:2] == ("tool", "healthlint") else (() if path.name != PYPROJECT else ("\0",))
            if path.name != PYPROJECT:
                table = name
            lines.setdefault(table, number)
        elif "=" in bare and not bare.startswith("#"):
            key = bare.split("=", 1)[0].strip().strip("\"'")
            lines.setdefault((*table, key), number)
    return data, Locator(str(path), lines, ConfigError)
