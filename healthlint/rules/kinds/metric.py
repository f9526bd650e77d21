"""Kind `metric`: a number of the whole article against a limit.

```yaml
check:
  kind: metric
  metric: words_per_sentence      # words, sentences, words_per_sentence, or any score (smog, gunning_fog …)
  above: limit                    # or below; a number, or the name of an option of the rule
  band: 1                         # how far beyond the limit is still tolerated
  least-sentences: 10             # silent in shorter articles
```

The message may show {value}, {limit} and {sentences}. The match is the whole article.
"""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.analysis import Analysis
from healthlint.analysis.readability.formulas import Scores
from healthlint.errors import nearest
from healthlint.finding import Match
from healthlint.rules.model import Options, RuleMeta
from healthlint.strict_yaml import Locator

_COUNTS = ("words", "sentences", "words_per_sentence")
_KEYS = ("kind", "metric", "above", "below", "band", "least-sentences")


def build(meta: RuleMeta, where: Locator) -> MetricRule:
    """A rule that compares a metric with a limit; raises RuleError at file:line."""
    check = where.check_keys(meta.check, _KEYS, "check", required=["metric"])
    known = (*_COUNTS, *(name for name in Scores._fields if name != "confidence"))
    metric = where.one_of(check["metric"], known, "check", "metric")
    sides = [side for side in ("above", "below") if side in check]
    if len(sides) != 1:
        raise where.error("check", message="a metric needs either “above” or “below”.")
    limit = check[sides[0]]
    if isinstance(limit, str) and limit not in meta.options:
        message = f"the limit “{limit}” is neither a number nor an option of this rule."
        raise where.error("check", sides[0], message=message, hint=nearest(limit, meta.options))
    if isinstance(limit, bool) or not isinstance(limit, int | float | str):
        raise where.error("check", sides[0], message="a limit is a number or the name of an option.")
    band = check.get("band", 0)
    if isinstance(band, bool) or not isinstance(band, int | float) or band < 0:
        raise where.error("check", "band", message="“band” must be a number from 0.")
    least = where.whole(check.get("least-sentences", 0), "check", "least-sentences")
    return MetricRule(meta, metric, limit, sides[0] == "above", band, least)


class MetricRule:
    """Compares one number of the article with a limit."""

    anchors: frozenset[str] | None = None

    def __init__(self, meta: RuleMeta, metric: str, limit: float | str, above: bool, band: float, least: int) -> None:
        self.meta, self.metric, self.limit, self.above, self.band, self.least = meta, metric, limit, above, band, least

    def check(self, text: Analysis, options: Options) -> Iterator[Match]:
        """One match where the metric is beyond its limit by more than the band."""
        counts = text.readability.counts
        value = self._value(text)
        if value is None or counts.sentences < self.least:
            return
        limit = float(options[self.limit] if isinstance(self.limit, str) else self.limit)
        if value <= limit + self.band if self.above else value >= limit - self.band:
            return
        values = {"value": f"{value:.1f}".removesuffix(".0"), "limit": f"{limit:g}", "sentences": str(counts.sentences)}
        yield Match(None, values, "", {"metric": self.metric, **values, "band": f"{self.band:g}"})

    def _value(self, text: Analysis) -> float | None:
        counts = text.readability.counts
        if self.metric == "words_per_sentence":
            return counts.words / counts.sentences if counts.sentences else None
        if self.metric in _COUNTS:
            return float(getattr(counts, self.metric))
        value: float | None = getattr(text.readability.scores, self.metric)
        return value
