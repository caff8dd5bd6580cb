"""The ground's own tables, and :class:`Record`, which every published model inherits."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModelBase, RulesModelMixin

from net4u.base.import_runs import ImportRow, ImportRun
from net4u.base.querysets import RecordQuerySet, ReportQuerySet
from net4u.base.translations import in_every_language
from net4u.base.viewers import Audience
from net4u.base.work import current

__all__ = ["ImportRow", "ImportRun"]  # so that whoever looks for models finds all of them here

RecordManager = models.Manager.from_queryset(RecordQuerySet)


class VersionField(models.PositiveIntegerField):
    """Goes up by one with each change; a form carries it to notice that somebody else saved meanwhile."""

    def formfield(self, **_kwargs: Any) -> Any:
        from django import forms  # noqa: PLC0415 -- models load without the forms

        return forms.IntegerField(required=False, widget=forms.HiddenInput)


class Record(RulesModelMixin, models.Model, metaclass=RulesModelBase):
    """A row whose content is in a document. Written inside ``change()`` only.

    ``journal_fields`` are the columns whose before and after the journal keeps: never personal ones.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = VersionField(default=1)

    objects = RecordManager()
    journal_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True
        #: Related writes and SET_NULL go through the guarded queryset, too.
        base_manager_name = "objects"

    def save(
        self,
        *,
        force_insert: bool | tuple[Any, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Save inside the open change; raises ``Conflict`` when this copy is stale.

        In English, whoever asks in which language: a translated column itself always holds the English text.
        """
        work = current(f"{self._meta.label}.save()")
        read = self.version
        if not self._state.adding:
            work.check_version(self)
            update_fields = None if update_fields is None else {*in_every_language(self, update_fields), "version"}
        try:
            with translation.override(settings.LANGUAGE_CODE):
                super().save(
                    force_insert=force_insert, force_update=force_update, using=using, update_fields=update_fields
                )
        except BaseException:
            self.version = read
            raise


class ChangeCounter(models.Model):
    """One row: the last change number, and the lock under which documents are written."""

    epoch = models.UUIDField(default=uuid.uuid4, help_text=_("A new one after a backup was restored."))
    value = models.PositiveBigIntegerField(default=0)
    site_url = models.CharField(max_length=200, blank=True, help_text=_("What documents were written with."))
    written_by = models.CharField(max_length=64, blank=True, help_text=_("The state of the code that wrote them."))

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="one_counter")]

    def __str__(self) -> str:
        return f"{self.epoch}.{self.value}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def for_audience(self, audience: str) -> DocumentQuerySet:
        return self.filter(audience=audience)

    def current(self) -> DocumentQuerySet:
        """Without tombstones."""
        return self.exclude(text="")


class Document(models.Model):
    """The finished text of one object for one audience, as it leaves the house; "" is a tombstone."""

    number = models.PositiveBigIntegerField(unique=True)
    kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    audience = models.CharField(max_length=12, choices=Audience)
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    search = models.TextField(blank=True, default="", help_text=_("What search reads of the text, in plain words."))
    merged_into = models.UUIDField(null=True)
    at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["object_id", "audience"], name="one_document_an_audience")
        ]
        indexes: ClassVar = [
            models.Index(fields=["audience", "number"], name="document_feed"),
            models.Index(fields=["audience", "kind", "object_id"], name="document_list"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} ({self.audience})"


class JournalEntry(models.Model):
    """Who changed one record, what happened, when and why. Rows of the same ``change`` belong together."""

    class Verb(models.TextChoices):
        CREATED = "created", _("created")
        CHANGED = "changed", _("changed")
        DELETED = "deleted", _("deleted")

    change = models.UUIDField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=True
    )
    what = models.CharField(max_length=80)
    why = models.TextField(blank=True)
    model = models.CharField(max_length=80)
    object_id = models.UUIDField()
    verb = models.CharField(max_length=8, choices=Verb)
    diff = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name_plural = "journal"
        indexes: ClassVar = [models.Index(fields=["object_id", "at"], name="journal_of_object")]

    def __str__(self) -> str:
        return f"{self.what}: {self.model} {self.object_id} {self.verb}"


class OutboxMessage(models.Model):
    """A mail (later: a webhook call) that must go out. The table is the queue; Redis is only the bell."""

    key = models.CharField(max_length=200, unique=True, help_text=_("The same key is sent once, ever."))
    kind = models.CharField(max_length=40)
    payload = models.JSONField(default=dict, help_text=_("Emptied once the message is sent."))
    due = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    gave_up_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ("due", "id")
        indexes: ClassVar = [
            models.Index(
                fields=["due"],
                name="outbox_waiting",
                condition=models.Q(done_at__isnull=True, gave_up_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Reminder(models.Model):
    """The ledger of reminders: one row for each rule, obligation and occurrence, whatever became of it."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        SENT = "sent", _("handed to the outbox")
        CANCELLED = "cancelled", _("cancelled: closed or moved")
        MISSED = "missed", _("missed: the portal stood still too long")

    kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    occurrence = models.DateField(help_text=_("The due date it reminds of."))
    days = models.SmallIntegerField(help_text=_("Before (negative) or after that date."))
    due = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    told = models.PositiveSmallIntegerField(default=0, help_text=_("How many people."))
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("due", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["object_id", "kind", "occurrence", "days"], name="one_reminder_a_rule")
        ]
        indexes: ClassVar = [models.Index(fields=["due"], name="reminder_waiting", condition=models.Q(state="planned"))]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.occurrence} {self.days:+d}"


