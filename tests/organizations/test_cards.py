from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.factories import OrganizationFactory, TerritoryFactory

pytestmark = pytest.mark.django_db

PROFILE = {
    "slug": "open", "legal_name": "Mani Aperte", "english_name": "Open Hands", "acronym": "OH", "aliases": ["Hands"],
    "mission": "What we do.", "year_founded": 1995, "website": "https://hands.example.org/",
}  # fmt: skip


def data(client: Client) -> list[dict[str, Any]]:
    """But the trail, which comes first."""
    page = client.get("/organizations/open/").content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [json.loads(each) for each in found][1:]


def test_an_organization_that_shows_its_profile_is_told_to_programs(client: Client) -> None:
    organization = OrganizationFactory(**PROFILE, country=TerritoryFactory())
    assert data(client) == [
        {
            "@context": "https://schema.org",
            "@type": "NGO",
            "@id": f"urn:uuid:{organization.pk}",
            "url": "https://hands.example.org/",
            "name": "Open Hands",
            "alternateName": ["Hands", "Mani Aperte", "OH"],
            "description": "What we do.",
            "foundingDate": "1995",
            "address": {"@type": "PostalAddress", "addressCountry": "IT"},
        }
    ]


def test_only_name_and_country_are_no_profile(client: Client) -> None:
    OrganizationFactory(**PROFILE, appearance="name_and_country", country=TerritoryFactory())
    page = client.get("/organizations/open/").content.decode()
    assert data(client) == []
    assert '<meta name="description" content="Italy">' in page
    assert "What we do." not in page


def test_little_is_enough(client: Client) -> None:
    organization = OrganizationFactory(slug="open", legal_name="A ministry", kind="government")
    assert data(client) == [
        {
            "@context": "https://schema.org",
            "@type": "Organization",
            "@id": f"urn:uuid:{organization.pk}",
            "url": "http://localhost:8000/organizations/open/",
            "name": "A ministry",
        }
    ]
