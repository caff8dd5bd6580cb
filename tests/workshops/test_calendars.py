"""Workshops and sessions for calendar programs, read back as such a program reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from net4u.base.change import change
from net4u.base.models import Document
from tests.factories import SessionFactory, TerritoryFactory, WorkshopFactory
from workshops.services import withdraw_workshop

pytestmark = pytest.mark.django_db

ALL, ONE = "/workshops/calendar.ics", "/workshops/rome/calendar.ics"
ROME = ZoneInfo("Europe/Rome")


def calendar(client: Client, address: str = ONE) -> Any:
    response = client.get(address)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no character is torn apart where a line is folded
    return Calendar.from_ical(response.content)


def events(client: Client, address: str = ONE) -> list[dict[str, Any]]:
    return [
        {name.lower(): each.decoded(name) for name in each} for each in calendar(client, address).walk("VEVENT")
    ]  # fmt: skip


def names(client: Client, address: str = ONE) -> list[str]:
    return [each["summary"] for each in events(client, address)]


def changed(record: Any) -> datetime:
    return Document.objects.get(object_id=record.pk, audience="public").at.replace(microsecond=0)


def workshop_with_times(**fields: Any) -> Any:
    given = {"slug": "rome", "title": "Workshop in Rome", "ends_on": "2025-11-21", "time_zone": "Europe/Rome"}
    return WorkshopFactory(**given | fields)


def test_a_workshop_is_whole_days_and_a_session_has_its_times(client: Client) -> None:
    workshop = workshop_with_times(
        summary="Über; lines, “quotes” " + "и ещё " * 20,
        place="Rome",
        venue="Via Stamira 5",
        country=TerritoryFactory(),
    )
    session = SessionFactory(
        workshop=workshop, title="Opening", day=2, starts_at="09:30", ends_at="11:00", summary="What we heard."
    )
    assert events(client) == [
        {
            "summary": "Workshop in Rome",
            "uid": str(workshop.pk),
            "dtstart": date(2025, 11, 19),
            "dtend": date(2025, 11, 22),
            "dtstamp": changed(workshop),
            "last-modified": changed(workshop),
            "sequence": 1,
            "transp": "TRANSPARENT",
            "url": "http://localhost:8000/workshops/rome/",
            "location": "Via Stamira 5, Rome, Italy",
            "description": workshop.summary,
        },
        {
            "summary": "Opening",
            "uid": str(session.pk),
            "dtstart": datetime(2025, 11, 20, 9, 30, tzinfo=ROME),
            "dtend": datetime(2025, 11, 20, 11, tzinfo=ROME),
            "dtstamp": changed(session),
            "last-modified": changed(session),
            "sequence": 2,
            "url": f"http://localhost:8000/workshops/rome/#session-{session.order}",
            "related-to": str(workshop.pk),
            "location": "Rome, Italy",
            "description": "What we heard.",
        },
    ]
    assert [each["TZID"] for each in calendar(client).walk("VTIMEZONE")] == ["Europe/Rome"]


def test_one_day_ends_with_the_next(client: Client) -> None:
    WorkshopFactory(slug="rome", starts_on="2025-12-31")
    [event] = events(client)
    assert (event["dtstart"], event["dtend"]) == (date(2025, 12, 31), date(2026, 1, 1))


@pytest.mark.parametrize("dates", [{"date_precision": "month"}, {"date_precision": "year"},
                                   {"starts_on": None, "date_precision": "unknown"}])  # fmt: skip
def test_what_is_not_known_to_the_day_is_in_no_calendar(client: Client, dates: dict[str, Any]) -> None:
    WorkshopFactory(slug="rome", **dates)
    WorkshopFactory(title="dated")
    assert client.get(ONE).status_code == 404
    assert names(client, ALL) == ["dated"]


@pytest.mark.parametrize(
    ("workshop", "session"),
    [
        ({"time_zone": ""}, {"starts_at": "09:30"}),
        ({}, {"starts_at": None}),
        ({}, {"starts_at": "09:30", "disclosure": "off_record"}),
    ],
)
def test_a_session_without_day_time_or_zone_or_off_the_record_is_no_event(
    client: Client, workshop: dict[str, Any], session: dict[str, Any]
) -> None:
    SessionFactory(workshop=workshop_with_times(**workshop), title="Canary", **{"day": 1} | session)
    assert names(client) == ["Workshop in Rome"]
    assert b"Canary" not in client.get(ALL).content


@pytest.mark.parametrize("where", ["workshop", "session"])
def test_under_the_chatham_house_rule_no_more_than_the_title_is_told(client: Client, where: str) -> None:
    closed = {"disclosure": "chatham_house"}
    workshop = workshop_with_times(venue="Canary Hall", place="Rome", **closed if where == "workshop" else {})
    SessionFactory(workshop=workshop, title="Closed", day=1, starts_at="09:30", summary="Canary", **closed)
    event = events(client)[1]
    assert event["summary"] == "Closed"
    assert {"description", "location", "dtend"} & event.keys() == set()


def test_a_subscription_drops_what_is_withdrawn_and_follows_what_moves(client: Client) -> None:
    workshop = workshop_with_times()
    SessionFactory(workshop=workshop, title="Opening", day=1, starts_at="09:30")
    gone = WorkshopFactory(title="Canary")
    WorkshopFactory(title="Canary", disclosure="off_record")
    before = client.get(ALL)
    withdraw_workshop(workshop=gone, why="A reason.", by=None)
    with change(by=None, what="test.moved"):
        workshop.starts_on, workshop.ends_on = date(2025, 12, 1), date(2025, 12, 3)
        workshop.save()
    after = client.get(ALL, headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, b"Canary" in after.content) == (200, False)
    assert client.get(ALL, headers={"If-None-Match": after.headers["ETag"]}).status_code == 304
    assert [(each["dtstart"], each["sequence"]) for each in events(client, ALL)] == [
        (date(2025, 12, 1), 2),
        (datetime(2025, 12, 1, 9, 30, tzinfo=ROME), 3),
    ]


def test_only_what_everybody_sees_is_in_it_whoever_asks(client: Client, sam: Any) -> None:
    WorkshopFactory(slug="rome", state="draft")
    client.force_login(sam)
    assert client.get(ONE).status_code == 404
    assert names(client, ALL) == []


def test_the_subscription_has_the_filters_of_the_list(client: Client) -> None:
    WorkshopFactory(title="training", kind="training")
    WorkshopFactory(title="conference", kind="conference", is_demonstration=True)
    assert names(client, f"{ALL}?kind=training") == ["training"]
    assert names(client, f"{ALL}?kind=conference") == ["conference (demonstration)"]
    assert client.get(f"{ALL}?kid=training").status_code == 400


def test_a_program_asks_once_a_day_and_knows_the_name(client: Client) -> None:
    head = calendar(client, ALL)
    assert (head.decoded("version"), head.decoded("method"), head.decoded("name")) == (
        "2.0", "PUBLISH", "Workshops and events: NET4U Europe",
    )  # fmt: skip
    assert head.decoded("refresh-interval") == timedelta(days=1)


def test_summer_time_is_told_to_programs_that_do_not_know_the_zone(client: Client) -> None:
    workshop = workshop_with_times(starts_on="2025-07-01", ends_on=None)
    SessionFactory(workshop=workshop, day=1, starts_at="09:30")
    assert events(client)[1]["dtstart"].astimezone(UTC) == datetime(2025, 7, 1, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize("item_count", [1, 3])
def test_it_asks_the_same_number_of_queries(client: Client, django_assert_num_queries: Any, item_count: int) -> None:
    for _ in range(item_count):
        workshop = WorkshopFactory(country=TerritoryFactory(), time_zone="Europe/Rome")
        SessionFactory(workshop=workshop, day=1, starts_at="09:30")
    with django_assert_num_queries(3):
        client.get(ALL)
