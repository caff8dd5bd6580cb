"""Times of sessions: in the workshop's zone, on one of its days, in the right order."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tests.factories import SessionFactory, WorkshopFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "zone", "message"),
    [
        ({"day": 1, "starts_at": time(9, 30), "ends_at": time(11)}, "Europe/Rome", None),
        ({"day": 1, "starts_at": time(9, 30)}, "Europe/Rome", None),
        ({}, "", None),
        (
            {"day": 1, "starts_at": time(9, 30)},
            "",
            "Give the workshop a time zone first: a time means nothing without.",
        ),
        ({"starts_at": time(9, 30)}, "Europe/Rome", "Say on which day of the workshop, too."),
        (
            {"day": 1, "starts_at": time(11), "ends_at": time(11)},
            "Europe/Rome",
            "The session has an end and no beginning, or both at the same time.",
        ),
        (
            {"day": 1, "ends_at": time(11)},
            "Europe/Rome",
            "The session has an end and no beginning, or both at the same time.",
        ),
    ],
)
def test_a_time_has_a_day_a_zone_and_a_later_end(fields: dict[str, Any], zone: str, message: str | None) -> None:
    session = SessionFactory.build(workshop=WorkshopFactory(time_zone=zone), **fields)
    if message is None:
        session.full_clean()
        return
    with pytest.raises(ValidationError) as refused:
        session.full_clean()
    assert refused.value.messages == [message]


@pytest.mark.parametrize("zone", ["Rome", "Europe/Nowhere", "+01:00"])
def test_a_time_zone_is_one_that_exists(zone: str) -> None:
    with pytest.raises(ValidationError) as refused:
        WorkshopFactory.build(time_zone=zone).full_clean()
    assert refused.value.message_dict["time_zone"] == ["There is no such time zone. Write it like this: Europe/Rome."]


@pytest.mark.parametrize(
    ("precision", "day", "known"),
    [("day", 1, date(2025, 11, 19)), ("day", 3, date(2025, 11, 21)), ("day", None, None), ("month", 1, None)],
)
def test_the_date_of_a_day_is_known_where_the_workshops_is(precision: str, day: int | None, known: date | None) -> None:
    workshop = WorkshopFactory(starts_on=date(2025, 11, 19), date_precision=precision)
    assert workshop.date_of(day) == known
    assert workshop.is_known_to_the_day == (precision == "day")


def test_the_page_shows_times_and_whose_they_are(client: Client) -> None:
    workshop = WorkshopFactory(slug="rome", time_zone="Europe/Rome")
    SessionFactory(workshop=workshop, day=1, starts_at="09:30", ends_at="11:00")
    page = client.get("/workshops/rome/").content.decode()
    assert '<time datetime="09:30">09:30</time>\N{EN DASH}<time datetime="11:00">11:00</time>' in page
    assert "Times are those of Europe/Rome." in page
    assert "Times are not recorded." not in page
