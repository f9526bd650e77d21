"""The words that stand around the article of a saved web page: of menus, share buttons, forms, ratings and footers."""

from __future__ import annotations

import re

_SITES = r"(?:facebook|twitter|x|instagram|linkedin|pinterest|whatsapp|youtube|tiktok|reddit|e-?mail|print)"
_MENU = (
    r"skip (?:to|navigation).*|(?:(?:main|open|close|site) )?menu|search(?: \w+)?|"
    r"home(?: ?page)?|"
    r"log ?in|sign ?in|register|log ?out|my account|subscribe(?: now)?|sections|donate(?: now)?|shop|cart|basket|"
    r"(?:accept|reject|allow|decline|manage|hide|view)(?: all)?(?: additional| optional)?"
    r"(?: cookies?| preferences| this message)?|cookies? (?:settings|preferences|policy)|"
    r"cookies(?: on this (?:web)?site)?|"
    r"book (?:now|online|an appointment)|prices|fees|book|news|blog|locations|our (?:team|services)|"
    r"find a (?:doctor|service|clinic|location)|(?:patient )?portal"
)
_SHARE = (
    rf"share(?: (?:this|on|via)\b.{{0,60}})?:?|(?:share )?(?:on )?{_SITES}(?:[ ,]+{_SITES})*|tweet|pin(?: it)?|"
    rf"copy link|save|gift article|click to (?:share|e-?mail|print)\b.{{0,60}}|pin (?:it )?for later!?|"
    r"listen(?: to this (?:article|page|story))?|(?:reading time:? )?\d+ min(?:ute)?s?(?: read)?|advertisement|"
    r"sponsored|(?:story|article|continue reading|continues?) (?:continues )?below(?: advertisement)?|"
    r"(?:comments? \(?\d+\)?|\d+ comments?|[\d.,]+[km]? (?:views|shares|likes|reads|claps|replies))|"
    r"(?:❤|♥|👍) ?\d+(?: likes?)?|like this:?|loading\W*"
)
_FOOT = (
    r"about(?: us)?|contact(?: us)?|careers|jobs|press|complaints|privacy(?: (?:policy|notice))?|"
    r"terms(?: (?:of (?:use|service)|(?:and|&) conditions))?|accessibility(?: statement)?|site ?map|editorial policy|"
    r"advertis(?:e|ing)(?: with us| policy)?|follow us(?: on .{1,40})?|"
    r"(?:font|text) size|(?:©|\(c\)|copyright\b).{0,120}|"
    r"all rights reserved|"
    r"do not sell .*|our brands|footer|(?:was|is|did you find) this (?:page|article|information)?.{0,12}(?:helpful|"
    r"useful).*|yes|no|"
    r"help us improve .*|sign(?: me)? up(?: (?:to|for) .{1,60})?|(?:enter )?your e-?mail(?: address)?|"
    r"e-?mail(?: address)?|"
    r"subscribe (?:to|for) .{1,60}|"
    r"(?:tags|tagged|categor(?:y|ies)|filed under|posted in)(?: with| as| in)?:.*|"
    r"tagged (?:with |as )?[\w&' -]+(?:, [\w&' -]+)+|post navigation|recent (?:comments|posts)|archives|search for:|"
    r"join(?: us)?|join [\d,.]+[km]? .{1,60}|(?:\w+ )?newsletters?|(?:return|"
    r"back) to (?:the )?top|post comment|reply|"
    r"leave a (?:reply|comment)|(?:previous|next) (?:post|article|story)|(?:name|e-?mail|website) ?\*|"
    r"get (?:the|our) .{1,40} newsletter.?|by signing up,? you agree.*|this site is protected by recaptcha.*|"
    r"how useful was this (?:post|article|page)\?|click on a star to rate.*|average rating\b.*|no votes so far.*|"
    r"log ?in to (?:comment|reply)|sort by:.*|download (?:our|the) (?:free )?app|write for us|"
    r".{0,90}© ?(?:19|20)\d\d\W*(?:all rights reserved\W*)?|"
    r"freedom of information.*|vulnerability disclosure.*|modern slavery.*|site by .*"
)
COMMENTS = re.compile(
    r"(?:leave a (?:reply|comment)|\d+ (?:comments?|responses?|thoughts? on .*)|comments?)", re.IGNORECASE
)
SPOKEN = re.compile(
    r"^\d+ thoughts?\b|\bsays:?$|\breply\b|leave a comment|log ?in to comment|sort by|"
    r"join the (?:conversation|discussion)",
    re.IGNORECASE,
)
MENU_LINE = re.compile(_MENU, re.IGNORECASE)
CHROME = re.compile(rf"(?:{_MENU}|{_SHARE}|{_FOOT})", re.IGNORECASE)
# What stands beside a byline: a count of stars or comments, a mark between two names.
SCRAP = re.compile(r"[|·•/–—-]|[Aa][+-]?|\(?[\d.,]{1,6}\)?", re.IGNORECASE)
SHARED = re.compile(_SHARE, re.IGNORECASE)
ADVERT = re.compile(
    r"advertisement|(?:story|article|continue reading) (?:continues )?below(?: advertisement)?", re.IGNORECASE
)
BUTTON = re.compile(r"read more|learn more", re.IGNORECASE)
COOKIES = re.compile(
    r"\b(?:we|site|website|us)\b.*\bcookies\b|\bcookies\b.*\b(?:accept|settings|browser|consent)\b", re.IGNORECASE
)
CRUMB = re.compile(r"\s+(?:>|›|»|→|/)\s+")
CONTENTS = re.compile(
    r"(?:table of contents|contents|on this page|in this (?:article|guide|section|post)|jump to):?(?: toggle)?",
    re.IGNORECASE,
)
PARTS = re.compile(r"\s+[|·•]\s+|\s*\|\s*|\s{2,}")
# Above and below the links to the pages that were published before and after this one.
_ARROW = r"[←→«»‹›<>]"
ARROWED = re.compile(rf"{_ARROW}+ ?.{{3,120}}|.{{3,120}} ?{_ARROW}+")
NEIGHBOUR = re.compile(r"(?:previous|prev|next|older|newer)(?: (?:post|article|story|page))?:?", re.IGNORECASE)
