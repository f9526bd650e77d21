"""Where the shipped rules lie, and the files of a rules folder as texts; a file that nobody would read is refused."""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from pathlib import Path

from healthlint.errors import RuleError

# Folders beside the families that hold no rules.
NOT_FAMILIES = frozenset({"presets", "coverage", "contexts", "vocabulary"})
_NO_RULES_READ = ("presets", "coverage")
_SOUNDS_LIKE_YAML = re.compile(r"(?i)\.ya?ml(\.txt)?$")
_FAMILY = re.compile(r"[a-z0-9][a-z0-9_-]*")  # as options and directives can name it
_ALIKE = 0.8


def catalogue_root() -> Path:
    """The folder of the shipped rules: inside the installed package, else beside it in a checkout.

    Raises RuleError where there is neither: an empty catalogue would pass everything.
    """
    package = Path(__file__).parents[1]
    for folder in (package / "_rules", package.parent / "rules"):
        if folder.is_dir():
            return folder
    raise RuleError("the rules of healthlint are missing from this installation.", hint="Install it again.")


def texts(folder: Path) -> dict[str, str]:
    """The YAML files of a folder by their path in it. Raises RuleError for one that would be read by nobody."""
    # By os.walk: half the time of Path.rglob, at every start of the program.
    found = {}
    for parent, folders, names in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if name[0] != "." and not _leads_back(parent, name)]
        for name in names:
            path = os.path.join(parent, name)  # noqa: PTH118
            if name.endswith(".yaml"):
                with open(path, "rb") as file:  # noqa: PTH123
                    text = file.read()
                try:
                    found[Path(path).relative_to(folder).as_posix()] = text.decode("utf-8")
                except UnicodeDecodeError:
                    raise RuleError("this is not valid UTF-8.", where=path, hint="Save it as UTF-8.") from None
            elif name[0] != "." and _SOUNDS_LIKE_YAML.search(name):
                # Read by nobody, and whoever wrote it thinks it is.
                raise RuleError("the name of a rule file ends with .yaml.", where=path)
    return dict(sorted(found.items()))


def _leads_back(parent: str, name: str) -> bool:
    path = os.path.join(parent, name)  # noqa: PTH118
    if not os.path.islink(path):  # noqa: PTH114
        return False
    return (os.path.realpath(parent) + os.sep).startswith(os.path.realpath(path) + os.sep)


def family_of(name: str, text: str, folder: Path) -> str:
    """The family of the rule in a file, or an empty text where the file is to hold none. Raises RuleError."""
    parts = Path(name).parts
    where, is_rule = str(folder / name), re.search(r"^check:", text, re.MULTILINE) is not None
    if len(parts) > 1 and parts[0] in NOT_FAMILIES:
        if is_rule and parts[0] in _NO_RULES_READ:
            message = f"no rule is read from “{parts[0]}”."
            raise RuleError(message, where=where, hint="Put it into the folder of its family.")
        return ""
    near = get_close_matches(parts[0], NOT_FAMILIES, 1, _ALIKE) if len(parts) > 1 and not is_rule else ()
    if near:
        raise RuleError(f"“{parts[0]}” is no family of rules.", where=where, hint=f"Did you mean “{near[0]}”?")
    family = parts[-2] if len(parts) > 1 else folder.resolve().name
    if not _FAMILY.fullmatch(family):
        message = f"the folder “{family}” gives its rules their family, and is no name for one"
        raise RuleError(f"{message}: write small letters, digits and hyphens.", where=where)
    return family
