"""What organizations bring into the secretariat's inbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from net4u.base import inbox
from net4u.base.models import JournalEntry
from net4u.base.states import Editorial
from organizations.enums import ClaimKind, MembershipStatus
from organizations.models import OURS, Affiliation, Approval, Claim, Membership, Organization, ProfileChange


def submitted_at(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With ``since``: when each record was sent last, as the journal tells."""
    sent = JournalEntry.objects.filter(
        object_id=OuterRef("pk"), model=rows.model._meta.label_lower, what__endswith=".submitted"
    )
    since = Subquery(sent.order_by("-at").values("at")[:1])
    dated: QuerySet[Any] = rows.annotate(since=since).order_by(F("since").asc(), "id")
    return dated


@inbox.register
class RegistrationsWaiting(inbox.Waiting):
    key = "registrations"
    sign = "plus"
    name = gettext_lazy("Registrations")
    one = gettext_lazy("A registration")

    @classmethod
    def open(cls) -> QuerySet[Any]:
        approvals = Approval.objects.filter(organization=OuterRef("pk"), version=OuterRef("version"))
        waiting = Organization.objects.filter(state=Editorial.SUBMITTED)
        return submitted_at(waiting.annotate(is_half_approved=Exists(approvals)))

    @classmethod
    def items(cls, rows: Iterable[Any]) -> Iterator[inbox.Item]:
        for row in rows:
            words = (
                _("%(name)s wants to be registered (one of two approvals)")
                if row.is_half_approved
                else _("%(name)s wants to be registered")
            )
            address = reverse("review_organization", args=[row.pk])
            yield inbox.Item(cls.one, words % {"name": row}, row.since or timezone.now(), address)


@inbox.register
class ApplicationsWaiting(inbox.Waiting):
    key = "applications"
    sign = "people"
    name = gettext_lazy("Applications for membership")
    one = gettext_lazy("An application for membership")

    @classmethod
    def open(cls) -> QuerySet[Any]:
        """Of registered organizations: before that, its registration is what waits."""
        applied = Membership.objects.filter(
            status=MembershipStatus.APPLIED, network__code=OURS, organization__state=Editorial.PUBLISHED
        )
        moved = JournalEntry.objects.filter(object_id=OuterRef("pk"), model=Membership._meta.label_lower)
        since = Subquery(moved.order_by("-at").values("at")[:1])
        dated: QuerySet[Any] = (
            applied.select_related("organization").annotate(applied_at=since).order_by("applied_at", "id")
        )
        return dated

    @classmethod
    def items(cls, rows: Iterable[Any]) -> Iterator[inbox.Item]:
        for row in rows:
            words = _("%(name)s applies to become a member") % {"name": row.organization}
            address = reverse("review_organization", args=[row.organization_id])
            yield inbox.Item(cls.one, words, row.applied_at or timezone.now(), address)


@inbox.register
class ClaimsWaiting(inbox.Waiting):
    key = "claims"
    sign = "people"
    name = gettext_lazy("Claims")
    one = gettext_lazy("Somebody wants to speak for an organization")

    @classmethod
    def open(cls) -> QuerySet[Any]:
        """Who joins others is for these to decide."""
        return Claim.objects.open().filter(kind=ClaimKind.CLAIM).select_related("organization").order_by("made_at")

    @classmethod
    def items(cls, rows: Iterable[Any]) -> Iterator[inbox.Item]:
        for row in rows:
            yield inbox.Item(cls.one, str(row.organization), row.made_at, reverse("review_claim", args=[row.pk]))


@inbox.register
class ProfileChangesWaiting(inbox.Waiting):
    key = "profile_changes"
    name = gettext_lazy("Changed profiles")
    one = gettext_lazy("A change of a profile")

    @classmethod
    def open(cls) -> QuerySet[Any]:
        return ProfileChange.objects.open().select_related("organization").order_by("asked_at")

    @classmethod
    def items(cls, rows: Iterable[Any]) -> Iterator[inbox.Item]:
        for row in rows:
            words = _("%(name)s wants to change its name, kind, country or numbers") % {"name": row.organization}
            yield inbox.Item(cls.one, words, row.asked_at, reverse("review_profile_change", args=[row.pk]))


@inbox.register
class WithoutContact(inbox.Waiting):
    key = "no_contact"
    sign = "people"
    name = gettext_lazy("Nobody to reach")
    one = gettext_lazy("An organization without a living contact")

    @classmethod
    def open(cls) -> QuerySet[Any]:
        today = timezone.localdate()
        left = Affiliation.objects.filter(organization=OuterRef("pk"), until__isnull=False).order_by("-until")
        found = Organization.objects.without_living_contact(on=today)
        dated: QuerySet[Any] = found.annotate(left_on=Subquery(left.values("until")[:1])).order_by("left_on", "id")
        return dated

    @classmethod
    def items(cls, rows: Iterable[Any]) -> Iterator[inbox.Item]:
        for row in rows:
            gone = timezone.now() - timedelta(days=(timezone.localdate() - row.left_on).days) if row.left_on else None
            words = _("Nobody acts for %(name)s any more") % {"name": row}
            yield inbox.Item(
                cls.one,
                words,
                gone or row.published_at or timezone.now(),
                reverse("review_organization", args=[row.pk]),
            )
