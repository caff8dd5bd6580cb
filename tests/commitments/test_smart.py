from __future__ import annotations

from datetime import date

import pytest

from commitments.horizons import horizon_of, months_after, suggested
from commitments.smart import Clarity, Draft, advice_on
from organizations.models import NetworkSettings
from organizations.services import save_network_settings
from tests.factories import NetworkFactory

TODAY = date(2026, 3, 1)
WHOLE = Draft(
    title="Train 40 teachers in Rome to notice recruitment",
    problem="Teachers see recruitment first and do not know what it is.",
    expected_result="Forty teachers know the signs and whom to call.",
    indicator="teachers who finished the course", has_baseline=True, has_target=True, unit="teachers",
    number_source="the list of the school office", resources="two trainers, 3,000 euro",
    due_on=date(2026, 9, 30), steps=2, pillars=1,
)  # fmt: skip


def clarities(draft: Draft) -> list[str]:
    return [each.clarity for each in advice_on(draft, TODAY)]


def test_a_whole_promise_is_clear_and_an_empty_one_is_not_told() -> None:
    assert clarities(WHOLE) == [Clarity.CLEAR] * 5
    assert clarities(Draft()) == [Clarity.MISSING] * 5


@pytest.mark.parametrize(
    ("without", "row", "words"),
    [
        ({"title": "Train teachers"}, 0, "Say what you will do, for whom and where."),
        ({"expected_result": ""}, 0, "Say what will be different when it is done."),
        ({"indicator": ""}, 1, "Say what exactly you count."),
        ({"unit": ""}, 1, "Give the number you want to reach, and its unit."),
        ({"has_baseline": False}, 1, "Say where you start. If you start from nothing, that is 0."),
        ({"number_source": ""}, 1, "Say where the number will come from, so that somebody else can check it."),
        ({"resources": ""}, 2, "Say what you have for it: people, time, money."),
        ({"steps": 0}, 2, "Name a step on the way, with a date."),
        ({"problem": "Bad."}, 3, "Say in a sentence or two which problem it answers."),
        ({"pillars": 0}, 3, "Choose the pillar it serves."),
        ({"due_on": date(2026, 2, 28)}, 4, "This date has passed. Choose a day to come."),
    ],
)
def test_what_is_thin_is_told_in_one_sentence(without: dict[str, object], row: int, words: str) -> None:
    advice = advice_on(Draft(**{**WHOLE.__dict__, **without}), TODAY)
    assert [index for index, each in enumerate(advice) if each.clarity != Clarity.CLEAR] == [row]
    assert advice[row].words == words


def test_what_it_answers_is_named() -> None:
    assert advice_on(Draft(**{**WHOLE.__dict__, "answers": ("R-2026-0001",)}), TODAY)[3].words == (
        "It answers R-2026-0001."
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("due_on", "horizon"),
    [("2026-09-01", "short"), ("2026-09-02", "medium"), ("2027-09-01", "medium"), ("2027-09-02", "long")],
)
def test_the_horizon_follows_from_the_dates(due_on: str, horizon: str) -> None:
    assert horizon_of(date.fromisoformat(due_on), TODAY) == horizon


@pytest.mark.django_db
def test_the_network_sets_what_short_and_medium_term_are() -> None:
    assert suggested() == {"short": 6, "medium": 18, "long": 36}
    settings = NetworkSettings(network=NetworkFactory(), short_months=3, medium_months=12)
    save_network_settings(settings=settings, by=None)
    days = ["2026-06-01", "2026-06-02", "2027-03-01", "2027-03-02"]
    assert [horizon_of(date.fromisoformat(day), TODAY) for day in days] == ["short", "medium", "medium", "long"]
    assert suggested() == {"short": 3, "medium": 12, "long": 24}


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"), ("2026-12-15", 18, "2028-06-15"),
     ("2026-06-30", 6, "2026-12-30"), ("2026-12-31", 0, "2026-12-31")],
)  # fmt: skip
def test_months_end_where_they_end(day: str, months: int, later: str) -> None:
    assert months_after(date.fromisoformat(day), months).isoformat() == later
