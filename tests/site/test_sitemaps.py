"""What search engines are told: every public page and when it changed, and nothing else."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from net4u.base.models import Document
from net4u.site import sitemaps
from tests.factories import (
    CommitmentFactory,
    DeclarationFactory,
    InstrumentFactory,
    OrganizationFactory,
    PillarFactory,
    RecommendationFactory,
    WorkingGroupFactory,
    WorkshopFactory,
)
from workshops.services import withdraw_workshop

pytestmark = pytest.mark.django_db

HOST = "http://localhost:8000"
NAMES = {"": "http://www.sitemaps.org/schemas/sitemap/0.9", "xhtml": "http://www.w3.org/1999/xhtml"}


def places(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    return [(each.text or "").removeprefix(HOST) for each in ET.fromstring(response.content).findall("*/loc", NAMES)]


def english(client: Client, address: str) -> list[str]:
    return [each for each in places(client, address) if not re.match("/(fr|it)/", each)]


def test_robots_may_read_everything_but_what_is_for_one_reader(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    closed = [
        "/account/",
        "/accounts/",
        "/contact/wrong/",
        "/desk/",
        "/invitation/",
        "/link/",
        "/register/",
        "/secretariat/",
        "/search/",
    ]
    rules = [f"Disallow: {prefix}{path}" for prefix in ("", "/fr", "/it") for path in closed]
    rules += ["Disallow: /admin/", "Disallow: /api/"]
    assert response.content.decode().splitlines() == [
        "User-agent: *", *rules, "", f"Sitemap: {HOST}/sitemap.xml",
    ]  # fmt: skip


def test_the_index_names_the_kinds_that_have_something(client: Client) -> None:
    assert places(client, "/sitemap.xml") == ["/sitemap/pages.xml"]
    RecommendationFactory(workshop=WorkshopFactory())
    OrganizationFactory(appearance="hidden")
    assert places(client, "/sitemap.xml") == [
        "/sitemap/pages.xml", "/sitemap/recommendation.xml", "/sitemap/workshop.xml",
    ]  # fmt: skip


def test_pages_without_a_record_are_there(client: Client) -> None:
    InstrumentFactory(code="UNTOC")
    found = english(client, "/sitemap/pages.xml")
    assert found == [
        "/", "/organizations/", "/workshops/", "/pillars/", "/recommendations/", "/commitments/", "/resources/",
        "/progress/", "/about/", "/privacy/", "/accessibility/", "/imprint/", "/house-rules/", "/contact/",
        "/instruments/UNTOC/",
    ]  # fmt: skip
    assert {client.get(address).status_code for address in found} == {200}


def test_a_page_stands_there_in_each_language_with_the_day_it_changed(client: Client) -> None:
    workshop = WorkshopFactory(slug="rome")
    at = Document.objects.get(object_id=workshop.pk, audience="public").at
    rows = ET.fromstring(client.get("/sitemap/workshop.xml").content)
    addresses = {
        "en": f"{HOST}/workshops/rome/",
        "fr": f"{HOST}/fr/workshops/rome/",
        "it": f"{HOST}/it/workshops/rome/",
    }
    assert [row.findtext("loc", None, NAMES) for row in rows] == list(addresses.values())
    assert {row.findtext("lastmod", None, NAMES) for row in rows} == {f"{at:%Y-%m-%dT%H:%M:%SZ}"}
    for row in rows:
        links = row.findall("xhtml:link", NAMES)
        assert {each.get("hreflang"): each.get("href") for each in links} == addresses


def test_each_kind_leads_to_pages_that_answer(client: Client) -> None:
    WorkingGroupFactory(workshop=WorkshopFactory(slug="rome"), code="a")
    CommitmentFactory(reference="C-2025-0001", organization__slug="open")
    RecommendationFactory(reference="R-2025-0001")
    DeclarationFactory(slug="call")
    PillarFactory(code="p1")
    found = [each for kind in sitemaps.KINDS for each in english(client, f"/sitemap/{kind}.xml")]
    assert found == [
        "/organizations/open/", "/workshops/rome/", "/workshops/rome/groups/a/", "/pillars/p1/",
        "/recommendations/R-2025-0001/", "/declarations/call/", "/commitments/C-2025-0001/",
    ]  # fmt: skip
    assert {client.get(address).status_code for address in found} == {200}


def test_what_is_not_public_or_invented_is_not_there(client: Client, sam: Any) -> None:
    WorkshopFactory(slug="open")
    for fields in ({"state": "draft"}, {"disclosure": "off_record"}, {"is_demonstration": True}):
        WorkshopFactory(slug=f"canary-{len(fields)}-{next(iter(fields))}".replace("_", "-"), **fields)
    withdraw_workshop(workshop=WorkshopFactory(slug="canary"), why="A reason.", by=None)
    client.force_login(sam)
    assert english(client, "/sitemap/workshop.xml") == ["/workshops/open/"]


def test_a_large_kind_is_cut_into_parts_that_hold_all(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "SIZE", 2)
    for number in range(1, 6):
        WorkshopFactory(id=UUID(int=number), slug=f"w{number}")
    OrganizationFactory(slug="one")
    withdraw_workshop(workshop=WorkshopFactory(id=UUID(int=6), slug="gone"), why="A reason.", by=None)
    third, fifth = UUID(int=3), UUID(int=5)
    parts = places(client, "/sitemap.xml")
    assert parts == [
        "/sitemap/pages.xml", "/sitemap/organization.xml", "/sitemap/workshop.xml",
        f"/sitemap/workshop.xml?from={third}", f"/sitemap/workshop.xml?from={fifth}",
    ]  # fmt: skip
    assert [english(client, part) for part in parts[2:]] == [
        ["/workshops/w1/", "/workshops/w2/"], ["/workshops/w3/", "/workshops/w4/"], ["/workshops/w5/"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "address",
    ["/sitemap/nothing.xml", "/sitemap/session.xml", "/sitemap/workshop.xml?from=x", "/sitemap/workshop.xml?from="],
)  # fmt: skip
def test_there_is_no_such_part(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("item_count", [1, 3])
def test_each_asks_one_query(client: Client, django_assert_num_queries: Any, item_count: int) -> None:
    WorkshopFactory.create_batch(item_count)
    for address in ("/sitemap.xml", "/sitemap/workshop.xml", "/sitemap/pages.xml"):
        with django_assert_num_queries(1):
            client.get(address)
