"""What the names, classes and roles of HTML elements say about the text in them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from healthlint.late import late


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


REPORT_MARK = '<meta name="generator" content="healthlint">'  # in the head of every HTML report that healthlint writes
MARKDOWN_REPORT_MARK = "<!-- a report of healthlint -->"  # the first line of every one in Markdown
VOID = _names("area base br col embed hr img input link meta param source track wbr")
HEADINGS = _names("h1 h2 h3 h4 h5 h6 summary")
# Elements at whose edges one block of prose ends and the next begins.
BLOCKS = HEADINGS | _names(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form head header hgroup hr html legend li main menu nav ol p pre section summary table tbody td "
    "template tfoot th thead title tr ul"
)
# Elements whose text is no part of what a reader reads.
DROPPED = _names(
    "script style template noscript svg math select option textarea input label datalist output progress meter "
    "nav button canvas object iframe audio video map pre code kbd samp dialog head"
)
# What may stand in <head>; anything else begins the body.
IN_HEAD = _names("meta link title script style base noscript template")
_RELATED = late(
    r"(?:^|[\s_-])(?:related(?:$|[\s_]|-?(?:articles?|posts?|content|links?|stories|reading|topics|list|items?|pages?|"
    r"resources?|wrapper|section|block))|recommended(?:$|[\s_]|-?(?:articles?|posts?|reading|stories|content))|"
    r"recommendations|read-?next|more-(?:stories|articles|posts)|(?:you-?)?may-?also-?like|you-?might|see-?also)",
    re.IGNORECASE,
)
_ASIDE = late(
    r"(?:site-|page-|widget-|article-|post-|wp-)?(?:sidebar|newsletter|subscribe|comments?|comment-list|social|share|sharing|"
    r"sharedaddy|addtoany_\w+|heateor_\w+|advert|advertisement|promo|cookie|breadcrumbs?|toc|table-of-contents|author-box|pagination|menu|sign-?up)"
    r"(?:-(?:box|block|area|list|section|widget|buttons?|links?|form|nav|banner|inner|container|wrapper))?",
    re.IGNORECASE,
)
_HIDING_STYLE = late(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def is_related(names: str) -> bool:
    """Whether the class, id or label of an element says that it holds links to further articles."""
    return bool(_RELATED.search(names))


def is_aside(name: str, names: str, role: str) -> bool:
    """Whether an element stands beside the article by its class or role."""
    if name in ("body", "html", "main"):
        return False
    return role == "complementary" or any(_ASIDE.fullmatch(word) for word in names.split())


def is_hidden(name: str, value: Mapping[str, str]) -> bool:
    """Whether a browser shows nothing of an element, or reads nothing of it aloud."""
    if "hidden" in value and value["hidden"].lower() != "until-found":
        return True
    if value.get("aria-hidden", "").lower() == "true" and name not in ("body", "html", "main", "article"):
        return True
    return bool(_HIDING_STYLE.search(value.get("style", "")))
