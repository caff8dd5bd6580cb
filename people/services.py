from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from net4u.base.change import change
from net4u.base.mail import queue_mails
from net4u.base.models import JournalEntry
from net4u.base.personal import ERASERS, hindrances
from net4u.base.states import TransitionError, require
from people.enums import ConsentPurpose, MailKind, SecretariatRole
from people.models import Consent, NotificationPreference, User

if TYPE_CHECKING:
    from net4u.base.models import Record


def make_administrator(*, email: str) -> tuple[User, bool]:
    """Make this address an administrator of the secretariat; returns the account and whether it is new.

    A new account has a verified address and no password: its owner sets one through "forgot your password".
    """
    user = User.objects.filter(email__iexact=email).first()
    created = user is None
    if user is None:
        user = User.objects.create_user(email)
    user.secretariat_role = SecretariatRole.ADMINISTRATOR
    user.save(update_fields=["secretariat_role"])
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user, created


def give_role(*, person: User, role: SecretariatRole, by: User | None) -> None:
    """Make somebody curator or administrator, or take the role away: in the journal, and told to them by mail.

    Refused where nobody would be left who can do this.
    """
    require(by, "people.change_user", person)
    with change(by=by, what="team.role_given") as work:
        # Everybody of the team is locked: two who take each other's role away would leave none.
        team = {each.pk: each for each in User.objects.team().order_by("pk").select_for_update(no_key=True)}
        before = team[person.pk].secretariat_role if person.pk in team else SecretariatRole.NONE
        if before == role:
            return
        if role != SecretariatRole.ADMINISTRATOR and is_last_administrator(person):
            raise TransitionError(_("Nobody else is an administrator. Make somebody else an administrator first."))
        person.secretariat_role = role
        person.save(update_fields=["secretariat_role"])
        JournalEntry.objects.create(
            change=work.id, at=timezone.now(), by=by, what=work.what, model=User._meta.label_lower,
            object_id=person.pk, verb=JournalEntry.Verb.CHANGED, diff={"secretariat_role": [before, role]},
        )  # fmt: skip
        queue_mails(work, [person], "role", key=f"role:{work.id}", role=role)


def is_last_administrator(person: User) -> bool:
    """Of the secretariat, with an open account."""
    open_ones = User.objects.filter(is_active=True, secretariat_role=SecretariatRole.ADMINISTRATOR)
    return list(open_ones.values_list("pk", flat=True)[:2]) == [person.pk]


def add_to_team(*, email: str, role: SecretariatRole, by: User | None) -> User:
    """Give a role to whoever has proved to hold this address; returns whose it is."""
    require(by, "people.change_user")
    held = EmailAddress.objects.filter(email__iexact=email, verified=True, user__is_active=True)
    found = held.select_related("user").first()
    if found is None:
        raise ValidationError({"email": _(
            "No account has confirmed this address. Ask them to create an account with it first, then invite them."
        )})  # fmt: skip
    person: User = found.user
    if person.secretariat_role != SecretariatRole.NONE:
        raise ValidationError({"email": _("They are of the secretariat already. Change their role in the list.")})
    give_role(person=person, role=role, by=by)
    return person


def save_account(*, user: User) -> None:
    """Keep name, language and time zone; the form set them."""
    with change(by=user, what="account.saved"):
        user.save(update_fields=["name", "language", "time_zone"])


def choose_mails(*, user: User, wanted: list[str]) -> None:
    """Keep which kinds of mail somebody does not want."""
    with change(by=user, what="account.mails_chosen"):
        user.unwanted_mails.all().delete()
        for kind in MailKind.values:
            if kind not in wanted:
                NotificationPreference.objects.create(person=user, kind=kind)


def erase_account(*, user: User) -> None:
    """Delete an account, its addresses, keys, devices and sessions, and what else is kept of the person.

    What it wrote for an organization stays without the name: the rows that name it as author or actor lose it. Raises
    ``TransitionError`` with what must be done before.
    """
    if before := hindrances(user):
        raise TransitionError(" ".join(before))
    with change(by=None, what="account.erased"):
        for session in UserSession.objects.filter(user=user):
            session.end()
        for erase in ERASERS:
            erase(user)
        user.delete()


def record_consent(*, subject: Record, purpose: ConsentPurpose, text_version: str, by: User | None) -> Consent:
    """Keep who allowed what; the caller changes what follows from it in the same change."""
    with change(by=by, what="consent.given"):
        return Consent.objects.create(
            subject_kind=subject._meta.label_lower,
            subject_id=subject.pk,
            purpose=purpose,
            text_version=text_version,
            given_by=by,
        )


def close_consents(*, subject: Record, purpose: ConsentPurpose) -> int:
    """Mark the consents in force as withdrawn, inside the caller's change; returns how many there were."""
    return Consent.objects.in_force().filter(subject_id=subject.pk, purpose=purpose).update(withdrawn_at=timezone.now())
