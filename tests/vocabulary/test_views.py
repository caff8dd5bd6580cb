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
    assert {name: list(getattr(context[name], "rows", context[name])) for name in names} == {
        "sessions": [session],
        "working_groups": [group],
        "outputs": [output],
        "recommendations": [recommendation],
        "organizations": [organization],
        "resources": [resource],
    }
    assert [(figure.label, figure.number, figure.address) for figure in context["figures"]] == [
        ("Work on it", 1, "/organizations/?pillar=p9"),
        ("Said", 2, "#said"),
        ("Put forward", 1, "#outputs"),
        ("Recommended", 1, "/recommendations/?pillar=p9"),
        ("Promised", 1, "/commitments/?pillar=p9"),
    ]
    for figure in context["figures"]:
        if figure.address.startswith("/"):
            assert len(client.get(figure.address).context["object_list"]) == figure.number
    assert context["commitments"] == ([commitment], 1)
    assert Organization.objects.filter(pillars=pillar).count() == 2  # the quiet one could have leaked


def test_a_long_list_of_a_pillar_counts_all_and_leads_to_them(client: Client) -> None:
    pillar = PillarFactory(code="p9")
    link(pillar, *RecommendationFactory.create_batch(11))
    response = client.get("/pillars/p9/")
    assert [(figure.label, figure.number) for figure in response.context["figures"]][3] == ("Recommended", 11)
    assert len(response.context["recommendations"].rows) == 10
    assert "All 11 in the list" in response.content.decode()


def test_the_two_schemes_lead_to_each_other(client: Client) -> None:
    six = PillarFactory(code="p2", name="Hybrid threats", aliases=["Hybrid"])
    front = PillarFactory(scheme=PillarSchemeFactory(code="fronts", canonical=False), code="f2", name="Corruption")
    with change(by=None, what="test.linked"):
        front.corresponds_to.add(six)
    listed = client.get("/pillars/").content.decode()
    assert listed.count('<a href="/pillars/p2/">Hybrid threats</a>') == 2
    assert listed.count('<a href="/pillars/f2/">Corruption</a>') == 2
    assert '<a href="/pillars/f2/">Corruption</a>' in client.get("/pillars/p2/").content.decode()
    page = client.get("/pillars/f2/").content.decode()
    assert "The portal keeps its records under the pillars named here." in page
    assert "The source names this pillar and does not describe it." in page


def test_the_list_counts_what_its_reader_may_see(client: Client) -> None:
    pillar = PillarFactory(code="p9")
    link(
        pillar,
        RecommendationFactory(),
        RecommendationFactory(state="draft", reference=None),
        CommitmentFactory(),
        CommitmentFactory(organization=OrganizationFactory(appearance="hidden")),
    )
    row = client.get("/pillars/").context["object_list"][0]
    assert (row.recommendations_count, row.commitments_count) == (1, 1)


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
