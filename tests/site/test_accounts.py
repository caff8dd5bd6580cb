"""Accounts: what the mails say, and that each page leads on."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import LazySettings
from django.test import Client

from net4u.base.models import OutboxMessage

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


def mail() -> dict[str, Any]:
    return OutboxMessage.objects.get().payload


def test_a_new_account_is_confirmed_by_mail(client: Client) -> None:
    fields = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    response = client.post("/accounts/signup/", fields, follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [("/accounts/confirm-email/", 302)]
    assert '<a href="/mailbox/">open the mailbox</a>' in page
    assert (mail()["to"], mail()["subject"]) == ("new@example.org", "Confirm your e-mail address")
    (link,) = [line for line in mail()["text"].splitlines() if line.startswith("http")]
    assert client.get(link).status_code == 200
    assert not EmailAddress.objects.get().verified  # opening shows, sending accepts
    client.post(link)
    assert EmailAddress.objects.get().verified


def test_away_from_a_local_address_nothing_leads_to_a_mailbox(client: Client, settings: LazySettings) -> None:
    settings.MAILBOX = False
    page = client.post("/accounts/password/reset/", {"email": "new@example.org"}, follow=True).content.decode()
    assert "Check your mail" in page
    assert "mailbox" not in page


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("bob@example.org", "Set a new password"),
        ("nobody@example.org", "There is no account with this address"),
    ],
)
def test_who_asks_for_a_new_password_gets_a_mail(client: Client, bob: Any, address: str, subject: str) -> None:
    bob.set_password(PASSWORD)
    bob.save()
    EmailAddress.objects.create(user=bob, email=bob.email, verified=True, primary=True)
    response = client.post("/accounts/password/reset/", {"email": address}, follow=True)
    assert response.redirect_chain == [("/accounts/password/reset/done/", 302)]
    assert (mail()["to"], mail()["subject"]) == (address, subject)
    assert mail()["text"].startswith("Hello,\n\nSomebody, probably you, asked for a new password")


@pytest.mark.parametrize(
    "address", ["/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/logout/"]
)
def test_pages_of_an_account_have_one_frame_and_no_script_in_it(client: Client, bob: Any, address: str) -> None:
    bob.set_password(PASSWORD)
    bob.save()
    client.force_login(bob)
    page = client.get(address).content.decode()
    assert page.count("<h1") == page.count("<main") == 1
    programs = re.findall(r"<script[^>]*>", page)
    assert (all(' src="/static/' in each for each in programs), "style=" in page) == (True, False)


def test_changing_the_address_waits_for_its_mail(client: Client, bob: Any) -> None:
    bob.set_password(PASSWORD)
    bob.save()
    EmailAddress.objects.create(user=bob, email=bob.email, verified=True, primary=True)
    client.post("/accounts/login/", {"login": bob.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""}, follow=True)
    assert "We sent a mail to new@example.org." in page.content.decode()
