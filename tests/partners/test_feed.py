"""The feed: what changed, each object once at its latest number, and nothing missed or told too much."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from net4u.base.models import ChangeCounter, Document
from organizations.enums import Appearance
from organizations.services import merge_organizations, set_appearance, withdraw_organization
from tests.factories import OrganizationFactory, SessionFactory, WorkshopFactory
from workshops.services import curate, withdraw_workshop

pytestmark = pytest.mark.django_db


def pull(client: Client, after: str | None = None, limit: int = 100) -> dict[str, Any]:
    """What one request gives."""
    parameters = {"limit": str(limit)} | ({"after": after} if after else {})
    answer = client.get("/api/v1/changes/", parameters)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def catch_up(client: Client, copy: dict[str, Any], after: str | None, limit: int = 3) -> str:
    """A partner's loop: keep what has a document, delete what has none; returns the cursor to go on from."""
    while True:
        answer = pull(client, after, limit)
        for row in answer["results"]:
            if row["document"] is None:
                copy.pop(row["id"], None)
            else:
                copy[row["id"]] = row["document"]
        after = answer["next"]
        if not answer["more"]:
            return after


def current() -> dict[str, Any]:
    rows = Document.objects.for_audience("public").current()
    return {str(row.object_id): json.loads(row.text) for row in rows}


def test_an_empty_feed_gives_a_cursor(client: Client) -> None:
    counter = ChangeCounter.objects.get()
    assert pull(client) == {"next": f"{counter.epoch}.0", "more": False, "results": []}


def test_a_row_is_exactly_this(client: Client) -> None:
    workshop = WorkshopFactory()
    row = Document.objects.get(audience="public", object_id=workshop.pk)
    counter = ChangeCounter.objects.get()
    body = (
        f'{{"next":"{counter.epoch}.{row.number}","more":false,"results":[{{"number":{row.number},"kind":"workshop",'
        f'"id":"{workshop.pk}","document":{row.text},"merged_into":null}}]}}'
    )
    assert client.get("/api/v1/changes/").content.decode() == body


def test_a_walk_equals_the_current_documents_and_each_row_comes_once(client: Client) -> None:
    workshops = WorkshopFactory.create_batch(8)
    SessionFactory.create_batch(4)
    copy: dict[str, Any] = {}
    after = catch_up(client, copy, None)
    assert copy == current()
    assert len(copy) == 16

    workshops[0].title = "Another title"
    curate(record=workshops[0], by=None)
    withdraw_workshop(workshop=workshops[1], why="a mistake", by=None)
    WorkshopFactory()
    news = pull(client, after)["results"]
    assert [row["kind"] for row in news] == ["workshop"] * 3
    assert len({row["id"] for row in news}) == 3
    catch_up(client, copy, after)
    assert copy == current()


def test_numbers_rise_and_only_the_latest_of_an_object_is_told(client: Client) -> None:
    workshop = WorkshopFactory()
    WorkshopFactory()
    for title in ("One", "Two"):
        workshop.title = title
        curate(record=workshop, by=None)
    rows = pull(client)["results"]
    assert [row["number"] for row in rows] == sorted(row["number"] for row in rows)
    assert [row["document"]["title"]["en"] for row in rows if row["id"] == str(workshop.pk)] == ["Two"]


def test_withdrawing_gives_tombstones_without_content(client: Client) -> None:
    session = SessionFactory(title="Quietwater", workshop__title="Quietwater")
    after = pull(client)["next"]
    withdraw_workshop(workshop=session.workshop, why="a mistake", by=None)
    rows = pull(client, after)["results"]
    assert {(row["kind"], row["id"], row["document"], row["merged_into"]) for row in rows} == {
        ("workshop", str(session.workshop.pk), None, None),
        ("session", str(session.pk), None, None),
    }
    assert b"Quietwater" not in client.get("/api/v1/changes/").content


def test_what_was_never_out_leaves_no_tombstone(client: Client) -> None:
    workshop = WorkshopFactory(state="draft")
    withdraw = OrganizationFactory(appearance="hidden")
    withdraw_organization(organization=withdraw, why="asked for", by=None)
    assert pull(client)["results"] == []
    assert not Document.objects.filter(object_id=workshop.pk).exists()


def test_a_merged_record_names_its_successor(client: Client) -> None:
    old, into = OrganizationFactory(), OrganizationFactory()
    former = str(old.pk)
    merge_organizations(old=old, into=into, why="the same", by=None)
    row = next(row for row in pull(client)["results"] if row["id"] == former)
    assert (row["document"], row["merged_into"]) == (None, str(into.pk))


