from __future__ import annotations

from typing import Any

import rules
from django.utils import timezone

from net4u.base.rules import is_administrator, is_secretariat


def _holds_role(user: Any, organization: Any, roles: set[str]) -> bool:
    if organization is None or not user.is_authenticated:
        return False
    today = timezone.localdate()
    return bool(organization.affiliations.current(on=today).filter(person=user, role__in=roles).exists())


@rules.predicate
def is_admin_of(user: Any, organization: Any) -> bool:
    return _holds_role(user, organization, {"admin"})


@rules.predicate
def is_editor_of(user: Any, organization: Any) -> bool:
    """May write for the organization: its editors and admins, today."""
    return _holds_role(user, organization, {"admin", "editor"})


@rules.predicate
def is_asked(user: Any, claim: Any) -> bool:
    """Who already acts for the organization decides who joins; the first one is the secretariat's decision."""
    return claim is not None and claim.kind == "join" and is_admin_of(user, claim.organization)


@rules.predicate
def keeps_view(user: Any, view: Any) -> bool:
    """One's own; an administrator also what is shared, since whoever left cannot take it back."""
    return view is None or view.person_id == user.pk or (view.shared and bool(is_administrator(user)))


ORGANIZATION_PERMISSIONS = {
    "view": is_secretariat,
    "submit": is_admin_of | is_secretariat,
    "review": is_secretariat,
    "withdraw": is_admin_of | is_secretariat,
    "restore": is_administrator,
    "edit": is_editor_of | is_secretariat,
    "confirm": is_editor_of | is_secretariat,
    "set_appearance": is_admin_of,
    "people": is_admin_of | is_secretariat,
    "merge": is_administrator,
    "admit": is_secretariat,
}

#: The portal's own texts and settings: curators may look at how they are edited.
OWN_PERMISSIONS = {"view": is_secretariat, "change": is_administrator}

# A person's affiliations are personal: the admin shows them to administrators only.
rules.add_perm("organizations.view_affiliation", is_administrator)
rules.add_perm("organizations.decide_claim", is_asked | is_secretariat)
rules.add_perm("organizations.keep_savedview", is_secretariat & keeps_view)
rules.add_perm("organizations.import_organizations", is_secretariat)
