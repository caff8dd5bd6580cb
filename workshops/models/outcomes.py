"""What came out of a workshop."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from net4u.base.models import Record
from net4u.base.rules import ADMIN_SHOWS
from vocabulary.models import Pillar, Source
from workshops.enums import OutputKind, ResourceKind
from workshops.models.programme import Session
from workshops.models.workshop import Workshop
from workshops.querysets import OutputQuerySet, ResourceQuerySet, WorkingGroupQuerySet


class WorkingGroup(Record):
    """A group that worked on one or more pillars within a workshop."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="working_groups")
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="working_groups"
    )
    code = models.SlugField(max_length=20)
    name = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=0)
    pillars = models.ManyToManyField(Pillar, related_name="working_groups", blank=True)
    method = models.CharField(max_length=200, blank=True)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = models.Manager.from_queryset(WorkingGroupQuerySet)()
    journal_fields = ("workshop_id", "session_id", "code", "name", "order", "method", "source_id")

    class Meta(Record.Meta):
        ordering = ("workshop", "order", "id")
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        rules_permissions: ClassVar = ADMIN_SHOWS
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workshop", "code"],
                name="one_group_a_code",
                violation_error_message=_("Another working group of this workshop has this code."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        _same_workshop(self, "session", self.session)

    def get_absolute_url(self) -> str:
        return reverse("workshops:group", args=[self.workshop.slug, self.code])


class Output(Record):
    """Something a workshop put forward, word for word. Group, session and pillar stay empty unless stated."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="outputs")
    kind = models.CharField(max_length=20, choices=OutputKind)
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    note = models.TextField(blank=True, help_text=_("In our own words."))
    read_with_care = models.BooleanField(default=False)
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="outputs")
    working_group = models.ForeignKey(
        WorkingGroup, null=True, blank=True, on_delete=models.SET_NULL, related_name="outputs"
    )
    pillar = models.ForeignKey(Pillar, null=True, blank=True, on_delete=models.PROTECT, related_name="outputs")
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = models.Manager.from_queryset(OutputQuerySet)()
    journal_fields = ("workshop_id", "kind", "order", "text", "note", "read_with_care", "session_id",
                      "working_group_id", "pillar_id", "source_id")  # fmt: skip

    class Meta(Record.Meta):
        ordering = ("workshop", "order", "id")
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        rules_permissions: ClassVar = ADMIN_SHOWS
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workshop", "order"],
                name="one_output_a_place",
                violation_error_message=_("Another output has this place in the list."),
            )
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        _same_workshop(self, "session", self.session)
        _same_workshop(self, "working_group", self.working_group)

    def get_absolute_url(self) -> str:
        return f"{self.workshop.get_absolute_url()}#output-{self.order}"


class Resource(Record):
    """A text, video or training that sources name. ``parts_announced`` may be more than ``parts`` name."""

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=ResourceKind)
    title = models.CharField(max_length=300)
    acronym = models.CharField(max_length=20, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    published_year = models.PositiveSmallIntegerField(null=True, blank=True)
    place = models.CharField(max_length=60, blank=True)
    symbol = models.CharField(max_length=40, blank=True)
    summary = models.TextField(blank=True)
    note = models.TextField(blank=True)
    parts = models.JSONField(default=list, blank=True)
    parts_announced = models.PositiveSmallIntegerField(null=True, blank=True)
    pillars = models.ManyToManyField(Pillar, related_name="resources", blank=True)
    workshops = models.ManyToManyField(Workshop, related_name="resources", blank=True)
    sessions = models.ManyToManyField(Session, related_name="resources", blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="resources")

    objects = models.Manager.from_queryset(ResourceQuerySet)()
    journal_fields = ("slug", "kind", "title", "acronym", "publisher", "published_year", "place", "symbol", "summary",
                      "note", "parts", "parts_announced", "source_id")  # fmt: skip

    class Meta(Record.Meta):
        ordering = ("title", "id")
        rules_permissions: ClassVar = ADMIN_SHOWS
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(parts_announced__isnull=True) | models.Q(parts_announced__gte=1),
                name="announced_parts_positive",
                violation_error_message=_("Leave the number of parts empty when the source gives none."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('resources:list')}#{self.slug}"


def _same_workshop(record: WorkingGroup | Output, field: str, part: Session | WorkingGroup | None) -> None:
    if part is not None and part.workshop_id != record.workshop_id:
        raise ValidationError({field: _("This belongs to another workshop.")})
