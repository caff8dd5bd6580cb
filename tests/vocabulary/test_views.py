"""Pages of pillars and instruments."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from net4u.base.change import change
from organizations.models import Organization
from tests.factories import (
    CommitmentFactory,
    InstrumentFactory,
    OrganizationFactory,
    OutputFactory,
    PillarFactory,
    PillarSchemeFactory,
    ProvisionFactory,
    RecommendationFactory,
    ResourceFactory,
    SessionFactory,
    WorkingGroupFactory,
    WorkshopFactory,
)
from vocabulary.models import Pillar

pytestmark = pytest.mark.django_db


def link(pillar: Pillar, *records: Any) -> None:
    with change(by=None, what="test.linked"):
        for record in records:
            record.pillars.add(pillar)


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    client: Client, django_assert_num_queries: Any, item_count: int
) -> None:
    canonical = PillarFactory.create_batch(item_count)
    other = PillarSchemeFactory(code="fronts", canonical=False)
    for pillar in canonical:
        front = PillarFactory(scheme=other)
        with change(by=None, what="test.linked"):
            front.corresponds_to.add(pillar)
    with django_assert_num_queries(7):
        client.get("/pillars/")


def test_the_list_shows_one_scheme_or_all(client: Client) -> None:
    six = PillarFactory(name="Asset recovery")
    front = PillarFactory(scheme=PillarSchemeFactory(code="fronts", canonical=False), name="Social reuse")
    assert list(client.get("/pillars/").context["object_list"]) == [six, front]
    assert list(client.get("/pillars/?scheme=fronts").context["object_list"]) == [front]


def test_a_pillar_shows_what_its_reader_may_see(client: Client) -> None:
    pillar = PillarFactory(code="p9")
    shown, hidden = WorkshopFactory(), WorkshopFactory(state="draft")
    organization, quiet = OrganizationFactory(), OrganizationFactory(appearance="name_and_country")
    resource = ResourceFactory()
    session, group = SessionFactory(workshop=shown), WorkingGroupFactory(workshop=shown)
    output = OutputFactory(workshop=shown, pillar=pillar)
    OutputFactory(workshop=hidden, pillar=pillar)
    recommendation, commitment = RecommendationFactory(workshop=shown), CommitmentFactory()
    link(
        pillar,
        session,
        SessionFactory(workshop=hidden),
        group,
        WorkingGroupFactory(workshop=hidden),
        commitment,
        CommitmentFactory(state="withdrawn"),
        CommitmentFactory(organization=OrganizationFactory(appearance="hidden")),
        recommendation,
        RecommendationFactory(workshop=hidden),
        RecommendationFactory(state="draft", reference=None),
        organization,
        quiet,
        resource,
    )
    context = client.get("/pillars/p9/").context
    names = ("sessions", "working_groups", "outputs", "recommendations", "organizations", "resources")
    assert {name: list(context[name]) for name in names} == {
        "sessions": [session],
        "working_groups": [group],
        "outputs": [output],
        "recommendations": [recommendation],
        "organizations": [organization],
        "resources": [resource],
    }
    assert context["commitments"] == ([commitment], 1)
    assert Organization.objects.filter(pillars=pillar).count() == 2  # the quiet one could have leaked


def test_a_pillar_without_anything_says_so(client: Client) -> None:
    PillarFactory(code="p9")
    page = client.get("/pillars/p9/").content.decode()
    assert "No session or working group is recorded under this pillar yet." in page
    assert "No organization shows that it works on this pillar yet." in page


def test_articles_are_anchors_and_clusters_are_marked(client: Client) -> None:
    untoc = InstrumentFactory()
    ProvisionFactory(instrument=untoc, article=31, title="Prevention", cluster=2)
    ProvisionFactory(instrument=untoc, article=32, title="Conference of the Parties")
    page = client.get("/instruments/UNTOC/").content.decode()
    assert page.index('id="article-31"') < page.index("Prevention") < page.index("not verified</span>")
    assert page.index('id="article-32"') < page.index("No cluster recorded")


@pytest.mark.parametrize("address", ["/pillars/none/", "/instruments/none/"])
def test_what_does_not_exist_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
