from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Lower

from net4u.base.querysets import RecordQuerySet
from net4u.base.states import Editorial
from organizations.enums import BELONGING, OPEN_APPEARANCES, Appearance, MembershipStatus, RequestState

if TYPE_CHECKING:
    from net4u.base.viewers import Viewer
    from people.models import User


def organizations_seen_by(viewer: Viewer, path: str = "") -> Q:
    """Which organizations a viewer may see, for use through any relation (``path`` such as ``"organization"``).

    Until it is published an organization is seen by its own people and the secretariat alone; then as its
    appearance says. A partner network sees what is public, and whoever agreed to be shared with sister networks.
    """
    at = f"{path}__" if path else ""
    if viewer.is_secretariat:
        return Q(**{f"{at}pk__isnull": False})
    appearances = {*OPEN_APPEARANCES, Appearance.MEMBERS_ONLY} if viewer.is_member else set(OPEN_APPEARANCES)
    shown = Q(**{f"{at}appearance__in": sorted(appearances)})
    if viewer.is_partner:
        shown |= Q(**{f"{at}sharing_consent__isnull": False}) & ~Q(**{f"{at}appearance": Appearance.HIDDEN})
    seen = Q(**{f"{at}state": Editorial.PUBLISHED}) & shown
    if viewer.organizations:
        seen |= Q(**{f"{at}pk__in": sorted(viewer.organizations)})
    return seen


class OrganizationQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(organizations_seen_by(viewer))

    def with_profile_for(self, viewer: Viewer) -> Self:
        """Only those whose whole profile the viewer may see, not just name and country."""
        if viewer.is_member:
            return self.visible_to(viewer)
        whole = Q(appearance=Appearance.PUBLIC) | Q(pk__in=sorted(viewer.organizations))
        if viewer.is_partner:
            whole |= Q(sharing_consent__isnull=False)
        return self.visible_to(viewer).filter(whole)

    def named(self, words: str) -> Self:
        """With every one of the words in its name, or as its short name."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(legal_name__icontains=word) | Q(english_name__icontains=word) | Q(acronym__iexact=word)
            )
        return found

    def belonging(self) -> Self:
        """Members and observers of a network; taking part in a workshop makes nobody a member."""
        standing = self.related("memberships").filter(organization=OuterRef("pk"), status__in=BELONGING)
        return self.filter(Exists(standing))

    def active_in(self, country: Any) -> Self:
        """Work there and are registered elsewhere."""
        works = self.model.countries_of_activity.through.objects.filter(
            organization_id=OuterRef("pk"), territory_id=country.pk
        )
        return self.filter(Exists(works)).exclude(country=country)

    def known_from_sources(self) -> Self:
        """Named in a cited text; nobody of theirs has spoken yet."""
        return self.filter(source__isnull=False, claimed_at__isnull=True)

    def without_living_contact(self, *, on: date) -> Self:
        """Published, and nobody with an open account acts for it any more; those known from a source never had one."""
        people = self.related("affiliations").living(on=on)
        return (
            self.filter(state=Editorial.PUBLISHED)
            .exclude(source__isnull=False, claimed_at__isnull=True)
            .exclude(Exists(people.filter(organization=OuterRef("pk"))))
        )

    def by_country(self) -> dict[UUID | None, int]:
        """How many are registered in each country; None where none is stated."""
        rows = self.order_by().prefetch_related(None).values_list("country")
        return dict(rows.annotate(Count("pk")))

    def with_details(self, viewer: Viewer) -> Self:
        memberships = self.related("memberships").visible_to(viewer)
        return self.select_related("country", "source").prefetch_related(
            "countries_of_activity",
            "pillars",
            Prefetch("part_of", self.related("part_of").visible_to(viewer)),
            "identifiers",
            Prefetch("memberships", memberships.select_related("network", "source")),
        )


class RegionalNetworkQuerySet(RecordQuerySet[Any]):
    """The four regional networks are public facts with a source."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self.all()

    def with_details(self, viewer: Viewer) -> Self:
        return self.select_related("source")


class MembershipQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Members and observers where the organization is seen; "considers" only by consent or cited source.

        Applications, refusals, suspensions and leavings are the organization's and the secretariat's affair.
        """
        if viewer.is_secretariat:
            return self.all()
        told = Q(status__in=BELONGING) | Q(status=MembershipStatus.CONSIDERING) & (
            Q(source__isnull=False) | Q(consent__isnull=False)
        )
        return self.filter(
            organizations_seen_by(viewer, "organization"), told | Q(organization__in=sorted(viewer.organizations))
        )


class IdentifierQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Part of the profile: seen with the whole of it."""
        profiles = self.related("organization").with_profile_for(viewer)
        return self.filter(organization__in=profiles)


class AffiliationQuerySet(QuerySet[Any]):
    def current(self, *, on: date) -> Self:
        """Affiliations that have begun and not ended on this day; ``until`` is the last day."""
        return self.filter(Q(since__lte=on), Q(until__isnull=True) | Q(until__gte=on))

    def living(self, *, on: date) -> Self:
        """Of people whose account is open, today."""
        return self.current(on=on).filter(person__is_active=True)

    def organizations_of(self, person: User, *, on: date) -> frozenset[UUID]:
        return frozenset(self.current(on=on).filter(person=person).values_list("organization_id", flat=True))


class InvitationQuerySet(QuerySet[Any]):
    def open(self, *, at: datetime) -> Self:
        """Neither answered nor expired."""
        return self.filter(state=RequestState.OPEN, expires_at__gt=at)

    def for_person(self, person: User) -> Self:
        """Sent to an address that this person has proved to hold."""
        held = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
        return self.annotate(_email=Lower("email")).filter(_email__in=[email.lower() for email in held])


class ClaimQuerySet(QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(state=RequestState.OPEN)


class ProfileChangeQuerySet(QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(state=RequestState.OPEN)


class EditableTextQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        """What was written is what everybody reads."""
        return self.all()


class NetworkSettingsQuerySet(RecordQuerySet[Any]):
    def visible_to(self, viewer: Viewer) -> Self:
        """What of it everybody reads stands on the pages that follow it."""
        return self.all() if viewer.is_secretariat else self.none()


class SavedViewQuerySet(QuerySet[Any]):
    def offered_to(self, person: User, page: str) -> Self:
        """One's own of a page, and what others of the secretariat share; each with its owner."""
        mine_or_shared = Q(person=person) | Q(shared=True)
        return self.filter(mine_or_shared, page=page).select_related("person").order_by(Lower("name"), "pk")

    def kept_by(self, person: User) -> Self:
        """What a person may rename or delete: one's own; as an administrator what is shared, whoever left it."""
        own = Q(person=person)
        return self.filter(own | Q(shared=True) if person.secretariat_role == "administrator" else own)


class ApprovalQuerySet(QuerySet[Any]):
    def standing(self, organization: Any) -> Self:
        """Of the organization as it is now: what was changed since is approved anew."""
        return self.filter(organization=organization, version=organization.version)
