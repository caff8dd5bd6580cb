"""An import from the file to its end. Its rows hold personal data, and go as soon as they are not needed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    UPLOADED = "uploaded", _("uploaded")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked")
    IMPORTING = "importing", _("being imported")
    DONE = "done", _("imported")
    DROPPED = "dropped", _("given up")
    FAILED = "failed", _("failed")


#: ``checking`` again after a row was edited; ``importing`` goes back when something changed since it was checked.
RUN_MOVES: Mapping[str, frozenset[str]] = {
    RunState.UPLOADED: frozenset({RunState.CHECKING, RunState.DROPPED}),
    RunState.CHECKING: frozenset({RunState.CHECKED, RunState.FAILED}),
    RunState.CHECKED: frozenset({RunState.CHECKING, RunState.IMPORTING, RunState.DROPPED}),
    RunState.IMPORTING: frozenset({RunState.DONE, RunState.CHECKING, RunState.FAILED}),
    RunState.DONE: frozenset(),
    RunState.DROPPED: frozenset(),
    # Put aside by whoever saw it: it stands in the inbox until then.
    RunState.FAILED: frozenset({RunState.DROPPED}),
}
#: What a worker does.
AT_WORK = (RunState.CHECKING, RunState.IMPORTING)
ENDED = (RunState.DONE, RunState.DROPPED, RunState.FAILED)


class Verdict(models.TextChoices):
    CREATE = "create", _("new organization")
    MATCH = "match", _("known organization")
    REFUSE = "refuse", _("refused")


class ImportRun(models.Model):
    """One file, what was made of it, and the numbers that stay when its rows are gone.

    ``mapping`` has a column's key for each column of the file; ``lease_until`` says that a worker has it in hand.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    about = models.UUIDField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.UPLOADED)
    header = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)

    class Meta:
        ordering = ("-created_at", "id")
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes: ClassVar = [
            models.Index(fields=["state"], name="import_at_work", condition=models.Q(state__in=AT_WORK))
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("import_run", args=[self.pk])

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK


class ImportRow(models.Model):
    """A row of the file. ``is_chosen``: a person said which organization it is (none: a new one), so it stays."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    verdict = models.CharField(max_length=7, choices=Verdict, blank=True)
    reasons = models.JSONField(default=list)
    organization = models.UUIDField(null=True)
    certainty = models.PositiveSmallIntegerField(default=0)
    is_chosen = models.BooleanField(default=False)
    is_left_out = models.BooleanField(default=False)

    class Meta:
        ordering = ("run", "number")
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "number"], name="one_row_a_number")]

    def __str__(self) -> str:
        return str(self.number)

    def told(self) -> dict[str, str]:
        """What the row says, by the key of its column."""
        return dict(zip(self.run.mapping, self.cells, strict=False))

    def judge(self, verdict: Verdict, *reasons: Any, organization: uuid.UUID | None = None, certainty: int = 0) -> None:
        self.verdict, self.reasons = verdict, [str(each) for each in reasons]
        self.organization, self.certainty = organization, certainty
