from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from net4u.base.exports import RecordCsv
from net4u.base.threads import Knot, branch, here, in_short, origin_of, what_followed
from net4u.base.views import Excerpt, RecordDetail, RecordList, ReferencedDetail, SourceLetters
from recommendations.cards import facts
from recommendations.exports import COLUMNS
from recommendations.filters import RecommendationFilter
from recommendations.models import Declaration, Recommendation
from workshops.enums import OutputKind
from workshops.models import Output
from workshops.views import whole_thread

if TYPE_CHECKING:
    from net4u.base.viewers import Viewer


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
        context = super().get_context_data(**context)
        missing = [] if context["chips"] else lists_that_are_missing(self.viewer)
        return context | {
            "declarations": Declaration.objects.visible_to(self.viewer).select_related("source"),
            "missing": missing,
            "letters": SourceLetters(row.source for row in [*context["object_list"], *missing]),
        }


def lists_that_are_missing(viewer: Viewer) -> list[Output]:
    """Lists of recommendations that a source announces and does not give."""
    announced = Output.objects.visible_to(viewer).filter(kind=OutputKind.ANNOUNCED_LIST)
    return list(announced.select_related("workshop", "source"))


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
        repeated_by = recommendation.repeated_by.visible_to(self.viewer)
        said = [*recommendation.answers.all(), *recommendation.assessments.all()]
        workshop = recommendation.workshop
        return super().get_context_data(**context) | {
            "thread": in_short(thread_of(recommendation, commitments)),
            "whole": f"{whole_thread(workshop)}#{recommendation.pk}" if workshop else "",
            "repeated_by": Excerpt.of(repeated_by),
            "commitments": commitments,
            "letters": SourceLetters([recommendation.source, *(row.source for row in said)]),
        }


def thread_of(recommendation: Recommendation, commitments: Excerpt) -> list[Knot]:
    """From the workshop to what was answered, and what organizations promised."""
    steps = ("workshop", "session", "working_group", "output")
    answers: Any = recommendation.answers
    given = list(answers.all())
    promised: Any = recommendation.commitments
    return [
        *origin_of(recommendation, steps, unstated=_("The source does not say")),
        here(recommendation),
        *what_followed(
            branch(answers.model, Excerpt(given, len(given)), "#answers"),
            branch(promised.model, commitments, "#commitments"),
        ),
    ]


class DeclarationDetail(RecordDetail):
    model = Declaration
    section = (gettext_lazy("Recommendations"), "recommendations:list")

    def described(self) -> str:
        return str(self.object.summary)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {
            "letters": SourceLetters([self.object.source]),
            "thread": [
                *origin_of(self.object, ("launched_at",), unstated=_("The source does not say")),
                here(self.object),
                *what_followed(),
            ],
        }
