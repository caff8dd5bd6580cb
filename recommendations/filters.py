"""One filter for the page and its API twin: the same words in the address."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from net4u.base.filters import ViewerFilterSet
from recommendations.enums import AddresseeKind
from recommendations.models import Addressee, Declaration, Recommendation
from vocabulary.models import Pillar, Theme
from workshops.filters import WorkshopChoice


class RecommendationFilter(ViewerFilterSet):
    q = django_filters.CharFilter(label=_("Words"), method="with_words")
    workshop = WorkshopChoice()
    pillar = django_filters.ModelChoiceFilter(
        label=_("Pillar"), queryset=Pillar.objects.all(), to_field_name="code", empty_label=_("Any pillar"),
        method="linked",
    )  # fmt: skip
    theme = django_filters.ModelChoiceFilter(
        label=_("Theme"), queryset=Theme.objects.all(), to_field_name="code", empty_label=_("Any theme"),
        method="linked",
    )  # fmt: skip
    addressee = django_filters.ChoiceFilter(
        label=_("Addressee"), choices=AddresseeKind.choices, empty_label=_("Anybody"), method="addressed_to"
    )
    made_in = django_filters.NumberFilter(label=_("Year"), min_value=1, max_value=9999, decimal_places=0)

    class Meta:
        model = Recommendation
        fields = ("q", "workshop", "pillar", "theme", "addressee", "made_in")

    def with_words(self, queryset: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        for word in words.split():
            queryset = queryset.filter(text__icontains=word)
        return queryset

    def linked(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """By existence, since a join over a to-many relation repeats rows."""
        relation: Any = getattr(Recommendation, f"{name}s")
        links = relation.through.objects.filter(recommendation_id=OuterRef("pk"), **{f"{name}_id": value.pk})
        return queryset.filter(Exists(links))

    def addressed_to(self, queryset: QuerySet[Any], _name: str, kind: str) -> QuerySet[Any]:
        return queryset.filter(Exists(Addressee.objects.filter(recommendation=OuterRef("pk"), kind=kind)))


class DeclarationFilter(ViewerFilterSet):
    class Meta:
        model = Declaration
        fields: tuple[str, ...] = ()
