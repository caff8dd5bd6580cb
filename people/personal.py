"""What is kept about an account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from net4u.base.personal import collects, hinders
from people.models import User
from people.services import is_last_administrator


@collects("account")
def _account(person: User) -> dict[str, Any]:
    return {
        "email": person.email, "name": person.name, "language": person.language, "time_zone": person.time_zone,
        "role_in_the_secretariat": person.secretariat_role, "opened": person.date_joined,
        "last_login": person.last_login,
    }  # fmt: skip


@collects("email_addresses")
def _addresses(person: User) -> list[Any]:
    return list(EmailAddress.objects.filter(user=person).values("email", "verified", "primary"))


@collects("second_factors")
def _factors(person: User) -> list[Any]:
    """That there are some: what is secret about them stays secret."""
    return list(Authenticator.objects.filter(user=person).values("type", "created_at", "last_used_at"))


@collects("signed_in_devices")
def _devices(person: User) -> list[Any]:
    return list(UserSession.objects.filter(user=person).values("created_at", "last_seen_at", "ip", "user_agent"))


@collects("mails_you_do_not_want")
def _mails(person: User) -> list[str]:
    return list(person.unwanted_mails.values_list("kind", flat=True))


@collects("consents_you_gave")
def _consents(person: User) -> list[Any]:
    return list(person.consents.values("subject_kind", "purpose", "text_version", "given_at", "withdrawn_at"))


@hinders
def _last_administrator(person: User) -> Iterable[str]:
    """Without one nobody could let anybody in."""
    if is_last_administrator(person):
        yield _("Make somebody else an administrator of the secretariat first.")
