"""Lists: every row once, one query, the same filters as the pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from net4u.api import VIEWSETS
from net4u.base.change import change
from net4u.base.kinds import KINDS
from net4u.base.models import Document
from net4u.base.viewers import PUBLIC
from tests.factories import OrganizationFactory, OutputFactory, PillarFactory, WorkshopFactory

pytestmark = pytest.mark.django_db


def walk(client: Client, path: str) -> list[list[dict[str, Any]]]:
    """All pages, following “next” as a partner does."""
    pages = []
    following: str | None = path
    while following:
        parts = urlsplit(following)
        answer = client.get(f"{parts.path}?{parts.query}").json()
        pages.append(answer["results"])
        following = answer["next"]
        assert len(pages) < 1000
    return pages


def workshops(count: int, **fields: Any) -> list[str]:
    """Their ids in the order of the API; made in one change, since documents are then built once."""
    with change(by=None, what="test.made"):
        return sorted(str(each.pk) for each in WorkshopFactory.create_batch(count, **fields))


def ids(pages: list[list[dict[str, Any]]]) -> list[str]:
    return [row["id"] for page in pages for row in page]


def test_the_root_leads_to_each_kind_the_feed_and_the_description(client: Client) -> None:
    start = settings.SITE_URL + "/api"
    assert client.get("/api/v1/").json() == {
        "kinds": {
            "network": f"{start}/v1/networks/",
            "organization": f"{start}/v1/organizations/",
            "workshop": f"{start}/v1/workshops/",
            "session": f"{start}/v1/sessions/",
            "working_group": f"{start}/v1/working-groups/",
            "output": f"{start}/v1/outputs/",
            "pillar": f"{start}/v1/pillars/",
            "provision": f"{start}/v1/provisions/",
            "recommendation": f"{start}/v1/recommendations/",
            "declaration": f"{start}/v1/declarations/",
            "commitment": f"{start}/v1/commitments/",
            "resource": f"{start}/v1/resources/",
        },
        "changes": f"{start}/v1/changes/",
        "schema": f"{start}/v1/schema/",
        "docs": f"{start}/docs/",
    }


def test_every_kind_of_document_has_its_addresses() -> None:
    assert {each.kind for each in VIEWSETS} == set(KINDS.values())


def test_an_empty_list_is_whole(client: Client) -> None:
    answer = client.get("/api/v1/declarations/")
    assert answer.content == b'{"next":null,"results":[]}'
    assert answer.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_list_holds_the_stored_texts_in_order_of_ids(client: Client, record: dict[str, Any], kind: str) -> None:
    stored = Document.objects.filter(audience="public", kind=kind).current().order_by("object_id")
    texts = ",".join(stored.values_list("text", flat=True))
    body = client.get(f"/api/v1/{KINDS[kind].plural}/").content.decode()
    assert body == f'{{"next":null,"results":[{texts}]}}'


def test_a_walk_gives_each_of_250_rows_once(client: Client) -> None:
    made = workshops(250)
    pages = walk(client, "/api/v1/workshops/?limit=7")
    assert [len(page) for page in pages] == [7] * 35 + [5]
    assert ids(pages) == made


def test_a_filtered_walk_gives_each_row_once_and_keeps_the_filter(client: Client) -> None:
    made = workshops(11, kind="training")
    workshops(9, kind="briefing")
    pages = walk(client, "/api/v1/workshops/?limit=5&kind=training&q=")
    assert [len(page) for page in pages] == [5, 5, 1]
    assert ids(pages) == made


def test_a_full_last_page_has_no_next(client: Client) -> None:
    workshops(4)
    assert [len(page) for page in walk(client, "/api/v1/workshops/?limit=2")] == [2, 2]


def test_a_page_is_a_hundred_unless_asked_otherwise_and_200_at_most(client: Client) -> None:
    workshops(201)
    assert len(client.get("/api/v1/workshops/").json()["results"]) == 100
    assert len(client.get("/api/v1/workshops/?limit=200").json()["results"]) == 200


def test_next_is_an_address_of_this_portal_whoever_is_named_as_host(client: Client) -> None:
    workshops(2)
    following = client.get("/api/v1/workshops/?limit=1", headers={"host": "127.0.0.1"}).json()["next"]
    assert following.startswith(f"{settings.SITE_URL}/api/v1/workshops/?limit=1&cursor=")


@pytest.mark.parametrize("item_count", [1, 3])
def test_a_list_is_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, item_count: int
) -> None:
    workshops(item_count)
    with django_assert_num_queries(1):
        assert len(client.get("/api/v1/workshops/").json()["results"]) == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_a_filtered_list_is_two_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, item_count: int
) -> None:
    workshops(item_count, kind="training")
    with django_assert_num_queries(2):
        assert len(client.get("/api/v1/workshops/?kind=training").json()["results"]) == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_a_filter_by_another_record_adds_one_look_up(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, item_count: int
) -> None:
    workshop = WorkshopFactory(slug="rome")
    OutputFactory.create_batch(item_count, workshop=workshop)
    with django_assert_num_queries(3):
        assert len(client.get("/api/v1/outputs/?workshop=rome").json()["results"]) == item_count


FILTERED = [
    ("workshops", "kind=regional_workshop"),
    ("workshops", "network=net4u-europe"),
    ("workshops", "country=IT"),
    ("workshops", "year=2025"),
    ("workshops", "year=2.025e3"),
    ("workshops", "q=regional+WORK"),
    ("workshops", "q=nothing"),
    ("sessions", "workshop=rome-2025"),
    ("working-groups", "workshop=rome-2025"),
    ("outputs", "kind=proposal&pillar=p1"),
    ("outputs", "kind=finding"),
    ("resources", "kind=toolkit"),
    ("resources", "q=toolkit&pillar=p1&workshop=rome-2025"),
    ("organizations", "q=lanter"),
    ("organizations", "country=IT&kind=civil_society"),
    ("organizations", "pillar=p1"),
    ("organizations", "membership=member"),
    ("organizations", "membership=considering"),
    ("pillars", "scheme=five-fronts"),
    ("provisions", "instrument=UNTOC&cluster=1"),
    ("recommendations", "q=teachers&pillar=p1&theme=survivors"),
    ("recommendations", "addressee=state"),
    ("recommendations", "made_in=2020"),
    ("recommendations", "answer=partly&article=UNTOC-31"),
    ("recommendations", "answer=none"),
    ("recommendations", "answer=rejected"),
    ("recommendations", "workshop=rome-2025"),
    ("commitments", "q=teachers&pillar=p1"),
    ("commitments", "organization=lantern&country=IT"),
    ("commitments", "answers=R-2025-0001"),
    ("commitments", "completion=limited&progress=in_progress&horizon=short"),
    ("commitments", "due_after=2027-01-01"),
]


@pytest.mark.parametrize(("plural", "query"), FILTERED)
def test_a_filter_finds_what_the_page_s_filter_finds(
    client: Client, record: dict[str, Any], plural: str, query: str
) -> None:
    viewset = next(each for each in VIEWSETS if each.kind.plural == plural)
    parameters = dict(part.split("=") for part in query.replace("+", " ").split("&"))
    queryset = viewset.kind.model.objects.visible_to(PUBLIC)
    filterset = viewset.filterset_class(parameters, queryset=queryset, viewer=PUBLIC)
    assert filterset.is_valid(), filterset.errors
    on_the_page = sorted(str(pk) for pk in filterset.qs.values_list("pk", flat=True))
    answer = client.get(f"/api/v1/{plural}/?{query}")
    assert answer.status_code == 200, answer.content
    assert [row["id"] for row in answer.json()["results"]] == on_the_page


def test_filters_find_something_and_leave_something_out(client: Client, record: dict[str, Any]) -> None:
    """So that the comparison above cannot pass on empty lists."""
    assert [row["slug"] for row in client.get("/api/v1/organizations/?pillar=p1").json()["results"]] == ["lantern"]
    assert len(client.get("/api/v1/organizations/").json()["results"]) == 2
    assert [row["made_in"] for row in client.get("/api/v1/recommendations/?made_in=2020").json()["results"]] == [2020]
    assert client.get("/api/v1/outputs/?kind=finding").json()["results"] == []


def test_a_to_many_filter_repeats_no_row(client: Client) -> None:
    first, second = PillarFactory(code="p1"), PillarFactory(code="p2")
    organization = OrganizationFactory()
    with change(by=None, what="test.linked"):
        organization.pillars.set([first, second])
    assert len(client.get("/api/v1/organizations/?pillar=p1").json()["results"]) == 1
