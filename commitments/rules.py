from __future__ import annotations

from typing import Any

import rules

from net4u.base.rules import ADMIN_SHOWS, is_administrator, is_secretariat
from organizations.rules import is_admin_of, is_editor_of


@rules.predicate
def edits_for_lead(user: Any, commitment: Any) -> bool:
    """An editor or admin of the organization that made the commitment."""
    return commitment is not None and is_editor_of(user, commitment.organization)


@rules.predicate
def administers_lead(user: Any, commitment: Any) -> bool:
    return commitment is not None and is_admin_of(user, commitment.organization)


@rules.predicate
def edits_for_partner(user: Any, partner: Any) -> bool:
    """Only a partner itself says that it is one."""
    return partner is not None and is_editor_of(user, partner.organization)


@rules.predicate
def has_no_part_in_it(user: Any, commitment: Any) -> bool:
    """Who verifies never wrote a report of it, and never acted for its organization or a partner."""
    if commitment is None:
        return False
    organizations = [commitment.organization_id, *commitment.partners.values_list("organization_id", flat=True)]
    return not (
        commitment.updates.filter(author=user).exists()
        or user.affiliations.filter(organization__in=organizations).exists()
    )


COMMITMENT_PERMISSIONS = ADMIN_SHOWS | {
    "draft": edits_for_lead | is_secretariat,
    "submit": edits_for_lead,
    "review": is_secretariat,
    "withdraw": administers_lead | is_secretariat,
    "restore": is_administrator,
    "report": edits_for_lead,
    "remind": is_secretariat,
    "verify": is_secretariat & has_no_part_in_it,
}
PARTNER_PERMISSIONS = ADMIN_SHOWS | {"answer": edits_for_partner}
