"""One filter for the page and its API twin: the same words in the address."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from net4u.base.filters import AlphabeticalChoiceFilter, ViewerFilterSet
from net4u.base.translations import in_any_language
from organizations.models import RegionalNetwork
from vocabulary.models import Pillar, Territory
from workshops.enums import OutputKind, ResourceKind, WorkshopKind
from workshops.models import Output, Resource, Session, WorkingGroup, Workshop


class WorkshopChoice(django_filters.ModelChoiceFilter):
    """By slug, among the workshops the reader may see."""

    def __init__(self, **extra: Any) -> None:
        super().__init__(
            label=_("Workshop"), queryset=Workshop.objects.all(), to_field_name="slug",
            empty_label=_("Any workshop"), **extra,
        )  # fmt: skip


class WorkshopFilter(ViewerFilterSet):
    q = django_filters.CharFilter(label=_("Words"), method="with_words")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=WorkshopKind.choices, empty_label=_("Any kind"))
    network = django_filters.ModelChoiceFilter(
        label=_("Network"), queryset=RegionalNetwork.objects.all(), to_field_name="code", empty_label=_("Any network")
    )
    country = AlphabeticalChoiceFilter(
        label=_("Country"), queryset=Territory.objects.all(), to_field_name="iso2", empty_label=_("Any country")
    )
    year = django_filters.NumberFilter(
        label=_("Year"), field_name="starts_on", lookup_expr="year", min_value=1, max_value=9999, decimal_places=0
    )

    class Meta:
        model = Workshop
        fields = ("q", "kind", "network", "country", "year")

    def with_words(self, queryset: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        for word in words.split():
            queryset = queryset.filter(in_any_language(word, "title", "summary"))
        return queryset


class SessionFilter(ViewerFilterSet):
    workshop = WorkshopChoice()

    class Meta:
        model = Session
        fields = ("workshop",)


class WorkingGroupFilter(ViewerFilterSet):
    workshop = WorkshopChoice()

    class Meta:
        model = WorkingGroup
        fields = ("workshop",)


class OutputFilter(ViewerFilterSet):
    workshop = WorkshopChoice()
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=OutputKind.choices, empty_label=_("Any kind"))
    pillar = django_filters.ModelChoiceFilter(
        label=_("Pillar"), queryset=Pillar.objects.all(), to_field_name="code", empty_label=_("Any pillar")
    )

    class Meta:
        model = Output
        fields = ("workshop", "kind", "pillar")


class ResourceFilter(ViewerFilterSet):
    q = django_filters.CharFilter(label=_("Words"), method="with_words")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ResourceKind.choices, empty_label=_("Any kind"))
    pillar = django_filters.ModelChoiceFilter(
        label=_("Pillar"), queryset=Pillar.objects.all(), to_field_name="code", empty_label=_("Any pillar"),
        method="linked",
    )  # fmt: skip
    workshop = WorkshopChoice(method="linked")

    class Meta:
        model = Resource
        fields = ("q", "kind", "pillar", "workshop")

    def with_words(self, queryset: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        for word in words.split():
            queryset = queryset.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(acronym__iexact=word))
        return queryset

    def linked(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """By existence, since a join over a to-many relation repeats rows."""
        relation: Any = getattr(Resource, f"{name}s")
        links = relation.through.objects.filter(resource_id=OuterRef("pk"), **{f"{name}_id": value.pk})
        return queryset.filter(Exists(links))
