from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from net4u.base.models import Record
from organizations.models.organization import RegionalNetwork
from organizations.querysets import NetworkSettingsQuerySet
from organizations.rules import OWN_PERMISSIONS

#: Ten years: whatever is longer is a slip of the keyboard.
MOST_MONTHS, MOST_DAYS = 120, 3650
#: A reminder further from its date than this, or more of them, would be noise.
MOST_DAYS_APART, MOST_REMINDERS = 365, 6


def before_a_date() -> list[int]:
    return [30, 7]


def after_a_date() -> list[int]:
    return [7]


class NetworkSettings(Record):
    """What the secretariat sets for its network. Until it saves them the first time there is no row: defaults hold.

    What only the owner can decide is empty at first.
    """

    network = models.OneToOneField(RegionalNetwork, editable=False, on_delete=models.PROTECT, related_name="settings")
    criteria = models.JSONField(_("criteria"), default=list, blank=True)
    two_approvals = models.BooleanField(_("two people approve an organization"), default=False)
    short_months = models.PositiveSmallIntegerField(
        _("short term, in months"), default=6, validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)]
    )
    medium_months = models.PositiveSmallIntegerField(
        _("medium term, in months"), default=18, validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)]
    )
    remind_before = models.JSONField(_("reminders before a date, in days"), default=before_a_date, blank=True)
    remind_after = models.JSONField(_("reminders after a date, in days"), default=after_a_date, blank=True)
    delegates_kept_days = models.PositiveSmallIntegerField(
        _("names of delegates are kept, in days"),
        default=90, validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
    )  # fmt: skip
    reports_kept_days = models.PositiveSmallIntegerField(
        _("settled messages are kept, in days"),
        default=30, validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
    )  # fmt: skip
    data_controller = models.CharField(_("who is responsible for personal data"), max_length=300, blank=True)
    data_licence = models.CharField(_("licence of the data"), max_length=200, blank=True)

    objects = models.Manager.from_queryset(NetworkSettingsQuerySet)()
    journal_fields = (
        "network_id", "criteria", "two_approvals", "short_months", "medium_months", "remind_before", "remind_after",
        "delegates_kept_days", "reports_kept_days", "data_controller", "data_licence",
    )  # fmt: skip

    class Meta(Record.Meta):
        ordering = ("network", "id")
        verbose_name_plural = _("network settings")
        rules_permissions: ClassVar = OWN_PERMISSIONS
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(medium_months__gt=models.F("short_months")),
                name="medium_after_short",
                violation_error_message=_("Medium term must be longer than short term."),
            )
        ]

    def __str__(self) -> str:
        return str(self.network)

    def clean(self) -> None:
        for name in ("remind_before", "remind_after"):
            if any(not 1 <= days <= MOST_DAYS_APART for days in getattr(self, name)):
                words = _("Each number of days lies between 1 and %(most)s.") % {"most": MOST_DAYS_APART}
                raise ValidationError({name: words})
            if len(getattr(self, name)) > MOST_REMINDERS:
                raise ValidationError({name: _("At most %(most)s reminders.") % {"most": MOST_REMINDERS}})

    @property
    def reminder_days(self) -> tuple[int, ...]:
        """Before (negative) and after a date."""
        return (*(-days for days in self.remind_before), *self.remind_after)
