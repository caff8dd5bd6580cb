from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from net4u.base.feeds import RecordFeed, named, plain
from recommendations.cards import facts
from recommendations.filters import RecommendationFilter
from recommendations.models import Recommendation


class RecommendationFeed(RecordFeed):
    filterset_class = RecommendationFilter
    title = gettext_lazy("Recommendations: NET4U Europe")
    subtitle = gettext_lazy("What workshops asked of States, institutions and each other, in the words of the source.")

    def with_details(self, rows: Any) -> Any:
        return rows.select_related("workshop", "source").prefetch_related("pillars", "addressees__territory")

    def item_title(self, recommendation: Recommendation) -> str:
        """The whole text stands below it."""
        return named(recommendation, Truncator(recommendation.text).chars(120))

    def item_author_name(self, recommendation: Recommendation) -> str:
        return recommendation.source.publisher

    def item_categories(self, recommendation: Recommendation) -> list[str]:
        return [str(pillar) for pillar in recommendation.pillars.all()]

    def lines(self, recommendation: Recommendation) -> Iterator[Any]:
        yield format_html('<q lang="{}">{}</q>', recommendation.language, plain(recommendation.text))
        yield from facts(recommendation)
