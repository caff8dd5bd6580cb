"""One record by its id: the stored text, or the same 404 for everything a reader may not know of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from net4u.base.kinds import KINDS
from organizations.services import merge_organizations, set_appearance, withdraw_organization
from tests.factories import OrganizationFactory, WorkshopFactory

pytestmark = pytest.mark.django_db

EXPECTED = json.loads((Path(__file__).parent / "documents.json").read_text())


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_document_is_exactly_this(client: Client, record: dict[str, Any], kind: str) -> None:
    """documents.json was read by a person. Change it by hand, when a change of what partners get is meant."""
    answer = client.get(f"/api/v1/{KINDS[kind].plural}/{record[kind].pk}/")
    assert answer.json() == EXPECTED[kind]
    assert answer.headers["Content-Type"] == "application/json"


def test_a_detail_is_one_query(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    workshop = WorkshopFactory()
    with django_assert_num_queries(1):
        client.get(f"/api/v1/workshops/{workshop.pk}/")


def told(client: Client, path: str) -> tuple[int, dict[str, str], bytes]:
    answer = client.get(path)
    return answer.status_code, dict(answer.headers), answer.content


def test_hidden_missing_and_of_another_kind_answer_alike(client: Client) -> None:
    hidden = OrganizationFactory(appearance="hidden")
    withdrawn = OrganizationFactory()
    withdraw_organization(organization=withdrawn, why="asked for", by=None)
    draft = WorkshopFactory(state="draft")
    public = WorkshopFactory()
    missing = told(client, f"/api/v1/organizations/{uuid4()}/")
    assert missing[0] == 404
    assert json.loads(missing[2]) == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this address, or it is not public.",
    }
    for path in (
        f"organizations/{hidden.pk}/",
        f"organizations/{withdrawn.pk}/",
        f"workshops/{draft.pk}/",
        f"organizations/{public.pk}/",
        f"workshops/{hidden.pk}/",
    ):
        assert told(client, f"/api/v1/{path}") == missing, path
    assert client.get(f"/api/v1/workshops/{public.pk}/").status_code == 200


def test_a_merged_id_leads_to_its_successor(client: Client) -> None:
    first, second, third = (OrganizationFactory() for _ in range(3))
    ids = [str(each.pk) for each in (first, second, third)]  # a deleted instance forgets its own
    merge_organizations(old=first, into=second, why="the same", by=None)
    answer = client.get(f"/api/v1/organizations/{ids[0]}/")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{settings.SITE_URL}/api/v1/organizations/{ids[1]}/"
    merge_organizations(old=second, into=third, why="the same again", by=None)
    answer = client.get(f"/api/v1/organizations/{ids[0]}/")
    assert answer.headers["Location"] == f"{settings.SITE_URL}/api/v1/organizations/{ids[2]}/"


def test_a_merged_id_is_missing_while_its_successor_is_hidden(client: Client) -> None:
    old, into = OrganizationFactory(), OrganizationFactory()
    former = old.pk
    merge_organizations(old=old, into=into, why="the same", by=None)
    set_appearance(organization=into, appearance="hidden", text_version="1", by=None)
    missing = told(client, f"/api/v1/organizations/{uuid4()}/")
    assert told(client, f"/api/v1/organizations/{former}/") == missing


def test_a_former_id_that_was_never_out_says_nothing(client: Client) -> None:
    old, into = OrganizationFactory(appearance="hidden"), OrganizationFactory()
    former = old.pk
    merge_organizations(old=old, into=into, why="the same", by=None)
    assert client.get(f"/api/v1/organizations/{former}/").status_code == 404


def test_head_and_options(client: Client) -> None:
    workshop = WorkshopFactory()
    for path in ("/api/v1/workshops/", f"/api/v1/workshops/{workshop.pk}/", "/api/v1/", "/api/v1/changes/"):
        get, head, options = client.get(path), client.head(path), client.options(path)
        assert (head.status_code, head.content) == (200, b"")
        assert dict(head.headers) == dict(get.headers)
        assert (options.status_code, options.headers["Allow"]) == (200, "GET, HEAD, OPTIONS")


def test_an_answer_depends_on_no_session_and_on_no_accept_header(client: Client, ada: Any) -> None:
    """Whatever a shared cache keeps is right for everybody."""
    workshop = WorkshopFactory()
    path = f"/api/v1/workshops/{workshop.pk}/"
    nobody = told(client, path)
    assert "Vary" not in nobody[1]
    client.force_login(ada)
    assert told(client, path) == nobody
    assert client.get(path, headers={"accept": "text/html"}).content == nobody[2]
