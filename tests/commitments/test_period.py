"""The report of a period: figures as of its end, the same bytes each time, and for the secretariat only."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.http import QueryDict
from django.test import Client

from commitments.filters import PeriodFilter
from commitments.models import Commitment
from commitments.period import Period
from net4u.base.change import change
from net4u.base.viewers import PUBLIC
from people.models import User
from tests.factories import (
    AddresseeFactory,
    AnswerFactory,
    CommitmentFactory,
    OrganizationFactory,
    PillarFactory,
    RecommendationFactory,
    TerritoryFactory,
    UpdateFactory,
    VerificationFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 15, 9, tzinfo=UTC)
PAGE = "/secretariat/follow-up/report/"
SPRING = "since=2026-03-01&until=2026-04-30"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


def promised(title: str, published: str = "2025-10-01", due: str = "2026-12-01", **fields: Any) -> Commitment:
    at = datetime.fromisoformat(published).replace(hour=12, tzinfo=UTC)
    commitment: Commitment = CommitmentFactory(title=title, published_at=at, due_on=date.fromisoformat(due), **fields)
    return commitment


def reported(commitment: Commitment, day: str, progress: str = "in_progress", **fields: Any) -> Any:
    return UpdateFactory(commitment=commitment, reported_on=day, progress=progress, **fields)


def period(query: str = SPRING) -> Period:
    filterset = PeriodFilter(QueryDict(query), queryset=Commitment.objects.published(), viewer=PUBLIC)
    assert filterset.is_valid()
    return Period(filterset)


def told(query: str = SPRING) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(period(query).told()[0])
    return found


def figures(record: dict[str, Any]) -> list[int]:
    """New, completed, verified, reports, answered, overdue."""
    return [int(each["number"]) for each in record["figures"]]


def titles(record: dict[str, Any]) -> list[list[str]]:
    """Overdue, new, completed, verified."""
    return [[row["title"] for row in each["rows"]] for each in record["lists"]]


@pytest.fixture
def world() -> None:
    with change(by=None, what="test"):
        pillar = PillarFactory(code="p1", name="Prevention")
        italy = TerritoryFactory(iso2="IT", name="Italy")
        libera = OrganizationFactory(legal_name="Libera", country=italy)
        promised("late", due="2026-04-29", organization=libera)
        promised("due on the last day", due="2026-04-30")
        new = promised("new", published="2026-03-01")
        promised("after", published="2026-05-01", due="2026-05-02")
        done = promised("done", due="2026-04-01", progress="completed", completion="limited")
        for each in (new, done):
            each.pillars.add(pillar)
        reported(done, "2026-02-01")
        reported(done, "2026-04-10", "completed")
        VerificationFactory(commitment=done, completion="limited", verified_on="2026-04-20")
        before = promised("done before", due="2026-01-01", progress="completed", organization=libera)
        reported(before, "2025-12-01", "completed")
        later = promised("done later", due="2026-04-01", progress="completed", completion="complete")
        reported(later, "2026-03-15")
        reported(later, "2026-05-10", "completed")
        VerificationFactory(commitment=later, completion="complete", verified_on="2026-05-12")
        promised("draft", state="draft", reference=None)
        promised("withdrawn", due="2026-01-01", state="withdrawn")
        recommendation = RecommendationFactory(
            text="Train", reference="R-2026-0001", made_in=2025, published_at=datetime(2026, 1, 1, tzinfo=UTC)
        )
        asked = AddresseeFactory(recommendation=recommendation, kind="state", territory=italy)
        for day, kind in (
            ("2026-03-05", "accepted"),
            ("2026-05-05", "rejected"),
            ("2026-03-06", "none"),
            (None, "noted"),
        ):
            AnswerFactory(recommendation=recommendation, addressee=asked, kind=kind, answered_on=day, text="Yes.")


def test_it_tells_what_happened_and_how_things_stood_at_the_end(world: None) -> None:
    record = told()
    assert figures(record) == [1, 1, 1, 2, 1, 2]
    assert titles(record) == [["done later", "late"], ["new"], ["done"], ["done"]]
    by_pillar, by_country = (each["rows"] for each in record["tables"])
    assert by_pillar == [
        ["Prevention", "2", "1", "0", "0", "1", "0", "0", "1", "0", "0"],
        ["Not stated", "4", "3", "2", "2", "1", "0", "0", "0", "0", "0"],
        ["All", "6", "4", "2", "2", "2", "0", "0", "1", "0", "0"],
    ]
    assert [row[:4] for row in by_country] == [
        ["Italy", "2", "1", "1"], ["Not stated", "4", "3", "1"], ["All", "6", "4", "2"],
    ]  # fmt: skip
    (answer,) = record["answered"]
    assert answer["reference"] == "R-2026-0001"
    assert answer["answers"] == ["Italy: accepted, 5\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2026"]
    assert record["filter"] == "none, all that is published"


PERIODS = {
    f"{SPRING}&pillar=p1": ([1, 1, 1, 1, 0, 0], "Pillar: Prevention"),
    f"{SPRING}&country=IT": ([0, 0, 0, 0, 1, 1], "Country: Italy"),
    f"{SPRING}&country=unstated&pillar=unstated": ([0, 0, 0, 1, 0, 1], "Pillar: not stated; Country: not stated"),
    "since=2025-01-01&until=2025-12-31": ([5, 1, 0, 1, 0, 0], "none, all that is published"),
    "since=2026-05-01&until=2026-05-15": ([1, 1, 1, 1, 1, 3], "none, all that is published"),
}


def test_its_figures_follow_the_filter_and_the_days(world: None) -> None:
    records = {query: told(query) for query in PERIODS}
    assert {query: (figures(each), each["filter"]) for query, each in records.items()} == PERIODS


def test_what_happens_later_changes_nothing_of_a_period_that_is_over(as_sam: Client, sam: User, world: None) -> None:
    first = as_sam.get(f"{PAGE}?{SPRING}").content
    late = Commitment.objects.get(title="late")
    with time_machine.travel(datetime(2026, 6, 20, tzinfo=UTC)):
        with change(by=None, what="progress.reported"):
            reported(late, "2026-06-18", "completed")
            late.progress = "completed"
            late.save()
        promised("another", published="2026-06-19")
        as_sam.force_login(sam)  # the session of May is over
        assert as_sam.get(f"{PAGE}?{SPRING}").content == first
        with change(by=None, what="commitment.changed"):
            late.title = "late, in other words"
            late.save()
        assert as_sam.get(f"{PAGE}?{SPRING}").content != first
        assert period().changed() == datetime(2026, 6, 20, tzinfo=UTC)


def test_a_correction_counts_from_its_own_day_and_is_no_report() -> None:
    commitment = promised("corrected")
    wrong = reported(commitment, "2026-03-10", "completed")
    reported(commitment, "2026-04-10", "in_progress", corrects=wrong)
    assert figures(told("since=2026-03-01&until=2026-03-31"))[:4] == [0, 1, 0, 1]
    assert figures(told("since=2026-03-01&until=2026-04-30"))[:4] == [0, 0, 0, 1]


def test_of_two_reports_of_one_day_the_one_that_closes_is_the_later_one() -> None:
    for number in range(6):
        commitment = promised(str(number))
        for progress in ("in_progress", "completed") if number % 2 else ("completed", "in_progress"):
            reported(commitment, "2026-03-10", progress)
        for level in ("limited", "complete"):
            VerificationFactory(commitment=commitment, completion=level, verified_on="2026-03-11")
    record = told()
    assert figures(record)[1] == 6
    assert record["tables"][0]["rows"][-1][5:8] == ["6", "6", "0"]


def test_without_anything_to_tell_it_is_dated_by_its_last_day() -> None:
    assert period().told()[1] == datetime(2026, 4, 30, tzinfo=UTC)


def streams(pdf: bytes) -> bytes:
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    unpacked = []
    for each in packed:
        try:
            unpacked.append(zlib.decompress(each))
        except zlib.error:
            continue
    return pdf + b"\n".join(unpacked)


def test_the_pdf_is_tagged_titled_and_not_sent_twice(as_sam: Client, world: None) -> None:
    response = as_sam.get(f"{PAGE}?{SPRING}&country=IT")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="net4u-2026-03-01-2026-04-30.pdf"'
    inside = streams(response.content)
    for part in (b"/StructTreeRoot", b"/Marked true", b"/Lang(en", b"/DisplayDocTitle true", b"<pdfuaid:part>1</"):
        assert part in inside
    again = as_sam.get(f"{PAGE}?{SPRING}&country=IT", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("since=2026-03-01", "This field is required."),
        ("since=2026-03-01&until=2026-02-01", "The last day is before the first one."),
        ("since=2026-03-01&until=2026-05-16", "This day is still to come."),
        ("since=1.3.2026&until=2026-04-01", "Enter a valid date."),
    ],
)
def test_days_that_are_wrong_are_told_beside_their_field(as_sam: Client, query: str, words: str) -> None:
    response = as_sam.get(f"{PAGE}?{query}")
    assert response["Content-Type"].startswith("text/html")
    assert words in response.content.decode()


def test_the_form_begins_with_this_year_until_today(as_sam: Client) -> None:
    page = as_sam.get(PAGE).content.decode()
    assert 'value="2026-01-01"' in page
    assert 'value="2026-05-15"' in page


@pytest.mark.parametrize("number", [1, 3])
def test_it_asks_the_same_number_of_queries(django_assert_num_queries: Any, number: int) -> None:
    for each in range(number):
        commitment = promised(str(each), due="2026-04-01")
        reported(commitment, "2026-03-05", "completed")
        VerificationFactory(commitment=commitment, completion="limited", verified_on="2026-04-20")
        recommendation = RecommendationFactory(made_in=2025, published_at=datetime(2026, 1, 1, tzinfo=UTC))
        AnswerFactory(recommendation=recommendation, kind="accepted", answered_on="2026-03-05")
    with django_assert_num_queries(16):
        told()


@pytest.mark.parametrize("person", [None, "alice", "charlie"])
def test_nobody_else_gets_it(client: Client, request: pytest.FixtureRequest, person: str | None) -> None:
    if person:
        client.force_login(request.getfixturevalue(person))
    for query in ("", f"?{SPRING}"):
        response = client.get(f"{PAGE}{query}")
        assert response.status_code == (403 if person else 302)
        assert b"%PDF" not in response.content
