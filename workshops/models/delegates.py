"""Who sat in the room: for the secretariat alone, and for a time only."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization
from vocabulary.models import Territory
from workshops.enums import Mode
from workshops.models.workshop import Workshop


class DelegateQuerySet(models.QuerySet["Delegate"]):
    def past(self, *, on: date, kept_days: int) -> Self:
        """Whose workshop is over for longer than names are kept; one without a date counts from the import."""
        last_day = Coalesce("workshop__ends_on", "workshop__starts_on", "added_on", output_field=models.DateField())
        return self.alias(last_day=last_day).filter(last_day__lt=on - timedelta(days=kept_days))


class Delegate(models.Model):
    """A person on the list of participants. No record: in no document, page, search, journal or answer of the API.

    ``named_on`` is the day of the recorded consent to be named; without it the name is published nowhere, and with it
    only by a contribution that the secretariat writes. When it is deleted follows from the workshop and the settings.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="delegates")
    name = models.CharField(max_length=150)
    email = models.EmailField(max_length=254, blank=True, help_text=_("In small letters."))
    function = models.CharField(max_length=200, blank=True)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.SET_NULL, related_name="delegates"
    )
    organization_name = models.CharField(max_length=200, help_text=_("As the list names it."))
    country = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    modality = models.CharField(max_length=12, choices=Mode, default=Mode.NOT_STATED)
    named_on = models.DateField(null=True, blank=True)
    added_on = models.DateField(default=timezone.localdate, editable=False)

    objects = DelegateQuerySet.as_manager()

    class Meta:
        ordering = ("workshop", "name", "id")
        verbose_name = _("delegate")
        verbose_name_plural = _("delegates")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workshop", "email"], condition=~models.Q(email=""), name="one_delegate_an_address",
                violation_error_message=_("Somebody with this address is on the list already."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
