"""An organization registers itself, step by step, and sends the whole to the secretariat."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from net4u.base.change import change
from net4u.base.forgetting import forgets
from net4u.base.models import JournalEntry
from net4u.base.states import Editorial, TransitionError, check_move, require
from organizations.enums import MEMBERSHIP_MOVES, AffiliationRole, ContactRole, MembershipStatus
from organizations.models import OURS, Affiliation, Membership, Organization, RegionalNetwork
from organizations.services.organization import UNNAMED, submit_organization, withdraw_organization
from organizations.services.profile import Numbers, save_profile
from people.models import User

#: States in which its own people may still write a registration.
WRITABLE = (Editorial.DRAFT, Editorial.CHANGES_REQUESTED)
#: How long a registration is kept that nobody goes on with.
DRAFT_KEPT = timedelta(days=90)
#: How many people the secretariat must be able to reach before it approves.
CONTACTS = 2


class Missing(NamedTuple):
    """One thing without which a registration cannot be sent, and the step where it is written."""

    step: str
    words: str


def begin_registration(*, organization: Organization, numbers: Numbers = (), by: User) -> Organization:
    """Save the first step. Whoever begins is the administrator and the focal point.

    Whoever has a draft of this name goes on with it. A double click sends two requests at once: the second waits
    for the first one, since both lock the person.
    """
    with change(by=by, what="organization.registration_begun"):
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        own = Affiliation.objects.current(on=timezone.localdate()).filter(person=by, role=AffiliationRole.ADMIN)
        begun: Organization | None = Organization.objects.filter(
            pk__in=own.values("organization"), state=Editorial.DRAFT, legal_name=organization.legal_name
        ).first()
        if begun is not None:
            return begun
        organization.slug = f"{UNNAMED}{secrets.token_hex(8)}"
        organization.full_clean()
        organization.save()
        Affiliation.objects.create(
            person=by, organization=organization, role=AffiliationRole.ADMIN, contact=ContactRole.FOCAL_POINT
        )
        if numbers:
            save_profile(organization=organization, numbers=numbers, by=by)
    return organization


def save_step(
    *,
    organization: Organization,
    relations: Mapping[str, Iterable[Any]] | None = None,
    numbers: Numbers | None = None,
    by: User | None,
) -> None:
    """Keep one step as a draft; nobody but its own people and the secretariat sees it."""
    if organization.state not in WRITABLE:
        raise TransitionError(_("This registration is with the secretariat. It cannot be changed now."))
    save_profile(organization=organization, relations=relations, numbers=numbers, by=by)


def what_is_missing(organization: Organization) -> list[Missing]:
    """In the order of the steps; an open invitation counts as the second contact."""
    found = []
    if not organization.legal_name or not organization.kind:
        found.append(Missing("names", _("Write the name and choose the kind of your organization.")))
    if organization.country_id is None:
        found.append(Missing("place", _("Choose the country where you are registered.")))
    if not organization.pillars.exists():
        found.append(Missing("work", _("Choose at least one pillar you work on.")))
    if not organization.mission:
        found.append(Missing("work", _("Say in some sentences what your organization does.")))
    if contacts_of(organization) < CONTACTS:
        found.append(Missing("people", _("Invite a second person, so that we can reach you when you are away.")))
    return found


def contacts_of(organization: Organization) -> int:
    """People who act for it, and open invitations."""
    acting = organization.affiliations.living(on=timezone.localdate()).count()
    return acting + organization.invitations.open(at=timezone.now()).count()


def send_registration(*, organization: Organization, by: User | None) -> None:
    """Send it to the secretariat; raises ``ValidationError`` with each thing that is missing."""
    if missing := what_is_missing(organization):
        raise ValidationError([each.words for each in missing])
    submit_organization(organization=organization, by=by)


def withdraw_registration(*, organization: Organization, by: User | None) -> None:
    """The organization does not want to be registered now. A draft that was never sent is deleted."""
    require(by, "organizations.withdraw_organization", organization)
    if organization.state != Editorial.DRAFT:
        withdraw_organization(organization=organization, why=_("The organization withdrew its registration."), by=by)
        return
    try:
        with change(by=by, what="organization.draft_deleted"):
            organization.delete()
    except ProtectedError as error:
        raise TransitionError(_("There are drafts of commitments. Delete them first.")) from error


def apply_for_membership(*, organization: Organization, by: User | None) -> Membership:
    """Ask to become a member of this network: a decision of its own, after the registration."""
    require(by, "organizations.set_appearance_organization", organization)
    with change(by=by, what="membership.applied"):
        network = RegionalNetwork.objects.get(code=OURS)
        membership = Membership.objects.filter(organization=organization, network=network).first() or Membership(
            organization=organization, network=network, status=MembershipStatus.APPLIED
        )
        if not membership._state.adding:
            check_move(MEMBERSHIP_MOVES, membership, "status", MembershipStatus.APPLIED)
            membership.status = MembershipStatus.APPLIED
        membership.full_clean()
        membership.save()
    return membership


@forgets
def forget_old_drafts(now: datetime) -> int:
    """Delete registrations that nobody went on with for :data:`DRAFT_KEPT`; returns how many."""
    touched = JournalEntry.objects.filter(
        object_id=OuterRef("pk"), at__gte=now - DRAFT_KEPT, model=Organization._meta.label_lower
    )
    drafts = Organization.objects.filter(state=Editorial.DRAFT, slug__startswith=UNNAMED).exclude(Exists(touched))
    gone = 0
    for row in drafts:
        # One change each: a draft that something else hangs on stays, and holds up no other.
        with suppress(ProtectedError), change(by=None, what="organization.draft_forgotten"):
            row.delete()
            gone += 1
    return gone