class Report(models.Model):
    """Somebody writes to the secretariat: about a record ("something is wrong here") or about anything else.

    Only the secretariat reads it. It may name somebody at risk, so it is in no document, journal, log or mail.
    """

    class Kind(models.TextChoices):
        AT_RISK = "at_risk", _("Somebody is put at risk")
        WRONG_FACT = "wrong_fact", _("A fact is wrong")
        BROKEN_LINK = "broken_link", _("A link does not work")
        JOINING = "joining", _("Joining the network")
        PROFILE = "profile", _("The profile of my organization")
        PERSONAL_DATA = "personal_data", _("My personal data")
        ACCESSIBILITY = "accessibility", _("Something that is hard to use")
        DATA = "data", _("Using the data or the API")
        PRESS = "press", _("A question from the press")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        SETTLED = "settled", _("settled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("What is it about?"), max_length=15, choices=Kind)
    about_kind = models.CharField(max_length=40, blank=True, editable=False)
    about_id = models.UUIDField(null=True, editable=False)
    text = models.TextField(_("Your message"), max_length=5000)
    name = models.CharField(_("Your name"), max_length=150, blank=True)
    email = models.EmailField(_("Your e-mail address"), max_length=254, blank=True)
    language = models.CharField(max_length=8, default="en", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.TextField(max_length=5000, blank=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        indexes: ClassVar = [
            models.Index(fields=["at"], name="report_open", condition=models.Q(state="open")),
            models.Index(fields=["settled_at"], name="report_settled", condition=models.Q(state="settled")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="open", settled_at__isnull=True)
                | models.Q(state="settled", settled_at__isnull=False),
                name="settled_report_has_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(about_kind="", about_id__isnull=True)
                | ~models.Q(about_kind="") & models.Q(about_id__isnull=False),
                name="report_names_its_record",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("report", args=[self.pk])

    @property
    def reference(self) -> str:
        """What the writer is given to ask again: it tells neither how many wrote nor who."""
        return self.pk.hex[:8].upper()

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_urgent(self) -> bool:
        return self.kind == self.Kind.AT_RISK


class InboxClaim(models.Model):
    """ "I take this": who of the secretariat is on something that waits. Others see it, and nobody does it twice.

    A claim lapses (``net4u.base.inbox.SILENT``), so that nothing waits for somebody who is ill.
    """

    kind = models.CharField(max_length=40)
    item = models.CharField(max_length=40, help_text=_("The key of what waits, as text."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "item"], name="taken_by_one")]

    def __str__(self) -> str:
        return f"{self.kind} {self.item}"


class Tally(models.Model):
    """How often somebody did one thing today; the key is a hash that names nobody (``net4u.base.limits``)."""

    key = models.CharField(max_length=64, primary_key=True)
    number = models.PositiveIntegerField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number} until {self.until}"


class ReferenceSeries(models.Model):
    """The last number given in a series of references such as ``R-2020``. Numbers are never given twice."""

    prefix = models.CharField(max_length=1)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["prefix", "year"], name="one_series_a_year")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}-{self.last:04d}"
