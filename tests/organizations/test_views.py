"""Pages of organizations and networks: who sees what, filters, former addresses."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client

from net4u.base.change import change
from organizations.models import Organization
from organizations.services import merge_organizations
from tests.factories import (
    CommitmentFactory,
    ContributionFactory,
    MembershipFactory,
    NetworkFactory,
    OrganizationFactory,
    ParticipationFactory,
    PartnerFactory,
    PillarFactory,
    RoleFactory,
    SourceFactory,
    TerritoryFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db


def slugs(client: Client, address: str = "/organizations/") -> list[str]:
    return [each.slug for each in client.get(address).context["object_list"]]


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    client: Client, django_assert_num_queries: Any, item_count: int
) -> None:
    pillar, italy = PillarFactory(), TerritoryFactory()
    for _ in range(item_count):
        organization = MembershipFactory(organization__country=italy).organization
        with change(by=None, what="test.linked"):
            organization.pillars.add(pillar)
    with django_assert_num_queries(11):
        client.get("/organizations/")


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        (None, ["open", "elsewhere"]),
        ("alice", ["members", "open", "house", "elsewhere"]),
        ("charlie", ["members", "open", "house", "elsewhere"]),
        ("sam", ["draft", "hidden", "members", "open", "house", "elsewhere"]),
    ],
)
def test_the_list_starts_from_what_its_reader_may_see(
    client: Client, request: pytest.FixtureRequest, person: str | None, seen: list[str]
) -> None:
    request.getfixturevalue("alice")
    request.getfixturevalue("charlie")
    OrganizationFactory(slug="draft", legal_name="A", state="draft")
    OrganizationFactory(slug="hidden", legal_name="B", appearance="hidden")
    OrganizationFactory(slug="members", legal_name="C", appearance="members_only")
    OrganizationFactory(slug="open", legal_name="D")
    if person:
        client.force_login(request.getfixturevalue(person))
    assert sorted(slugs(client)) == sorted(seen)


def test_filters_stand_in_the_address(client: Client) -> None:
    pillar, italy = PillarFactory(code="p4"), TerritoryFactory()
    libera = OrganizationFactory(slug="libera", legal_name="Libera", country=italy, kind="civil_society")
    OrganizationFactory(slug="university", legal_name="University", kind="academia")
    MembershipFactory(organization=libera, status="observer")
    with change(by=None, what="test.linked"):
        libera.pillars.add(pillar)
    queries = ["q=lib", "country=IT", "pillar=p4", "kind=civil_society", "membership=observer"]
    assert {query: slugs(client, f"/organizations/?{query}") for query in queries} == {
        query: ["libera"] for query in queries
    }
    chips = client.get("/organizations/?country=IT&kind=civil_society&page=1").context["chips"]
    assert [(str(chip.label), chip.value, chip.without) for chip in chips] == [
        ("Country", "Italy", "/organizations/?kind=civil_society"),
        ("Kind", "civil society organization", "/organizations/?country=IT"),
    ]


def test_an_unknown_parameter_is_told_and_ignored(client: Client) -> None:
    OrganizationFactory(slug="open")
    response = client.get("/organizations/?colour=red&<b>=1")
    assert [each.slug for each in response.context["object_list"]] == ["open"]
    page = response.content.decode()
    assert "<strong>Not a filter of this list:</strong> &lt;b&gt;, colour. It was ignored." in page


def test_a_wrong_value_is_told_beside_its_field_and_shows_nothing(client: Client) -> None:
    OrganizationFactory()
    response = client.get("/organizations/?kind=colour")
    assert list(response.context["object_list"]) == []
    page = response.content.decode()
    assert '<ul class="errorlist" id="id_kind_error">' in page
    assert "Nothing is shown until the marked field is right." in page


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    assert "No organization is published yet." in client.get("/organizations/").content.decode()
    OrganizationFactory()
    page = client.get("/organizations/?q=nobody").content.decode()
    assert "Nothing matches all of these filters." in page


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"appearance": "hidden"}, {"appearance": "members_only"}])
def test_hidden_and_missing_answer_alike(client: Client, fields: dict[str, str]) -> None:
    OrganizationFactory(slug="secret", legal_name="Canary", **fields)
    hidden, missing = client.get("/organizations/secret/"), client.get("/organizations/missing/")
    assert (hidden.status_code, hidden.content) == (404, missing.content)
    assert Organization.objects.filter(slug="secret").exists()


def test_its_own_people_see_it_whatever_its_state(client: Client, bob: Any, charlie: Any) -> None:
    with change(by=None, what="test.hidden"):
        Organization.objects.filter(slug="house").update(appearance="hidden")
    client.force_login(bob)
    assert client.get("/organizations/house/").status_code == 200
    client.force_login(charlie)
    assert client.get("/organizations/house/").status_code == 404


def test_an_organization_known_from_a_source_shows_name_country_and_roles(client: Client) -> None:
    source = SourceFactory(publisher="SecurityWomen")
    known = OrganizationFactory(
        slug="libera",
        legal_name="Libera",
        source=source,
        country=TerritoryFactory(),
        mission="Canary mission",
        website="https://canary.example",
        appearance="name_and_country",
    )
    RoleFactory(organization=known, role="co_organizer", source=source, workshop__title="Rome workshop")
    page = client.get("/organizations/libera/").content.decode()
    assert "Known only from published sources." in page
    assert "Italy" in page
    assert "Co-organized by this organization" in page
    assert "Rome workshop" in page
    assert "anary" not in page


def test_its_part_in_events_is_told_as_far_as_the_reader_may_know(client: Client) -> None:
    organization, source = OrganizationFactory(slug="open"), SourceFactory()
    late, early = WorkshopFactory(starts_on="2025-11-19"), WorkshopFactory(starts_on="2024-10-14")
    undated = WorkshopFactory(starts_on=None, date_precision="unknown")
    rule = WorkshopFactory(disclosure="chatham_house")
    shown = [
        ContributionFactory(organization=organization, workshop=late, source=source),
        RoleFactory(organization=organization, workshop=early, source=source),
        ParticipationFactory(organization=organization, workshop=undated),
    ]
    ContributionFactory(organization=organization, workshop=early)  # neither consent nor source
    ParticipationFactory(organization=organization, workshop=rule)
    RoleFactory(organization=organization, workshop__state="draft")
    events = client.get("/organizations/open/").context["events"]
    assert events == [(late, [shown[0]]), (early, [shown[1]]), (undated, [shown[2]])]


def test_what_it_promised_and_where_it_helps(client: Client, bob: Any, house: Organization) -> None:
    organization = OrganizationFactory(slug="open")
    own = CommitmentFactory(organization=organization)
    CommitmentFactory(organization=organization, state="draft", reference=None, title="Canary draft")
    helped = PartnerFactory(organization=organization).commitment
    PartnerFactory(organization=organization, confirmed_at=None, commitment__title="Canary invitation")
    PartnerFactory(organization=organization, commitment__organization=house, commitment__title="Canary house")
    response = client.get("/organizations/open/")
    assert response.context["commitments"] == ([own], 1)
    assert [each.commitment for each in response.context["partnerships"]] == [helped]
    assert "Canary" not in response.content.decode()
    client.force_login(bob)
    assert "Canary house" in client.get("/organizations/open/").content.decode()


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_page_asks_the_same_number_of_queries(
    client: Client, django_assert_num_queries: Any, item_count: int
) -> None:
    organization, pillar = OrganizationFactory(slug="open"), PillarFactory()
    for _ in range(item_count):
        own = CommitmentFactory(organization=organization)
        helped = PartnerFactory(organization=organization, commitment__organization__country=TerritoryFactory())
        with change(by=None, what="test.linked"):
            pillar.commitments.add(own, helped.commitment)
        MembershipFactory(organization=organization, network__code=f"network-{_}", source=SourceFactory())
        RoleFactory(organization=organization, source=SourceFactory())
    with django_assert_num_queries(16):
        client.get("/organizations/open/")


def test_a_membership_is_shown_with_its_quote(client: Client) -> None:
    MembershipFactory(organization__slug="open", status="considering", quote="is considering", source=SourceFactory())
    page = client.get("/organizations/open/").content.decode()
    assert "Considers to join:" in page
    assert "“is considering”" in page


def test_a_former_address_leads_to_the_successor(client: Client, ada: Any) -> None:
    old, new = OrganizationFactory(slug="old"), OrganizationFactory(slug="new")
    merge_organizations(old=old, into=new, why="the same", by=ada)
    response = client.get("/organizations/old/")
    assert (response.status_code, response.headers["Location"]) == (301, "/organizations/new/")


def test_a_former_address_of_a_hidden_successor_is_not_found(client: Client, ada: Any) -> None:
    old, new = OrganizationFactory(slug="old"), OrganizationFactory(slug="new", appearance="hidden")
    merge_organizations(old=old, into=new, why="the same", by=ada)
    response, missing = client.get("/organizations/old/"), client.get("/organizations/missing/")
    assert (response.status_code, response.content) == (404, missing.content)


def test_a_network_shows_its_members_and_who_considers(client: Client) -> None:
    europe = NetworkFactory(member_count=20, member_count_as_of="2025-02-01")
    member = MembershipFactory(network=europe)
    considering = MembershipFactory(network=europe, status="considering", source=SourceFactory())
    MembershipFactory(network=europe, status="applied")
    MembershipFactory(network=europe, organization__appearance="members_only")
    workshop = WorkshopFactory(network=europe)
    WorkshopFactory(network=europe, state="draft")
    response = client.get("/networks/net4u-europe/")
    shown = {name: list(response.context[name]) for name in ("members", "considering", "workshops")}
    assert shown == {"members": [member], "considering": [considering], "workshops": [workshop]}
    assert "February\N{NO-BREAK SPACE}2025" in response.content.decode()


def test_a_network_without_members_says_so(client: Client) -> None:
    NetworkFactory()
    assert "No member is published yet." in client.get("/networks/net4u-europe/").content.decode()


# -- last confirmed -----------------------------------------------------------------------------------------

CONFIRM = "/organizations/house/confirm/"
BUTTON = "The profile is right as of today"


@pytest.mark.parametrize(
    ("person", "status", "offered"), [("alice", 302, True), ("bob", 302, True), ("charlie", 403, False),
                                      ("sam", 302, True), ("ada", 302, True)]
)  # fmt: skip
def test_who_may_confirms_a_profile_with_one_button(
    client: Client, house: Organization, request: pytest.FixtureRequest, person: str, status: int, offered: bool
) -> None:
    client.force_login(request.getfixturevalue(person))
    page = client.get("/organizations/house/").content.decode()
    assert "Not confirmed by the organization yet" in page
    assert (BUTTON in page) is offered
    with time_machine.travel("2026-03-03 12:00Z", tick=False):
        client.force_login(request.getfixturevalue(person))
        assert client.post(CONFIRM).status_code == status
        after = client.get("/organizations/house/").content.decode()
    confirmed = "Profile last confirmed 3\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2026"
    assert (confirmed in after) is offered
    assert ("Thank you. The profile is marked as confirmed today." in after) is offered


def test_nobody_confirms_by_looking_or_without_an_account(client: Client, house: Organization, alice: Any) -> None:
    assert client.post(CONFIRM).status_code == 302
    client.force_login(alice)
    assert client.get(CONFIRM).status_code == 405
    assert Organization.objects.get(slug="house").confirmed_on is None


def test_confirming_what_one_may_not_see_is_like_confirming_nothing(client: Client, charlie: Any) -> None:
    OrganizationFactory(slug="secret", appearance="hidden")
    client.force_login(charlie)
    hidden, missing = client.post("/organizations/secret/confirm/"), client.post("/organizations/missing/confirm/")
    assert (hidden.status_code, hidden.content) == (404, missing.content)


def test_one_known_only_from_a_source_has_nothing_to_confirm(client: Client, sam: Any) -> None:
    OrganizationFactory(slug="known", source=SourceFactory(), appearance="name_and_country")
    client.force_login(sam)
    page = client.get("/organizations/known/").content.decode()
    assert BUTTON not in page
    assert "Not confirmed by the organization yet" not in page
    response = client.post("/organizations/known/confirm/", follow=True)
    assert "Nobody of this organization has registered it yet." in response.content.decode()
