from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from net4u.base.exports import RecordCsv
from net4u.base.threads import Knot, branch, here, origin_of, what_followed
from net4u.base.views import Excerpt, RecordDetail, RecordList, ReferencedDetail, SourceLetters
from recommendations.cards import facts
from recommendations.exports import COLUMNS
from recommendations.filters import RecommendationFilter
from recommendations.models import Declaration, Recommendation


class RecommendationList(RecordList):
    model = Recommendation
    filterset_class = RecommendationFilter
    template_name = "recommendations/recommendation_list.html"
    csv = "recommendations:csv"
    description = gettext_lazy(
        "What workshops asked of States, institutions and each other, in the words of the source."
    )
    feed = "recommendations:feed"

    def get_queryset(self) -> Any:
        return super().get_queryset().counting(self.viewer, "commitments")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"declarations": Declaration.objects.visible_to(self.viewer)}


class RecommendationCsv(RecordCsv, RecommendationList):
    columns = COLUMNS
    order = ("made_in", "order", "pk")


class RecommendationDetail(ReferencedDetail):
    model = Recommendation
    section = (gettext_lazy("Recommendations"), "recommendations:list")

    def described(self) -> str:
        return " ".join(facts(self.object))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        recommendation = self.object
        commitments = Excerpt.of(recommendation.commitments.visible_to(self.viewer).as_rows())
        repeated_by = Excerpt.of(recommendation.repeated_by.visible_to(self.viewer))
        return super().get_context_data(**context) | {
            "thread": thread_of(recommendation, repeated_by, commitments),
            "commitments": commitments,
            "letters": SourceLetters([recommendation.source]),
        }


def thread_of(recommendation: Recommendation, repeated_by: Excerpt, commitments: Excerpt) -> list[Knot]:
    """From the workshop to what organizations promised in answer; what says the same stands on both sides."""
    steps = ("workshop", "session", "working_group", "output")
    earlier = recommendation.repeats
    promised: Any = recommendation.commitments
    return [
        *origin_of(recommendation, steps, unstated=_("The source does not say")),
        *([Knot(_("Repeats an earlier recommendation"), (earlier,))] if earlier else []),
        here(recommendation),
        *([Knot(_("Repeated by"), tuple(repeated_by.rows))] if repeated_by.rows else []),
        *what_followed(branch(promised.model, commitments, "#commitments")),
    ]


class DeclarationDetail(RecordDetail):
    model = Declaration
    section = (gettext_lazy("Recommendations"), "recommendations:list")

    def described(self) -> str:
        return str(self.object.summary)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"letters": SourceLetters([self.object.source])}
