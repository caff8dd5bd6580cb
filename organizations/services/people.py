"""Who acts for an organization: invited, given a role, named as contact, and gone again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from net4u.base.change import change
from net4u.base.languages import in_language, language_for
from net4u.base.mail import queue_mail, written
from net4u.base.states import NotAllowed, TransitionError, require
from organizations.enums import AffiliationRole, RequestState
from organizations.models import Affiliation, Invitation, Organization
from people.models import User

if TYPE_CHECKING:
    from net4u.base.work import Work

#: How long an invitation can be accepted.
LASTS = timedelta(days=14)
#: So many an organization sends in a day: nobody is flooded with mail in our name.
MOST_A_DAY = 30


def affiliate(*, person: User, organization: Organization, role: str, by: User | None) -> Affiliation:
    """Let a person act for an organization from today."""
    require(by, "organizations.review_organization", organization)
    with change(by=by, what="affiliation.begun"):
        return Affiliation.objects.create(person=person, organization=organization, role=role)


def invite(
    *,
    organization: Organization,
    email: str,
    role: AffiliationRole = AffiliationRole.EDITOR,
    contact: str = "",
    by: User | None,
) -> Invitation:
    """Ask somebody to act for the organization; whoever has an open invitation gets it anew, with these words."""
    require(by, "organizations.people_organization", organization)
    acting = organization.affiliations.living(on=timezone.localdate())
    if acting.filter(person__email__iexact=email).exists():
        raise ValidationError({"email": _("This person acts for your organization already.")})
    now = timezone.now()
    if organization.invitations.filter(made_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise ValidationError({"email": _("You have invited many people today. Go on tomorrow.")})
    with change(by=by, what="invitation.sent") as work:
        invitation = Invitation.objects.filter(
            organization=organization, email__iexact=email, state=RequestState.OPEN
        ).first() or Invitation(organization=organization, email=email)
        invitation.role, invitation.contact, invitation.invited_by = role, contact, by
        invitation.made_at, invitation.expires_at = now, now + LASTS
        invitation.full_clean()
        invitation.save()
        _send(work, invitation)
    return invitation


def _send(work: Work, invitation: Invitation) -> None:
    """In the language of the account that has this address, else in the language of whoever invites."""
    known = User.objects.filter(email__iexact=invitation.email).first() or invitation.invited_by
    with translation.override(language_for(known) if known else translation.get_language()):
        address = in_language(invitation.get_absolute_url(), translation.get_language())
        mail = written("invitation", invitation=invitation, address=address, days=LASTS.days)
    queue_mail(work, key=f"invitation:{invitation.pk}:{invitation.made_at:%s}", to=invitation.email, **mail._asdict())


def accept_invitation(*, invitation: Invitation, by: User) -> Affiliation:
    """Begin to act for the organization. Raises ``NotAllowed`` for whoever does not hold the address."""
    if not Invitation.objects.for_person(by).filter(pk=invitation.pk).exists():
        raise NotAllowed(_("This invitation was sent to another address than yours."))
    with change(by=by, what="invitation.accepted"):
        _answer(invitation, RequestState.ACCEPTED)
        organization = invitation.organization
        acting, is_new = Affiliation.objects.get_or_create(
            person=by, organization=organization, until=None,
            defaults={"role": invitation.role},
        )  # fmt: skip
        contact = invitation.contact
        if is_new and contact and not organization.affiliations.filter(contact=contact, until=None).exists():
            acting.contact = contact
            acting.save()
    return acting


def decline_invitation(*, invitation: Invitation, by: User) -> None:
    """The person does not want to, or the invitation was a mistake."""
    if not Invitation.objects.for_person(by).filter(pk=invitation.pk).exists():
        raise NotAllowed(_("This invitation was sent to another address than yours."))
    with change(by=by, what="invitation.declined"):
        _answer(invitation, RequestState.DECLINED)


def take_back_invitation(*, invitation: Invitation, by: User | None) -> None:
    require(by, "organizations.people_organization", invitation.organization)
    with change(by=by, what="invitation.taken_back"):
        _answer(invitation, RequestState.TAKEN_BACK)


def _answer(invitation: Invitation, state: RequestState) -> None:
    """Once: the first answer counts, and after the last day there is none."""
    now = timezone.now()
    if not Invitation.objects.open(at=now).filter(pk=invitation.pk).update(state=state):
        raise TransitionError(_("This invitation was answered, taken back or is too old. Ask for a new one."))


def change_role(*, affiliation: Affiliation, role: AffiliationRole, by: User | None) -> None:
    """Give somebody another role; the last administrator stays one until there is another."""
    require(by, "organizations.people_organization", affiliation.organization)
    with change(by=by, what="affiliation.role_changed"):
        if role != AffiliationRole.ADMIN:
            _keep_an_administrator(affiliation)
        affiliation.role = role
        affiliation.save()


def name_contact(*, affiliation: Affiliation, contact: str, by: User | None) -> None:
    """Make somebody focal point or alternate (or neither, with ""); whoever was it before is it no more."""
    require(by, "organizations.people_organization", affiliation.organization)
    with change(by=by, what="affiliation.contact_named"):
        if contact:
            affiliation.organization.affiliations.filter(contact=contact).exclude(pk=affiliation.pk).update(contact="")
        affiliation.contact = contact
        affiliation.save()


def end_affiliation(*, affiliation: Affiliation, by: User | None) -> None:
    """Somebody stops acting for the organization today: by their own wish, or an administrator's.

    The last administrator must hand over first.
    """
    if by is None or by.pk != affiliation.person_id:
        require(by, "organizations.people_organization", affiliation.organization)
    with change(by=by, what="affiliation.ended"):
        _keep_an_administrator(affiliation)
        today = timezone.localdate()
        # ``until`` is the last day on which somebody acts: whoever begins and goes on one day is taken out at once.
        if affiliation.since >= today:
            affiliation.delete()
            return
        affiliation.until = today - timedelta(days=1)
        affiliation.contact = ""
        affiliation.save()


def _keep_an_administrator(affiliation: Affiliation) -> None:
    """Locks the organization's people, so that two administrators do not leave in one instant."""
    acting = affiliation.organization.affiliations.living(on=timezone.localdate())
    administrators = list(acting.filter(role=AffiliationRole.ADMIN).order_by("pk").select_for_update())
    if [each.pk for each in administrators] == [affiliation.pk]:
        raise TransitionError(
            _("The last administrator cannot go. Make somebody else an administrator first, or invite a colleague.")
        )
