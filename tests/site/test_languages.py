"""Every page in every language, and the ways from one to another."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from net4u.site.context import NAVIGATION
from people.models import User
from tests.factories import OrganizationFactory, WorkshopFactory

pytestmark = pytest.mark.django_db

OTHERS = ("fr", "it")
SWITCH = re.compile(r'<a href="([^"]*)" lang="(\w+)" hreflang="\w+"( aria-current="true")?')


def page_of(client: Client, path: str, **headers: str) -> str:
    return client.get(path, headers=headers).content.decode()


def switch(page: str) -> list[tuple[str, str, str]]:
    found = re.search(r'<details class="languages">.*?</details>', page, re.DOTALL)
    return [(code, url, "here" if here else "") for url, code, here in SWITCH.findall(found[0])] if found else []


def alternates(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', page)


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", ["home", *(f"{name}:list" for name, _words in NAVIGATION), "account_login"])
def test_pages_answer_under_each_prefix(client: Client, code: str, name: str) -> None:
    with translation.override(code):
        path = reverse(name)
    assert path.startswith(f"/{code}/")
    response = client.get(path)
    assert (response.status_code, response.headers["Content-Language"]) == (200, code)
    page = response.content.decode()
    assert f'<html lang="{code}" dir="ltr">' in page
    # Doors lead on in the same language; only the switch leaves it.
    assert f'<a class="brand" href="/{code}/">' in page
    assert f'<a href="/{code}/workshops/"' in page


@pytest.mark.parametrize("path", ["/admin/", "/api/v1/", "/health/live", "/favicon.ico"])
def test_what_machines_read_has_no_other_address(client: Client, path: str) -> None:
    assert client.get(path).status_code in {200, 302}
    assert client.get(f"/fr{path}").status_code == 404


def test_a_browser_is_never_led_elsewhere_and_no_cookie_is_read(client: Client) -> None:
    client.cookies["django_language"] = "fr"
    response = client.get("/", headers={"accept-language": "it"})
    assert (response.status_code, response.headers["Content-Language"]) == (200, "en")
    assert client.get("/nowhere/", headers={"accept-language": "it"}).status_code == 404
    assert client.get("/en/").status_code == 404


def test_the_switch_stays_on_the_page_with_its_query(client: Client) -> None:
    WorkshopFactory(slug="rome")
    path = "/workshops/?q=a+%26+b&kind=training"
    escaped = "q=a+%26+b&amp;kind=training"
    assert switch(page_of(client, path)) == [
        ("en", f"/workshops/?{escaped}", "here"),
        ("fr", f"/fr/workshops/?{escaped}", ""),
        ("it", f"/it/workshops/?{escaped}", ""),
    ]
    assert switch(page_of(client, "/it/workshops/rome/")) == [
        ("en", "/workshops/rome/", ""),
        ("fr", "/fr/workshops/rome/", ""),
        ("it", "/it/workshops/rome/", "here"),
    ]


def test_where_there_is_no_page_the_switch_leads_home_so_that_all_these_pages_are_alike(client: Client) -> None:
    WorkshopFactory(slug="hidden", state="draft")
    hidden, missing = (client.get(f"/fr/workshops/{slug}/") for slug in ("hidden", "missing"))
    assert (hidden.status_code, hidden.content) == (404, missing.content)
    assert switch(hidden.content.decode()) == [("en", "/", ""), ("fr", "/fr/", "here"), ("it", "/it/", "")]


def test_pages_in_one_language_have_no_switch(client: Client, ada: User) -> None:
    assert switch(page_of(client, "/api/docs/")) == []


def test_search_engines_are_told_where_public_pages_are(client: Client, settings: LazySettings, sam: User) -> None:
    settings.SITE_URL = "https://net4u.example.org"
    root = settings.SITE_URL
    assert alternates(page_of(client, "/fr/pillars/")) == [
        ("en", f"{root}/pillars/"),
        ("x-default", f"{root}/pillars/"),
        ("fr", f"{root}/fr/pillars/"),
        ("it", f"{root}/it/pillars/"),
    ]
    client.force_login(sam)
    for private in ("/accounts/email/", "/desk/", "/nowhere/"):
        page = page_of(client, private)
        assert (alternates(page), len(switch(page))) == ([], 3)


OFFER = re.compile(r'<p class="page offered">\s*<a href="([^"]+)" lang="(\w+)" hreflang="(\w+)">([^<]+)</a>')


@pytest.mark.parametrize(
    ("path", "accepted", "offer"),
    [
        ("/pillars/?x=1", "fr-CA, en;q=0.5", ("/fr/pillars/?x=1", "fr", "fr", "Cette page existe en français.")),
        ("/fr/pillars/", "it", ("/it/pillars/", "it", "it", "Questa pagina è disponibile in italiano.")),
        ("/it/pillars/", "en-GB, it", ("/pillars/", "en", "en", "This page is available in English.")),
        ("/fr/pillars/", "fr, en", None),  # followed
        ("/pillars/", "de, en;q=0.9, fr;q=0.8", None),
        ("/pillars/", "de", None),
        ("/pillars/", "", None),
    ],
)
def test_the_language_of_the_browser_is_offered_in_it(
    client: Client, path: str, accepted: str, offer: tuple[str, ...] | None
) -> None:
    response = client.get(path, headers={"accept-language": accepted})
    found = OFFER.search(response.content.decode())
    assert (found.groups() if found else None) == offer
    assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize("path", ["/api/v1/", "/health/live", "/favicon.ico", "/accounts/logout/"])
def test_what_does_not_look_at_the_browsers_language_does_not_vary_with_it(client: Client, path: str) -> None:
    response: Any = client.get(path)
    assert "Accept-Language" not in response.headers.get("Vary", "")


def test_a_record_leads_on_in_the_language_of_the_page(client: Client) -> None:
    organization = OrganizationFactory(slug="clear-signal", legal_name="Clear Signal", appearance="public")
    assert f'href="/it{organization.get_absolute_url()}"' in page_of(client, "/it/organizations/")


def test_signing_in_keeps_the_language(client: Client) -> None:
    response = client.get("/fr/desk/")
    assert response.headers["Location"] == "/fr/accounts/login/?next=/fr/desk/"
