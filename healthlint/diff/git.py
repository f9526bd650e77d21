"""The few questions asked of git, with answers that do not depend on a user's git configuration."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from healthlint.errors import UsageError

_DIFF = (
    "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--no-relative", "--ignore-submodules", "--find-renames",
    "--unified=0", "--inter-hunk-context=0", "--src-prefix=a/", "--dst-prefix=b/",
)  # fmt: skip
_SUBMODULE = b"160000"  # the mode of a folder that is another repository
_DEEPER = (
    "Fetch the whole history: set `fetch-depth: 0` in actions/checkout, `GIT_DEPTH: 0` in GitLab, "
    "or run `git fetch --unshallow`."
)


# What a hook is told of its repository. With GIT_DIR alone, git takes the current folder for the top of the work tree.
_PLACE = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_PREFIX"})
_PARTS = frozenset(
    {"GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH"}
)


class Repository(NamedTuple):
    """A work tree, by its top folder, and the variables of git that speak of another one."""

    root: Path
    others: frozenset[str] = _PLACE

    @classmethod
    def at(cls, folder: Path) -> Repository:
        """The repository that a folder lies in. Raises UsageError where there is none."""
        problem = ""
        for others in (_PLACE, frozenset[str]()):  # what lies around the folder goes before what a variable says
            code, out, said = _git(folder, others, "rev-parse", "--show-toplevel")
            if code == 0 and out.strip():
                return cls(Path(os.fsdecode(out.rstrip(b"\r\n"))), others)
            problem = problem or said
        if "dubious ownership" in problem:
            hint = f"Allow it: git config --global --add safe.directory '{folder.resolve()}'"
            raise UsageError("git does not trust this repository, because another user owns it.", hint=hint)
        raise UsageError(
            f"{folder.resolve()} is in no git work tree, so there are no changed lines.",
            hint="Run inside a clone, or leave out --diff-base and --staged.",
        )

    def merge_base(self, ref: str) -> str:
        """The commit from which HEAD and a ref went apart. Raises UsageError with what to do where there is none."""
        code, out, _ = _git(
            self.root, self.others, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"
        )
        if code:
            hint = (
                _DEEPER
                if self.is_shallow()
                else "Fetch it first, or name a branch, tag or commit that `git log` knows."
            )
            raise UsageError(f"git knows no commit “{ref}”.", hint=hint)
        code, base, _ = _git(self.root, self.others, "merge-base", out.strip().decode(), "HEAD")
        if code == 0 and base.strip():
            return base.split()[0].decode()
        if self.is_shallow():
            raise UsageError(f"This clone is too shallow to find where HEAD and “{ref}” went apart.", hint=_DEEPER)
        raise UsageError(f"HEAD and “{ref}” have no commit in common.", hint="Name the branch that this one came from.")

    def is_shallow(self) -> bool:
        """Whether the clone's history was cut off."""
        return _git(self.root, self.others, "rev-parse", "--is-shallow-repository")[1].strip() == b"true"

    def diff(self, *what: str) -> bytes:
        """A patch without context. Raises UsageError with git's own words where git fails."""
        return self._output(*_DIFF, *what, "--")

    def tracked(self) -> list[str]:
        """The files that git keeps, relative to the top folder."""
        return [os.fsdecode(name) for name in self._output("ls-files", "-z").split(b"\0") if name]

    def submodules(self, *what: str) -> Iterator[tuple[Repository, str | None]]:
        """Each submodule that is here, with the commit from which it changed.

        It is empty for a submodule that was not there before, None for one that did not change.
        """
        entries = (entry.partition(b"\t") for entry in self._output("ls-files", "--stage", "-z").split(b"\0"))
        found: dict[bytes, str | None] = {name: None for stage, _, name in entries if stage.startswith(_SUBMODULE)}
        if not found:
            return
        kinds = ("--raw", "-z", "--no-abbrev", "--no-renames", "--ignore-submodules=none")
        fields = self._output("diff", *kinds, *what, "--").split(b"\0")
        for state, name in zip(fields[::2], fields[1::2], strict=False):
            if name in found:
                mode, _, commit, *_ = state.removeprefix(b":").split()
                found[name] = commit.decode() if mode == _SUBMODULE else ""
        for name, before in found.items():
            folder = self.root / os.fsdecode(name)
            if (folder / ".git").exists():
                yield Repository(folder, _PLACE | _PARTS), before

    def _output(self, *args: str) -> bytes:
        code, out, problem = _git(self.root, self.others, *args)
        if code:
            message = f"git {args[0]} failed: {problem or f'exit code {code}'}."
            raise UsageError(message, where=str(self.root), hint=_DEEPER if self.is_shallow() else "")
        return out


def _git(folder: Path, without: frozenset[str], *args: str) -> tuple[int, bytes, str]:
    """Exit code, output, and the last line of what git said on stderr; `without` are variables it is not to see."""
    environment = {name: value for name, value in os.environ.items() if name not in without} | {
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
        "GIT_PAGER": "cat",
    }
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *args],
            capture_output=True,
            check=False,
            env=environment,
            stdin=subprocess.DEVNULL,
        )
    except OSError as error:
        raise UsageError(
            f"git cannot be run ({error.strerror}), and changed lines need it.", hint="Install git."
        ) from error
    said = done.stderr.decode("utf-8", "replace").strip()
    return done.returncode, done.stdout, said if "dubious" in said else said.rpartition("\n")[2].rstrip(".")
