"""What a browser saves with an article: menus, cookie notices, share buttons, tables of contents, footers."""

from __future__ import annotations

from tests.formats.support import read

PAGE = """Skip to main content
We use cookies to count visits. Accept all
Hilltop Foot Clinic
Menu
Home
Prices

Home > Feet > Bunions

Bunions

Share this page
On this page
What a bunion is
Shoes
Page last reviewed: 3 March 2025

What a bunion is
A bunion is a bony lump at the side of the big toe. It grows slowly and can rub in tight shoes.

Shoes
Wear wide shoes with a soft sole. You can also:
put a pad over the lump before a long walk to the shops
hold a cold pack on the toe for ten minutes
lose weight

5 min read

References
1. Moss A, Hart B. Shoes and bunions. Foot Notes 2019;12:34-40.

Written by: Foot nurses, Hilltop Foot Clinic
Related pages
Flat feet
Ingrown toenails
Sign up to our newsletter
Your email
About us
Call us on 555 0142
© 2025 Hilltop Foot Clinic
"""


def _by_place(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for block in read(text, "a.txt").blocks:
        place = next(iter(block.within & {"header", "footer"}), block.kind.value)
        found.setdefault(place, []).append(block.prose)
    return found


def test_the_title_is_the_one_that_the_path_to_the_page_ends_in() -> None:
    found = _by_place(PAGE)
    assert found["title"] == ["Bunions"]
    assert found["heading"] == ["What a bunion is", "Shoes", "References", "Related pages"]


def test_what_stands_around_the_article_is_set_apart() -> None:
    found = _by_place(PAGE)
    assert found["header"] == [
        "Skip to main content",
        "We use cookies to count visits. Accept all",
        "Hilltop Foot Clinic",
        "Menu",
        "Home",
        "Prices",
        "Home > Feet > Bunions",
        "Share this page",
        "On this page",
        "What a bunion is",
        "Shoes",
    ]
    assert found["footer"] == [
        "5 min read",
        "Sign up to our newsletter",
        "Your email",
        "About us",
        "© 2025 Hilltop Foot Clinic",
    ]


def test_sources_and_bylines_are_found_without_blank_lines() -> None:
    found = _by_place(PAGE)
    assert found["reference"] == ["Moss A, Hart B. Shoes and bunions. Foot Notes 2019;12:34-40."]
    assert "Written by: Foot nurses, Hilltop Foot Clinic" in found["paragraph"]
    assert found["related_link"][:2] == ["Flat feet", "Ingrown toenails"]


def test_items_under_a_colon_stay_apart() -> None:
    assert _by_place(PAGE)["list_item"] == [
        "put a pad over the lump before a long walk to the shops",
        "hold a cold pack on the toe for ten minutes",
        "lose weight",
    ]


def test_whom_to_call_stays_in_the_article() -> None:
    assert "Call us on 555 0142" not in _by_place(PAGE)["footer"]


def test_the_line_above_the_byline_is_the_title_where_no_path_is_shown() -> None:
    text = "Subscribe\nLog in\nFoot Weekly\n\nCorns and calluses\nBy Foot nurses\n\nA corn is hard skin on a toe."
    assert _by_place(text)["title"] == ["Corns and calluses"]


def test_comments_are_no_part_of_the_article() -> None:
    text = (
        "Corns\n\nA corn is hard skin on a toe.\n\nSoak your foot.\n\n"
        "2 comments\nKim says:\nIt cured me!\nLeave a reply\nName *"
    )
    found = _by_place(text)
    assert found["footer"] == ["2 comments", "Kim says:", "It cured me!", "Leave a reply", "Name *"]


def test_a_text_with_a_single_word_of_menus_is_left_as_it_is() -> None:
    text = (
        "Home\n\nStay in your own home\n\nMost people do well at home after a hip operation.\n\n"
        "Contact us\n\nWe answer by day."
    )
    found = _by_place(text)
    assert found["title"] == ["Home"]
    assert "header" not in found
    assert "footer" not in found


def test_things_to_ask_are_no_questions_of_an_faq() -> None:
    text = (
        "Casts: common questions\n\nDoes it itch?\nIt does after some days.\n\nWhat should I ask?\n"
        "• Can I swim with it?\n• When does it come off?\n\nCan I drive?\nNo, not with a cast."
    )
    assert _by_place(text)["question"] == ["Does it itch?", "What should I ask?", "Can I drive?"]


def test_headings_below_a_word_of_menus_stay_in_the_article() -> None:
    text = (
        "Bunions\n\nA bunion is a lump.\nContact us\nWe answer by day, and a nurse calls you back.\n"
        "After the operation\nKeep the foot up for two weeks.\nPrivacy\nWe keep your letters for ten years."
    )
    assert "After the operation" not in _by_place(text).get("footer", [])


def test_a_title_that_stands_twice_begins_at_its_first_line() -> None:
    text = (
        "Skip to content\nSearch\nHome > Hands > Warts at School\nWarts at School\nBy Hand Team\nMay 2, 2024\n"
        "3 min read\nTweet\nPin\nWarts at School\n\nWarts are small lumps. They pass from hand to hand."
    )
    found = _by_place(text)
    assert found["title"] == ["Warts at School"]
    assert found["heading"] == ["Warts at School"]
    assert "By Hand Team" in found["paragraph"]


def test_what_a_table_of_contents_lists_are_headings_though_short_lines_follow() -> None:
    text = (
        "Warts\n\nTable of contents\nWhat they are\nWhat helps\n\nWhat they are\nWarts are small lumps on the skin.\n"
        "What helps\nTime\nA plaster\nPatience\n"
    )
    found = _by_place(text)
    assert found["heading"] == ["What they are", "What helps"]
    assert found["list_item"] == ["Time", "A plaster", "Patience"]
