"""The secretariat works with two factors, wherever the portal is not on somebody's own machine."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.conf import LazySettings
from django.contrib.messages import get_messages
from django.test import Client

from tests.factories import WorkshopFactory

pytestmark = pytest.mark.django_db

SET_UP = "/accounts/2fa/totp/activate/"


@pytest.fixture(autouse=True)
def required(settings: LazySettings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def answer(client: Client, address: str) -> tuple[int, str | None]:
    response = client.get(address)
    return response.status_code, response.headers.get("Location")


@pytest.mark.parametrize("person", ["sam", "ada"])
def test_without_a_second_factor_the_secretariat_is_sent_to_set_one_up(
    client: Client, request: pytest.FixtureRequest, person: str
) -> None:
    WorkshopFactory(slug="rome", state="draft")
    client.force_login(request.getfixturevalue(person))
    for address in ("/admin/", "/admin/people/user/", "/desk/", "/", "/workshops/rome/", "/nothing/"):
        assert answer(client, address) == (302, SET_UP)
    response = client.post("/admin/people/user/add/", {"email": "new@example.org"})
    assert (response.status_code, response.headers["Location"]) == (302, SET_UP)
    told = {str(each) for each in get_messages(response.wsgi_request)}
    assert told == {"Set up a second factor first: the secretariat works with two."}


def test_it_can_still_sign_out_and_set_one_up(client: Client, sam: Any) -> None:
    client.force_login(sam)
    assert answer(client, "/accounts/logout/") == (200, None)
    assert answer(client, SET_UP)[0] in {200, 302}
    assert answer(client, SET_UP)[1] != SET_UP
    assert answer(client, "/health/live") == (200, None)


@pytest.mark.parametrize(("kind", "enough"), [("totp", True), ("recovery_codes", False)])
def test_with_a_second_factor_everything_is_open(client: Client, ada: Any, kind: str, enough: bool) -> None:
    Authenticator.objects.create(user=ada, type=kind, data={})
    client.force_login(ada)
    assert answer(client, "/admin/") == ((200, None) if enough else (302, SET_UP))


def test_the_others_need_none(client: Client, alice: Any) -> None:
    assert answer(client, "/") == (200, None)
    client.force_login(alice)
    assert answer(client, "/") == (200, None)


def test_at_a_local_address_the_rule_is_off(client: Client, sam: Any, settings: LazySettings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(sam)
    assert answer(client, "/admin/") == (200, None)


def test_from_the_password_to_the_admin(client: Client, sam: Any) -> None:
    sam.set_password("correct horse battery")
    sam.save()
    EmailAddress.objects.create(user=sam, email=sam.email, verified=True, primary=True)
    password = {"password": "correct horse battery"}
    response = client.post("/accounts/login/", {"login": sam.email, **password}, follow=True)
    again = f"/accounts/reauthenticate/?next={quote(SET_UP, safe='')}"
    assert response.redirect_chain == [("/desk/", 302), (SET_UP, 302), (again, 302)]
    secret = client.post(again, password, follow=True).context["form"].secret
    (counter, *_) = auth.yield_hotp_counters_from_time()
    code = auth.format_hotp_value(auth.hotp_value(secret, counter))
    response = client.post(SET_UP, {"code": code}, follow=True)
    assert response.redirect_chain == [("/accounts/2fa/recovery-codes/", 302)]
    assert answer(client, "/admin/") == (200, None)
