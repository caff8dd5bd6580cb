from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from net4u.base.models import Record
from net4u.base.rules import ADMIN_SHOWS
from net4u.base.states import Editorial, EditorialRecord
from organizations.models import Organization
from recommendations.enums import AddresseeKind
from recommendations.querysets import (
    DeclarationQuerySet,
    PartOfRecommendationQuerySet,
    RecommendationQuerySet,
)  # fmt: skip
from recommendations.rules import RECOMMENDATION_PERMISSIONS
from vocabulary.models import Pillar, Provision, Source, Territory, Theme
from workshops.enums import Qualifier
from workshops.models import Output, Session, WorkingGroup, Workshop


class Recommendation(EditorialRecord):
    """What a workshop asked somebody to do, word for word as its source has it."""

    reference = models.CharField(
        max_length=12, unique=True, null=True, blank=True, editable=False, help_text=_("Given at first publication.")
    )
    text = models.TextField()
    language = models.CharField(max_length=8, default="en")
    order = models.PositiveSmallIntegerField(default=0, help_text=_("Its place in the source's list."))
    made_in = models.PositiveSmallIntegerField(_("year"), help_text=_("The year it was made."))
    workshop = models.ForeignKey(
        Workshop, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations"
    )
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="recommendations"
    )
    working_group = models.ForeignKey(
        WorkingGroup, null=True, blank=True, on_delete=models.SET_NULL, related_name="recommendations"
    )
    output = models.ForeignKey(Output, null=True, blank=True, on_delete=models.SET_NULL, related_name="recommendations")
    repeats = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="repeated_by")
    pillars = models.ManyToManyField(Pillar, related_name="recommendations", blank=True)
    themes = models.ManyToManyField(Theme, related_name="recommendations", blank=True)
    provisions = models.ManyToManyField(Provision, related_name="recommendations", blank=True)
    what_follows = models.TextField(blank=True, help_text=_("What the source says will be done with it; no answer."))
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="recommendations")

    objects = models.Manager.from_queryset(RecommendationQuerySet)()
    journal_fields = ("state", "reference", "text", "language", "order", "made_in", "workshop_id", "session_id",
                      "working_group_id", "output_id", "repeats_id", "what_follows", "source_id",
                      "is_demonstration")  # fmt: skip

    class Meta(EditorialRecord.Meta):
        ordering = ("-made_in", "order", "id")
        rules_permissions: ClassVar = RECOMMENDATION_PERMISSIONS
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(reference__isnull=False) | ~models.Q(state=Editorial.PUBLISHED),
                name="published_has_reference",
                violation_error_message=_("A published recommendation has a reference."),
            ),
            models.CheckConstraint(
                condition=models.Q(repeats__isnull=True) | ~models.Q(repeats=models.F("id")),
                name="repeats_another",
                violation_error_message=_("A recommendation cannot repeat itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        for field in ("session", "working_group", "output"):
            part = getattr(self, field)
            if part is not None and part.workshop_id != self.workshop_id:
                raise ValidationError({field: _("This belongs to another workshop.")})

    def get_absolute_url(self) -> str:
        return reverse("recommendations:detail", args=[self.reference or self.pk])


class Addressee(Record):
    """Who is asked. ``inferred`` marks our reading where the text names nobody."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="addressees")
    kind = models.CharField(max_length=20, choices=AddresseeKind)
    territory = models.ForeignKey(Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    inferred = models.BooleanField(default=False)

    objects = models.Manager.from_queryset(PartOfRecommendationQuerySet)()
    journal_fields = ("recommendation_id", "kind", "territory_id", "inferred")

    class Meta(Record.Meta):
        ordering = ("kind", "id")
        rules_permissions: ClassVar = ADMIN_SHOWS
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind=AddresseeKind.STATE, territory__isnull=False)
                | ~models.Q(kind=AddresseeKind.STATE) & models.Q(territory__isnull=True),
                name="state_is_named",
                violation_error_message=_("Name the State; other addressees have no country."),
            ),
            models.UniqueConstraint(
                fields=["recommendation", "kind"],
                condition=models.Q(territory__isnull=True),
                name="one_addressee_of_a_kind",
                violation_error_message=_("This addressee is listed already."),
            ),
            models.UniqueConstraint(
                fields=["recommendation", "territory"],
                name="one_addressee_a_state",
                violation_error_message=_("This State is listed already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.territory or self.get_kind_display())


class Declaration(EditorialRecord):
    """A text that organizations sign. ``areas_announced`` may be more than the source names."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    organizer = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="declarations"
    )
    launched_at = models.ForeignKey(
        Workshop, null=True, blank=True, on_delete=models.PROTECT, related_name="declarations"
    )
    areas_announced = models.PositiveSmallIntegerField(null=True, blank=True)
    signatories = models.PositiveIntegerField(null=True, blank=True)
    signatories_qualifier = models.CharField(max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    signatories_wording = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="declarations")

    objects = models.Manager.from_queryset(DeclarationQuerySet)()
    journal_fields = ("state", "slug", "title", "summary", "organizer_id", "launched_at_id", "areas_announced",
                      "signatories", "signatories_qualifier", "note", "source_id", "is_demonstration")  # fmt: skip

    class Meta(EditorialRecord.Meta):
        ordering = ("title", "id")
        rules_permissions: ClassVar = RECOMMENDATION_PERMISSIONS

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("declarations:detail", args=[self.slug])


class DeclarationArea(Record):
    """One of the areas a declaration speaks of, word for word."""

    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="areas")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)

    journal_fields = ("declaration_id", "order", "text")

    class Meta(Record.Meta):
        ordering = ("order", "id")
        rules_permissions: ClassVar = ADMIN_SHOWS
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["declaration", "order"],
                name="one_area_a_place",
                violation_error_message=_("Another area has this place."),
            )
        ]

    def __str__(self) -> str:
        return self.text
