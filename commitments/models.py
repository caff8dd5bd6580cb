"""What organizations promised, how far they are, and what others found."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import Storage, storages
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commitments.enums import ASSESSABLE, REPORTABLE, Completion, Horizon, Progress
from commitments.querysets import (
    CommitmentQuerySet,
    EvidenceQuerySet,
    MilestoneQuerySet,
    PartnerQuerySet,
    PartOfCommitmentQuerySet,
)  # fmt: skip
from commitments.rules import COMMITMENT_PERMISSIONS, PARTNER_PERMISSIONS
from net4u.base.models import Record
from net4u.base.rules import ADMIN_SHOWS
from net4u.base.states import Editorial, EditorialRecord
from net4u.base.viewers import Audience
from organizations.models import Organization
from recommendations.models import Recommendation
from vocabulary.models import Pillar, Provision, SdgTarget
from workshops.models import Output, WorkingGroup, Workshop


def private_storage() -> Storage:
    """Where no web server reads: files are handed out by a view that asks who is looking."""
    return storages["private"]


class Commitment(EditorialRecord):
    """A promise of one organization, "realistic, feasible and measurable" as the Rome workshop put it.

    ``progress`` and ``value`` repeat the latest report, ``completion`` the latest verification: the services that
    append those rows set them in the same change. *Overdue* is never stored.
    """

    reference = models.CharField(
        max_length=12, unique=True, null=True, blank=True, editable=False, help_text=_("Given at first publication.")
    )
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="commitments")
    title = models.CharField(_("what you promise"), max_length=200)
    problem = models.TextField(_("the problem it answers"), blank=True)
    expected_result = models.TextField(_("what will be different"), blank=True)
    language = models.CharField(max_length=8, default="en")
    indicator = models.CharField(_("how it is measured"), max_length=300, blank=True)
    baseline = models.DecimalField(_("where you start"), max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    number_source = models.CharField(_("where the number comes from"), max_length=300, blank=True)
    resources = models.TextField(_("resources"), blank=True)
    horizon = models.CharField(_("horizon"), max_length=6, choices=Horizon)
    start_on = models.DateField(_("start"), null=True, blank=True)
    due_on = models.DateField(_("due"))
    pillars = models.ManyToManyField(Pillar, related_name="commitments", blank=True)
    provisions = models.ManyToManyField(Provision, related_name="commitments", blank=True)
    sdg_targets = models.ManyToManyField(SdgTarget, related_name="commitments", blank=True)
    workshop = models.ForeignKey(Workshop, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments")
    working_group = models.ForeignKey(
        WorkingGroup, null=True, blank=True, on_delete=models.SET_NULL, related_name="commitments"
    )
    output = models.ForeignKey(Output, null=True, blank=True, on_delete=models.SET_NULL, related_name="commitments")
    answers = models.ManyToManyField(Recommendation, related_name="commitments", blank=True)
    progress = models.CharField(max_length=12, choices=Progress, default=Progress.NOT_REPORTED, editable=False)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True, editable=False)
    completion = models.CharField(max_length=12, choices=Completion, default=Completion.NOT_ASSESSED, editable=False)

    objects = models.Manager.from_queryset(CommitmentQuerySet)()
    journal_fields = (
        "state", "reference", "organization_id", "title", "problem", "expected_result", "language", "indicator",
        "baseline", "target", "unit", "number_source", "resources", "horizon", "start_on", "due_on",
        "workshop_id", "working_group_id", "output_id", "progress", "value", "completion", "is_demonstration",
    )  # fmt: skip

    class Meta(EditorialRecord.Meta):
        ordering = ("due_on", "id")
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        rules_permissions: ClassVar = COMMITMENT_PERMISSIONS
        indexes: ClassVar = [
            models.Index(fields=["due_on", "id"], name="commitment_by_due_date"),
            models.Index(fields=["-published_at", "id"], name="commitment_newest"),
            models.Index(
                fields=["due_on"],
                name="commitment_open",
                condition=models.Q(state=Editorial.PUBLISHED)
                & ~models.Q(progress=Progress.COMPLETED)
                & ~models.Q(completion=Completion.COMPLETE),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(start_on__isnull=True) | models.Q(due_on__gte=models.F("start_on")),
                name="commitment_due_after_start",
                violation_error_message=_("The end is before the start."),
            ),
            models.CheckConstraint(
                condition=models.Q(target__isnull=True) | ~models.Q(unit=""),
                name="commitment_target_has_unit",
                violation_error_message=_("Say what the target counts: people, houses, courses …"),
            ),
            models.CheckConstraint(
                condition=models.Q(reference__isnull=False) | ~models.Q(state=Editorial.PUBLISHED),
                name="published_commitment_has_reference",
                violation_error_message=_("A published commitment has a reference."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("commitments:detail", args=[self.reference or self.pk])

    def clean(self) -> None:
        for field in ("working_group", "output"):
            part = getattr(self, field)
            if part is not None and part.workshop_id != self.workshop_id:
                raise ValidationError({field: _("This belongs to another workshop.")})

    @property
    def is_open(self) -> bool:
        return (
            self.state == Editorial.PUBLISHED
            and self.progress != Progress.COMPLETED
            and self.completion != Completion.COMPLETE
        )

    def is_overdue(self, on: date) -> bool:
        return self.is_open and self.due_on < on


class CommitmentPartner(Record):
    """Another organization that takes part. It counts once it confirmed, and only it can."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="partners")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="partnerships")
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    declined_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = models.Manager.from_queryset(PartnerQuerySet)()
    journal_fields = ("commitment_id", "organization_id", "confirmed_at", "declined_at")

    class Meta(Record.Meta):
        ordering = ("organization", "id")
        rules_permissions: ClassVar = PARTNER_PERMISSIONS
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["commitment", "organization"],
                name="one_partnership",
                violation_error_message=_("This organization was invited already."),
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True) | models.Q(declined_at__isnull=True),
                name="partner_answers_once",
                violation_error_message=_("A partner either confirms or declines."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.commitment}"

    def clean(self) -> None:
        if self.organization_id == self.commitment.organization_id:
            raise ValidationError({"organization": _("The organization that makes the promise is no partner of it.")})


