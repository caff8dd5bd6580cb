"""One filter for the page and its API twin: the same words in the address."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.enums import Completion, Horizon, Progress
from commitments.models import Commitment
from net4u.base.filters import ViewerFilterSet
from organizations.models import Organization
from vocabulary.models import Pillar, Territory
from workshops.filters import WorkshopChoice

DUE = [("overdue", _("overdue")), ("open", _("on their way")), ("closed", _("closed"))]


class CommitmentFilter(ViewerFilterSet):
    q = django_filters.CharFilter(label=_("Words"), method="with_words")
    pillar = django_filters.ModelChoiceFilter(
        label=_("Pillar"), queryset=Pillar.objects.all(), to_field_name="code", empty_label=_("Any pillar"),
        method="on_pillar",
    )  # fmt: skip
    horizon = django_filters.ChoiceFilter(label=_("Horizon"), choices=Horizon.choices, empty_label=_("Any horizon"))
    progress = django_filters.ChoiceFilter(label=_("Reported"), choices=Progress.choices, empty_label=_("Anything"))
    completion = django_filters.ChoiceFilter(
        label=_("Found by others"), choices=Completion.choices, empty_label=_("Anything")
    )
    due = django_filters.ChoiceFilter(label=_("Date"), choices=DUE, empty_label=_("Any date"), method="by_due_date")
    country = django_filters.ModelChoiceFilter(
        label=_("Country"), queryset=Territory.objects.all(), to_field_name="iso2",
        field_name="organization__country", empty_label=_("Any country"),
    )  # fmt: skip
    organization = django_filters.ModelChoiceFilter(
        label=_("Organization"), queryset=Organization.objects.all(), to_field_name="slug",
        empty_label=_("Any organization"),
    )  # fmt: skip
    workshop = WorkshopChoice()
    due_after = django_filters.DateFilter(label=_("Due from"), field_name="due_on", lookup_expr="gte")
    due_before = django_filters.DateFilter(label=_("Due until"), field_name="due_on", lookup_expr="lte")

    class Meta:
        model = Commitment
        fields = ("q", "pillar", "horizon", "progress", "completion", "due", "country", "organization", "workshop",
                  "due_after", "due_before")  # fmt: skip

    def with_words(self, queryset: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        for word in words.split():
            queryset = queryset.filter(Q(title__icontains=word) | Q(reference__iexact=word))
        return queryset

    def on_pillar(self, queryset: QuerySet[Any], _name: str, pillar: Pillar) -> QuerySet[Any]:
        links = Commitment.pillars.through.objects.filter(commitment_id=OuterRef("pk"), pillar_id=pillar.pk)
        return queryset.filter(Exists(links))

    def by_due_date(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Overdue is asked of today; nothing stores it."""
        if value == "overdue":
            return queryset.filter(pk__in=Commitment.objects.overdue(timezone.localdate()).values("pk"))
        is_open = queryset.filter(pk__in=Commitment.objects.open().values("pk"))
        return is_open if value == "open" else queryset.exclude(pk__in=Commitment.objects.open().values("pk"))
