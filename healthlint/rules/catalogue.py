"""Find, load and select rules: the shipped catalogue, installed plug-ins, and a project's own rule folders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from healthlint.errors import UsageError, nearest
from healthlint.rules import compiled
from healthlint.rules.kinds import build
from healthlint.rules.model import AnyRule, RuleMeta
from healthlint.rules.parts import anchors
from healthlint.rules.rule_files import catalogue_root, family_of
from healthlint.rules.schema import parse_rule
from healthlint.rules.stored import StoredRule, meta_from_data, meta_to_data, traits_of
from healthlint.rules.word_index import WordGroups
from healthlint.strict_yaml import Locator

ALL = "all"
# Kinds whose rules cost nothing to build, and are asked about every article.
_BUILT_AT_ONCE = frozenset({"python", "reading", "metric"})


@dataclass(slots=True)
class Entry:
    """A rule of the catalogue: its metadata, what building it needs, and what is known of it before it is built."""

    meta: RuleMeta
    where: Locator
    traits: Mapping[str, Any]
    words: WordGroups
    rule: AnyRule | None = None


@dataclass(slots=True)
class Catalogue:
    """All known rules by id, and a digest that changes whenever one of them does."""

    entries: dict[str, Entry] = field(default_factory=dict)
    digest: str = ""

    @property
    def metas(self) -> dict[str, RuleMeta]:
        """Metadata by rule id, sorted by family and id."""
        order = sorted(self.entries.values(), key=lambda e: (e.meta.family, e.meta.id))
        return {entry.meta.id: entry.meta for entry in order}

    @property
    def families(self) -> list[str]:
        """The names of all families."""
        return sorted({entry.meta.family for entry in self.entries.values()})

    @property
    def names(self) -> dict[str, str]:
        """All rule ids and families, each with its family."""
        return {rule_id: entry.meta.family for rule_id, entry in self.entries.items()} | {f: f for f in self.families}

    def rule(self, rule_id: str) -> AnyRule:
        """The rule, built on first use. Raises RuleError at file:line where its check is wrong."""
        entry = self.entries[rule_id]
        if entry.rule is None:
            entry.rule = build(entry.meta, entry.where)
        return entry.rule

    def runnable(self, rule_id: str) -> AnyRule:
        """The rule for a run: one that is built only when an article has something for it."""
        entry = self.entries[rule_id]
        if entry.rule is not None or entry.meta.kind in _BUILT_AT_ONCE:
            return self.rule(rule_id)
        return StoredRule(entry.meta, entry.traits, entry.words, partial(build, entry.meta, entry.where))

    def expand(self, names: Iterable[str]) -> list[str]:
        """Rule ids for rule ids, families and `all`; raises UsageError with the nearest name for anything else."""
        found: dict[str, None] = {}
        for name in names:
            if name == ALL:
                ids: list[str] = list(self.metas)
            elif name in self.entries:
                ids = [name]
            else:
                ids = [meta.id for meta in self.metas.values() if meta.family == name]
            if not ids:
                known = [*self.entries, *self.families, ALL]
                raise UsageError(f"there is no rule or family “{name}”.", hint=nearest(name, known))
            found.update(dict.fromkeys(ids))
        return list(found)


def load_catalogue(extra: Iterable[Path] = (), cache_dir: Path | None = None) -> Catalogue:
    """The shipped rules, those of plug-ins, and those of the `extra` folders (YAML only), which are asked for last.

    Raises RuleError at file:line for a wrong rule file, for an id that stands twice, and for a plug-in that fails.
    """
    from healthlint.rules.plugins import plugin_folders

    catalogue = Catalogue()
    trustworthy = ((path, True) for path in (catalogue_root(), *plugin_folders(cache_dir)))
    digests: list[str] = []
    for folder, trusted in chain(trustworthy, ((path, False) for path in extra)):
        form = ",".join((*RuleMeta._fields, *digests[:1]))  # other folders use word lists and contexts of the first
        digest, entries = compiled.load(folder, cache_dir, _read_folder, form, partial(_entries, folder))
        digests.append(digest)
        for entry in entries:
            _add(catalogue, entry, trusted)
    taken = {ALL, *(path.stem for path in (catalogue_root() / "presets").glob("*.yaml")), *catalogue.entries}
    for entry in catalogue.entries.values():
        if entry.meta.family in taken:
            message = (
                f"the family “{entry.meta.family}” has the name of a rule or a preset, which would be taken for it."
            )
            raise entry.where.error("id", message=message, hint="Give its folder another name.")
        for name in entry.meta.yields_to:
            if name not in catalogue.families:
                hint = nearest(name, catalogue.families)
                raise entry.where.error("yields-to", message=f"there is no family “{name}” to yield to.", hint=hint)
    catalogue.digest = "-".join(digests)
    return catalogue


def _read_folder(folder: Path, texts: Mapping[str, str]) -> dict[str, Any]:
    # Every rule is built once here, so that a wrong one is an error whether or not it is switched on.
    from healthlint.rules.parts import library_files  # late: a run from the cache needs none of it

    rules = []
    before = set(anchors.known)
    words = WordGroups()
    for name, text in texts.items():
        family = family_of(name, text, folder)
        if not family:
            continue
        meta, where = parse_rule(text, str(folder / name), family)
        lines = [where.line("id"), where.line("check", "kind"), where.line("yields-to")]
        rules.append({"meta": meta_to_data(meta), "lines": lines, "traits": traits_of(build(meta, where), words)})
    literals = {key: value for key, value in anchors.known.items() if key not in before}
    return {
        "rules": rules,
        "literals": literals,
        "words": words.as_data(),
        "library": library_files.as_data(folder, texts),
        "contexts": library_files.anchors_of_contexts(folder, texts),
    }


def _entries(folder: Path, data: Mapping[str, Any]) -> tuple[str, list[Entry]]:
    entries = []
    words = WordGroups(*data["words"])
    for item in data["rules"]:
        meta = meta_from_data(item["meta"])
        first, kind, yields = item["lines"]
        where = Locator(meta.path, {("id",): first, ("check",): kind, ("yields-to",): yields}, checked=True)
        entries.append(Entry(meta, where, item["traits"], words))
    anchors.known.update(data["literals"])
    compiled.libraries[folder] = data["library"]
    compiled.context_anchors[folder] = data["contexts"]
    return data["digest"], entries


def _add(catalogue: Catalogue, entry: Entry, trusted: bool) -> None:
    meta, where = entry.meta, entry.where
    if not trusted and meta.kind == "python":
        message = "a rule of kind python may not come from a content repository, because it would run its code."
        raise where.error("check", "kind", message=message, hint="Install it as a package, or write it in YAML.")
    if meta.id in catalogue.entries:
        other = catalogue.entries[meta.id].meta.path
        if Path(other).resolve() == Path(meta.path).resolve():
            raise where.error("id", message="this rule is read twice: two rule-paths lead to it.")
        raise where.error("id", message=f"the rule “{meta.id}” exists already, in {other}.")
    catalogue.entries[meta.id] = entry
