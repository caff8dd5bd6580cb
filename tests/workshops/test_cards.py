"""A workshop in the words of schema.org, no more exact than its sources."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.factories import OrganizationFactory, RoleFactory, SourceFactory, TerritoryFactory, WorkshopFactory

pytestmark = pytest.mark.django_db

HOST = "http://localhost:8000"


def data(client: Client) -> list[dict[str, Any]]:
    """But the trail, which comes first."""
    page = client.get("/workshops/rome/").content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [json.loads(each) for each in found][1:]


def test_a_workshop_is_an_event(client: Client) -> None:
    workshop = WorkshopFactory(
        slug="rome", title="Workshop in Rome", ends_on="2025-11-21", summary="Three days.", mode="in_person",
        place="Rome", country=TerritoryFactory(), venue="Via Stamira 5",
        part_of=WorkshopFactory(slug="series", title="The series"),
    )  # fmt: skip
    alliance = OrganizationFactory(slug="alliance", legal_name="Alliance")
    for source in (SourceFactory(), SourceFactory()):
        RoleFactory(workshop=workshop, organization=alliance, role="convener", source=source)
    RoleFactory(workshop=workshop, organization=OrganizationFactory(slug="fund", legal_name="Fund"), role="funder")
    RoleFactory(workshop=workshop, organization__legal_name="Partner", role="partner")
    RoleFactory(workshop=workshop, organization=OrganizationFactory(appearance="members_only"), role="convener")
    assert data(client) == [
        {
            "@context": "https://schema.org",
            "@type": "Event",
            "@id": f"urn:uuid:{workshop.pk}",
            "url": f"{HOST}/workshops/rome/",
            "name": "Workshop in Rome",
            "description": "Three days.",
            "startDate": "2025-11-19",
            "endDate": "2025-11-21",
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": {
                "@type": "Place",
                "name": "Via Stamira 5",
                "address": {"@type": "PostalAddress", "addressLocality": "Rome", "addressCountry": "IT"},
            },
            "organizer": [{"@type": "Organization", "name": "Alliance", "url": f"{HOST}/organizations/alliance/"}],
            "sponsor": [{"@type": "Organization", "name": "Fund", "url": f"{HOST}/organizations/fund/"}],
            "superEvent": {"@type": "Event", "name": "The series", "url": f"{HOST}/workshops/series/"},
        }
    ]


def test_under_the_chatham_house_rule_only_who_a_source_names_is_told(client: Client) -> None:
    workshop = WorkshopFactory(slug="rome", disclosure="chatham_house")
    RoleFactory(workshop=workshop, organization__legal_name="Canary", role="host")
    RoleFactory(workshop=workshop, organization__legal_name="Canary", role="convener")
    RoleFactory(workshop=workshop, organization__legal_name="Told", role="convener", source=SourceFactory())
    [event] = data(client)
    assert [each["name"] for each in event["organizer"]] == ["Told"]
    assert "Canary" not in json.dumps(event)


@pytest.mark.parametrize(
    ("precision", "start"), [("day", "2025-11-19"), ("month", "2025-11"), ("year", "2025")]
)  # fmt: skip
def test_a_date_is_no_more_exact_than_its_source(client: Client, precision: str, start: str) -> None:
    WorkshopFactory(slug="rome", date_precision=precision)
    [event] = data(client)
    assert (event["startDate"], event["endDate"]) == (start, start)
    assert {"location", "eventAttendanceMode", "organizer"} & event.keys() == set()


@pytest.mark.parametrize("fields", [{"kind": "statement"}, {"starts_on": None, "date_precision": "unknown"}])
def test_what_has_no_date_or_is_a_statement_is_no_event(client: Client, fields: dict[str, Any]) -> None:
    WorkshopFactory(slug="rome", **fields)
    assert data(client) == []
