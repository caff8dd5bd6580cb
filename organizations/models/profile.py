from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations.enums import RequestState
from organizations.models.organization import Organization
from organizations.querysets import ProfileChangeQuerySet


class ProfileChange(models.Model):
    """A published organization wants another name, kind, country or number; shown once the secretariat agrees.

    ``before`` and ``after`` hold the fields that differ, and with ``identifiers`` the list of pairs of scheme and
    value.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="profile_changes")
    before = models.JSONField(encoder=DjangoJSONEncoder)
    after = models.JSONField(encoder=DjangoJSONEncoder)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="profile_changes"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(max_length=2000, blank=True)

    objects = ProfileChangeQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(state=RequestState.OPEN),
                name="one_open_profile_change",
                violation_error_message=_("A change waits for the secretariat already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {', '.join(sorted(self.after))}"
