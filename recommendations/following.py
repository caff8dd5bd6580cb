"""The secretariat sees what became of each recommendation: who answered what, what was found, who promised."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from net4u.base.views import RecordList
from organizations.saved_views import KeepsViews, keeps_views
from recommendations.enums import AnswerKind
from recommendations.filters import FollowUpFilter
from recommendations.models import Recommendation

#: What is asked most often: words, and the filters that answer.
QUESTIONS = (
    (gettext_lazy("What has no answer yet?"), "answer=none"),
    (gettext_lazy("What was accepted?"), "answer=accepted"),
    (gettext_lazy("What did nobody assess yet?"), "assessment=not_assessed"),
    (gettext_lazy("What does no commitment answer?"), "promised=no"),
)
#: That there is no answer yet can be written down, and is none.
GIVEN = [kind for kind in AnswerKind if kind != AnswerKind.NONE]
#: So many commitments are named in a row; the list has the others.
NAMED = 3


class Became(NamedTuple):
    """What a row says of its recommendation."""

    #: Kinds of answers and how many of each, in the order of the kinds.
    answers: list[tuple[str, int]]
    #: The latest assessment; findings of several are never averaged.
    found: Any
    named: list[Any]
    more: int
    #: All commitments that answer it.
    address: str


@keeps_views
class FollowUpRecommendations(KeepsViews, RecordList):
    """Published recommendations, newest first; the address keeps the question."""

    permission_required = "recommendations.follow_up_recommendation"
    door = "follow_up"
    route = "follow_up_recommendations"
    title = gettext_lazy("Follow-up of recommendations")
    model = Recommendation
    filterset_class = FollowUpFilter
    template_name = "recommendations/follow_up.html"
    paginate_by = 25

    def get_queryset(self) -> Any:
        return Recommendation.objects.visible_to(self.viewer).for_follow_up()

    def prepare(self, rows: Any) -> None:
        for row in rows:
            row.became = became(row)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"questions": QUESTIONS}


def became(row: Any) -> Became:
    kinds = Counter(answer.kind for answer in row.answers.all())
    query = urlencode({"answers": row.reference, "state": "published"})
    return Became(
        answers=[(str(capfirst(kind.label)), kinds[kind.value]) for kind in GIVEN if kinds[kind.value]],
        found=next(iter(row.assessments.all()), None),
        named=row.promised[:NAMED],
        more=max(len(row.promised) - NAMED, 0),
        address=f"{reverse('commitments:list')}?{query}",
    )
