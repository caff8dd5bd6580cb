from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations.querysets import SavedViewQuerySet


class SavedView(models.Model):
    """A question that somebody of the secretariat asks often: a list, and its filters under a name.

    A convenience of one person and no record: it leaves the house in no document, and goes with the account.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=40, editable=False, help_text=_("The name of the list's address."))
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=500, editable=False, help_text=_("The filters, as an address has them."))
    shared = models.BooleanField(_("show it to the whole secretariat"), default=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "page", "name"],
                name="one_saved_view_a_name",
                violation_error_message=_("You have a saved view of this name. Take another name."),
            )
        ]

    def __str__(self) -> str:
        return self.name
