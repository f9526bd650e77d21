"""Saved pages whose title stands several times above the text, with bylines and teasers spread over lines."""

from __future__ import annotations

import pytest

from tests.formats.support import read

TITLE = "Foot Baths for Tired Legs: A Nurse Explains"
TEXT = "A warm foot bath feels good after a long day, and that is what most people use it for at home."


def _kinds(text: str) -> list[tuple[str, str]]:
    blocks = read(text, "a.txt").blocks
    return [(next(iter(block.within & {"header", "footer"}), block.kind.value), block.prose) for block in blocks]


def test_the_name_of_the_site_and_menus_between_the_titles_are_set_apart() -> None:
    text = f"{TITLE} | Leg Post\n\nLeg Post\nHome\nVeins\nSkin\nLegs & Feet {TITLE}\n{TITLE}\n\n{TEXT}\n"
    assert _kinds(text) == [
        ("title", TITLE),
        ("header", "Leg Post"),
        ("header", "Home"),
        ("header", "Veins"),
        ("header", "Skin"),
        ("heading", f"Legs & Feet {TITLE}"),
        ("heading", TITLE),
        ("paragraph", TEXT),
    ]


def test_the_title_in_the_tab_of_the_browser_is_not_the_one_on_the_page() -> None:
    assert _kinds(f"{TITLE} - Leg Post\n{TITLE}\n\n{TEXT}\n") == [
        ("header", f"{TITLE} - Leg Post"), ("title", TITLE), ("paragraph", TEXT),
    ]  # fmt: skip


def test_a_label_above_the_title_is_no_title() -> None:
    kinds = _kinds(f"VEINS\n{TITLE}\n{TITLE}\n\n{TEXT}\n")
    assert kinds[:3] == [("header", "VEINS"), ("title", TITLE), ("heading", TITLE)]


def test_a_way_to_the_page_is_no_repeat() -> None:
    kinds = _kinds(f"{TITLE}\n\nHome > Legs > {TITLE}\n\n{TITLE}\n{TITLE}\n\n{TEXT}\n")
    assert [kind for kind, _ in kinds] == ["title", "header", "heading", "heading", "paragraph"]


def test_a_label_in_lower_case_does_not_join_the_title_above_it() -> None:
    kinds = _kinds(f"{TITLE}\nfoot care {TITLE}\n\n{TEXT}\n")
    assert kinds[:2] == [("title", TITLE), ("heading", f"foot care {TITLE}")]


def test_a_title_that_asks_is_found_again() -> None:
    title = "Do Foot Baths Help Tired Legs at All?"
    assert [kind for kind, _ in _kinds(f"{title}\n\nLEGS\n{title}\n\n{title}\n\n{TEXT}\n")] == [
        "title", "header", "heading", "heading", "paragraph",
    ]  # fmt: skip


def test_a_title_cut_off_is_the_title_still() -> None:
    kinds = _kinds(f"{TITLE}\n{TITLE}\nFoot Baths for Tired Legs: A …\n\n{TEXT}\n")
    assert [kind for kind, _ in kinds] == ["title", "heading", "heading", "paragraph"]


def test_a_heading_that_begins_like_the_title_is_no_repeat() -> None:
    text = f"Foot Baths for Tired Legs\n\n{TEXT}\n\nFoot Baths for Tired Legs: What to Add\n\n{TEXT}\n"
    assert [kind for kind, _ in _kinds(text)] == ["title", "paragraph", "heading", "paragraph"]


def test_a_table_of_contents_above_the_text_does_not_make_a_title() -> None:
    text = (
        "Legs\n\nTable of contents\nToggle\nHow a warm bath works\nWhat to put in it\n\n"
        f"How a warm bath works\n\n{TEXT}\n\nWhat to put in it\n\n{TEXT}\n"
    )
    kinds = _kinds(text)
    assert kinds[0] == ("title", "Legs")
    assert [prose for kind, prose in kinds if kind == "header"] == [
        "Table of contents", "Toggle", "How a warm bath works", "What to put in it",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("By\nAna Ruiz\nMarch 4, 2026", ["By Ana Ruiz", "March 4, 2026"]),
        ("By\n\nAna Ruiz, RN", ["By Ana Ruiz, RN"]),
        ("Written by\nAna\non\n30 September 2025", ["Written by Ana on 30 September 2025"]),
        (
            "Medically reviewed by:\nAna Ruiz, MD\nUpdated\nFeb 2",
            ["Medically reviewed by: Ana Ruiz, MD", "Updated Feb 2"],
        ),
        ("Updated on\nwhat we know now", ["Updated on", "what we know now"]),
        ("By\nThis is how a day in our clinic began.", ["By", "This is how a day in our clinic began."]),
    ],
)
def test_a_byline_over_several_lines_is_one(lines: str, joined: list[str]) -> None:
    source = f"Warts\n\n{lines}\n\n{TEXT}\n"
    assert [prose for _, prose in _kinds(source)][1:-1] == joined
    block = read(source, "a.txt").blocks[1]
    assert source[slice(*block.range())].split() == block.prose.split()


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Read also: Five Shoes That Fit Wide Feet", "Five Shoes That Fit Wide Feet"),
        ("RELATED: Cold Feet at Night? What Helps", "Cold Feet at Night? What Helps"),
        ("[ALSO READ: Socks, Tested and Ranked]", "Socks, Tested and Ranked"),
        ("You may also like – The Long Walk Home", "The Long Walk Home"),
    ],
)
def test_a_teaser_between_paragraphs_leads_to_another_article(line: str, shown: str) -> None:
    source = f"Foot baths\n\n{TEXT}\n\n{line}\n\nWhat to add\n\n{TEXT}\n"
    assert ("related_link", shown) in _kinds(source)
    link = next(iter(read(source, "a.txt").links))
    assert source[slice(*link.range)] == shown


