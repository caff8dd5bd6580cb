from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.utils import timezone

from net4u.base.change import change
from net4u.base.personal import hindrances
from net4u.base.states import TransitionError
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
    """Delete an account, its addresses, keys, devices and sessions.

    What it wrote for an organization stays without the name: the rows that name it as author or actor lose it. Raises
    ``TransitionError`` with what must be done before.
    """
    if before := hindrances(user):
        raise TransitionError(" ".join(before))
    with change(by=None, what="account.erased"):
        for session in UserSession.objects.filter(user=user):
            session.end()
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
