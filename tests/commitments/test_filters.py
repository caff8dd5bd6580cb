"""Page and API have one filter: the same address after the prefix finds the same commitments."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.models import Commitment
from net4u.base.change import change
from tests.factories import (
    CommitmentFactory,
    OrganizationFactory,
    OutputFactory,
    PillarFactory,
    RecommendationFactory,
    TerritoryFactory,
    WorkingGroupFactory,
    WorkshopFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel("2026-03-31T10:00:00+00:00"):
        yield


@change(by=None, what="test.made")
def the_one() -> Commitment:
    """The only one that each filter finds, among others that differ in everything."""
    workshop = WorkshopFactory(slug="rome")
    house = OrganizationFactory(slug="lantern", country=TerritoryFactory())
    commitment = CommitmentFactory(
        title="Open houses to their neighbours",
        reference="C-2026-0007",
        organization=house,
        horizon="short",
        progress="in_progress",
        completion="limited",
        due_on=date(2026, 3, 30),
        workshop=workshop,
        working_group=WorkingGroupFactory(workshop=workshop, code="g1"),
        output=OutputFactory(workshop=workshop),
    )
    commitment.pillars.set([PillarFactory(code="p4"), PillarFactory(code="p5")])
    commitment.answers.set([RecommendationFactory(reference="R-2024-0007"), RecommendationFactory()])
    return commitment


@change(by=None, what="test.made")
def others() -> None:
    CommitmentFactory(due_on=date(2026, 3, 31))  # due on the day itself: not late
    CommitmentFactory(due_on=date(2026, 1, 1), progress="completed")
    CommitmentFactory(due_on=date(2026, 1, 1), completion="complete")
    workshop = WorkshopFactory(slug="vienna")
    CommitmentFactory(workshop=workshop, organization__country=TerritoryFactory(iso2="RO", name="Romania"))


def hidden() -> None:
    """Like the one, and not for the public."""
    for fields in ({"state": "withdrawn"}, {"organization__appearance": "members_only"}):
        CommitmentFactory(
            title="Open houses too", horizon="short", progress="in_progress", completion="limited",
            due_on=date(2026, 3, 30), **fields,
        )  # fmt: skip


QUERIES = [
    "q=houses+open",
    "q=c-2026-0007",
    "pillar=p4",
    "country=IT",
    "due=overdue",
    "completion=limited",
    "horizon=short",
    "progress=in_progress",
    "workshop=rome",
    "due_after=2026-03-30&due_before=2026-03-30",
    "organization=lantern",
    "answers=R-2024-0007",
    "working_group={working_group}",
    "output={output}",
]


def found(client: Client, query: str) -> tuple[list[str], list[str]]:
    """Ids on the page and in the API."""
    page, answer = client.get(f"/commitments/?{query}"), client.get(f"/api/v1/commitments/?{query}")
    assert (page.status_code, answer.status_code) == (200, 200), answer.content
    rows = sorted(str(each.pk) for each in page.context["object_list"])
    return rows, [row["id"] for row in answer.json()["results"]]


@pytest.mark.parametrize("query", QUERIES)
def test_page_and_api_find_the_same(client: Client, query: str) -> None:
    one = the_one()
    others()
    hidden()
    query = query.format(working_group=one.working_group_id, output=one.output_id)
    assert found(client, query) == ([str(one.pk)], [str(one.pk)])


@pytest.mark.parametrize(("query", "number"), [("", 5), ("due=open", 3), ("due=closed", 2), ("q=nothing", 0)])
def test_page_and_api_find_as_many(client: Client, query: str, number: int) -> None:
    the_one()
    others()
    hidden()
    page, answer = found(client, query)
    assert page == answer
    assert len(page) == number


def test_overdue_is_asked_of_today(client: Client) -> None:
    one = the_one()
    for day, is_late in (("2026-03-31T10:00:00+00:00", True), ("2026-03-30T10:00:00+00:00", False)):
        with time_machine.travel(day):
            late = [str(one.pk)] if is_late else []
            assert found(client, "due=overdue") == (late, late), day


WRONG = {
    "due_after=31.3.2026": "due_after",
    "due_before=soon": "due_before",
    "due=late": "due",
    "organization=secret": "organization",
    "answers=R-2024-0008": "answers",
    "output=1": "output",
    "working_group=nowhere": "working_group",
}


@pytest.mark.parametrize(("query", "field"), WRONG.items())
def test_a_wrong_value_is_told_and_finds_nothing(client: Client, query: str, field: str) -> None:
    the_one()
    OrganizationFactory(slug="secret", appearance="hidden")
    RecommendationFactory(reference="R-2024-0008", state="draft")
    page, answer = client.get(f"/commitments/?{query}"), client.get(f"/api/v1/commitments/?{query}")
    assert list(page.context["filter"].errors) == [field]
    assert list(page.context["object_list"]) == []
    assert f"id_{field}_error" in page.content.decode()
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_a_link_from_another_record_stays_when_the_filter_is_sent_again(client: Client) -> None:
    the_one()
    page = client.get("/commitments/?organization=lantern&q=open")
    assert [(str(chip.label), chip.without) for chip in page.context["chips"]] == [
        ("Words", "/commitments/?organization=lantern"),
        ("Organization", "/commitments/?q=open"),
    ]
    html = page.content.decode()
    assert '<input type="hidden" name="organization" value="lantern"' in html
    assert 'name="answers"' not in html