@pytest.mark.parametrize("line", ["See also: feet", "Related: it hurts.", "Note: Call a nurse if it bleeds"])
def test_what_only_looks_like_a_teaser_stays_text(line: str) -> None:
    assert "related_link" not in dict(_kinds(f"Foot baths\n\n{TEXT}\n\n{line}\n\nWhat to add\n\n{TEXT}\n"))


def test_links_to_other_articles_end_where_text_begins() -> None:
    text = (
        f"Foot baths\n\n{TEXT}\n\nREAD NEXT\nWhy Your Boots Pinch\nA Cold Walk in Spring …\nCan Feet Shrink?\n\n"
        f"What to add\n\n{TEXT}\n"
    )
    assert [kind for kind, _ in _kinds(text)][2:] == ["heading", *["related_link"] * 3, "heading", "paragraph"]


def test_what_stands_below_the_sources_is_none_of_them() -> None:
    text = (
        f"Foot baths\n\n{TEXT}\n\nSources\n1. Moss A. Warm water. Foot Notes 2019;12:34-40.\n"
        "2. Hart B. Cold water. Foot Notes 2020;13:4-9.\n\nThis page does not replace advice from a nurse.\n\n"
        "Was this useful? Yes | No\n\nDownload our app\n\nRelated stories\nWhy Boots Pinch at Night\n"
    )
    kinds = _kinds(text)
    assert [prose for kind, prose in kinds if kind == "reference"] == [
        "Moss A. Warm water. Foot Notes 2019;12:34-40.", "Hart B. Cold water. Foot Notes 2020;13:4-9.",
    ]  # fmt: skip
    assert [prose for kind, prose in kinds if kind == "footer"] == ["Was this useful? Yes | No", "Download our app"]
    assert kinds[-1] == ("related_link", "Why Boots Pinch at Night")


def test_links_to_the_posts_before_and_after_are_no_related_links() -> None:
    text = f"Foot baths\n\n{TEXT}\n\nPrevious Post\nOur new waiting room\nNext Post\nParking\n\nLeave a Reply\nName *\n"
    assert [prose for kind, prose in _kinds(text) if kind == "footer"] == [
        "Previous Post", "Our new waiting room", "Next Post", "Parking", "Leave a Reply", "Name *",
    ]  # fmt: skip


def test_signs_before_the_items_of_a_list_are_no_part_of_them() -> None:
    kinds = _kinds(f"Foot baths\n\n{TEXT}\n\n■ Warm water\n✓ A clean bowl\n➤ Ten minutes\n")
    assert kinds[2:] == [("list_item", "Warm water"), ("list_item", "A clean bowl"), ("list_item", "Ten minutes")]


def test_a_date_or_a_button_alone_is_no_heading() -> None:
    text = f"Foot baths\n\nNovember 11, 2025 at 6:45 AM\n\n{TEXT}\n\nShop now →\n\n{TEXT}\n"
    assert "heading" not in dict(_kinds(text))


def test_the_words_behind_the_title_in_the_tab_may_be_many() -> None:
    site = "Conditions A to Z"
    text = f"{TITLE} | {site} | Leg Health Service\nMenu\n{site}\nBack to {site}\n{TITLE}\n\n{TEXT}\n"
    kinds = _kinds(text)
    assert [prose for kind, prose in kinds if kind == "title"] == [TITLE]
    assert ("header", "Back to Conditions A to Z") in kinds


