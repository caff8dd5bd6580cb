from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.utils import timezone

from net4u.base.change import change
from people.enums import ConsentPurpose, SecretariatRole
from people.models import Consent, User

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


def choose_language(*, user: User) -> None:
    """Keep in which language somebody gets mail; the form set it."""
    with change(by=user, what="account.language_chosen"):
        user.save(update_fields=["language"])


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
