"""One filter for the page and its API twin: the same words in the address."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from net4u.base.filters import InEveryState, ViewerFilterSet
from net4u.base.viewers import Viewer
from recommendations.enums import AddresseeKind, AnswerKind, AssessmentLevel
from recommendations.models import Addressee, Answer, Declaration, Recommendation
from vocabulary.filters import ArticleChoice
from vocabulary.models import Pillar, Provision, Theme
from workshops.filters import WorkshopChoice


class RecommendationFilter(ViewerFilterSet):
    IN_THE_BAR = 5

    q = django_filters.CharFilter(label=_("Words"), method="with_words")
    pillar = django_filters.ModelChoiceFilter(
        label=_("Pillar"), queryset=Pillar.objects.all(), to_field_name="code", empty_label=_("Any pillar"),
        method="linked",
    )  # fmt: skip
    article = ArticleChoice(method="under_article")
    addressee = django_filters.ChoiceFilter(
        label=_("Addressee"), choices=AddresseeKind.choices, empty_label=_("Anybody"), method="addressed_to"
    )
    answer = django_filters.ChoiceFilter(
        label=_("Answer"), choices=AnswerKind.choices, empty_label=_("Any or none"), method="answered"
    )
    theme = django_filters.ModelChoiceFilter(
        label=_("Theme"), queryset=Theme.objects.all(), to_field_name="code", empty_label=_("Any theme"),
        method="linked",
    )  # fmt: skip
    workshop = WorkshopChoice()
    made_in = django_filters.NumberFilter(label=_("Year"), min_value=1, max_value=9999, decimal_places=0)

    class Meta:
        model = Recommendation
        fields: tuple[str, ...] = (
            "q", "pillar", "article", "addressee", "answer", "theme", "workshop", "made_in",
        )  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        links: Any = Recommendation.provisions.through
        asked = links.objects.filter(
            provision_id=OuterRef("pk"), recommendation__in=Recommendation.objects.visible_to(viewer)
        )
        self.filters["article"].offer(Exists(asked))

    def with_words(self, queryset: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        for word in words.split():
            queryset = queryset.filter(text__icontains=word)
        return queryset

    def linked(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """By existence, since a join over a to-many relation repeats rows."""
        relation: Any = getattr(Recommendation, f"{name}s")
        links = relation.through.objects.filter(recommendation_id=OuterRef("pk"), **{f"{name}_id": value.pk})
        return queryset.filter(Exists(links))

    def under_article(self, queryset: QuerySet[Any], _name: str, article: Provision) -> QuerySet[Any]:
        return self.linked(queryset, "provision", article)

    def answered(self, queryset: QuerySet[Any], _name: str, kind: str) -> QuerySet[Any]:
        """By any answer that the reader may see. "No answer yet" is also where none was ever recorded."""
        given = Answer.objects.visible_to(self.viewer).filter(recommendation=OuterRef("pk"))
        if kind == AnswerKind.NONE:
            return queryset.exclude(Exists(given.exclude(kind=kind)))
        return queryset.filter(Exists(given.filter(kind=kind)))

    def addressed_to(self, queryset: QuerySet[Any], _name: str, kind: str) -> QuerySet[Any]:
        return queryset.filter(Exists(Addressee.objects.filter(recommendation=OuterRef("pk"), kind=kind)))


class RecommendationInEveryStateFilter(InEveryState, RecommendationFilter):
    class Meta(RecommendationFilter.Meta):
        fields = ("state", "q", "pillar", "addressee", "workshop", "made_in")


#: In the address: nobody wrote down yet how far it was followed.
NOT_ASSESSED = "not_assessed"
ASSESSED = [*AssessmentLevel.choices, (NOT_ASSESSED, _("not yet assessed"))]
COMMITTED = [("yes", _("a commitment answers it")), ("no", _("no commitment answers it"))]


class FollowUpFilter(RecommendationFilter):
    """What the secretariat asks: who did not answer yet, how far it was followed, and whether anybody promised."""

    IN_THE_BAR = 6

    assessment = django_filters.ChoiceFilter(
        label=_("Latest assessment"), choices=ASSESSED, empty_label=_("Any or none"), method="last_found"
    )
    promised = django_filters.ChoiceFilter(
        label=_("Commitments"), choices=COMMITTED, empty_label=_("Any or none"), method="committed"
    )

    class Meta(RecommendationFilter.Meta):
        fields = ("pillar", "addressee", "answer", "assessment", "promised", "q", "article", "theme", "workshop",
                  "made_in")  # fmt: skip

    def last_found(self, queryset: Any, _name: str, level: str) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.last_found("" if level == NOT_ASSESSED else level)
        return found

    def committed(self, queryset: Any, _name: str, value: str) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.with_published_commitments().filter(is_promised=value == "yes")
        return found


class DeclarationFilter(ViewerFilterSet):
    class Meta:
        model = Declaration
        fields: tuple[str, ...] = ()
