"""The feed of commitments: who promised what until when, of organizations that everybody sees."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.test import Client

from net4u.base.change import change
from organizations.models import Organization
from tests.factories import CommitmentFactory, OrganizationFactory, PillarFactory, TerritoryFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/commitments/feed.atom"
ATOM = {"": "http://www.w3.org/2005/Atom"}


def entries(client: Client, query: str = "") -> list[ET.Element]:
    return ET.fromstring(client.get(f"{ADDRESS}{query}").content).findall("entry", ATOM)


def titles(client: Client, query: str = "") -> list[str | None]:
    return [entry.findtext("title", None, ATOM) for entry in entries(client, query)]


def test_an_entry_tells_promise_report_and_finding_apart(client: Client) -> None:
    commitment = CommitmentFactory(
        organization__legal_name="Open <Hands>", title="Train 40 teachers", expected_result="40 & more know how.",
        progress="in_progress",
    )  # fmt: skip
    pillar = PillarFactory(name="Prevention")
    with change(by=None, what="test.linked"):
        commitment.pillars.add(pillar)
    [entry] = entries(client)
    assert entry.findtext("author/name", None, ATOM) == "Open <Hands>"
    assert [each.get("term") for each in entry.findall("category", ATOM)] == ["Prevention"]
    assert entry.findtext("id", None, ATOM) == f"urn:uuid:{commitment.pk}"
    assert entry.findtext("summary", None, ATOM) == (
        "<p>Open &lt;Hands&gt; promised this until 31\N{NO-BREAK SPACE}December\N{NO-BREAK SPACE}2027.</p>"
        "<p>40 &amp; more know how.</p>"
        "<p>Reported: in progress. Found by others: not yet assessed.</p>"
        "<p>Prevention</p>"
    )


@pytest.mark.parametrize("person", [None, "bob", "sam"])
def test_only_what_everybody_sees_is_in_it_whoever_asks(
    client: Client, request: pytest.FixtureRequest, house: Organization, person: str | None
) -> None:
    CommitmentFactory(title="open")
    CommitmentFactory(title="Canary", organization=house)
    CommitmentFactory(title="Canary", state="draft", reference=None)
    CommitmentFactory(title="Canary", state="withdrawn")
    CommitmentFactory(title="Canary", organization=OrganizationFactory(appearance="hidden"))
    if person:
        client.force_login(request.getfixturevalue(person))
    assert titles(client) == ["open"]


def test_the_filters_are_those_of_the_list(client: Client) -> None:
    CommitmentFactory(title="short", horizon="short")
    CommitmentFactory(title="long", horizon="long")
    assert titles(client, "?horizon=short") == ["short"]


@pytest.mark.parametrize("item_count", [1, 3])
def test_it_asks_the_same_number_of_queries(client: Client, django_assert_num_queries: Any, item_count: int) -> None:
    for _ in range(item_count):
        commitment, pillar = CommitmentFactory(organization__country=TerritoryFactory()), PillarFactory()
        with change(by=None, what="test.linked"):
            commitment.pillars.add(pillar)
    with django_assert_num_queries(4):  # one for the licence
        client.get(ADDRESS)
