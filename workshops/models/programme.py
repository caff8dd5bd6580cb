"""What happened in a workshop, and who took part in it."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from net4u.base.models import Record
from net4u.base.rules import ADMIN_SHOWS
from organizations.models import Organization
from people.models import Consent
from vocabulary.models import Pillar, Source
from workshops.enums import STRICTNESS, Attribution, ContributionKind, Disclosure, SessionFormat
from workshops.models.workshop import Workshop
from workshops.querysets import ContributionQuerySet, ParticipationQuerySet, SessionQuerySet


class Session(Record):
    """A part of the agenda. ``number`` is the source's own and may be missing; ``order`` is ours."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="sessions")
    order = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    day = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_at = models.TimeField(null=True, blank=True, help_text=_("In the time zone of the workshop."))
    ends_at = models.TimeField(null=True, blank=True)
    title = models.CharField(max_length=200)
    title_is_verbatim = models.BooleanField(default=False, help_text=_("The source's own title."))
    summary = models.TextField(blank=True)
    format = models.CharField(max_length=15, choices=SessionFormat, default=SessionFormat.NOT_STATED)
    pillars = models.ManyToManyField(Pillar, related_name="sessions", blank=True)
    disclosure = models.CharField(max_length=15, choices=Disclosure, default=Disclosure.ON_RECORD)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = models.Manager.from_queryset(SessionQuerySet)()
    journal_fields = ("workshop_id", "order", "number", "day", "starts_at", "ends_at", "title", "title_is_verbatim",
                      "summary", "format", "disclosure", "source_id")  # fmt: skip

    class Meta(Record.Meta):
        ordering = ("workshop", "order", "id")
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        rules_permissions: ClassVar = ADMIN_SHOWS
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workshop", "order"],
                name="one_session_a_place",
                violation_error_message=_("Another session has this place in the agenda."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(starts_at__isnull=False) & ~models.Q(ends_at=models.F("starts_at")),
                name="session_end_has_start",
                violation_error_message=_("The session has an end and no beginning, or both at the same time."),
            ),
            models.CheckConstraint(
                condition=models.Q(starts_at__isnull=True) | models.Q(day__isnull=False, day__gte=1),
                name="session_time_has_day",
                violation_error_message=_("Say on which day of the workshop, too."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if STRICTNESS[Disclosure(self.disclosure)] < STRICTNESS[Disclosure(self.workshop.disclosure)]:
            raise ValidationError(
                {"disclosure": _("A session can be as open as its workshop, or less open, but not more.")}
            )
        if self.starts_at is not None and not self.workshop.time_zone:
            raise ValidationError(
                {"starts_at": _("Give the workshop a time zone first: a time means nothing without.")}
            )

    def get_absolute_url(self) -> str:
        return f"{self.workshop.get_absolute_url()}#session-{self.order}"

    @property
    def ends_next_day(self) -> bool:
        """An end that is earlier on the clock than the beginning is after midnight."""
        return self.starts_at is not None and self.ends_at is not None and self.ends_at < self.starts_at

    @property
    def hides_names(self) -> bool:
        """Through the session's own disclosure or the workshop's."""
        return self.disclosure != Disclosure.ON_RECORD or self.workshop.hides_names


class Participation(Record):
    """An organization took part. Taking part is neither membership nor agreement."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="participations")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="participations")
    attribution = models.CharField(max_length=20, choices=Attribution, default=Attribution.ANONYMOUS)
    named_as = models.CharField(max_length=200, blank=True)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = models.Manager.from_queryset(ParticipationQuerySet)()
    journal_fields = ("workshop_id", "organization_id", "attribution", "named_as", "source_id")

    class Meta(Record.Meta):
        ordering = ("organization", "id")
        rules_permissions: ClassVar = ADMIN_SHOWS
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workshop", "organization"],
                name="one_participation",
                violation_error_message=_("This organization is listed for this workshop already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.workshop}"


class Contribution(Record):
    """What a person did or said. Shown only with a consent, or where ``source`` names them in this role."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="contributions")
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="contributions")
    kind = models.CharField(max_length=12, choices=ContributionKind)
    person_name = models.CharField(max_length=150)
    person_role = models.CharField(max_length=200, blank=True, help_text=_("Empty when the source gives none."))
    affiliation_text = models.CharField(max_length=200, blank=True, help_text=_("As the source names it."))
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="contributions"
    )
    quote = models.TextField(blank=True, help_text=_("Word for word."))
    reported = models.TextField(blank=True, help_text=_("What the source reports, in our own words."))
    order = models.PositiveSmallIntegerField(default=0)
    consent = models.ForeignKey(
        Consent, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = models.Manager.from_queryset(ContributionQuerySet)()
    journal_fields = ("workshop_id", "session_id", "kind", "organization_id", "consent_id", "source_id", "order")

    class Meta(Record.Meta):
        ordering = ("order", "id")
        rules_permissions: ClassVar = ADMIN_SHOWS

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.workshop}"

    def clean(self) -> None:
        if self.session is not None and self.session.workshop_id != self.workshop_id:
            raise ValidationError({"session": _("This session belongs to another workshop.")})
