from __future__ import annotations

from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from net4u.base.models import OutboxMessage
from net4u.base.outbox import sweep
from people.models import User
from people.services import make_administrator
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_one_command_makes_the_first_administrator() -> None:
    out = StringIO()
    call_command("make_administrator", "Ada@Example.org", stdout=out)
    ada = User.objects.get()
    assert (ada.email, ada.secretariat_role, ada.is_staff, ada.has_usable_password()) == (
        "ada@example.org", "administrator", True, False,
    )  # fmt: skip
    assert EmailAddress.objects.values_list("email", "verified", "primary").get() == ("ada@example.org", True, True)
    assert "/accounts/password/reset/" in out.getvalue()


def test_an_account_that_exists_becomes_administrator_and_keeps_its_password() -> None:
    user = UserFactory(email="sam@example.org", password="a long password")
    assert make_administrator(email="SAM@example.org") == (user, False)
    user.refresh_from_db()
    assert user.secretariat_role == "administrator"
    assert user.check_password("a long password")


def test_a_wrong_address_gets_a_sentence() -> None:
    with pytest.raises(CommandError, match="“nobody” is not an e-mail address."):
        call_command("make_administrator", "nobody")
    assert not User.objects.exists()


def test_one_account_an_address_whatever_its_capitals() -> None:
    UserFactory(email="ada@example.org")
    with pytest.raises(IntegrityError):
        User.objects.create(email="ADA@example.org")


def test_signing_up_needs_the_mailed_code_and_the_mail_goes_through_the_outbox(
    client: Client, mailoutbox: list[object]
) -> None:
    answer = client.post(
        "/accounts/signup/",
        {"email": "new@example.org", "password1": "correct horse battery", "password2": "correct horse battery"},
    )
    assert answer.status_code == 302
    assert EmailAddress.objects.get().verified is False
    message = OutboxMessage.objects.get()
    assert (message.kind, message.payload["to"]) == ("mail", "new@example.org")
    assert mailoutbox == []
    assert sweep(timezone.now()) == 1
    assert len(mailoutbox) == 1
    assert client.get("/admin/").status_code == 302
