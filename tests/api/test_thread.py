"""The thread of a workshop as a graph: exactly this, for everybody alike, and only what is public."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import jsonschema
import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from tests.factories import SessionFactory, WorkshopFactory

pytestmark = pytest.mark.django_db

SITE = settings.SITE_URL
ROME = f"{SITE}/workshops/rome-2025/"
RECOMMENDED = f"{SITE}/recommendations/R-2025-0001/"
PROMISED = f"{SITE}/commitments/C-2026-0001/"
SOURCE = 1


def uuid(number: int) -> str:
    return f"00000000-0000-0000-0000-{number:012x}"


def node(number: int, kind: str, title: str, url: str) -> dict[str, Any]:
    return {"id": uuid(number), "kind": kind, "title": title, "url": url, "is_demonstration": False}


def edge(start: int, relation: str, end: int, source: int | None) -> dict[str, Any]:
    return {"from": uuid(start), "relation": relation, "to": uuid(end), "source": uuid(source) if source else None}


def test_a_thread_is_exactly_this(client: Client, record: dict[str, Any]) -> None:
    with translation.override("fr"):
        answer = client.get(f"/api/v1/workshops/{record['workshop'].pk}/thread/")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == {
        "workshop": uuid(51),
        "is_complete": True,
        "nodes": [
            node(51, "workshop", "Regional workshop", ROME),
            node(60, "session", "Opening", f"{ROME}#session-1"),
            node(70, "working_group", "Group A", f"{ROME}groups/a/"),
            node(80, "output", "Train teachers.", f"{ROME}#output-1"),
            node(101, "recommendation", "States should train teachers.", RECOMMENDED),
            node(102, "answer", "The Ministry of Education: partly accepted", f"{RECOMMENDED}#answer-{uuid(102)}"),
            node(103, "assessment", "partly implemented (Umbrella Union)", f"{RECOMMENDED}#assessment-{uuid(103)}"),
            node(120, "commitment", "Train 40 teachers", PROMISED),
            node(121, "milestone", "Ten teachers", f"{PROMISED}#steps"),
            node(122, "progress_update", "2026-06-12: in progress", f"{PROMISED}#report-{uuid(122)}"),
            node(123, "progress_update", "2026-06-13: in progress", f"{PROMISED}#report-{uuid(123)}"),
            node(124, "evidence", "List", f"{PROMISED}#evidence"),
            node(125, "verification", "2026-07-01: limited", f"{PROMISED}#accounts"),
        ],
        "edges": [
            edge(51, "held", 60, SOURCE),
            edge(60, "formed", 70, SOURCE),
            edge(70, "put_forward", 80, SOURCE),
            edge(60, "put_forward", 80, SOURCE),
            edge(80, "recommended", 101, SOURCE),
            edge(70, "recommended", 101, SOURCE),
            edge(60, "recommended", 101, SOURCE),
            edge(101, "answered", 102, SOURCE),
            edge(101, "assessed", 103, SOURCE),
            edge(101, "promised", 120, None),
            edge(80, "promised", 120, None),
            edge(70, "promised", 120, None),
            edge(120, "planned", 121, None),
            edge(120, "reported", 122, None),
            edge(120, "reported", 123, None),
            edge(122, "shown", 124, None),
            edge(120, "verified", 125, None),
        ],
        "sources": [
            {
                "id": uuid(SOURCE),
                "title": "Report of the workshop",
                "publisher": "The Alliance",
                "url": "https://alliance.example/report",
                "published_on": "2025-12-01",
            }
        ],
    }


def test_it_is_what_the_description_says(client: Client, record: dict[str, Any]) -> None:
    description = client.get("/api/v1/schema/").json()
    told = description["paths"]["/api/v1/workshops/{id}/thread/"]["get"]
    schema = told["responses"]["200"]["content"]["application/json"]["schema"]
    thread = client.get(f"/api/v1/workshops/{record['workshop'].pk}/thread/").json()
    jsonschema.validate(thread, schema | {"components": description["components"]})
    assert set(told["responses"]) == {"200", "400", "404"}


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"state": "withdrawn"}, {"disclosure": "off_record"}])
def test_hidden_and_missing_answer_alike_whoever_asks(client: Client, ada: Any, fields: dict[str, str]) -> None:
    hidden = SessionFactory(workshop=WorkshopFactory(**fields), title="Canary").workshop
    client.force_login(ada)  # a browser's session opens nothing in the API
    answer, missing = (client.get(f"/api/v1/workshops/{pk}/thread/") for pk in (hidden.pk, uuid4()))
    assert (answer.status_code, answer.content) == (404, missing.content)
    assert answer.json()["detail"] == "There is nothing at this address, or it is not public."


def test_it_takes_no_parameter(client: Client) -> None:
    answer = client.get(f"/api/v1/workshops/{WorkshopFactory().pk}/thread/?depth=2")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["depth"]
