"""The API is a published contract: its description is committed, and documents are what it says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.conf import settings
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema

from net4u.api import description
from net4u.base.change import change
from net4u.base.kinds import KINDS
from tests.factories import (
    CommitmentFactory,
    ContributionFactory,
    DeclarationFactory,
    FigureFactory,
    MembershipFactory,
    OrganizationFactory,
    OutputFactory,
    ParticipationFactory,
    RecommendationFactory,
    ResourceFactory,
    RoleFactory,
    SessionFactory,
    SourceFactory,
    WorkingGroupFactory,
    WorkshopNameFactory,
)

COMMITTED = Path(__file__).parent / "openapi.json"
REFRESH = (
    "The API changed. If that is meant: python manage.py spectacular --format openapi-json --validate "
    "--fail-on-warn --custom-settings net4u.api.SCHEMA_SETTINGS --file tests/api/openapi.json"
)

FORMATS = jsonschema.FormatChecker(())
FORMATS.checks("uri")(lambda value: not isinstance(value, str) or "://" in value)

pytestmark = pytest.mark.django_db


def served(client: Client) -> dict[str, Any]:
    answer = client.get("/api/v1/schema/")
    assert answer.headers["Content-Type"] == "application/vnd.oai.openapi+json"
    schema: dict[str, Any] = answer.json()
    return schema


def test_it_is_the_committed_one(client: Client) -> None:
    found, committed = served(client), json.loads(COMMITTED.read_text())
    assert found.pop("servers") == [{"url": settings.SITE_URL}]
    del committed["servers"]
    assert found == committed, REFRESH


def test_it_is_openapi_3_1_and_is_made_without_a_warning() -> None:
    GENERATOR_STATS.reset()
    description.cache_clear()
    schema = json.loads(description())
    assert not GENERATOR_STATS, (GENERATOR_STATS._warn_cache, GENERATOR_STATS._error_cache)
    assert schema["openapi"] == "3.1.0"
    validate_schema(schema)


def test_every_action_has_a_summary_and_only_reads(client: Client) -> None:
    for path, actions in served(client)["paths"].items():
        assert set(actions) <= {"get", "parameters"}, path
        assert actions["get"]["summary"], path


def component_of(schema: dict[str, Any], plural: str) -> dict[str, Any]:
    answer = schema["paths"][f"/api/v1/{plural}/{{id}}/"]["get"]["responses"]["200"]
    reference = answer["content"]["application/json"]["schema"]
    return {**reference, "components": schema["components"]}


@change(by=None, what="test.made")
def meagre_records() -> None:
    """As little in each as a record may have."""
    OrganizationFactory(appearance="name_and_country", mission="Not shown", year_founded=1999)
    RoleFactory()
    ParticipationFactory()
    FigureFactory()
    WorkshopNameFactory()
    MembershipFactory(status="considering", source=SourceFactory())
    session = SessionFactory(disclosure="chatham_house")
    ContributionFactory(source=SourceFactory())
    WorkingGroupFactory(workshop=session.workshop)
    OutputFactory(workshop=session.workshop)
    ResourceFactory()
    RecommendationFactory()
    DeclarationFactory()
    CommitmentFactory()


@pytest.mark.parametrize("filled", ["full", "meagre"])
def test_documents_are_what_it_says(client: Client, request: pytest.FixtureRequest, filled: str) -> None:
    if filled == "full":
        request.getfixturevalue("record")
    else:
        meagre_records()
    schema, looked_at = served(client), set()
    for kind in KINDS.values():
        for document in client.get(f"/api/v1/{kind.plural}/").json()["results"]:
            jsonschema.validate(document, component_of(schema, kind.plural), format_checker=FORMATS)
            looked_at.add(kind.kind)
    assert looked_at >= set(KINDS) - {"pillar", "provision"}


def test_the_description_tells_every_field(client: Client, record: dict[str, Any]) -> None:
    schema = served(client)
    for kind in KINDS.values():
        reference = component_of(schema, kind.plural)["$ref"].rpartition("/")[2]
        component = schema["components"]["schemas"][reference]
        document = client.get(f"/api/v1/{kind.plural}/{record[kind.kind].pk}/").json()
        assert set(component["properties"]) == set(component["required"]) == set(document)


@pytest.mark.parametrize("query", ["", "?lang=%00", "?lang=xx", "?version=1%0d%0aX:1", "?format=yaml"])
def test_its_answer_takes_nothing_from_the_address(client: Client, query: str) -> None:
    plain = client.get("/api/v1/schema/")
    answer = client.get(f"/api/v1/schema/{query}")
    assert (answer.status_code, answer.content) == (200, plain.content)
    assert dict(answer.headers) == dict(plain.headers)


def test_the_console_has_nothing_inline_and_asks_no_other_host(client: Client) -> None:
    page = client.get("/api/docs/")
    html = page.content.decode()
    assert page.status_code == 200
    assert not re.findall(r"<style|<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=", html)
    sources = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert len(sources) == 5
    assert all(source.startswith("/") and not source.startswith("//") for source in sources)
    script = client.get("/api/docs/?script=")
    assert script.headers["Content-Type"].startswith("application/javascript")
    assert 'url: "/api/v1/schema/"' in script.content.decode().replace("\\u002D", "-")
    assert "http" not in script.content.decode()
    assert not page.cookies
    assert not script.cookies


def test_the_console_s_script_takes_nothing_from_the_address(client: Client) -> None:
    plain = client.get("/api/docs/?script=").content
    assert client.get("/api/docs/?script=&lang=%22);alert(1);//&version=%00").content == plain