def test_a_successor_that_is_hidden_is_not_named(client: Client) -> None:
    old, into = OrganizationFactory(), OrganizationFactory(appearance="hidden")
    former = str(old.pk)
    merge_organizations(old=old, into=into, why="the same", by=None)
    row = next(row for row in pull(client)["results"] if row["id"] == former)
    assert (row["document"], row["merged_into"]) == (None, None)
    assert str(into.pk).encode() not in client.get("/api/v1/changes/").content


def test_a_chain_of_mergers_can_be_followed(client: Client) -> None:
    first, second, third = (OrganizationFactory() for _ in range(3))
    ids = [str(each.pk) for each in (first, second, third)]  # a deleted instance forgets its own
    merge_organizations(old=first, into=second, why="the same", by=None)
    merge_organizations(old=second, into=third, why="the same", by=None)
    rows = {row["id"]: row["merged_into"] for row in pull(client)["results"]}
    assert rows == {ids[0]: ids[1], ids[1]: ids[2], ids[2]: None}


def test_partners_rows_are_not_in_the_public_feed(client: Client) -> None:
    organization = OrganizationFactory(appearance="members_only", sharing=True)
    assert Document.objects.for_audience("partners").filter(object_id=organization.pk).exists()
    assert pull(client)["results"] == []
    set_appearance(organization=organization, appearance=Appearance.PUBLIC, text_version="1", by=None)
    assert len(pull(client)["results"]) == 1


@pytest.mark.parametrize("item_count", [1, 3])
def test_two_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries, item_count: int) -> None:
    WorkshopFactory.create_batch(item_count)
    with django_assert_num_queries(2):
        assert len(pull(client)["results"]) == item_count


# -- cursors -------------------------------------------------------------------------------------------------


def test_a_cursor_of_another_epoch_is_gone_with_a_hint(client: Client) -> None:
    answer = client.get("/api/v1/changes/", {"after": f"{uuid4()}.3"})
    assert answer.status_code == 410
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Gone",
        "status": 410,
        "detail": "This cursor is from before a backup was restored. Start again without “after”.",
    }


def test_after_a_restore_the_old_cursor_is_gone(client: Client) -> None:
    WorkshopFactory()
    after = pull(client)["next"]
    ChangeCounter.objects.update(epoch=uuid4())
    assert client.get("/api/v1/changes/", {"after": after}).status_code == 410
    assert len(pull(client)["results"]) == 1


NONSENSE = "Take it from “next” of the answer before."
AHEAD = "No change has this number yet. Take it from “next”."
MADE_UP = [
    ("", NONSENSE), ("0", NONSENSE), (".", NONSENSE), ("{epoch}", NONSENSE), ("{epoch}.", NONSENSE),
    ("{epoch}.-1", NONSENSE), ("{epoch}.+1", NONSENSE), ("{epoch}.1.0", NONSENSE), ("{epoch}. 1", NONSENSE),
    ("{epoch}.1e1", NONSENSE), ("{epoch}.\u0661", NONSENSE), ("{epoch}.\x00", NONSENSE), ("\x00.1", NONSENSE),
    ("{hex}.1", NONSENSE), ("{{epoch}}.1", NONSENSE), ("{epoch}." + "9" * 30, NONSENSE),
    ("{epoch}.9223372036854775808", NONSENSE), ("{epoch}.9223372036854775807", AHEAD),
    ("{epoch}.{ahead}", AHEAD),
]  # fmt: skip


@pytest.mark.parametrize(("cursor", "sentence"), MADE_UP)
def test_a_cursor_that_nobody_gave_is_refused(client: Client, cursor: str, sentence: str) -> None:
    WorkshopFactory()
    counter = ChangeCounter.objects.get()
    made_up = cursor.format(epoch=counter.epoch, hex=UUID(str(counter.epoch)).hex, ahead=counter.value + 1)
    answer = client.get("/api/v1/changes/", {"after": made_up})
    assert (answer.status_code, answer.json()["errors"]) == (400, {"after": [sentence]})


def test_a_cursor_made_by_hand_reads_what_anybody_may_read(client: Client) -> None:
    WorkshopFactory.create_batch(2)
    counter = ChangeCounter.objects.get()
    assert len(pull(client, f"{counter.epoch}.0")["results"]) == 2
    assert len(pull(client, f"{counter.epoch}.1")["results"]) == 1
    at_the_end = f"{counter.epoch}.{counter.value}"
    assert pull(client, at_the_end) == {"next": at_the_end, "more": False, "results": []}


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "cursor=1", "kind=workshop", "after=x&after=y"])
def test_wrong_parameters_are_named(client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/changes/?{query}")
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {query.split("=", maxsplit=1)[0]}
