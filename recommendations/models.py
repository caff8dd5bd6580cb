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
from recommendations.enums import AddresseeKind, AnswerKind, AssessmentLevel, Assessor
from recommendations.querysets import (
    DeclarationQuerySet,
    PartOfRecommendationQuerySet,
    RecommendationQuerySet,
    SaidBySomebodyQuerySet,
)  # fmt: skip
from recommendations.rules import DECLARATION_PERMISSIONS, RECOMMENDATION_PERMISSIONS
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
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
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


class Answer(Record):
    """What somebody who was asked answered, according to a source. Later answers stand beside earlier ones.

    A quotation in which nobody answers (``Recommendation.what_follows``) is never turned into one.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(_("answer"), max_length=10, choices=AnswerKind)
    addressee = models.ForeignKey(
        Addressee, null=True, blank=True, on_delete=models.CASCADE, related_name="answers",
        help_text=_("Which of those who are asked answers."),
    )  # fmt: skip
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="answers",
        help_text=_("Or which organization of the network."),
    )  # fmt: skip
    named_as = models.CharField(max_length=200, blank=True, help_text=_("As the source names it, such as a ministry."))
    text = models.TextField(blank=True, help_text=_("Word for word."))
    language = models.CharField(max_length=8, default="en")
    answered_on = models.DateField(null=True, blank=True, help_text=_("Empty where the source gives no day."))
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    objects = models.Manager.from_queryset(SaidBySomebodyQuerySet)()
    journal_fields = ("recommendation_id", "kind", "addressee_id", "organization_id", "named_as", "text", "language",
                      "answered_on", "source_id")  # fmt: skip

    class Meta(Record.Meta):
        ordering = (models.F("answered_on").desc(nulls_last=True), "id")
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        rules_permissions: ClassVar = ADMIN_SHOWS
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(addressee__isnull=False, organization__isnull=True)
                | models.Q(addressee__isnull=True, organization__isnull=False),
                name="one_answers",
                violation_error_message=_("Say who answers: one of those who are asked, or an organization."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[AnswerKind.NOTED, AnswerKind.NONE])
                | ~models.Q(text="")
                | models.Q(answered_on__isnull=False),
                name="answer_is_documented",
                violation_error_message=_("Give the words of the answer, or at least its day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by}: {self.get_kind_display()}"

    @property
    def by(self) -> str:
        return self.named_as or str(self.organization or self.addressee)

    def get_absolute_url(self) -> str:
        return f"{self.recommendation.get_absolute_url()}#answer-{self.pk}"

    def clean(self) -> None:
        if self.addressee is not None and self.addressee.recommendation_id != self.recommendation_id:
            raise ValidationError({"addressee": _("This is asked in another recommendation.")})
        if self.answered_on and self.answered_on.year < self.recommendation.made_in:
            raise ValidationError({"answered_on": _("This would be before the recommendation was made.")})


class Assessment(Record):
    """How far somebody found it followed, on which day and on what basis. Findings stand side by side."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="assessments")
    assessor = models.CharField(_("who looked"), max_length=12, choices=Assessor)
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="assessments"
    )
    named_as = models.CharField(max_length=200, blank=True, help_text=_("As the source names who looked."))
    level = models.CharField(_("what they found"), max_length=16, choices=AssessmentLevel)
    basis = models.TextField(_("on what basis"), help_text=_("One sentence: what was read, seen or asked."))
    assessed_on = models.DateField()
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = models.Manager.from_queryset(SaidBySomebodyQuerySet)()
    journal_fields = ("recommendation_id", "assessor", "organization_id", "named_as", "level", "basis", "assessed_on",
                      "source_id")  # fmt: skip

    class Meta(Record.Meta):
        ordering = ("-assessed_on", "id")
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        rules_permissions: ClassVar = ADMIN_SHOWS
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(assessor=Assessor.SECRETARIAT)
                | models.Q(organization__isnull=False)
                | ~models.Q(named_as=""),
                name="assessor_is_named",
                violation_error_message=_("Say who looked; only the secretariat needs no name."),
            ),
            models.CheckConstraint(
                condition=~models.Q(basis=""),
                name="assessment_has_basis",
                violation_error_message=_("Say what this finding is based on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} ({self.by})"

    @property
    def by(self) -> str:
        return self.named_as or str(self.organization or self.get_assessor_display())

    def get_absolute_url(self) -> str:
        return f"{self.recommendation.get_absolute_url()}#assessment-{self.pk}"

    def clean(self) -> None:
        if self.assessed_on and self.assessed_on.year < self.recommendation.made_in:
            raise ValidationError({"assessed_on": _("This would be before the recommendation was made.")})


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
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        rules_permissions: ClassVar = DECLARATION_PERMISSIONS

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
