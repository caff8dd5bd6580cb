"""How two rows become one where an organization may have only one of them: what says more stays.

Each takes a row of the organization that goes and the one that stays, and returns whether the row is told by another
one now and goes; else it has made the row fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from organizations.enums import AffiliationRole, MembershipStatus

if TYPE_CHECKING:
    from organizations.models import Affiliation, Membership, Organization

#: From the standing that says least to the one that says most. Who is suspended somewhere does not become an applicant.
STANDINGS = (
    MembershipStatus.DECLINED, MembershipStatus.LEFT, MembershipStatus.CONSIDERING, MembershipStatus.APPLIED,
    MembershipStatus.SUSPENDED, MembershipStatus.OBSERVER, MembershipStatus.MEMBER,
)  # fmt: skip
ROLES = (AffiliationRole.VIEWER, AffiliationRole.EDITOR, AffiliationRole.ADMIN)


def standing(row: Membership, into: Organization) -> bool:
    """A consent was given for the name of the other one: it does not come along."""
    row.consent = None
    held = into.memberships.filter(network=row.network_id).first()
    if held is None:
        return False
    if STANDINGS.index(MembershipStatus(row.status)) > STANDINGS.index(MembershipStatus(held.status)):
        for name in ("status", "since", "quote", "source", "consent"):
            setattr(held, name, getattr(row, name))
        held.save()
    return True


def acting(row: Affiliation, into: Organization) -> bool:
    """Nobody loses access or a right by it; of two focal points the successor's stays one."""
    if row.until is not None:
        return False
    living = into.affiliations.filter(until=None)
    same = living.filter(person=row.person_id).first()
    others = living.exclude(person=row.person_id)
    contact = "" if others.filter(contact=row.contact).exclude(contact="").exists() else row.contact
    if same is None:
        row.contact = contact
        return False
    same.role = max(same.role, row.role, key=lambda role: ROLES.index(AffiliationRole(role)))
    same.contact = same.contact or contact
    same.since = min(same.since, row.since)
    row.delete()
    same.save()
    return True
