"""What is kept about people who act for organizations. A hidden one is named to its own people of today alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from net4u.base.personal import collects, hinders
from organizations.enums import AffiliationRole
from organizations.models import Invitation
from people.models import User


@collects("organizations_you_act_for")
def _affiliations(person: User) -> list[Any]:
    rows = person.affiliations.current(on=timezone.localdate())
    return list(rows.values("organization__legal_name", "role", "contact", "since"))


@collects("organizations_you_acted_for")
def _former(person: User) -> list[Any]:
    return list(person.affiliations.filter(until__lt=timezone.localdate()).values("role", "since", "until"))


@collects("invitations_to_you")
def _invitations(person: User) -> list[Any]:
    rows = Invitation.objects.for_person(person)
    return list(rows.values("email", "role", "made_at", "state"))


@collects("invitations_you_sent")
def _sent(person: User) -> list[Any]:
    return list(person.invitations_sent.values("email", "role", "made_at", "state"))


@collects("questions_to_act_for_an_organization")
def _claims(person: User) -> list[Any]:
    return list(person.claims.values("kind", "words", "state", "made_at", "answer"))


@collects("profile_changes_you_asked_for")
def _profile_changes(person: User) -> list[Any]:
    return list(person.profile_changes.values("after", "asked_at", "state"))


@collects("approvals_you_gave")
def _approvals(person: User) -> list[Any]:
    return list(person.approvals.values("at", "criteria", "words"))


@collects("views_you_saved")
def _saved_views(person: User) -> list[Any]:
    return list(person.saved_views.values("page", "name", "query", "shared", "made_at"))


@hinders
def _last_administrator(person: User) -> Iterable[str]:
    """The only administrator of others hands over first; whoever is alone may go, and the secretariat is told."""
    today = timezone.localdate()
    own = person.affiliations.current(on=today).filter(role=AffiliationRole.ADMIN).select_related("organization")
    for each in own:
        others = each.organization.affiliations.living(on=today).exclude(person=person)
        if others.exists() and not others.filter(role=AffiliationRole.ADMIN).exists():
            yield _("Make somebody else an administrator of %(name)s first.") % {"name": each.organization}
