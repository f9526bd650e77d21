"""How to write rules, for their authors: the chapters that `healthlint explain` prints beside the rules."""

from __future__ import annotations

from importlib import import_module
from inspect import cleandoc

from healthlint.rules.kinds import kind_names

RULE_FILE = """\
A rule is the file FOLDER/FAMILY/RULE.yaml, and FOLDER stands in rule-paths of the configuration. All of this is
needed:

```yaml
id: detox-week            # two words or more, as the file is named; the name of the defect
summary: One sentence on what is found.
message: "“{match}” … what is wrong, and what to do."   # values in braces: see the kind
severity: warning         # error, warning or info
confidence: high          # high, medium or low: how often the rule is right
scope: span               # span: a phrase or sentence; article: the whole; project: all articles (kind python only)
why: Why readers are better off without it.
help: What to write instead.
sources: [{title: "…", clause: "…", url: "…"}]          # at least one title
check: {kind: tokens, …}  # healthlint explain tokens, and so on
examples:
  bad: ["Text with the [[marked part]] that is to be found."]
  good: ["Text in which nothing is to be found."]
```

These may be added:

```yaml
severity-when: {weak: info}       # by variant; the check says which variant a match is
message-when: {weak: "…"}
options:                          # for rules: {detox-week: {limit: 20}} in a configuration; the check says what for
  limit: {default: 10, about: "…", minimum: 1, maximum: 50}   # or choices: […], not-below: OTHER, form: date
recommended: false                # off until a configuration names it
any-language: true                # also for pages that are not in English
yields-to: [claims]               # silent where a rule of these families reports something in the sentence
```

An example is a text, or {text, title, variant, options}; `format: html` or `plain`; `document: true` where the text is
a whole file with its title; `files: {a.md: …, b.md: …}` for scope project. Articles, prepositions and the like at the
edges of a phrase are not marked (“a [[juice cleanse]]”). Where a text holds square brackets of its own, it may go
without marks. A text with “: ”, “@” at its start or a backslash is put in quotes, single ones for backslashes.

`healthlint test FOLDER` runs the examples, `healthlint why FILE:LINE --rule RULE` says why a rule is silent there.
Settings for several sites go into a file of their own, which others name: `extends: [recommended, house-style.yml]`."""

CONTEXTS = """\
A context is the file FOLDER/contexts/NAME.yaml, for `unless`, `only-if` and `despite` of kind tokens and `unless` of
kind learned. A context of a shipped name takes its place for the rules of this folder.

```yaml
id: told-as-a-tale
about: It is a tale.
cues:                              # one is enough
  - reach: before                  # where the cue stands, seen from the phrase: see below
    match: [they say that, in the tale]       # patterns, or regex: over the text as written
    within: 6                      # at most so many tokens away
  - {reach: itself, quoted: true}  # the phrase stands in quotation marks
  - {reach: sentence, links: true} # a link stands there
  - {reach: above, blocks: [list_item], match: [myths]}       # only for phrases in such blocks
terminators: [but, however]        # end the reach of before and after
pseudo: [they say that much]       # look like a cue and are none
lists: {teller: [bard, gran]}      # word lists of its own
unless: [question]                 # contexts in which it does not hold
examples:
  holds: ["They say that elves [[drink moonwater]]."]
  not: ["We [[drink moonwater]]."]
```

Reach: before, after, sentence, previous, next, near (the sentence and both beside it), subject (the sentence, or the
one before where this one opens with a pronoun), block, above (heading or lead-in), title, article, itself.

Word lists are the files FOLDER/vocabulary/*.yaml: `brew: [tea, "juice~", "(apple|pear) cider", "@other-list"]`, for
patterns as `@brew`. An entry is a pattern, too. A list of a shipped name takes its place for the rules of this folder;
a list can name those above it."""

_WRITTEN = {"rule-file": RULE_FILE, "contexts": CONTEXTS}
_READER = "healthlint.analysis.patterns.reader"


def chapters() -> dict[str, str]:
    """The names of all chapters, each with what it is about, in the order to read them."""
    kinds = {name: _about(f"healthlint.rules.kinds.{name}") for name in sorted(kind_names() - {"reading"})}
    return {
        "rule-file": "What stands in a rule file.",
        **kinds,
        "patterns": "The pattern language of kind tokens, of contexts and of word lists.",
        "contexts": "Contexts and word lists of your own.",
    }


def chapter(name: str) -> str:
    """A chapter as Markdown."""
    if name in _WRITTEN:
        return _WRITTEN[name]
    return cleandoc(import_module(_READER if name == "patterns" else f"healthlint.rules.kinds.{name}").__doc__ or "")


def _about(module: str) -> str:
    first = chapter(module.rsplit(".", 1)[1]).split("\n\n", 1)[0]
    said = " ".join(first.partition(": ")[2].split()).split(". ")[0].rstrip(".")
    return said[:1].upper() + said[1:] + "."
