"""One table of everything that was promised: each figure is the number of rows in the list it leads to."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
import time_machine
from django.test import Client

from commitments.models import Commitment
from net4u.base.change import change
from tests.factories import (
    CommitmentFactory,
    OrganizationFactory,
    PillarFactory,
    TerritoryFactory,
    UpdateFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 15, 9, tzinfo=UTC)
PAGE = "/secretariat/follow-up/overview/"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


def promised(title: str, *pillars: Any, **fields: Any) -> Commitment:
    given = {"due_on": date(2026, 12, 1), "published_at": NOW - timedelta(days=200)} | fields
    commitment: Commitment = CommitmentFactory(title=title, **given)
    with change(by=None, what="test"):
        commitment.pillars.add(*pillars)
    return commitment


@pytest.fixture
def world() -> None:
    with change(by=None, what="test"):
        first, second = PillarFactory(code="p1", name="Prevention"), PillarFactory(code="p2", name="Protection")
        italy = OrganizationFactory(
            legal_name="Libera", slug="libera", country=TerritoryFactory(iso2="IT", name="Italy")
        )
        promised("late", first, second, organization=italy, due_on=date(2026, 5, 14))
        promised("quiet", first, organization=italy)
        heard = promised("heard", organization=italy)
        UpdateFactory(commitment=heard, reported_on="2026-05-01", progress="in_progress")
        done = promised("done", first, progress="completed", completion="limited")
        UpdateFactory(commitment=done, reported_on="2026-05-01", progress="completed")
        VerificationFactory(commitment=done, completion="limited", verified_on="2026-05-02")
        promised("new", second, published_at=NOW - timedelta(days=3))
        promised("draft", first, state="draft", reference=None)
        promised("gone", first, state="withdrawn")


def figures(client: Client, query: str = "") -> dict[str, list[int]]:
    table = client.get(f"{PAGE}?{query}").context["table"]
    return {row.name: [figure.value for figure in row.figures] for row in table.rows}


TABLES = {
    "": {
        "Prevention": [3, 2, 1, 2, 1, 0, 0, 1, 0, 0],
        "Protection": [2, 2, 1, 1, 0, 0, 0, 0, 0, 0],
        "Not stated": [1, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        "All": [5, 4, 1, 2, 1, 0, 0, 1, 0, 0],
    },
    "by=country": {
        "Italy": [3, 3, 1, 2, 0, 0, 0, 0, 0, 0],
        "Not stated": [2, 1, 0, 0, 1, 0, 0, 1, 0, 0],
        "All": [5, 4, 1, 2, 1, 0, 0, 1, 0, 0],
    },
    "by=pillar&pillar=p2": {
        "Protection": [2, 2, 1, 1, 0, 0, 0, 0, 0, 0],
        "All": [2, 2, 1, 1, 0, 0, 0, 0, 0, 0],
    },
    "by=organization&country=IT&pillar=unstated": {
        "Libera": [1, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        "All": [1, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    },
}  # fmt: skip


def test_the_table_counts_what_is_published(as_sam: Client, world: None) -> None:
    assert {query: figures(as_sam, query) for query in TABLES} == TABLES


@pytest.mark.parametrize("query", ["", "by=country&pillar=p1", "by=organization&country=IT"])
def test_each_figure_leads_to_the_list_that_it_counts(as_sam: Client, world: None, query: str) -> None:
    for row in as_sam.get(f"{PAGE}?{query}").context["table"].rows:
        for figure in row.figures:
            listed = as_sam.get(figure.address).context["object_list"]
            assert len(listed) == figure.value, (figure.words, figure.address)


def test_a_wrong_filter_shows_no_figures(as_sam: Client, world: None) -> None:
    response = as_sam.get(f"{PAGE}?by=nothing")
    assert "table" not in response.context
    assert "Nothing is shown until the marked field is right." in response.content.decode()
    for name in ("overview", "commitments"):
        assert as_sam.get(f"/secretariat/follow-up/{name}.xlsx?country=nowhere").status_code == 400


def test_it_says_as_of_when_and_under_which_filter(as_sam: Client, world: None) -> None:
    page = " ".join(as_sam.get(f"{PAGE}?pillar=p1").content.decode().split())
    assert "As of 15 May 2026. Filter: Pillar: Prevention." in page


def book(client: Client, name: str, query: str = "") -> Any:
    response = client.get(f"/secretariat/follow-up/{name}.xlsx?{query}")
    assert response["Content-Disposition"] == f'attachment; filename="{name}.xlsx"'
    return openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))


def rows_of(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_overview_as_a_workbook_says_what_it_is_and_has_numbers(as_sam: Client, world: None) -> None:
    about, table = book(as_sam, "overview", "by=country&pillar=p1").worksheets
    assert rows_of(about) == [
        ["What this is", "Overview of commitments"],
        ["Whom it is for", "Only for the secretariat of NET4U Europe. Not for publication."],
        ["Filter", "Rows: countries; Pillar: Prevention"],
        ["As of", "15\N{NO-BREAK SPACE}May\N{NO-BREAK SPACE}2026"],
    ]
    head, *lines = rows_of(table)
    assert head[0] == "Country"
    assert head[6] == "Found by others: Complete"
    assert lines == [
        ["Italy", 2, 2, 1, 2, 0, 0, 0, 0, 0, 0],
        ["Not stated", 1, 0, 0, 0, 1, 0, 0, 1, 0, 0],
        ["All", 3, 2, 1, 2, 1, 0, 0, 1, 0, 0],
    ]


def test_a_workbook_says_that_some_of_it_is_invented(as_sam: Client) -> None:
    promised("real")
    promised("invented", is_demonstration=True)
    for name in ("overview", "commitments"):
        about, _table = book(as_sam, name).worksheets
        assert rows_of(about)[-1] == ["Demonstration", "Some of this is invented."]


def test_organizations_beyond_a_sheet_of_paper_are_counted(as_sam: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commitments.overview.MOST_ROWS", 2)
    for number, due in enumerate((date(2026, 12, 1), date(2026, 5, 1), date(2026, 12, 1))):
        promised(str(number), organization=OrganizationFactory(legal_name=f"House {number}"), due_on=due)
    response = as_sam.get(f"{PAGE}?by=organization")
    assert [row.name for row in response.context["table"].rows] == ["House 1", "House 0", "All"]
    assert "And 1 more organization. The spreadsheet has all of them." in response.content.decode()
    assert len(rows_of(book(as_sam, "overview", "by=organization").worksheets[1])) == 5


def test_the_list_as_a_workbook_has_dates_and_no_formula(as_sam: Client) -> None:
    one = promised("=1+1", due_on=date(2026, 6, 1), target="12.5", unit="houses")
    UpdateFactory(commitment=one, reported_on="2026-05-01")
    promised("closed", progress="completed")
    _about, table = book(as_sam, "commitments", "state=open").worksheets
    head, line = rows_of(table)
    told = dict(zip(head, line, strict=True))
    assert told["Commitment"] == "'=1+1"
    assert told["Due"] == datetime(2026, 6, 1)  # noqa: DTZ001 -- a spreadsheet knows no zones
    assert told["Last reported on"] == datetime(2026, 5, 1)  # noqa: DTZ001
    assert told["Target"] == 12.5
    assert told["Value reported"] is None


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [("overview/?by=organization", 11), ("overview.xlsx?by=pillar", 7), ("commitments.xlsx", 6)],
)
def test_they_ask_the_same_number_of_queries(
    as_sam: Client, django_assert_num_queries: Any, number: int, path: str, queries: int
) -> None:
    for each in range(number):
        UpdateFactory(commitment=promised(str(each), PillarFactory()))
    with django_assert_num_queries(queries):
        response = as_sam.get(f"/secretariat/follow-up/{path}")
        b"".join(response) if response.streaming else response.content


@pytest.mark.parametrize("person", [None, "alice", "charlie"])
@pytest.mark.parametrize("name", ["overview/", "overview.xlsx", "commitments.xlsx"])
def test_nobody_else_sees_them(client: Client, request: pytest.FixtureRequest, person: str | None, name: str) -> None:
    promised("A canary")
    if person:
        client.force_login(request.getfixturevalue(person))
    response = client.get(f"/secretariat/follow-up/{name}")
    assert response.status_code == (403 if person else 302)
    assert b"A canary" not in response.content
