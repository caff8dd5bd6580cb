from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from net4u.base.views import RecordDetail, RecordList, SourceLetters
from recommendations.filters import RecommendationFilter
from recommendations.models import Declaration, Recommendation


class RecommendationList(RecordList):
    model = Recommendation
    filterset_class = RecommendationFilter
    template_name = "recommendations/recommendation_list.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"declarations": Declaration.objects.visible_to(self.viewer)}


class RecommendationDetail(RecordDetail):
    model = Recommendation
    slug_field = slug_url_kwarg = "reference"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        recommendation = self.object
        return super().get_context_data(**context) | {
            "origin": list(origin_of(recommendation)),
            "repeated_by": recommendation.repeated_by.visible_to(self.viewer),
            "letters": SourceLetters([recommendation.source]),
        }


class Knot(NamedTuple):
    """One step on the way to a recommendation; without a record the source leaves it open."""

    kind: str
    record: Any


def origin_of(recommendation: Recommendation) -> Iterator[Knot]:
    """Where it comes from, step by step. A step that exists but is not for this reader is left out."""
    steps = (
        ("workshop", _("Workshop")),
        ("session", _("Session")),
        ("working_group", _("Working group")),
        ("output", _("Output")),
    )
    for field, kind in steps:
        record = getattr(recommendation, field)
        if record is not None or getattr(recommendation, f"{field}_id") is None:
            yield Knot(kind, record)


class DeclarationDetail(RecordDetail):
    model = Declaration

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"letters": SourceLetters([self.object.source])}
