"""What becomes of partnerships when two organizations become one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commitments.models import CommitmentPartner
    from organizations.models import Organization


def join_partner(row: CommitmentPartner, into: Organization) -> bool:
    """Of two answers to one question the yes stays; whoever makes the promise is no partner in it."""
    if row.commitment.organization_id == into.pk:
        return True
    held = into.partnerships.filter(commitment=row.commitment_id).first()
    if held is None:
        return False
    if held.confirmed_at is None and row.confirmed_at is not None:
        held.confirmed_at, held.declined_at = row.confirmed_at, None
        held.save()
    return True


def settle_partners(into: Organization) -> None:
    """The successor may have been a partner in what it promises itself now."""
    for own in into.partnerships.filter(commitment__organization=into):
        own.delete()
