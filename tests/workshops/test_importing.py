"""Participants from a list: what is created, matched and refused, and that nothing is half done."""

from __future__ import annotations

import time

import pytest

from net4u.base import imports
from net4u.base.exports import lines
from net4u.base.import_runs import RunState
from net4u.base.imports import KINDS
from net4u.base.models import ImportRun, JournalEntry
from net4u.base.tables import read_table
from organizations.models import Organization
from people.models import User
from tests.factories import OrganizationFactory, TerritoryFactory, WorkshopFactory
from workshops.models import Delegate, Participation, Workshop

pytestmark = pytest.mark.django_db

HEAD = ["name", "email", "function", "organization", "acronym", "organization_kind", "country", "modality", "named_on"]


@pytest.fixture
def workshop() -> Workshop:
    TerritoryFactory()
    found: Workshop = WorkshopFactory(slug="genoa", title="Harbour days", state="draft", starts_on="2026-11-02")
    return found


def row(**given: str) -> list[str]:
    return [given.get(key, "") for key in HEAD]


def good(number: int, **given: str) -> list[str]:
    told = {"name": "Mira Person", "email": f"mira{number}@house.example", "organization": "Second House Cooperative"}
    return row(**told | given)


def uploaded(workshop: Workshop, sam: User, rows: list[list[str]], head: list[str] | None = None) -> ImportRun:
    data = "".join(lines(head or HEAD, rows)).encode()
    return imports.begin(kind=KINDS["participants"], about=workshop.pk, name="list.csv", table=read_table(data), by=sam)


def checked(workshop: Workshop, sam: User, rows: list[list[str]]) -> ImportRun:
    run = uploaded(workshop, sam, rows)
    assert imports.map_columns(run=run, mapping=run.mapping, by=sam) == []
    imports.take_up(run.created_at)
    run.refresh_from_db()
    return run


def verdicts(run: ImportRun) -> list[tuple[int, str, list[str]]]:
    return list(run.rows.values_list("number", "verdict", "reasons"))


def test_a_list_is_checked_and_imported(workshop: Workshop, sam: User) -> None:
    house = OrganizationFactory(legal_name="Second House Cooperative")
    run = checked(workshop, sam, [
        good(1, country="IT", modality="in person", named_on="2026-10-01", function="Director"),
        good(2, organization="New Harbour Association", country="Italy"),
        good(3, organization="new harbour", country="IT"),
    ])  # fmt: skip
    assert run.state == RunState.CHECKED
    assert verdicts(run) == [(2, "match", ["the same name"]), (3, "create", []), (4, "create", [])]
    assert (Delegate.objects.count(), Organization.objects.count()) == (0, 1)
    imports.confirm(run=run, by=sam)
    run.refresh_from_db()
    assert (run.state, run.rows.count()) == (RunState.DONE, 0)
    assert run.result == {
        "delegates": 3, "changed": 0, "same": 0, "organizations": 1, "participations": 2, "rows": 3, "left_out": 0,
    }  # fmt: skip
    new = Organization.objects.exclude(pk=house.pk).get()
    assert (new.legal_name, new.state, new.country.iso2) == ("New Harbour Association", "draft", "IT")
    assert set(Participation.objects.values_list("organization", "attribution")) == {
        (house.pk, "anonymous"), (new.pk, "anonymous")
    }  # fmt: skip
    assert "mira" not in str(list(JournalEntry.objects.values())).lower()


def test_five_thousand_rows_take_seconds(workshop: Workshop, sam: User) -> None:
    for number in range(300):
        OrganizationFactory(legal_name=f"House of {chr(65 + number % 26)}{number} and its neighbours {number * 7}")
    rows = [
        good(
            n,
            name=f"Person No {n}",
            organization=f"House of {chr(65 + n % 26)}{n % 400} and its neighbour {n % 400 * 7}",
        )
        for n in range(5000)
    ]
    began = time.monotonic()
    run = checked(workshop, sam, rows)
    seen = time.monotonic()
    assert run.state == RunState.CHECKED
    imports.confirm(run=run, by=sam)
    imports.take_up(run.created_at)
    run.refresh_from_db()
    print(f"5,000 rows: checked in {seen - began:.1f} s, imported in {time.monotonic() - seen:.1f} s", run.result)
    assert run.state == RunState.DONE
    assert Delegate.objects.count() == 5000
    assert time.monotonic() - began < 120