def test_buttons_and_counts_below_the_title_are_set_apart() -> None:
    text = f"{TITLE}\n{TITLE}\nBy Ana Ruiz\nFollow Us\nFONT SIZE\nA\nA+\n12K likes • 34 comments\n\n{TEXT}\n"
    assert [prose for kind, prose in _kinds(text) if kind in ("header", "footer")] == [
        "Follow Us", "FONT SIZE", "A", "A+", "12K likes • 34 comments",
    ]  # fmt: skip


def test_who_took_a_picture_is_no_heading() -> None:
    text = f"Foot baths\n\nPhoto: a bowl of warm water\n\n{TEXT}\n\nAna Vale/Getty Images\n\n{TEXT}\n"
    assert "heading" not in dict(_kinds(text))


def test_sources_named_in_capitals_below_a_colon_are_sources() -> None:
    text = (
        f"Foot baths\n\n{TEXT}\n\nHow we checked this page:\nSOURCES\nWarm water. (2022). example.org/warm\n"
        "Cold water. (2021). example.org/cold\nHISTORY\nOur nurses look at each page once a year and say what is new.\n"
    )
    kinds = _kinds(text)
    assert [prose for kind, prose in kinds if kind == "reference"] == [
        "Warm water. (2022). example.org/warm", "Cold water. (2021). example.org/cold",
    ]  # fmt: skip
    assert ("heading", "HISTORY") in kinds


def test_numbered_headings_that_a_table_of_contents_lists_need_no_blank_lines() -> None:
    text = (
        "Foot baths\n\nContents\n1. Warm baths\n2. Cold baths\n"
        "1. Warm baths\nWarm water helps most people relax a little.\n"
        "2. Cold baths\nWhat they do\nCold water numbs the skin for some minutes.\n"
    )
    assert [prose for kind, prose in _kinds(text) if kind == "heading"] == ["Warm baths", "Cold baths", "What they do"]


def test_the_posts_before_and_after_behind_arrows_are_no_text() -> None:
    text = (
        f"Foot baths\n\n{TEXT}\n\n{TEXT}\n\nTagged feet, water\n\nPost navigation\n"
        "← Our new waiting room\nParking →\n\nSearch for:\n\nRecent Posts\nParking\n"
    )
    assert [prose for kind, prose in _kinds(text) if kind == "footer"][:4] == [
        "Tagged feet, water", "Post navigation", "← Our new waiting room", "Parking →",
    ]  # fmt: skip


def test_the_article_goes_on_below_links_in_its_middle() -> None:
    text = (
        f"Foot baths\n\n{TEXT}\n\nRelated articles\nWhy Boots Pinch\nCold Feet at Night\n\nWhat to add\n\n{TEXT}\n\n"
        f"You may also like: Seven Socks for Winter\n\nHow long\n\n{TEXT}\n\n© 2025 Leg Post\nTerms\n"
    )
    kinds = _kinds(text)
    assert kinds.count(("paragraph", TEXT)) == 3
    assert ("heading", "How long") in kinds


def test_a_count_of_comments_alone_ends_no_article() -> None:
    text = f"Foot baths\n\n{TEXT}\n\n{TEXT}\n\n3 Comments\nTweet\n\nWhat to add\n\n{TEXT}\n\n{TEXT}\n"
    assert _kinds(text).count(("paragraph", TEXT)) == 4


def test_a_title_that_stands_once_below_the_site_and_right_above_a_byline() -> None:
    assert _kinds(f"LegNest\nFoot Baths for Tired Legs!\n\nWritten by\nAna Ruiz\n\n{TEXT}\n")[:3] == [
        ("header", "LegNest"), ("title", "Foot Baths for Tired Legs!"), ("paragraph", "Written by Ana Ruiz"),
    ]  # fmt: skip


def test_a_title_that_stands_once_below_the_way_to_it() -> None:
    assert [kind for kind, _ in _kinds(f"Legs > Baths > {TITLE}\n\n{TITLE}\n\n{TEXT}\n")] == [
        "header", "title", "paragraph",
    ]  # fmt: skip


def test_a_byline_in_lower_case_does_not_go_on_with_the_title() -> None:
    kinds = _kinds(f"{TITLE}\n{TITLE}\nby Ana Ruiz\n\n{TEXT}\n")
    assert kinds[1:3] == [("heading", TITLE), ("paragraph", "by Ana Ruiz")]


def test_a_label_in_lower_case_below_the_way_to_the_page_makes_no_wrapped_text() -> None:
    kinds = _kinds(f"{TITLE}\n\nHome > Legs > {TITLE}\nfoot care {TITLE}\nMay 2025\n\n{TITLE}\n\n{TEXT}\n")
    assert [kind for kind, prose in kinds if prose.endswith(TITLE)] == ["title", "header", "heading", "heading"]
