"""The workshop itself, and what sources say about it as a whole."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from net4u.base.models import Record
from net4u.base.rules import ADMIN_SHOWS
from net4u.base.states import EditorialRecord
from organizations.models import Organization, RegionalNetwork
from vocabulary.enums import DatePrecision
from vocabulary.models import Source, Territory
from workshops.enums import CorrectionKind, Disclosure, FigureUnit, Mode, Qualifier, WorkshopKind, WorkshopRoleKind
from workshops.querysets import FigureQuerySet, PartQuerySet, RoleQuerySet, StatementQuerySet, WorkshopQuerySet
from workshops.rules import WORKSHOP_PERMISSIONS


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("There is no such time zone. Write it like this: Europe/Rome."))


class Workshop(EditorialRecord):
    """A workshop or another event. Its title is the source's; dates keep how exactly the source tells them."""

    network = models.ForeignKey(
        RegionalNetwork, null=True, blank=True, on_delete=models.PROTECT, related_name="workshops",
        help_text=_("The regional network it belongs to; empty for events of all."),
    )  # fmt: skip
    slug = models.SlugField(max_length=80, unique=True, help_text=_("Fixed in the record, not made from the title."))
    kind = models.CharField(max_length=20, choices=WorkshopKind)
    title = models.CharField(max_length=300)
    title_is_verbatim = models.BooleanField(default=True, help_text=_("Off where no source gives a title."))
    summary = models.TextField(blank=True, help_text=_("In our own words."))
    quote = models.TextField(blank=True, help_text=_("A short quotation from the source, word for word."))
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    order = models.PositiveSmallIntegerField(default=0, help_text=_("Among the parts of one event."))
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    date_precision = models.CharField(max_length=8, choices=DatePrecision, default=DatePrecision.DAY)
    date_note = models.CharField(max_length=300, blank=True, help_text=_("How the source tells the date."))
    time_zone = models.CharField(
        max_length=40, blank=True, validators=[validate_time_zone],
        help_text=_("Of the times of its sessions, such as Europe/Rome."),
    )  # fmt: skip
    mode = models.CharField(max_length=12, choices=Mode, default=Mode.NOT_STATED)
    place = models.CharField(max_length=120, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    country = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="workshops")
    disclosure = models.CharField(max_length=15, choices=Disclosure, default=Disclosure.ON_RECORD)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="workshops")
    publish_at = models.DateTimeField(
        null=True, blank=True, editable=False, db_index=True, help_text=_("A draft is published by itself then.")
    )

    objects = models.Manager.from_queryset(WorkshopQuerySet)()
    journal_fields = (
        "state", "network_id", "slug", "kind", "title", "title_is_verbatim", "summary", "quote", "part_of_id", "order",
        "starts_on", "ends_on", "date_precision", "date_note", "time_zone", "mode", "place", "venue",
        "country_id", "disclosure", "source_id", "publish_at", "is_demonstration",
    )  # fmt: skip

    class Meta(EditorialRecord.Meta):
        ordering = ("-starts_on", "order", "id")
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        rules_permissions: ClassVar = WORKSHOP_PERMISSIONS
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True, ends_on__isnull=True)
                | models.Q(starts_on__isnull=False)
                & (models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on"))),
                name="workshop_ends_after_start",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True, date_precision=DatePrecision.UNKNOWN)
                | models.Q(starts_on__isnull=False) & ~models.Q(date_precision=DatePrecision.UNKNOWN),
                name="workshop_date_fits_precision",
                violation_error_message=_("Give a date, or say that none is stated."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workshops:detail", args=[self.slug])

    def is_coming(self, on: date) -> bool:
        return self.starts_on is not None and self.starts_on > on

    @property
    def hides_names(self) -> bool:
        return self.disclosure != Disclosure.ON_RECORD

    @property
    def is_known_to_the_day(self) -> bool:
        return self.starts_on is not None and self.date_precision == DatePrecision.DAY

    @property
    def days(self) -> int:
        """How many its agenda may have: as its dates say, or as sessions are there."""
        held = (self.ends_on - self.starts_on).days + 1 if self.starts_on and self.ends_on else 1
        return max(held, self.sessions.aggregate(last=models.Max("day"))["last"] or 0)

    def date_of(self, day: int | None) -> date | None:
        """Of a day of its agenda; known where the source tells the workshop's date to the day."""
        if self.starts_on is None or self.date_precision != DatePrecision.DAY or not day:
            return None
        return self.starts_on + timedelta(days=day - 1)


class Correction(Record):
    """What was changed in the record after it was published: readers see it."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="corrections")
    kind = models.CharField(max_length=10, choices=CorrectionKind, default=CorrectionKind.TEXT)
    text = models.CharField(max_length=300, blank=True, help_text=_("What was corrected, in our own words."))
    made_on = models.DateField()

    objects = models.Manager.from_queryset(PartQuerySet)()
    journal_fields = ("workshop_id", "kind", "text", "made_on")

    class Meta(Record.Meta):
        ordering = ("-made_on", "id")
        rules_permissions: ClassVar = ADMIN_SHOWS

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}" if self.text else self.get_kind_display()


class WorkshopName(Record):
    """Another title under which a source speaks of the same workshop."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=300)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    objects = models.Manager.from_queryset(PartQuerySet)()
    journal_fields = ("workshop_id", "name", "source_id")

    class Meta(Record.Meta):
        ordering = ("name", "id")
        rules_permissions: ClassVar = ADMIN_SHOWS

    def __str__(self) -> str:
        return self.name


class WorkshopFigure(Record):
    """A number as its source states it: qualifier, value, unit and the source's wording stay together."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="figures")
    unit = models.CharField(max_length=30, choices=FigureUnit)
    value = models.PositiveIntegerField()
    qualifier = models.CharField(max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    wording = models.CharField(max_length=300, blank=True, help_text=_("Word for word."))
    note = models.CharField(max_length=300, blank=True)
    read_with_care = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    objects = models.Manager.from_queryset(FigureQuerySet)()
    journal_fields = ("workshop_id", "unit", "value", "qualifier", "wording", "note", "read_with_care", "source_id")

    class Meta(Record.Meta):
        ordering = ("order", "id")
        rules_permissions: ClassVar = ADMIN_SHOWS
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(unit=FigureUnit.YOUTH_PERCENT) | models.Q(value__lte=100),
                name="percent_up_to_hundred",
                violation_error_message=_("A share in per cent is at most 100."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_qualifier_display()} {self.value} {self.get_unit_display()}"


class WorkshopRole(Record):
    """What an organization did for a workshop, according to one source. Sources may differ; both are kept."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="roles")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="workshop_roles")
    role = models.CharField(max_length=15, choices=WorkshopRoleKind)
    named_as = models.CharField(max_length=200, blank=True, help_text=_("As the source names it, where it differs."))
    order = models.PositiveSmallIntegerField(default=0)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = models.Manager.from_queryset(RoleQuerySet)()
    journal_fields = ("workshop_id", "organization_id", "role", "named_as", "source_id")

    class Meta(Record.Meta):
        ordering = ("source", "order", "id")
        rules_permissions: ClassVar = ADMIN_SHOWS
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workshop", "organization", "role", "source"],
                name="one_role_a_source",
                violation_error_message=_("This source gives the organization this role already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.organization}"


class SourceDifference(Record):
    """A question about a workshop that its sources answer differently. The portal does not choose between them."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="differences")
    question = models.CharField(max_length=200, help_text=_("In our own words, such as “Who organized it”."))
    order = models.PositiveSmallIntegerField()

    objects = models.Manager.from_queryset(PartQuerySet)()
    journal_fields = ("workshop_id", "question", "order")

    class Meta(Record.Meta):
        ordering = ("order", "id")
        rules_permissions: ClassVar = ADMIN_SHOWS
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workshop", "order"],
                name="one_difference_a_place",
                violation_error_message=_("Another question has this place."),
            )
        ]

    def __str__(self) -> str:
        return self.question


class Statement(Record):
    """What one source says to the question, word for word; ``note`` says in our words what is not in them."""

    difference = models.ForeignKey(SourceDifference, on_delete=models.CASCADE, related_name="statements")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    quote = models.TextField(blank=True, help_text=_("Word for word; empty where the source says nothing to it."))
    note = models.CharField(max_length=300, blank=True, help_text=_("In our own words."))

    objects = models.Manager.from_queryset(StatementQuerySet)()
    journal_fields = ("difference_id", "source_id", "quote", "note")

    class Meta(Record.Meta):
        ordering = ("difference", "id")
        rules_permissions: ClassVar = ADMIN_SHOWS
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["difference", "source"],
                name="one_statement_a_source",
                violation_error_message=_("What this source says is recorded already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(quote="") | ~models.Q(note=""),
                name="statement_says_something",
                violation_error_message=_("Quote the source, or note that it says nothing."),
            ),
        ]

    def __str__(self) -> str:
        return self.quote or self.note
