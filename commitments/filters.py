"""One filter for the page and its API twin: the same words in the address."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.enums import Completion, Horizon, Progress
from commitments.models import Commitment
from net4u.base.filters import AlphabeticalChoiceFilter, ViewerFilterSet
from organizations.models import Organization
from recommendations.models import Recommendation
from vocabulary.models import Pillar, Territory
from workshops.filters import WorkshopChoice
from workshops.models import Output, WorkingGroup

DUE = [("overdue", _("overdue")), ("open", _("on their way")), ("closed", _("closed"))]


class Origin(django_filters.ModelChoiceFilter):
    """Another record that pages link from. Too many to choose from, so it stands in the address and as a chip."""

    def __init__(self, **extra: Any) -> None:
        super().__init__(widget=forms.HiddenInput, **extra)


class Day(django_filters.DateFilter):
    """Year, month and day in this order, whatever the reader's language."""

    def __init__(self, **extra: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(field_name="due_on", widget=widget, input_formats=["%Y-%m-%d"], **extra)


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
    country = AlphabeticalChoiceFilter(
        label=_("Country"), queryset=Territory.objects.all(), to_field_name="iso2",
        field_name="organization__country", empty_label=_("Any country"),
    )  # fmt: skip
    workshop = WorkshopChoice()
    due_after = Day(label=_("Due from"), lookup_expr="gte")
    due_before = Day(label=_("Due until"), lookup_expr="lte")
    organization = Origin(label=_("Organization"), queryset=Organization.objects.all(), to_field_name="slug")
    answers = Origin(label=_("Answers"), queryset=Recommendation.objects.all(), to_field_name="reference")
    working_group = Origin(label=_("Working group"), queryset=WorkingGroup.objects.all(), to_field_name="id")
    output = Origin(label=_("Output"), queryset=Output.objects.all(), to_field_name="id")

    class Meta:
        model = Commitment
        fields = ("q", "pillar", "country", "due", "completion", "horizon", "progress", "workshop", "due_after",
                  "due_before", "organization", "answers", "working_group", "output")  # fmt: skip

    def with_words(self, queryset: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        for word in words.split():
            queryset = queryset.filter(Q(title__icontains=word) | Q(reference__iexact=word))
        return queryset

    def on_pillar(self, queryset: QuerySet[Any], _name: str, pillar: Pillar) -> QuerySet[Any]:
        links = Commitment.pillars.through.objects.filter(commitment_id=OuterRef("pk"), pillar_id=pillar.pk)
        return queryset.filter(Exists(links))

    def by_due_date(self, queryset: Any, _name: str, value: str) -> QuerySet[Any]:
        """Overdue is asked of today; nothing stores it."""
        found: QuerySet[Any] = {
            "overdue": lambda: queryset.overdue(timezone.localdate()),
            "open": queryset.open,
            "closed": queryset.closed,
        }[value]()
        return found
