"""The hot functions, each alone: `pytest tests/benchmarks/test_hot.py`. The test suite leaves this folder out."""

from __future__ import annotations

from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from healthlint.analysis import Analysis, Settings
from healthlint.analysis.readability.grades import Readability
from healthlint.analysis.sentences.segment import sentences
from healthlint.analysis.topics.model import TopicModel
from healthlint.article import Article
from healthlint.finding import Finding
from healthlint.formats import parse, read
from healthlint.linter import ArticleReport, lint
from healthlint.reporters import ReportContext, render
from healthlint.result import RunResult
from healthlint.rules.ruleset import RuleSet
from healthlint.runner.cache import Cache
from healthlint.runner.discover import discover
from healthlint.runner.project import Index, check_project
from healthlint.runner.session import Options, Session
from healthlint.runner.transport import pack, unpack_findings, unpack_head
from tests.benchmarks.corpus import articles, write

pytest.importorskip("pytest_benchmark")
COUNT = 40
Run = Any  # pytest-benchmark's fixture: called with a function and its arguments


@pytest.fixture(scope="module")
def sources() -> list[str]:
    return list(articles(COUNT, seed=5))


@pytest.fixture(scope="module")
def parsed(sources: list[str]) -> list[Article]:
    return [parse(f"article-{number:02}.md", source) for number, source in enumerate(sources)]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """A run's session with the recommended rules, all of them on."""
    folder = tmp_path_factory.mktemp("site")
    session = Session(Options(isolated=True, cache_dir=folder / "cache"))
    config = session.config_for(folder)
    session.rule_set(config.resolve(folder / "a.md"), config)
    return session


@pytest.fixture(scope="module")
def rules(session: Session) -> RuleSet:
    return session.sets[0]


@pytest.fixture(scope="module")
def reports(parsed: list[Article], rules: RuleSet) -> list[ArticleReport]:
    return [lint(article, rules) for article in parsed]


def each(items: list[Any], function: Any) -> Any:
    """Calls a function with a number of things in turn, once with each: much is remembered."""

    turn = iter(items)
    return {"target": function, "setup": lambda: ((next(turn),), {}), "rounds": len(items)}


@pytest.mark.parametrize("suffix", ["md", "html", "txt"])
def test_parse(benchmark: Run, sources: list[str], suffix: str) -> None:
    bodies = [source.split("---\n", 2)[2] for source in sources]
    if suffix == "html":
        from markdown_it import MarkdownIt

        bodies = [f"<html><body><main>{MarkdownIt().render(body)}</main></body></html>" for body in bodies]
    article = benchmark.pedantic(**each([body.encode() for body in bodies], lambda data: read(f"a.{suffix}", data)))
    assert len(article.blocks) > 40


def test_segment(benchmark: Run, parsed: list[Article]) -> None:
    found = benchmark.pedantic(
        **each(parsed, lambda article: [span for block in article.blocks for span in sentences(block.prose)])
    )
    assert len(found) > 50


def test_count(benchmark: Run, parsed: list[Article]) -> None:
    texts = [" ".join(block.prose for block in article.blocks) for article in parsed]
    assert benchmark.pedantic(**each(texts, Readability.of_text)).counts.words > 500


def test_prefilter(benchmark: Run, parsed: list[Article], rules: RuleSet) -> None:
    texts = [Analysis(article, Settings()) for article in parsed]
    for text in texts:
        assert text.full_text, text.sentences  # what it works on is not its own time
    benchmark.pedantic(**each(texts, rules.prefilter.run))
    assert texts[0].candidates


def test_one_rule_of_tokens(benchmark: Run, parsed: list[Article], rules: RuleSet) -> None:
    entry = next(e for e in rules.active if e.rule.meta.id == "cure-or-guarantee")
    alone = RuleSet((entry,), rules.settings)
    assert benchmark.pedantic(**each(parsed, lambda article: lint(article, alone))).summary.words > 500


def test_one_article_with_all_rules(benchmark: Run, parsed: list[Article], rules: RuleSet) -> None:
    assert benchmark.pedantic(**each(parsed, lambda article: lint(article, rules))).summary.words > 500


def test_topics_of_a_pair(benchmark: Run, parsed: list[Article]) -> None:
    model = TopicModel()
    profiles = [model.profile(article.title, body=[block.prose for block in article.blocks]) for article in parsed]
    pairs = list(pairwise(profiles))
    relation = benchmark.pedantic(
        **each(pairs, lambda pair: model.relatedness(pair[0], model.profile(" ".join(pair[1].units))))
    )
    assert relation.verdict in ("related", "unsure", "off_topic")


def test_pack(benchmark: Run, reports: list[ArticleReport]) -> None:
    assert benchmark.pedantic(**each(reports, pack)).facts


def test_cache(benchmark: Run, reports: list[ArticleReport], tmp_path: Path) -> None:
    """Reports asked for, checked and unpacked."""
    cache = Cache(tmp_path)
    keys = [bytes([number]) * 16 for number in range(len(reports))]
    for key, report in zip(keys, reports, strict=True):
        cache.put(key, pack(report))
    cache.flush()

    def get() -> list[list[Finding]]:
        stored = [(packed, unpack_head(packed, "a.md").summary.path) for _, packed in cache.reports(keys)]
        return [unpack_findings(packed.findings, path) for packed, path in stored]

    assert sum(map(len, benchmark(get))) == sum(len(report.findings) for report in reports)
    cache.close()


def test_discover(benchmark: Run, session: Session, tmp_path: Path) -> None:
    write(tmp_path, COUNT)
    assert len(benchmark(discover, [str(tmp_path)], session.config_for)) == COUNT


def test_project_rules(benchmark: Run, reports: list[ArticleReport], rules: RuleSet) -> None:
    index = Index(rules={report.summary.path: rules for report in reports})
    for report in reports:
        index.add(report.summary.path, pack(report).facts)
    errors: list[Any] = []
    benchmark(lambda: list(check_project(index, errors)))
    assert not errors


@pytest.mark.parametrize("name", ["json", "text", "sarif", "html"])
def test_report(benchmark: Run, reports: list[ArticleReport], session: Session, name: str) -> None:
    found = [f._replace(path=f"{i:04}.md") for i in range(5) for report in reports for f in report.findings]
    files = [report.summary for report in reports]
    result = RunResult(files=files, findings=sorted(found, key=lambda f: f.sort_key))
    context = ReportContext(rules=session.metas())

    def made() -> int:
        out = StringIO()
        render(name, result, context, out)
        return len(out.getvalue())

    assert benchmark(made) > 1000
