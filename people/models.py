from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import ConsentPurpose, MailKind, SecretariatRole
from people.querysets import ConsentQuerySet, OneTimeLinkQuerySet, UserManager


class User(AbstractBaseUser, PermissionsMixin):
    """An account. Nothing of it is ever in a document."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Rome")
    secretariat_role = models.CharField(
        _("role in the secretariat"), max_length=15, choices=SecretariatRole, default=SecretariatRole.NONE
    )
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ("email",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_account_an_address",
                violation_error_message=_("An account with this e-mail address exists already."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Who may look into the admin; what they may do there is asked for each model."""
        return self.secretariat_role != SecretariatRole.NONE


class Consent(models.Model):
    """Somebody allowed one thing for one subject, in the words of a text version; withdrawable for itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    purpose = models.CharField(max_length=20, choices=ConsentPurpose)
    text_version = models.CharField(max_length=20, help_text=_("Version of the text that was agreed to."))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="consents"
    )
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ("-given_at", "id")
        indexes: ClassVar = [models.Index(fields=["subject_id", "purpose"], name="consent_of_subject")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | models.Q(withdrawn_at__gte=models.F("given_at")),
                name="consent_withdrawn_after_given",
                violation_error_message=_("A consent cannot be withdrawn before it was given."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} for {self.subject_kind} {self.subject_id}"


class OneTimeLink(models.Model):
    """A key to one thing, sent by mail; of its token only the digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=20)
    object_id = models.UUIDField(help_text=_("What it opens."))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="links")
    email = models.EmailField(max_length=254, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = OneTimeLinkQuerySet.as_manager()

    class Meta:
        ordering = ("made_at", "id")
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="link_by_end")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) ^ models.Q(email=""), name="link_for_person_or_address"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.object_id}"


class NotificationPreference(models.Model):
    """A kind of mail that somebody does not want. Without a row it is sent."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="unwanted_mails")
    kind = models.CharField(max_length=15, choices=MailKind)

    class Meta:
        ordering = ("person", "kind")
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "kind"], name="one_preference_a_kind")]

    def __str__(self) -> str:
        return f"{self.person}: no {self.kind}"
