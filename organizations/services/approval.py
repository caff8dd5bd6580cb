"""The secretariat approves a registration: one person, or two where the network wants it so."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from net4u.base.change import Conflict, change
from net4u.base.states import EDITORIAL_MOVES, Editorial, TransitionError, check_move, require
from organizations.models import Approval, Organization
from organizations.network_settings import network_settings
from organizations.services.organization import TWO, publish_organization

if TYPE_CHECKING:
    from people.models import User


def approve_organization(
    *, organization: Organization, by: User, words: str = "", criteria: Collection[str] = ()
) -> Approval:
    """Keep who approved it, with the network's criteria and which of them were ticked; then publish it.

    Where two people approve, the first approval publishes nothing and mails nothing: the organization stays as it is,
    and the words of both are mailed with the second. What is sent again after changes is approved anew.
    """
    require(by, "organizations.review_organization", organization)
    settings = network_settings()
    with change(by=by, what="organization.published", why=words):
        _lock(organization)
        check_move(EDITORIAL_MOVES, organization, "state", Editorial.PUBLISHED)
        _refuse_unsent(organization)
        given = Approval.objects.standing(organization)
        if settings.two_approvals:
            _refuse_alone(organization, by)
        approval, _is_new = given.update_or_create(
            organization=organization, version=organization.version, by=by,
            defaults={"words": words, "criteria": [[line, line in criteria] for line in settings.criteria]},
        )  # fmt: skip
        if not settings.two_approvals or given.count() >= TWO:
            said = [each.words for each in given.order_by("at", "id")]
            publish_organization(organization=organization, words="\n\n".join(filter(None, said)), by=by)
    return approval


def _lock(organization: Organization) -> None:
    """Two who approve in the same instant: the second one waits, and finds the approval of the first."""
    stored = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if stored.version != organization.version:
        raise Conflict(organization, stored)


def _refuse_unsent(organization: Organization) -> None:
    """A draft is published only where nobody but the secretariat writes it, such as after an import."""
    if organization.state == Editorial.DRAFT and organization.affiliations.exists():
        raise TransitionError(_("Its own people have not sent it yet. Only they can."))


def _refuse_alone(organization: Organization, by: User) -> None:
    if organization.state != Editorial.SUBMITTED:
        raise TransitionError(_("Only what was sent to the secretariat is approved by two people."))
    if Approval.objects.standing(organization).filter(by=by).exists():
        raise TransitionError(_("You have approved this already. Somebody else must approve it, too."))
