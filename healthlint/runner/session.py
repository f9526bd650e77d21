"""One run's shared state: its options, configurations, cache, and the numbered rule sets its articles need."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from healthlint.config import Config, load_config
from healthlint.config.files import find_config, misnamed_note
from healthlint.config.resolve import Resolved
from healthlint.errors import HealthlintError
from healthlint.rules.compiled import digest_of, program
from healthlint.rules.model import RuleMeta
from healthlint.rules.ruleset import RuleSet
from healthlint.rules.schema import option_values
from healthlint.runner import workers
from healthlint.runner.cache import Cache
from healthlint.runner.discover import Target
from healthlint.suppress import judged_names

GRADE_RULE = "grade-above-target"
Progress = Callable[[int, int], None]
Made = workers.Report | HealthlintError  # an article's report, or why there is none


@dataclass(slots=True)
class Options:
    """How a run is made. `texts` gives content for paths that is not (yet) on disk, such as standard input.

    `load` gives the configurations: read anew, or kept from an earlier run of the process.
    """

    config_file: Path | None = None
    isolated: bool = False
    profile: str = ""
    cli: Mapping[str, Any] = field(default_factory=dict)
    jobs: int = 0
    cache_dir: Path | None = None
    use_cache: bool = True
    project: bool = True
    force_exclude: bool = False
    texts: Mapping[str, bytes] = field(default_factory=dict)
    progress: Progress | None = None
    explain_misses: bool = False
    load: Callable[..., Config] = load_config


class Session:
    """One run: its configurations, its cache, and the rule sets that its articles need."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.began = time.time_ns()
        self.cache = Cache(options.cache_dir) if options.cache_dir and options.use_cache else None
        self.notes: list[str] = []
        self._configs: dict[Path | None, Config] = {}
        self._of_folder: dict[Path, Config] = {}
        self._number_of: dict[tuple[str, bool], int] = {}
        self.sets: list[RuleSet] = []
        self._judged: list[frozenset[str]] = []
        self.digests: list[str] = []
        self._index_of: dict[tuple[int, bool], int] = {}

    def config_for(self, folder: Path) -> Config:
        """The configuration that holds in a folder, loaded once per file."""
        known = self._of_folder.get(folder)
        if known is None:
            known = self._of_folder[folder] = self._load(folder)
        return known

    def rules_for(self, target: Target, facts_only: bool = False) -> int:
        """The number of the rule set for an article."""
        folder = os.path.dirname(target.full)  # noqa: PTH120
        number = self._number_of.get((folder, facts_only))
        if number is None:
            config = self.config_for(Path(folder))
            number = self.rule_set(config.resolve(target.path), config, facts_only)
            if config.same_everywhere:
                self._number_of[folder, facts_only] = number
        return number

    def _load(self, folder: Path) -> Config:
        options = self.options
        path = None if options.isolated else options.config_file or find_config(folder)
        note = "" if options.isolated or options.config_file else misnamed_note(folder)
        if note and note not in self.notes:
            self.notes.append(note)
        if path not in self._configs:
            self._configs[path] = options.load(
                Path.cwd() if path is None else folder,
                file=path,
                isolated=options.isolated or path is None,
                profile=options.profile,
                cli=options.cli,
                cache_dir=options.cache_dir,
            )
            self.notes += self._configs[path].notes()
        return self._configs[path]

    @property
    def configs(self) -> list[Config]:
        """The configurations used so far."""
        return list(self._configs.values())

    def rule_set(self, resolved: Resolved, config: Config, facts_only: bool = False) -> int:
        """The number of the rule set for articles that resolve alike; with `facts_only`, of its project rules alone."""
        key = (id(resolved), facts_only)
        if key not in self._index_of:
            rules = RuleSet(resolved.rules.project, resolved.rules.settings) if facts_only else resolved.rules
            self._index_of[key] = len(self.sets)
            self.sets.append(rules)
            self._judged.append(judged_names(config.catalogue.metas.values(), rules.ids))
            self.digests.append(digest_of(resolved.digest, "facts" if facts_only else "all", program()))
        return self._index_of[key]

    def metas(self) -> dict[str, RuleMeta]:
        """Metadata of every rule of every configuration, by id."""
        return {rule_id: meta for config in self.configs for rule_id, meta in config.catalogue.metas.items()}

    def target_grade(self) -> float:
        """The reading grade aimed for: the lowest that a configuration of this run sets."""
        from healthlint.rules.checks.readability import AUDIENCES

        grades = []
        for config in self.configs:
            if (state := config.states_for(None).get(GRADE_RULE)) is not None:
                options = option_values(
                    config.catalogue.metas[GRADE_RULE], {name: value for name, (value, _) in state.options.items()}
                )
                grades.append(float(options["target"] or AUDIENCES[options["audience"]][0]))
        return min(grades, default=8.0)

    def known_names(self) -> dict[str, str]:
        """All rule ids and families, each with its family, for directives in articles."""
        return {name: family for config in self.configs for name, family in config.catalogue.names.items()}

    def key(self, content: bytes, rules: int, path: str) -> bytes:
        """The cache key of a content hash under a rule set; the suffix decides how the content is read."""
        suffix = os.fsencode(os.path.splitext(path)[1].lower())  # noqa: PTH122
        return blake2b(content + self.digests[rules].encode() + suffix, digest_size=16).digest()

    def lint(self, tasks: list[workers.Task]) -> Generator[Made, None, None]:
        """The packed report of each task, in order."""
        job = workers.Job(tuple(self.sets), tuple(self._judged), self.known_names())
        jobs = self.options.jobs or workers.default_jobs()
        for done, packed in enumerate(workers.run(job, tasks, jobs), 1):
            if self.options.progress:
                self.options.progress(done, len(tasks))
            yield packed