class Milestone(Record):
    """A step on the way, with a date of its own."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("step"), max_length=200)
    due_on = models.DateField(_("due"))
    done_on = models.DateField(_("reached"), null=True, blank=True)

    objects = models.Manager.from_queryset(MilestoneQuerySet)()
    journal_fields = ("commitment_id", "title", "due_on", "done_on")

    class Meta(Record.Meta):
        ordering = ("due_on", "id")
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        rules_permissions: ClassVar = ADMIN_SHOWS

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{self.commitment.get_absolute_url()}#steps"

    def clean(self) -> None:
        if self.due_on and self.due_on > self.commitment.due_on:
            raise ValidationError({"due_on": _("This step would come after the commitment is due.")})
        if self.due_on and self.commitment.start_on and self.due_on < self.commitment.start_on:
            raise ValidationError({"due_on": _("This step would come before the commitment starts.")})

    def is_overdue(self, on: date) -> bool:
        return self.done_on is None and self.due_on < on and self.commitment.is_open


class ProgressUpdate(Record):
    """What the organization reports. Append-only: a correction is a row of its own that names the old one."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="updates")
    reported_on = models.DateField(default=timezone.localdate)
    progress = models.CharField(_("how far"), max_length=12, choices=[(each.value, each.label) for each in REPORTABLE])
    value = models.DecimalField(_("value reached"), max_digits=12, decimal_places=2, null=True, blank=True)
    text = models.TextField(_("what happened"))
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    language = models.CharField(max_length=8, default="en")
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="updates"
    )

    objects = models.Manager.from_queryset(PartOfCommitmentQuerySet)()
    journal_fields = ("commitment_id", "reported_on", "progress", "value", "text", "next_step", "corrects_id")

    class Meta(Record.Meta):
        ordering = ("reported_on", "id")
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        rules_permissions: ClassVar = ADMIN_SHOWS

    def __str__(self) -> str:
        return f"{self.reported_on}: {self.get_progress_display()}"

    def get_absolute_url(self) -> str:
        return f"{self.commitment.get_absolute_url()}#report-{self.pk}"

    def save(self, **options: Any) -> None:
        if not self._state.adding:
            msg = "A report is never overwritten. Append a correction."
            raise NotImplementedError(msg)
        super().save(**options)

    def clean(self) -> None:
        if self.corrects is not None and self.corrects.commitment_id != self.commitment_id:
            raise ValidationError({"corrects": _("This report is about another commitment.")})
        if self.value is not None and not self.commitment.unit:
            raise ValidationError({"value": _("This commitment has no unit, so a number says nothing here.")})


