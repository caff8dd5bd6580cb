from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations.enums import AffiliationRole, ClaimKind, ContactRole, RequestState
from organizations.models.organization import Organization
from organizations.querysets import AffiliationQuerySet, ClaimQuerySet, InvitationQuerySet


class Affiliation(models.Model):
    """A person acts for an organization. Personal: never in a document."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="affiliations")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="affiliations")
    role = models.CharField(max_length=8, choices=AffiliationRole, default=AffiliationRole.VIEWER)
    contact = models.CharField(max_length=12, choices=ContactRole, blank=True)
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True, help_text=_("The last day."))

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        ordering = ("organization", "since", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "organization"],
                condition=models.Q(until__isnull=True),
                name="one_open_affiliation",
                violation_error_message=_("This person acts for this organization already."),
            ),
            models.UniqueConstraint(
                fields=["organization", "contact"],
                condition=models.Q(until__isnull=True) & ~models.Q(contact=""),
                name="one_contact_of_a_kind",
                violation_error_message=_("Somebody else has this part already."),
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="affiliation_ends_after_start",
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} of {self.organization}"


class Invitation(models.Model):
    """Somebody is asked to act for an organization. It is for one address, and for whoever proves to hold it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"), max_length=254)
    role = models.CharField(_("role"), max_length=8, choices=AffiliationRole, default=AffiliationRole.EDITOR)
    contact = models.CharField(max_length=12, choices=ContactRole, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations_sent"
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "organization", Lower("email"),
                condition=models.Q(state=RequestState.OPEN),
                name="one_open_invitation",
                violation_error_message=_("This address has an invitation already."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_role_display()} of {self.organization}"

    def get_absolute_url(self) -> str:
        return reverse("invitation", args=[self.pk])

    @property
    def is_over(self) -> bool:
        return self.expires_at <= timezone.now()


class Claim(models.Model):
    """Somebody asks to act for an organization that is here already."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="claims")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims")
    kind = models.CharField(max_length=5, choices=ClaimKind)
    words = models.TextField(_("your part in the organization"), max_length=1000)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    made_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.TextField(max_length=2000, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ("made_at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "person"],
                condition=models.Q(state=RequestState.OPEN),
                name="one_open_claim",
                violation_error_message=_("You have asked already. Wait for the answer."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.organization}"
