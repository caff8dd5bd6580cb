"""The progress page: each figure is a count of what its reader may see, and of the list it leads to."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from commitments.models import Commitment
from commitments.months import Month, shown_months
from commitments.progress import Lists, by_horizon
from net4u.base.change import change
from net4u.base.charts import Part
from net4u.base.viewers import PUBLIC
from organizations.models import Organization
from tests.factories import (
    CommitmentFactory,
    MilestoneFactory,
    OrganizationFactory,
    PillarFactory,
    TerritoryFactory,
    UpdateFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-05-15T10:00:00+00:00"):
        yield


def promised(*pillars: Any, **fields: Any) -> Commitment:
    commitment: Commitment = CommitmentFactory(**{"due_on": date(2027, 1, 1), "horizon": "short", **fields})
    with change(by=None, what="test.linked"):
        commitment.pillars.set(pillars)
    return commitment


@change(by=None, what="test.made")
def network(house: Organization) -> None:
    """Some of everything, and of everything something that not everybody sees."""
    italy = TerritoryFactory()
    youth, assets = PillarFactory(code="p6", name="Youth"), PillarFactory(code="p4", name="Assets")
    lead = OrganizationFactory(country=italy)
    promised(youth, organization=lead, completion="complete", horizon="short")
    promised(youth, assets, organization=lead, completion="limited", horizon="medium")
    promised(assets, completion="no_evidence", horizon="long")
    promised(youth, organization=house, completion="complete", horizon="long")
    promised(youth, organization=house, state="draft", reference=None)
    promised(youth, state="withdrawn")
    promised(organization=OrganizationFactory(appearance="hidden"))
    dates(lead)
    dates(house)


def dates(organization: Organization) -> None:
    """In March one step in time and one late; in April a commitment in time, another late, and a step not reached."""
    other = promised(organization=organization)
    for day, done in (("2026-03-31", "2026-03-31"), ("2026-03-01", "2026-03-02"), ("2026-04-30", None)):
        MilestoneFactory(commitment=other, due_on=day, done_on=done)
    MilestoneFactory(commitment=other, due_on="2026-05-15")  # today: it has not passed
    MilestoneFactory(commitment=other, due_on="2025-05-31")  # longer ago than a year
    draft = promised(organization=organization, state="draft", reference=None)
    MilestoneFactory(commitment=draft, due_on="2026-04-30")
    for reported in ("2026-04-20", "2026-04-21"):
        done = promised(organization=organization, due_on="2026-04-20", progress="completed")
        UpdateFactory(commitment=done, progress="completed", reported_on=reported)


def figures(client: Client, query: str = "") -> list[Part]:
    """Every number of the three tables, of the sentence and of the charts."""
    context = client.get(f"/progress/{query}").context
    found = [context["horizons"].total, context["horizons"].complete, context["dates"].total, context["dates"].kept]
    for name in ("horizons", "pillars", "dates"):
        found += [figure for row in context[name].table.rows for figure in row.figures]
    found += [mark.part for bar in context["horizons"].bars for mark in bar.marks]
    found += [mark.part for _pillar, bar in context["pillars"].bars for mark in bar.marks]
    return found + [block.part for column in context["dates"].columns for block in column.blocks]


def table(client: Client, address: str) -> list[list[str]]:
    response = client.get(address)
    assert response.status_code == 200, response.content
    text = b"".join(response.streaming_content).decode()
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    ("person", "query"), [(None, ""), (None, "?country=IT&pillar=p6"), ("bob", "?pillar=p6"), ("sam", "?country=IT")]
)
def test_each_figure_is_the_number_of_rows_it_leads_to(
    client: Client, request: pytest.FixtureRequest, house: Organization, person: str | None, query: str
) -> None:
    network(house)
    if person:
        client.force_login(request.getfixturevalue(person))
    found = figures(client, query)
    assert sum(figure.value for figure in found) > 0
    counted: dict[str, int] = {}
    for figure in found:
        if figure.address not in counted:
            counted[figure.address] = client.get(figure.address).context["paginator"].count
        assert (figure.words, figure.value) == (figure.words, counted[figure.address]), figure.address


def test_the_public_reads_what_is_public(client: Client, house: Organization, bob: Any) -> None:
    network(house)
    assert table(client, "/progress/horizon.csv") == [
        ["Completion", "Short term", "Medium term", "Long term", "All"],
        ["Complete", "1", "0", "0", "1"],
        ["Substantial", "0", "0", "0", "0"],
        ["Limited", "0", "1", "0", "1"],
        ["Not started", "0", "0", "0", "0"],
        ["No evidence available", "0", "0", "1", "1"],
        ["Not yet assessed", "3", "0", "0", "3"],
        ["All", "4", "1", "1", "6"],
    ]
    assert table(client, "/progress/pillars.csv") == [
        ["Pillar", "All", "Complete"], ["Youth", "2", "1"], ["Assets", "2", "0"],
    ]  # fmt: skip
    assert table(client, "/progress/dates.csv")[-4:] == [
        ["March 2026", "1", "1", "2"], ["April 2026", "1", "2", "3"], ["May 2026", "0", "0", "0"],
        ["All", "2", "3", "5"],
    ]  # fmt: skip
    client.force_login(bob)
    assert table(client, "/progress/horizon.csv")[-1] == ["All", "7", "1", "2", "10"]
    assert table(client, "/progress/dates.csv")[-1] == ["All", "4", "6", "10"]


def test_one_sentence_of_truth(client: Client, house: Organization) -> None:
    network(house)
    page = client.get("/progress/").content.decode()
    lead = page[page.index('<p class="lead">') :]
    text = re.sub(r"[ \n\N{NO-BREAK SPACE}]+", " ", re.sub(r"<[^>]+>", "", lead[: lead.index("</p>")])).strip()
    assert text == (
        "6 published commitments, as they stand on 15 May 2026. 1 is complete. "
        "Of 5 dates that came in the last twelve months, 2 were kept."
    )


def test_a_chosen_pillar_stays_one_of_all_pillars(client: Client, house: Organization) -> None:
    network(house)
    assert table(client, "/progress/pillars.csv?pillar=p4") == table(client, "/progress/pillars.csv")
    assert table(client, "/progress/horizon.csv?pillar=p4")[-1] == ["All", "0", "1", "1", "2"]


def test_an_empty_portal_says_what_will_stand_here(client: Client) -> None:
    page = client.get("/progress/").content.decode()
    assert "No commitment is published yet. How far promises are" in page
    assert "<table" not in page
    assert "No date has come in the last twelve months." in client.get("/progress/dates/").content.decode()
    assert table(client, "/progress/pillars.csv") == [["Pillar", "All", "Complete"]]


@pytest.mark.parametrize("address", ["/progress/", "/progress/dates/"])
def test_a_wrong_value_is_told_beside_its_field(client: Client, house: Organization, address: str) -> None:
    network(house)
    page = client.get(f"{address}?country=Italy").content.decode()
    assert "Nothing is shown until the marked field is right." in page
    assert "<table" not in page
    assert client.get("/progress/dates.csv?country=Italy").status_code == 400


@pytest.mark.parametrize(("language", "places"), [("en", ["0%", "25%"]), ("ar", ["75%", "0%"])])
def test_bars_start_where_reading_starts(language: str, places: list[str]) -> None:
    promised(completion="complete")
    for _ in range(3):
        promised(completion="limited")
    promised(horizon="long")
    with translation.override(language):
        bars = by_horizon(Commitment.objects.all(), Lists({}, PUBLIC)).bars
    assert [mark.x for mark in bars[0].marks] == places
    assert bars[2].marks[0].x == places[0]


# -- dates --------------------------------------------------------------------------------------------------


def rows(client: Client, query: str) -> list[tuple[str, str]]:
    return [(type(row).__name__, str(row.due_on)) for row in client.get(f"/progress/dates/?{query}").context["dates"]]


def test_dates_are_steps_and_whole_commitments(client: Client) -> None:
    dates(OrganizationFactory())
    assert rows(client, "") == [
        ("Milestone", "2026-04-30"), ("Commitment", "2026-04-20"), ("Commitment", "2026-04-20"),
        ("Milestone", "2026-03-31"), ("Milestone", "2026-03-01"),
    ]  # fmt: skip
    assert rows(client, "month=2026-03&kept=late") == [("Milestone", "2026-03-01")]
    assert rows(client, "month=2025-05") == [("Milestone", "2025-05-31")]  # an address that grew old
    assert rows(client, "month=2026-05") == []


def test_a_date_tells_what_became_of_it(client: Client) -> None:
    dates(OrganizationFactory())
    page = client.get("/progress/dates/").content.decode()
    text = re.sub(r"[ \n\N{NO-BREAK SPACE}]+", " ", re.sub(r"<[^>]+>", " ", page))
    for words in (
        "Reached 31 March 2026, on the day",
        "Reached 2 March 2026, 1 day late",
        "Reached 20 April 2026, on the day",
        "Reached 21 April 2026, 1 day late",
        "15 days overdue",
    ):
        assert words in text, words


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"progress": "completed", "reported": "2026-04-20"}, True),
        ({"progress": "completed", "reported": "2026-04-21"}, False),
        ({"progress": "in_progress", "reported": "2026-04-20"}, False),  # corrected since
        ({"completion": "complete", "found": "2026-04-20"}, True),
        ({"completion": "complete", "found": "2026-04-21"}, False),
        ({"completion": "complete", "found": "2026-05-01", "progress": "completed", "reported": "2026-04-19"}, True),
        ({"completion": "substantial", "found": "2026-04-01"}, False),
        ({}, False),
    ],
)
def test_a_commitment_is_kept_when_it_was_closed_by_its_date(
    client: Client, fields: dict[str, str], kept: bool
) -> None:
    told = {name: fields[name] for name in ("progress", "completion") if name in fields}
    commitment = promised(due_on="2026-04-20", **told)
    if "reported" in fields:
        UpdateFactory(commitment=commitment, progress="completed", reported_on=fields["reported"])
    if "found" in fields:
        VerificationFactory(commitment=commitment, completion=fields["completion"], verified_on=fields["found"])
    assert [len(rows(client, f"kept={how}")) for how in ("in_time", "late")] == [int(kept), int(not kept)]


@pytest.mark.parametrize("value", ["2026-13", "26-01", "may", "2026-05-01"])
def test_a_month_that_is_none_is_told(client: Client, value: str) -> None:
    assert client.get(f"/progress/dates/?month={value}").context["filter"].form.errors["month"]


def test_twelve_months_end_with_this_one() -> None:
    months = shown_months(date(2026, 5, 15))
    assert [months[0].code, months[7].code, months[-1].code] == ["2025-06", "2026-01", "2026-05"]
    assert len(months) == 12
    assert Month.read("2026-01").plus(-1) == Month(2025, 12)


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_pages_ask_the_same_number_of_queries(
    client: Client, django_assert_num_queries: Any, item_count: int
) -> None:
    for number in range(item_count):
        lead = OrganizationFactory(country=TerritoryFactory())
        promised(PillarFactory(code=f"p{number + 1}"), organization=lead, completion="complete")
        dates(lead)
    for address, number in (("/progress/", 8), ("/progress/dates/", 9), ("/progress/horizon.csv", 1)):
        with django_assert_num_queries(number):
            response = client.get(address)
            b"".join(response)