class Evidence(Record):
    """A link or a file that shows what was done, for an audience of its own."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="evidence")
    update = models.ForeignKey(ProgressUpdate, null=True, blank=True, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(_("what it shows"), max_length=200)
    url = models.URLField(_("link"), max_length=500, blank=True)
    file = models.FileField(_("file"), max_length=120, blank=True, upload_to="evidence", storage=private_storage)
    audience = models.CharField(_("who may see it"), max_length=12, choices=Audience, default=Audience.PUBLIC)

    objects = models.Manager.from_queryset(EvidenceQuerySet)()
    journal_fields = ("commitment_id", "update_id", "audience")

    class Meta(Record.Meta):
        ordering = ("title", "id")
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        rules_permissions: ClassVar = ADMIN_SHOWS
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(url="") ^ models.Q(file=""),
                name="evidence_is_link_or_file",
                violation_error_message=_("Give a link or a file: one of them."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{self.commitment.get_absolute_url()}#evidence"

    @property
    def address(self) -> str:
        """Where it can be looked at: the link, or the page that hands out the file."""
        return self.url or reverse("commitments:evidence", args=[self.pk])

    def clean(self) -> None:
        if self.update is not None and self.update.commitment_id != self.commitment_id:
            raise ValidationError({"update": _("This report is about another commitment.")})


class Verification(Record):
    """What somebody without a part in it found, and on what basis."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="verifications")
    completion = models.CharField(
        _("what you found"), max_length=12, choices=[(each.value, each.label) for each in ASSESSABLE]
    )
    basis = models.TextField(_("on what basis"), help_text=_("One sentence: what you read, saw or asked."))
    value = models.DecimalField(_("value found"), max_digits=12, decimal_places=2, null=True, blank=True)
    verified_on = models.DateField(default=timezone.localdate)
    verifier = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="verifications"
    )

    objects = models.Manager.from_queryset(PartOfCommitmentQuerySet)()
    journal_fields = ("commitment_id", "completion", "basis", "value", "verified_on")

    class Meta(Record.Meta):
        ordering = ("verified_on", "id")
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        rules_permissions: ClassVar = ADMIN_SHOWS

    def __str__(self) -> str:
        return f"{self.verified_on}: {self.get_completion_display()}"

    def get_absolute_url(self) -> str:
        return f"{self.commitment.get_absolute_url()}#accounts"


class PendingDraft(models.Model):
    """What somebody wrote at a workshop without being signed in; kept for a day at most, until its link is used."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    working_group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    named = models.CharField(max_length=200, blank=True, help_text=_("The organization, where it was typed."))
    email = models.EmailField(max_length=254)
    texts = models.JSONField(help_text=_("What is promised, by horizon."))
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("made_at", "id")

    def __str__(self) -> str:
        return str(self.made_at)
