"""The HTML report in a real browser: filters, notes, keyboard, narrow screens, dark, paper, and hostile text.

Skipped where no Chromium and chromedriver are installed, unless HEALTHLINT_REQUIRE_BROWSER=1: then that is a failure.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from healthlint.finding import Finding, Severity
from healthlint.formats import parse
from healthlint.ranges import TextRange
from tests.reporters.samples import finding, report, run
from tests.reporters.webdriver import ENTER, ESCAPE, REQUIRED, Browser, programs, until

EVIL = "<script>alert(1)</script>"
SOURCES = {
    "a.md": "# Living with asthma\n\nA **pain-*free* future** [waits](/x) for you, all of you. It cures all.\n\n"
    "Take 5.0 mg a day.\n",
    "b.html": f"<h1>{EVIL.replace('<', '&lt;')}</h1><p>Plain <b onclick='alert(2)'>words</b> &lt;img src=x "
    "onerror=alert(3)&gt; here.</p>",
    "c.txt": "A calm page\n\nThere is nothing wrong with this page, and its zebra is well.\n",
}


def phrase(path: str, start: str, end: str, **given: object) -> Finding:
    source = SOURCES[path]
    first = source.index(start)
    return finding(path, source, TextRange(first, source.index(end, first) + len(end)), **given)


FINDINGS = (
    phrase("a.md", "pain-*", "[waits](/x) for", severity=Severity.ERROR),
    phrase("a.md", "future", "waits"),
    phrase("a.md", "cures", "all", rule="cure", severity=Severity.ERROR),
    phrase("a.md", "5.0", "mg", rule="dose", family="numbers", severity=Severity.INFO),
    finding("a.md", SOURCES["a.md"], None, rule="no-source", family="evidence", message="There is no source."),
    phrase("b.html", "words", "onerror=alert(3)", rule="img", message=f"{EVIL} is shown", help=EVIL),
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    found = programs()
    if not found:
        reason = "Chromium and chromedriver are not installed (Debian: apt-get install chromium chromium-driver)."
        if REQUIRED:
            pytest.fail(f"HEALTHLINT_REQUIRE_BROWSER=1, but {reason}")
        pytest.skip(reason)
    opened = Browser(*found, tmp_path_factory.mktemp("browser"))
    yield opened
    opened.quit()


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(report("html", run(*FINDINGS, clean=("c.txt",)), SOURCES), encoding="utf-8")
    return file.as_uri()


@pytest.fixture(autouse=True)
def quiet(browser: Browser) -> Iterator[None]:
    """No page may complain, ask for anything from outside, or open a dialogue."""
    browser.messages()
    yield
    assert browser.alert() is None
    assert browser.messages() == []
    assert browser.run("return performance.getEntriesByType('resource').map((entry) => entry.name)") == []


def marked(browser: Browser, number: int) -> str:
    script = (
        "return [...document.querySelectorAll(`#a1 mark[data-n~='${arguments[0]}']`)]"
        ".map((mark) => mark.textContent).join('')"
    )
    return str(browser.run(script, number))


def shown(browser: Browser, selector: str) -> list[str]:
    """The texts of the elements that are seen."""
    script = (
        "return [...document.querySelectorAll(arguments[0])]"
        ".filter((element) => element.checkVisibility() && element.getClientRects().length)"
        ".map((element) => element.textContent)"
    )
    return list(browser.run(script, selector))


def test_marks_stand_on_their_phrases_across_emphasis_and_links(browser: Browser, url: str) -> None:
    browser.open(f"{url}#a1")
    assert [marked(browser, number) for number in (1, 2, 3, 4)] == [
        "pain-free future waits for",
        "future waits",
        "cures all",
        "5.0 mg",
    ]


def test_a_filter_takes_marks_notes_and_counts_away_and_gives_them_back(browser: Browser, url: str) -> None:
    browser.open(f"{url}#a1")
    backgrounds = "return [...document.querySelectorAll('#a1 mark')].map((m) => getComputedStyle(m).backgroundColor)"
    before = browser.run(backgrounds)
    assert "rgba(0, 0, 0, 0)" not in before
    browser.click("input[name=family][value=claims]")
    assert shown(browser, "#a1 mark.off") == ["pain-free ", "future ", "waits", " for", "cures all"]
    assert browser.run(backgrounds)[:5] == ["rgba(0, 0, 0, 0)"] * 5
    assert shown(browser, "#a1 mark:not(.off)") == ["5.0 mg"]
    assert shown(browser, "#a1 .ref") == ["4"]
    assert len(shown(browser, "#a1 .note")) == 2
    assert browser.text(".status") == "2 of 6 notes shown."
    browser.click("#a1 .steps a")
    until(lambda: bool(shown(browser, "#articles")))
    assert shown(browser, "#articles tbody tr:first-child td.number")[-3:] == ["0", "1", "1"]
    browser.click("input[name=severity][value=info]")
    assert browser.text(".status") == "1 of 6 notes shown."
    browser.click("input[name=family][value=claims]")
    browser.click("input[name=severity][value=info]")
    assert browser.text(".status") == ""
    browser.run("location.hash = 'a1'")
    until(lambda: bool(shown(browser, "#a1 .text")))
    assert browser.run(backgrounds) == before
    assert len(shown(browser, "#a1 .note")) == 5


def test_hostile_text_stays_text(browser: Browser, url: str) -> None:
    browser.open(f"{url}#a2")
    assert browser.text("#a2 .text h3") == EVIL
    assert "words <img src=x onerror=alert(3)" in browser.text("#a2 .text")
    assert browser.text("#a2 .note .do").endswith(EVIL)
    assert browser.run("return document.querySelectorAll('img, iframe, object, embed, [onclick]').length") == 0
    assert browser.run("return document.title").startswith("Title of b.html")


def test_the_policy_would_stop_what_the_escaping_let_through(browser: Browser, url: str, tmp_path: Path) -> None:
    page = Path(url.removeprefix("file://")).read_text(encoding="utf-8")
    broken = "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'><p style='color: red' id='p'>x</p>"
    file = tmp_path / "broken.html"
    file.write_text(page.replace("</main>", f"{broken}</main>"), encoding="utf-8")
    browser.open(file.as_uri())
    assert browser.run("return document.querySelectorAll('#p').length") == 1
    assert browser.run("return window.ran || 0") == 0
    assert browser.run("return document.getElementById('p').style.color") == ""
    refused = [message for message in browser.messages() if "Content Security Policy" in message]
    assert len(refused) == 4
    browser.open("about:blank")


def test_a_click_opens_the_note_and_the_next_one_the_phrase_around_it(browser: Browser, url: str) -> None:
    browser.open(f"{url}#a1")
    browser.click("#a1 mark[data-n='2 1']")
    assert browser.run("return document.querySelector('.note.current').id") == "a1-n2"
    assert shown(browser, "#a1 mark.current") == ["future ", "waits"]
    browser.click("#a1 mark[data-n='2 1']")
    assert browser.run("return document.querySelector('.note.current').id") == "a1-n1"


def test_the_keyboard_leads_from_the_phrase_to_its_note_and_back(browser: Browser, url: str) -> None:
    browser.open(f"{url}#a1")
    focus = "return document.activeElement.id"
    browser.type("#a1-r3", ENTER)
    assert browser.run(focus) == "a1-n3"
    assert browser.run("return document.activeElement.getAttribute('aria-current')") == "true"
    browser.type("#a1-n3", ESCAPE)
    assert browser.run(focus) == "a1-r3"
    browser.type("#a1-n4 .back", ENTER)
    assert browser.run(focus) == "a1-r4"


def test_the_table_sorts_and_finds(browser: Browser, url: str) -> None:
    browser.open(url)
    titles = "#articles tbody tr:not([hidden]) th a"
    assert shown(browser, titles) == ["Title of a.md", "Title of b.html", "Title of c.txt"]
    for _ in range(2):
        browser.click("#articles th[data-column=title] button")
    assert shown(browser, titles) == ["Title of c.txt", "Title of b.html", "Title of a.md"]
    assert browser.run("return document.querySelector('[aria-sort]').textContent") == "Article"
    assert browser.run("return document.querySelector('[aria-sort]').ariaSort") == "descending"
    browser.click("#articles th[data-column=error] button")
    assert shown(browser, titles)[0] == "Title of a.md"
    browser.type("input[type=search]", "zebra")
    until(lambda: shown(browser, titles) == ["Title of c.txt"])
    browser.click("#articles tbody tr:not([hidden]) a")
    until(lambda: bool(shown(browser, "#a3 .text")))
    assert browser.run("return CSS.highlights.get('found').size") == 1
    browser.run("location.hash = 'overview'")
    until(lambda: bool(shown(browser, "#articles")))
    browser.type("input[type=search]", "-and-nothing-else")
    until(lambda: shown(browser, ".nothing") == ["No article matches."])
    browser.run(
        "const box = document.querySelector('input[type=search]');box.value = ''; box.dispatchEvent(new Event('input'))"
    )
    until(lambda: len(shown(browser, titles)) == 3)
    browser.click("input[name=errors-only]")
    assert shown(browser, titles) == ["Title of a.md"]


def test_one_view_at_a_time_and_all_of_them_without_scripts(browser: Browser, url: str) -> None:
    browser.open(url)
    assert shown(browser, ".view > h2") == ["Overview"]
    browser.click("#articles a[href='#a2']")
    until(lambda: shown(browser, ".view h2") == ["Title of b.html"])
    browser.click("#a2 .steps [rel=prev]")
    until(lambda: shown(browser, ".view h2") == ["Title of a.md"])
    assert browser.run("return document.activeElement.id") == "a1-title"
    browser.click("#a1 a[href='#rule-cure']")
    until(lambda: shown(browser, ".view > h2") == ["The rules behind the notes"])
    browser.emulate("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(url)
        every = ["Overview", "Title of a.md", "Title of b.html", "Title of c.txt", "The rules behind the notes"]
        assert shown(browser, ".view h2") == every
        assert shown(browser, ".filters, .find") == []
    finally:
        browser.emulate("Emulation.setScriptExecutionDisabled", value=False)


def test_a_narrow_screen_needs_no_sideways_scrolling_and_shows_the_note_below(browser: Browser, url: str) -> None:
    browser.emulate("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=1, mobile=True)
    try:
        for view in ("overview", "a1", "a2", "rules"):
            browser.open(f"{url}#{view}")
            assert browser.run("return document.scrollingElement.scrollWidth") == 360, view
        browser.open(f"{url}#a1")
        browser.click("#a1 mark[data-n='3']")
        place = "const box = document.querySelector(arguments[0]).getBoundingClientRect(); return [box.top, box.bottom]"
        top, bottom = browser.run(place, ".note.current")
        assert 300 < top < bottom <= 740
        mark_top, mark_bottom = browser.run(place, "#a1 mark.current")
        assert 0 <= mark_top < mark_bottom <= top
        browser.click(".note.current .close")
        assert shown(browser, ".note.current") == []
    finally:
        browser.emulate("Emulation.clearDeviceMetricsOverride")


def test_dark_is_dark_and_paper_is_white(browser: Browser, url: str) -> None:
    ground = "return getComputedStyle(document.documentElement).backgroundColor"
    browser.open(f"{url}#a1")
    try:
        browser.emulate("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
        assert browser.run(ground) == "rgb(25, 24, 21)"
        browser.emulate("Emulation.setEmulatedMedia", media="print")
        assert browser.run(ground) == "rgb(255, 255, 255)"
        assert shown(browser, ".filters, .steps") == []
        assert "pain-free" in browser.text("#a1 .text")
        assert len(shown(browser, "#a1 .note")) == 5
    finally:
        browser.emulate("Emulation.setEmulatedMedia", media="", features=[])


def test_printing_all_articles_prints_more_than_the_overview(browser: Browser, url: str, tmp_path: Path) -> None:
    browser.open(url)
    browser.run("window.print = () => { window.printed = document.documentElement.className }")
    browser.click("button[name=print-all]")
    assert "print-all" in browser.run("return window.printed")
    pages = browser.pdf().count(b"/Type /Page\n")
    assert pages >= 5  # the overview, three articles, the rules
    browser.run("dispatchEvent(new Event('afterprint'))")
    assert browser.pdf().count(b"/Type /Page\n") == 1


def test_the_heading_that_a_reader_hears_is_the_articles_own(browser: Browser, url: str) -> None:
    article = parse("a.md", SOURCES["a.md"])
    browser.open(f"{url}#a1")
    assert shown(browser, "#a1 .text h3") == [article.title]
