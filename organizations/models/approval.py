from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations.models.organization import Organization
from organizations.querysets import ApprovalQuerySet


class Approval(models.Model):
    """One person of the secretariat found an organization right, as it was sent: another version is another matter.

    ``criteria`` are the network's on that day, as pairs of words and whether they were ticked.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="approvals")
    version = models.PositiveIntegerField(null=True, help_text=_("What was approved; none after a merge."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="approvals")
    at = models.DateTimeField(default=timezone.now)
    criteria = models.JSONField(default=list, blank=True)
    words = models.TextField(max_length=5000, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organization", "version", "by"], name="one_approval_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.by}"
