"""What a page says of itself to search engines and to whoever shares its address."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from net4u.base.cards import Card, as_json, told, trail
from organizations.models import Organization
from tests.factories import (
    CommitmentFactory,
    DeclarationFactory,
    NetworkFactory,
    OrganizationFactory,
    PillarFactory,
    RecommendationFactory,
    WorkingGroupFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db

HOST = "http://localhost:8000"


def metas(client: Client, address: str) -> dict[str, list[str]]:
    page = client.get(address).content.decode()
    found: dict[str, list[str]] = {}
    for name, content in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', page):
        found.setdefault(name, []).append(content)
    for link in re.findall(r'<link rel="canonical" href="([^"]*)"', page):
        found.setdefault("canonical", []).append(link)
    for ours in ("viewport", "theme-color"):
        found.pop(ours)
    return found


def data(client: Client, address: str) -> list[dict[str, Any]]:
    page = client.get(address).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [json.loads(each) for each in found]


def test_a_record_has_a_card_in_the_language_of_the_page(client: Client) -> None:
    WorkshopFactory(slug="rome", title='A "workshop" <in> Rome', summary="Three days\nof work.", place="Rome")
    assert metas(client, "/workshops/rome/?from=elsewhere") == {
        "description": ["Regional workshop · 19 November 2025 · Rome. Three days of work."],
        "canonical": [f"{HOST}/workshops/rome/"],
        "og:site_name": ["NET4U Europe"],
        "og:type": ["article"],
        "og:title": ["A &quot;workshop&quot; &lt;in&gt; Rome"],
        "og:description": ["Regional workshop · 19 November 2025 · Rome. Three days of work."],
        "og:url": [f"{HOST}/workshops/rome/"],
        "og:locale": ["en_GB"],
        "og:locale:alternate": ["fr_FR", "it_IT"],
        "twitter:card": ["summary"],
    }
    french = metas(client, "/fr/workshops/rome/")
    assert (french["canonical"], french["og:locale"], french["og:locale:alternate"]) == (
        [f"{HOST}/fr/workshops/rome/"], ["fr_FR"], ["en_GB", "it_IT"],
    )  # fmt: skip


def test_each_kind_of_record_says_what_it_is(client: Client, elsewhere: Organization) -> None:
    workshop = WorkshopFactory(slug="rome", title="Workshop in Rome")
    WorkingGroupFactory(workshop=workshop, code="a")
    CommitmentFactory(reference="C-2025-0001", organization=elsewhere)
    RecommendationFactory(reference="R-2025-0001", workshop=workshop)
    DeclarationFactory(slug="call", summary="What it asks.")
    PillarFactory(code="p1", description="What it is about.")
    OrganizationFactory(slug="open", mission="What we do.")
    NetworkFactory()
    told = {
        address: metas(client, address)["description"]
        for address in (
            "/workshops/rome/groups/a/", "/commitments/C-2025-0001/", "/recommendations/R-2025-0001/",
            "/declarations/call/", "/pillars/p1/", "/organizations/open/", "/networks/net4u-europe/", "/about/",
        )
    }  # fmt: skip
    assert told == {
        "/workshops/rome/groups/a/": ["A working group of this workshop: Workshop in Rome"],
        "/commitments/C-2025-0001/": [
            (
                "Clear Signal Institute promised this until 31 December 2027. "
                "Reported: nothing reported yet. Found by others: not yet assessed."
            )
        ],
        "/recommendations/R-2025-0001/": ["Made at: Workshop in Rome."],
        "/declarations/call/": ["What it asks."],
        "/pillars/p1/": ["What it is about."],
        "/organizations/open/": ["What we do."],
        "/networks/net4u-europe/": [""],
        "/about/": [""],
    }


def test_pages_of_a_list_are_found_but_not_what_a_filter_makes_of_it(client: Client) -> None:
    WorkshopFactory.create_batch(26)
    whole, second = metas(client, "/workshops/"), metas(client, "/workshops/?page=2")
    assert (whole["canonical"], whole["og:title"]) == ([f"{HOST}/workshops/"], ["Workshops"])
    assert second["canonical"] == [f"{HOST}/workshops/?page=2"]
    filtered = metas(client, "/workshops/?year=2025&page=2")
    assert (filtered["robots"], filtered["og:url"]) == (["noindex"], [f"{HOST}/workshops/?year=2025&amp;page=2"])
    assert "canonical" not in filtered
    assert "robots" not in whole | second


@pytest.mark.parametrize("person", ["alice", "sam"])
def test_a_page_that_is_made_for_one_reader_has_no_card(
    client: Client, request: pytest.FixtureRequest, house: Organization, person: str
) -> None:
    client.force_login(request.getfixturevalue(person))
    for address in ("/organizations/house/", "/workshops/", "/"):
        assert metas(client, address) == {"robots": ["noindex"]}
        assert data(client, address) == []


def test_what_is_invented_is_not_to_be_found(client: Client) -> None:
    WorkshopFactory(slug="rome", is_demonstration=True)
    assert metas(client, "/workshops/rome/") == {"robots": ["noindex"]}
    assert data(client, "/workshops/rome/") == []


def test_the_home_page_offers_its_search(client: Client) -> None:
    assert data(client, "/") == [
        {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": "NET4U Europe",
            "url": f"{HOST}/",
            "potentialAction": {
                "@type": "SearchAction",
                "target": f"{HOST}/search/?q={{search_term_string}}",
                "query-input": "required name=search_term_string",
            },
        }
    ]


def test_a_trail_leads_home(client: Client) -> None:
    with translation.override("en"):
        assert trail(("Workshops", "/workshops/"))["itemListElement"] == [
            {"@type": "ListItem", "position": 1, "name": "Home", "item": f"{HOST}/"},
            {"@type": "ListItem", "position": 2, "name": "Workshops", "item": f"{HOST}/workshops/"},
        ]


def test_no_text_ends_its_element(client: Client) -> None:
    evil = "</script><script>alert(1)</script>&amp;<!--\u2028"
    WorkshopFactory(slug="rome", title=evil)
    page = client.get("/workshops/rome/").content.decode()
    assert "alert(1)</script>" not in page
    assert data(client, "/workshops/rome/")[0]["itemListElement"][-1]["name"] == evil
    assert as_json({"name": evil}) == (
        r'{"@context": "https://schema.org", "name": "\u003c/script\u003e\u003cscript\u003ealert(1)\u003c/script\u003e'
        r'\u0026amp;\u003c!--\u2028"}'
    )


def test_what_is_not_stated_is_left_out() -> None:
    assert told({"a": None, "b": "", "c": [], "d": {}, "e": 0, "f": "x"}) == {"e": 0, "f": "x"}


def test_long_texts_are_shortened() -> None:
    card = Card("word " * 40, "word\n" * 80)
    assert (len(card.short_title), len(card.short_description)) == (110, 200)


def test_a_language_without_a_country_names_none() -> None:
    with translation.override("de"):
        assert (Card("x").locale, Card("x").other_locales) == ("", ["en_GB", "fr_FR", "it_IT"])
