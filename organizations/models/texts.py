from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from net4u.base.models import Record
from organizations.enums import TextKey
from organizations.querysets import EditableTextQuerySet
from organizations.rules import OWN_PERMISSIONS


class EditableText(Record):
    """One of the portal's own texts in one language, as the secretariat wrote it; empty: as it is shipped.

    A row for each language, since each is written, checked and falls back for itself.
    """

    key = models.CharField(max_length=15, choices=TextKey, editable=False)
    language = models.CharField(max_length=8, editable=False)
    title = models.CharField(_("title"), max_length=120, blank=True)
    body = models.TextField(_("text"), max_length=50_000, blank=True)
    changed_on = models.DateField(default=timezone.localdate, editable=False)

    objects = models.Manager.from_queryset(EditableTextQuerySet)()
    journal_fields = ("key", "language", "title", "body", "changed_on")

    class Meta(Record.Meta):
        ordering = ("key", "language", "id")
        rules_permissions: ClassVar = OWN_PERMISSIONS
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "language"], name="one_text_a_language"),
            models.CheckConstraint(
                condition=models.Q(title="", body="") | ~models.Q(title="") & ~models.Q(body=""),
                name="text_has_title_and_body",
                violation_error_message=_(
                    "A text needs a title and a body. Leave both empty to go back to the text that is shipped."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()} ({self.language})"

    @property
    def is_shipped(self) -> bool:
        """Nobody wrote another one."""
        return not self.body
