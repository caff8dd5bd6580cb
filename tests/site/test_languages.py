"""Every page in every language, and the ways from one to another."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from net4u.base.models import OutboxMessage
from net4u.site.context import ADDRESSES, NAVIGATION
from people.models import User
from tests.factories import OrganizationFactory, PillarFactory, TerritoryFactory, WorkshopFactory

pytestmark = pytest.mark.django_db

OTHERS = ("fr", "it")
PREFIXES = {"en": "", "fr": "/fr", "it": "/it"}
SWITCH = re.compile(r'<a href="([^"]*)" lang="(\w+)" hreflang="\w+"( aria-current="true")?')


def page_of(client: Client, path: str, **headers: str) -> str:
    return client.get(path, headers=headers).content.decode()


def switch(page: str) -> list[tuple[str, str, str]]:
    found = re.search(r'<details class="languages">.*?</details>', page, re.DOTALL)
    return [(code, url, "here" if here else "") for url, code, here in SWITCH.findall(found[0])] if found else []


def alternates(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', page)


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize(
    "name", ["home", *(ADDRESSES.get(name, f"{name}:list") for name, _words in NAVIGATION), "account_login"]
)
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
    for private in ("/accounts/email/", "/account/", "/nowhere/"):
        page = page_of(client, private)
        assert (alternates(page), len(switch(page))) == ([], 3)


OFFER = re.compile(
    r'<aside class="offered" aria-label="\w+">\s*<p class="page">\s*'
    r'<a href="([^"]+)" lang="(\w+)" hreflang="(\w+)">([^<]+)</a>'
)


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


# -- accounts and mail --------------------------------------------------------------------------------------

PASSWORD = "correct horse battery"


def links(message: OutboxMessage) -> list[str]:
    return re.findall(
        r"http://localhost:8000(/\w+/\w+/)", message.payload["text"].replace("testserver", "localhost:8000")
    )


@pytest.mark.parametrize(
    ("code", "heading", "label", "subject"),
    [
        ("fr", "Se connecter", "Mot de passe", "Confirmez votre adresse"),
        ("it", "Accedi", "Password", "Conferma il tuo"),
    ],
)
def test_a_new_account_keeps_the_language_of_the_page(
    client: Client, code: str, heading: str, label: str, subject: str
) -> None:
    page = page_of(client, f"/{code}/accounts/login/")
    assert re.search(rf"<h1>{heading}</h1>", page)
    assert re.search(rf"<label[^>]*>\s*{label}", page)
    fields = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    response = client.post(f"/{code}/accounts/signup/", fields)
    assert response.headers["Location"] == f"/{code}/accounts/confirm-email/"
    message = OutboxMessage.objects.get()
    assert (User.objects.get().language, message.payload["subject"].startswith(subject)) == (code, True)
    assert links(message) == [f"/{code}/accounts/"]


def test_a_wrong_password_is_told_in_the_language_of_the_page(client: Client, bob: User) -> None:
    response = client.post("/fr/accounts/login/", {"login": bob.email, "password": "wrong"})
    assert "mot de passe sont incorrects" in response.content.decode()


@pytest.mark.parametrize(("address", "code"), [("bob@example.org", "it"), ("nobody@example.org", "fr")])
def test_a_mail_is_in_the_language_of_the_account_not_of_the_page(
    client: Client, bob: User, address: str, code: str
) -> None:
    bob.set_password(PASSWORD)
    bob.language = "it"
    bob.save()
    EmailAddress.objects.create(user=bob, email=bob.email, verified=True, primary=True)
    client.post("/fr/accounts/password/reset/", {"email": address})
    message = OutboxMessage.objects.get()
    assert message.payload["text"].startswith({"it": "Buongiorno,", "fr": "Bonjour,"}[code])
    assert links(message) == [f"/{code}/accounts/"]


def test_somebody_chooses_in_which_language_mails_come(client: Client, bob: User) -> None:
    assert client.get("/account/edit/").headers["Location"] == "/accounts/login/?next=/account/edit/"
    client.force_login(bob)
    wrong = client.post("/account/edit/", {"language": "xx", "time_zone": "Europe/Rome"})
    assert (wrong.status_code, User.objects.get(pk=bob.pk).language) == (200, "en")
    response = client.post("/fr/account/edit/", {"language": "it", "time_zone": "Europe/Rome"}, follow=True)
    assert response.redirect_chain == [("/fr/account/", 302)]
    assert User.objects.get(pk=bob.pk).language == "it"
    assert "Italiano" in response.content.decode()


# -- words of the record ------------------------------------------------------------------------------------


def test_countries_stand_in_the_alphabet_of_the_page(client: Client) -> None:
    for iso2, english, french, italian in (
        ("AT", "Austria", "Autriche", "Austria"),
        ("US", "United States", "États-Unis", "Stati Uniti"),
        ("ES", "Spain", "Espagne", "Spagna"),
        ("AX", "Åland Islands", "Îles Åland", "Isole Åland"),
        ("DE", "Germany", "Allemagne", "Germania"),
    ):
        TerritoryFactory(iso2=iso2, name=english, name_fr=french, name_it=italian)
    chosen = re.compile(r'<option value="([A-Z]{2})">')
    orders = {code: chosen.findall(page_of(client, f"{prefix}/workshops/")) for code, prefix in PREFIXES.items()}
    assert orders == {
        "en": ["AX", "AT", "DE", "ES", "US"],
        "fr": ["DE", "AT", "ES", "US", "AX"],
        "it": ["AT", "DE", "AX", "ES", "US"],
    }


@pytest.mark.parametrize(("translated", "link"), [("", ' lang="en">Only English</a>'), ("Les deux", ">Les deux</a>")])
def test_a_title_that_nobody_translated_says_that_it_is_english(client: Client, translated: str, link: str) -> None:
    WorkshopFactory(slug="one", title="Only English", title_fr=translated)
    assert f'<a href="/fr/workshops/one/"{link}' in page_of(client, "/fr/")


def test_our_own_translation_shows_how_the_source_has_it(client: Client) -> None:
    PillarFactory(code="p1", name="Asset recovery", name_fr="Recouvrement des avoirs")
    french, italian = page_of(client, "/fr/pillars/p1/"), page_of(client, "/it/pillars/p1/")
    assert "<h1>Recouvrement des avoirs</h1>" in french
    assert '<span lang="en">Asset recovery</span></p>' in french
    assert '<h1 lang="en">Asset recovery</h1>' in italian
    assert '<span lang="en">Asset recovery</span></p>' not in italian
