from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from net4u.base.models import Record
from net4u.base.rules import ADMIN_SHOWS
from net4u.base.states import EditorialRecord
from net4u.base.viewers import Viewer
from organizations import identifiers
from organizations.enums import (
    OPEN_APPEARANCES,
    ActivityType,
    Appearance,
    CivilSocietyKind,
    IdentifierScheme,
    MembershipStatus,
    OrganizationKind,
)  # fmt: skip
from organizations.querysets import (
    IdentifierQuerySet,
    MembershipQuerySet,
    OrganizationQuerySet,
    RegionalNetworkQuerySet,
)  # fmt: skip
from organizations.rules import ORGANIZATION_PERMISSIONS
from people.models import Consent
from vocabulary.enums import DatePrecision
from vocabulary.models import Pillar, Source, Territory

#: The network whose portal this is.
OURS = "net4u-europe"


class RegionalNetwork(Record):
    """One of the sister networks under the NET4U name; this portal is Europe's."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    region = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField(default=0)
    established_on = models.DateField(null=True, blank=True)
    established_precision = models.CharField(max_length=8, choices=DatePrecision, default=DatePrecision.UNKNOWN)
    established_note = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=100, blank=True)
    member_count = models.PositiveIntegerField(null=True, blank=True, help_text=_("As its source states it."))
    member_count_as_of = models.DateField(null=True, blank=True, help_text=_("Known to the month."))
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="networks")

    objects = models.Manager.from_queryset(RegionalNetworkQuerySet)()
    journal_fields = ("code", "name", "region", "established_on", "established_precision", "established_note",
                      "place", "member_count", "member_count_as_of", "source_id")  # fmt: skip

    class Meta(Record.Meta):
        ordering = ("order", "id")
        rules_permissions: ClassVar = ADMIN_SHOWS

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("networks:detail", args=[self.code])

    @property
    def is_ours(self) -> bool:
        return self.code == OURS


class Organization(EditorialRecord):
    """A body that belongs, takes part or is named. Who may see it: ``appearance``, once it is published.

    ``source`` is set where the portal knows it only from a cited public text; until it is ``claimed_at``, such an
    organization is public with its name, country and the roles that text gives, and nothing more.
    """

    slug = models.SlugField(max_length=80, unique=True)
    legal_name = models.CharField(_("legal name"), max_length=200)
    english_name = models.CharField(_("name in English"), max_length=200, blank=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganizationKind)
    civil_society_kind = models.CharField(max_length=30, choices=CivilSocietyKind, blank=True)
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="units")
    year_founded = models.PositiveSmallIntegerField(_("year founded"), null=True, blank=True)
    country = models.ForeignKey(
        Territory, verbose_name=_("country"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="organizations",
    )  # fmt: skip
    countries_of_activity = models.ManyToManyField(Territory, related_name="active_organizations", blank=True)
    pillars = models.ManyToManyField(Pillar, related_name="organizations", blank=True)
    activity_types = models.JSONField(default=list, blank=True)
    other_networks = models.JSONField(
        default=list, blank=True, help_text=_("For the secretariat, which looks the organization up there.")
    )
    self_description = models.JSONField(
        default=list, blank=True, help_text=_("Who leads it, by its own account: for the secretariat only.")
    )
    languages = models.JSONField(default=list, blank=True)
    website = models.URLField(max_length=300, blank=True)
    mission = models.TextField(_("mission"), max_length=500, blank=True)
    mission_language = models.CharField(max_length=8, blank=True)
    appearance = models.CharField(max_length=20, choices=Appearance, default=Appearance.MEMBERS_ONLY)
    appearance_consent = models.ForeignKey(
        Consent, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    sharing_consent = models.ForeignKey(
        Consent, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+",
        help_text=_("Set while the organization agrees that its profile is shared with sister networks."),
    )  # fmt: skip
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="organizations")
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_on = models.DateField(
        null=True, blank=True, editable=False,
        help_text=_("When its own people or the secretariat last said that the profile is right."),
    )  # fmt: skip

    objects = models.Manager.from_queryset(OrganizationQuerySet)()
    journal_fields = (
        "state", "slug", "legal_name", "english_name", "acronym", "aliases", "kind", "civil_society_kind",
        "part_of_id", "year_founded", "country_id", "activity_types", "languages", "website", "mission",
        "mission_language", "appearance", "appearance_consent_id", "sharing_consent_id", "source_id", "claimed_at",
        "confirmed_on", "is_demonstration",
    )  # fmt: skip

    class Meta(EditorialRecord.Meta):
        ordering = ("legal_name", "id")
        rules_permissions: ClassVar = ORGANIZATION_PERMISSIONS
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(appearance__in=OPEN_APPEARANCES)
                | models.Q(appearance_consent__isnull=False)
                | models.Q(source__isnull=False, claimed_at__isnull=True, appearance=Appearance.NAME_AND_COUNTRY),
                name="open_by_consent_or_source",
                violation_error_message=_(
                    "Everybody may see this organization only after it agreed. Record its consent first."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(civil_society_kind="") | models.Q(kind=OrganizationKind.CIVIL_SOCIETY),
                name="civil_society_kind_fits",
                violation_error_message=_("Only a civil society organization has this second kind."),
            ),
        ]

    def __str__(self) -> str:
        return self.english_name or self.legal_name

    def get_absolute_url(self) -> str:
        return reverse("organizations:detail", args=[self.slug])

    @property
    def is_known_from_source(self) -> bool:
        """Known only from a cited text: nobody of the organization has spoken yet."""
        return self.source_id is not None and self.claimed_at is None

    @property
    def activities(self) -> list[str]:
        """What it does, in words."""
        words = dict(ActivityType.choices)
        return [str(words.get(code, code)) for code in self.activity_types]

    def shows_profile_to(self, viewer: Viewer) -> bool:
        """Whether more than name and country may be shown to somebody who sees this organization at all."""
        return (
            viewer.is_member
            or self.pk in viewer.organizations
            or self.appearance == Appearance.PUBLIC
            or (viewer.is_partner and self.sharing_consent_id is not None)
        )


class OrganizationAlias(Record):
    """A former id and slug answer with the organization it was merged into."""

    former_id = models.UUIDField(unique=True)
    former_slug = models.SlugField(max_length=80, unique=True)
    successor = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="former")

    journal_fields = ("former_id", "former_slug", "successor_id")

    class Meta(Record.Meta):
        ordering = ("former_slug", "id")
        verbose_name_plural = _("organization aliases")
        rules_permissions: ClassVar = ADMIN_SHOWS

    def __str__(self) -> str:
        return self.former_slug


class Membership(Record):
    """An organization's standing in a regional network: a decision of its own, apart from its registration."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")
    network = models.ForeignKey(RegionalNetwork, on_delete=models.PROTECT, related_name="memberships")
    status = models.CharField(max_length=12, choices=MembershipStatus, default=MembershipStatus.APPLIED)
    since = models.DateField(null=True, blank=True)
    quote = models.TextField(blank=True, help_text=_("The source's own words."))
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships")
    consent = models.ForeignKey(
        Consent, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = models.Manager.from_queryset(MembershipQuerySet)()
    journal_fields = ("organization_id", "network_id", "status", "since", "source_id", "consent_id")

    class Meta(Record.Meta):
        ordering = ("network", "organization", "id")
        rules_permissions: ClassVar = ADMIN_SHOWS
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "network"],
                name="one_membership_a_network",
                violation_error_message=_("This organization has a standing in this network already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.get_status_display()}"


class Identifier(Record):
    """A number by which a public register knows an organization."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("register"), max_length=12, choices=IdentifierScheme)
    value = models.CharField(_("number"), max_length=60)

    objects = models.Manager.from_queryset(IdentifierQuerySet)()
    journal_fields = ("organization_id", "scheme", "value")

    class Meta(Record.Meta):
        ordering = ("organization", "scheme", "value", "id")
        rules_permissions: ClassVar = ADMIN_SHOWS
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organization", "scheme", "value"],
                name="one_identifier_each",
                violation_error_message=_("This number is in the list already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"

    def clean(self) -> None:
        try:
            self.value = identifiers.cleaned(self.scheme, self.value)
        except ValidationError as error:
            raise ValidationError({"value": error}) from error
