"""The feed of workshops: what everybody may see, under the filters of the list, for programs that keep it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.test import Client

from net4u.base.change import change
from net4u.base.models import Document
from tests.factories import NetworkFactory, SourceFactory, TerritoryFactory, WorkshopFactory
from workshops.services import withdraw_workshop

pytestmark = pytest.mark.django_db

ADDRESS = "/workshops/feed.atom"
ATOM = {"": "http://www.w3.org/2005/Atom"}


def feed(client: Client, query: str = "") -> ET.Element:
    response = client.get(f"{ADDRESS}{query}")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def texts(element: ET.Element, path: str) -> list[str | None]:
    return [each.text for each in element.findall(path, ATOM)]


def test_an_entry_tells_the_whole_of_it(client: Client) -> None:
    workshop = WorkshopFactory(
        slug="rome", title="Workshop <1> & more", kind="training", summary="Two lines\nof \x0bsummary.", place="Rome",
        country=TerritoryFactory(), network=NetworkFactory(), source=SourceFactory(publisher="The Alliance"),
        published_at="2025-12-01T10:00:00Z",
    )  # fmt: skip
    document = Document.objects.get(object_id=workshop.pk, audience="public")
    root = feed(client)
    assert (texts(root, "title"), texts(root, "id")) == (
        ["Workshops and events: NET4U Europe"], ["http://localhost:8000/workshops/"],
    )  # fmt: skip
    assert [(each.get("rel"), each.get("href")) for each in root.findall("link", ATOM)] == [
        ("alternate", "http://localhost:8000/workshops/"),
        ("self", "http://localhost:8000/workshops/feed.atom"),
    ]
    [entry] = root.findall("entry", ATOM)
    link = entry.find("link", ATOM)
    assert link is not None
    assert link.get("href") == "http://localhost:8000/workshops/rome/"
    assert {
        each.tag.split("}")[1]: each.text for each in entry if each.tag.split("}")[1] not in ("link", "author")
    } == {
        "title": "Workshop <1> & more",
        "id": f"urn:uuid:{workshop.pk}",
        "published": "2025-12-01T10:00:00+00:00",
        "updated": document.at.isoformat(),
        "summary": "<p>Training · 19\N{NO-BREAK SPACE}November\N{NO-BREAK SPACE}2025 · Rome, Italy</p>"
        "<p>Two lines\nof summary.</p>",
        "category": None,
    }
    assert texts(entry, "author/name") == ["The Alliance"]
    assert [each.get("term") for each in entry.findall("category", ATOM)] == ["Training", "NET4U Europe"]


def test_only_what_everybody_sees_is_in_it_whoever_asks(client: Client, sam: Any) -> None:
    WorkshopFactory(title="open")
    for fields in ({"state": "draft"}, {"state": "withdrawn"}, {"disclosure": "off_record"}):
        WorkshopFactory(title="Canary", **fields)
    client.force_login(sam)
    assert texts(feed(client), "entry/title") == ["open"]


def test_the_newest_come_first_and_fifty_are_enough(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshops.feeds.WorkshopFeed.MOST", 2)
    for day in (2, 3, 1):
        WorkshopFactory(title=f"day {day}", published_at=f"2025-12-0{day}T10:00:00Z")
    assert texts(feed(client), "entry/title") == ["day 3", "day 2"]


def test_the_filters_are_those_of_the_list(client: Client) -> None:
    WorkshopFactory(title="training", kind="training")
    WorkshopFactory(title="conference", kind="conference")
    root = feed(client, "?kind=training")
    assert texts(root, "entry/title") == ["training"]
    assert texts(root, "id") == ["http://localhost:8000/workshops/?kind=training"]


@pytest.mark.parametrize("query", ["?kind=nothing", "?year=x", "?kid=training"])
def test_what_is_no_filter_is_refused_and_hands_over_nothing(client: Client, query: str) -> None:
    WorkshopFactory(title="Canary")
    response = client.get(f"{ADDRESS}{query}")
    assert response.status_code == 400
    assert b"Canary" not in response.content


def test_what_is_invented_says_so(client: Client) -> None:
    WorkshopFactory(title="A workshop", is_demonstration=True)
    assert texts(feed(client), "entry/title") == ["A workshop (demonstration)"]


def test_nothing_is_sent_twice_and_a_withdrawal_is_told(client: Client) -> None:
    WorkshopFactory(title="stays", published_at="2025-12-02T10:00:00Z")
    workshop = WorkshopFactory(title="Canary", published_at="2025-12-01T10:00:00Z")
    first = client.get(ADDRESS)
    assert "Last-Modified" not in first.headers
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get(ADDRESS, headers=known).status_code == 304
    withdraw_workshop(workshop=workshop, why="A reason.", by=None)
    again = client.get(ADDRESS, headers=known)
    assert (again.status_code, b"Canary" in again.content) == (200, False)


def test_a_later_change_is_told(client: Client) -> None:
    workshop = WorkshopFactory(title="before")
    earlier = texts(feed(client), "entry/updated")
    with change(by=None, what="test.changed"):
        workshop.title = "after"
        workshop.save()
    root = feed(client)
    assert texts(root, "entry/title") == ["after"]
    assert texts(root, "entry/updated") > earlier


@pytest.mark.parametrize("item_count", [1, 3])
def test_it_asks_the_same_number_of_queries(client: Client, django_assert_num_queries: Any, item_count: int) -> None:
    for _ in range(item_count):
        WorkshopFactory(network=NetworkFactory(), country=TerritoryFactory(), source=SourceFactory())
    with django_assert_num_queries(3):  # one for the licence
        client.get(ADDRESS)


def test_the_list_leads_to_it_with_its_filters(client: Client) -> None:
    page = client.get("/workshops/?kind=training&page=1").content.decode()
    address = "/workshops/feed.atom?kind=training"
    assert f'<link rel="alternate" type="application/atom+xml" title="Workshops" href="{address}">' in page
    assert f'<a href="{address}">Follow by feed (Atom)</a>' in page
    assert '<a href="/workshops/calendar.ics?kind=training">Calendar (.ics)</a>' in page


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_read(client: Client, method: str) -> None:
    assert getattr(client, method)(ADDRESS).status_code == 405
