"""One filter for the page and its API twin: the same words in the address."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commitments import months
from commitments.enums import Completion, Horizon, Kept, Progress
from commitments.models import Commitment
from net4u.base.filters import AlphabeticalChoiceFilter, InEveryState, ViewerFilterSet
from net4u.base.states import Editorial
from organizations.models import Organization
from recommendations.models import Recommendation
from vocabulary.models import Pillar, Territory
from workshops.filters import WorkshopChoice
from workshops.models import Output, WorkingGroup

#: Figures count what is published; who also sees drafts is led to the same rows.
STATES = [(Editorial.PUBLISHED.value, Editorial.PUBLISHED.label)]
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


class ProgressFilter(ViewerFilterSet):
    """By pillar and country: what the list of commitments and the figures about them have in common."""

    pillar = django_filters.ModelChoiceFilter(
        label=_("Pillar"), queryset=Pillar.objects.all(), to_field_name="code", empty_label=_("Any pillar"),
        method="on_pillar",
    )  # fmt: skip
    country = AlphabeticalChoiceFilter(
        label=_("Country"), queryset=Territory.objects.all(), to_field_name="iso2",
        field_name="organization__country", empty_label=_("Any country"),
    )  # fmt: skip

    class Meta:
        model = Commitment
        fields: tuple[str, ...] = ("pillar", "country")

    def on_pillar(self, queryset: QuerySet[Any], _name: str, pillar: Pillar) -> QuerySet[Any]:
        links = Commitment.pillars.through.objects.filter(commitment_id=OuterRef("pk"), pillar_id=pillar.pk)
        return queryset.filter(Exists(links))


class CommitmentFilter(ProgressFilter):
    q = django_filters.CharFilter(label=_("Words"), method="with_words")
    horizon = django_filters.ChoiceFilter(label=_("Horizon"), choices=Horizon.choices, empty_label=_("Any horizon"))
    progress = django_filters.ChoiceFilter(label=_("Reported"), choices=Progress.choices, empty_label=_("Anything"))
    completion = django_filters.ChoiceFilter(
        label=_("Found by others"), choices=Completion.choices, empty_label=_("Anything")
    )
    due = django_filters.ChoiceFilter(label=_("Date"), choices=DUE, empty_label=_("Any date"), method="by_due_date")
    workshop = WorkshopChoice()
    due_after = Day(label=_("Due from"), lookup_expr="gte")
    due_before = Day(label=_("Due until"), lookup_expr="lte")
    organization = Origin(label=_("Organization"), queryset=Organization.objects.all(), to_field_name="slug")
    answers = Origin(label=_("Answers"), queryset=Recommendation.objects.all(), to_field_name="reference")
    working_group = Origin(label=_("Working group"), queryset=WorkingGroup.objects.all(), to_field_name="id")
    output = Origin(label=_("Output"), queryset=Output.objects.all(), to_field_name="id")

    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, widget=forms.HiddenInput)

    class Meta(ProgressFilter.Meta):
        fields: tuple[str, ...] = ("q", "pillar", "country", "due", "completion", "horizon", "progress", "workshop",
                                   "due_after", "due_before", "organization", "answers", "working_group",
                                   "output", "state")  # fmt: skip

    def with_words(self, queryset: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        for word in words.split():
            queryset = queryset.filter(Q(title__icontains=word) | Q(reference__iexact=word))
        return queryset

    def by_due_date(self, queryset: Any, _name: str, value: str) -> QuerySet[Any]:
        """Overdue is asked of today; nothing stores it."""
        found: QuerySet[Any] = {
            "overdue": lambda: queryset.overdue(timezone.localdate()),
            "open": queryset.open,
            "closed": queryset.closed,
        }[value]()
        return found


class CommitmentInEveryStateFilter(InEveryState, CommitmentFilter):
    class Meta(CommitmentFilter.Meta):
        fields = ("state", "q", "pillar", "country", "workshop", "horizon")


class MonthField(django_filters.fields.ChoiceField):
    """The months of the chart to choose from; an address with an earlier one keeps its meaning."""

    def valid_value(self, value: str) -> bool:
        return bool(re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", value))


class MonthFilter(django_filters.ChoiceFilter):
    field_class = MonthField


class DateFilter(ProgressFilter):
    """Which dates: of which month, kept or not. The view joins steps and commitments; these two filter both."""

    month = MonthFilter(
        label=_("Month due"), choices=months.choices, empty_label=_("The last twelve months"), method="as_it_is"
    )
    kept = django_filters.ChoiceFilter(
        label=_("Kept"), choices=Kept.choices, empty_label=_("Kept or not"), method="as_it_is"
    )

    class Meta(ProgressFilter.Meta):
        fields = ("month", "kept", "pillar", "country")

    def as_it_is(self, queryset: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return queryset


# -- the secretariat's follow-up ----------------------------------------------------------------------------

#: In the address: what has no pillar, or whose organization states no country.
UNSTATED = "unstated"
UPCOMING = [
    ("overdue", _("overdue")),
    ("30", _("due within 30 days")),
    ("90", _("due within 90 days")),
]
OPEN = [("open", _("open")), ("closed", _("closed"))]
VERIFY = [("open", _("completed, and not verified"))]
SILENT = [
    ("30", _("no report for 30 days")),
    ("90", _("no report for 90 days")),
    ("180", _("no report for half a year")),
]


class FiguresFilter(ProgressFilter):
    """Pillar and country, each of them also "not stated": a figure of what states none leads to its list, too."""

    pillar = django_filters.ModelChoiceFilter(
        label=_("Pillar"), queryset=Pillar.objects.all(), to_field_name="code", empty_label=_("Any pillar"),
        null_label=_("not stated"), null_value=UNSTATED, method="on_pillar",
    )  # fmt: skip
    country = AlphabeticalChoiceFilter(
        label=_("Country"), queryset=Territory.objects.all(), to_field_name="iso2", empty_label=_("Any country"),
        null_label=_("not stated"), null_value=UNSTATED, method="in_country",
    )  # fmt: skip

    def on_pillar(self, queryset: QuerySet[Any], name: str, pillar: Any) -> QuerySet[Any]:
        if pillar != UNSTATED:
            return super().on_pillar(queryset, name, pillar)
        return queryset.exclude(Exists(Commitment.pillars.through.objects.filter(commitment_id=OuterRef("pk"))))

    def in_country(self, queryset: QuerySet[Any], _name: str, country: Any) -> QuerySet[Any]:
        return queryset.filter(organization__country=None if country == UNSTATED else country)


class FollowUpFilter(FiguresFilter):
    """What is asked before a conference: what is late, who is silent, what somebody has to look at."""

    due = django_filters.ChoiceFilter(
        label=_("Date"), choices=UPCOMING, empty_label=_("Any date"), method="by_due_date"
    )
    silent = django_filters.ChoiceFilter(
        label=_("Silence"), choices=SILENT, empty_label=_("Heard from or not"), method="by_silence"
    )
    progress = django_filters.ChoiceFilter(label=_("Reported"), choices=Progress.choices, empty_label=_("Anything"))
    completion = django_filters.ChoiceFilter(
        label=_("Found by others"), choices=Completion.choices, empty_label=_("Anything")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=OPEN, empty_label=_("Open or closed"), method="by_state"
    )
    verify = django_filters.ChoiceFilter(
        label=_("To verify"), choices=VERIFY, empty_label=_("Verified or not"), method="by_verification"
    )
    organization = Origin(label=_("Organization"), queryset=Organization.objects.all(), to_field_name="slug")

    class Meta(FiguresFilter.Meta):
        fields = ("due", "silent", "progress", "completion", "pillar", "country", "state", "verify", "organization")

    def by_due_date(self, queryset: Any, _name: str, value: str) -> QuerySet[Any]:
        today = timezone.localdate()
        found: QuerySet[Any] = (
            queryset.overdue(today)
            if value == "overdue"
            else queryset.coming(today).filter(due_on__lte=today + timedelta(days=int(value)))
        )
        return found

    def by_silence(self, queryset: Any, _name: str, value: str) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.silent(timezone.localdate() - timedelta(days=int(value)))
        return found

    def by_state(self, queryset: Any, _name: str, value: str) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.open() if value == "open" else queryset.closed()
        return found

    def by_verification(self, queryset: Any, _name: str, _value: str) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.to_verify()
        return found


class PeriodForm(forms.Form):
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if until and until > timezone.localdate():
            self.add_error("until", gettext("This day is still to come. Take today or an earlier day."))
        if since and until and until < since:
            self.add_error("until", gettext("The last day is before the first one."))
        return cleaned


class PeriodDay(django_filters.DateFilter):
    """A day that bounds the period; it filters no rows by itself."""

    def __init__(self, **extra: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(method="as_it_is", widget=widget, input_formats=["%Y-%m-%d"], required=True, **extra)


def _new_year() -> date:
    return timezone.localdate().replace(month=1, day=1)


class PeriodFilter(FiguresFilter):
    """Which days a report tells of, both included, and of which commitments."""

    since = PeriodDay(label=_("First day"), initial=_new_year)
    until = PeriodDay(label=_("Last day"), initial=timezone.localdate)

    class Meta(FiguresFilter.Meta):
        form = PeriodForm
        fields = ("since", "until", "pillar", "country")

    def as_it_is(self, queryset: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        return queryset
