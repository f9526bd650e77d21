"""Files are read again when anything about them may have changed, and only then."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from healthlint.runner import contents, workers
from healthlint.runner.cache import Seen
from healthlint.runner.contents import UNKNOWN, Content, content_hash, content_of
from healthlint.runner.discover import Stamp, Target
from tests.runner.scratch import FAULTY, SOUND, check

LATER = 1 << 62  # nanoseconds; whatever was written has long settled by then


@pytest.fixture
def article(tmp_path: Path) -> Target:
    path = tmp_path / "a.md"
    path.write_text(SOUND)
    return Target("a.md", str(path))


def seen(target: Target, began: int = LATER) -> tuple[Content, Seen]:
    found = content_of(target, None, began)
    return found, Seen(found.stamp, found.hash, "", "")


@pytest.fixture
def unreadable(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From its call on, reading a file's content is an error."""

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("read")

    return lambda: monkeypatch.setattr(contents, "open", fail, raising=False)


def test_an_untouched_file_is_not_read_again(article: Target, unreadable: Callable[[], None]) -> None:
    first, known = seen(article)
    unreadable()
    assert content_of(article, known, LATER) == first


def test_a_file_that_was_only_just_written_is(article: Target, unreadable: Callable[[], None]) -> None:
    first, known = seen(article, time.time_ns())
    assert first.stamp == UNKNOWN
    unreadable()
    with pytest.raises(AssertionError, match="read"):
        content_of(article, known, LATER)


def test_an_edit_behind_the_same_stamp_is_seen_while_it_is_young(
    article: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, known = seen(article, time.time_ns())
    before = Stamp.of(Path(article.full).stat())
    Path(article.full).write_text(SOUND.replace("Most", "Some"))
    monkeypatch.setattr(Stamp, "of", lambda _: before)
    assert content_of(article, known, time.time_ns()).hash == content_hash(Path(article.full).read_bytes())


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no time of change; there a file is always read")
def test_a_time_set_back_hides_no_edit(article: Target) -> None:
    path = Path(article.full)
    _, known = seen(article)
    before = path.stat()
    while path.stat().st_ctime_ns == before.st_ctime_ns:  # the clock of a file system ticks every few milliseconds
        path.write_text(SOUND.replace("Most", "Some"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert content_of(article, known, LATER).hash == content_hash(path.read_bytes())


def test_without_a_time_of_change_a_checked_article_is_read(
    article: Target, unreadable: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, known = seen(article)
    monkeypatch.setattr(contents, "_KNOWS_CHANGES", False)
    assert content_of(article, known, LATER) == first
    unreadable()
    assert content_of(article, known, LATER, exact=False) == first
    with pytest.raises(AssertionError, match="read"):
        content_of(article, known, LATER)


def test_another_file_under_the_name_is_read(article: Target) -> None:
    _, known = seen(article)
    other = Path(article.full).with_name("b.md")
    other.write_text(SOUND.replace("Most", "Some"))
    stat = Path(article.full).stat()
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    other.replace(article.full)
    assert content_of(article, known, LATER).hash == content_hash(Path(article.full).read_bytes())


def test_a_run_over_settled_articles_reads_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unreadable: Callable[[], None]
) -> None:
    for name, text in (("a", FAULTY), ("b", SOUND)):
        (tmp_path / f"{name}.md").write_text(text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(contents, "_UNSETTLED_NS", -LATER)
    first = check("a.md", "b.md", isolated=True, cache_dir=tmp_path / "cache")
    unreadable()
    again = check("a.md", "b.md", isolated=True, cache_dir=tmp_path / "cache")
    assert again.cached == 2
    assert first.findings
    assert again.findings == first.findings


def test_a_report_on_other_bytes_than_those_expected_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.write_text(SOUND)
    monkeypatch.chdir(tmp_path)
    run = workers.run

    def edited(job: workers.Job, tasks: Sequence[workers.Task], jobs: int) -> Iterator[object]:
        path.write_text(FAULTY)  # after its content was looked at, before it is read to be checked
        return run(job, tasks, jobs)

    with monkeypatch.context() as patch:
        patch.setattr(workers, "run", edited)
        assert check("a.md", isolated=True, cache_dir=tmp_path / "cache").findings
    path.write_text(SOUND)
    again = check("a.md", isolated=True, cache_dir=tmp_path / "cache")
    assert again.cached == 0
    assert again.findings == check("a.md", isolated=True).findings
