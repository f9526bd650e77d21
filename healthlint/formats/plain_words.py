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
    rf"copy link|save|gift article|"
    r"listen to this article|(?:reading time:? )?\d+ min(?:ute)?s?(?: read)?|advertisement|sponsored|"
    r"story continues below(?: advertisement)?|(?:comments? \d+|\d+ comments?)"
)
_FOOT = (
    r"about(?: us)?|contact(?: us)?|careers|jobs|press|complaints|privacy(?: (?:policy|notice))?|"
    r"terms(?: (?:of (?:use|service)|(?:and|&) conditions))?|accessibility(?: statement)?|site ?map|editorial policy|"
    r"advertis(?:e|ing)(?: with us| policy)?|follow us(?: on .{1,40})?|(?:©|\(c\)|copyright\b).{0,120}|"
    r"all rights reserved|"
    r"do not sell .*|our brands|footer|(?:was|is|did you find) this (?:page|article|information)?.{0,12}(?:helpful|"
    r"useful).*|yes|no|"
    r"help us improve .*|sign(?: me)? up(?: (?:to|for) .{1,60})?|(?:enter )?your e-?mail(?: address)?|"
    r"e-?mail(?: address)?|"
    r"subscribe (?:to|for) .{1,60}|(?:tags|tagged|categor(?:y|ies)|filed under|posted in)(?: with| as| in)?:.*|"
    r"join(?: us)?|join [\d,]+ (?:other )?(?:readers|subscribers|people|members).*|(?:\w+ )?newsletters?|(?:return|"
    r"back) to (?:the )?top|post comment|reply|(?:name|e-?mail|website) ?\*|"
    r"freedom of information.*|vulnerability disclosure.*|modern slavery.*|site by .*"
)
COMMENTS = re.compile(
    r"(?:leave a (?:reply|comment)|\d+ (?:comments?|responses?|thoughts? on .*)|comments?)", re.IGNORECASE
)
MENU_LINE = re.compile(_MENU, re.IGNORECASE)
CHROME = re.compile(rf"(?:{_MENU}|{_SHARE}|{_FOOT})", re.IGNORECASE)
SHARED = re.compile(_SHARE, re.IGNORECASE)
ADVERT = re.compile(r"advertisement|story continues below(?: advertisement)?", re.IGNORECASE)
BUTTON = re.compile(r"read more|learn more", re.IGNORECASE)
COOKIES = re.compile(
    r"\b(?:we|site|website|us)\b.*\bcookies\b|\bcookies\b.*\b(?:accept|settings|browser|consent)\b", re.IGNORECASE
)
CRUMB = re.compile(r"\s+(?:>|›|»|→|/)\s+")
CONTENTS = re.compile(
    r"(?:table of contents|contents|on this page|in this (?:article|guide|section)|jump to):?", re.IGNORECASE
)
PARTS = re.compile(r"\s+[|·•]\s+|\s*\|\s*")
