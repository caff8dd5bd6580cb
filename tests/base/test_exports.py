"""Lists to download: every row once, no formulas, in pieces."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext_lazy

from net4u.base import exports
from net4u.base.exports import guarded, in_batches, lines
from tests.factories import CommitmentFactory, OrganizationFactory, RecommendationFactory, WorkshopFactory
from workshops.models import Workshop

pytestmark = pytest.mark.django_db


def table(client: Client, address: str) -> list[list[str]]:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


@pytest.mark.parametrize("sign", list("=+-@\t\r＝＋－＠"))  # noqa: RUF001
def test_what_a_spreadsheet_would_run_stays_text(sign: str) -> None:
    assert guarded(f"{sign}HYPERLINK(1)") == f"'{sign}HYPERLINK(1)"
    assert guarded(gettext_lazy("=1")) == "'=1"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), ("a=b", "a=b"), (-3, "-3"), (Decimal("-1.50"), "-1.50"), (date(2026, 5, 1), "2026-05-01")],
)
def test_everything_else_is_as_it_is(value: Any, text: str) -> None:
    assert guarded(value) == text


def test_rows_come_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "BATCH", 2)
    assert list(lines(["a"], [[1], [2], [3]])) == ["\ufeffa\r\n1\r\n2\r\n", "3\r\n"]
    assert list(lines(["a"], [])) == ["\ufeffa\r\n"]


@pytest.mark.parametrize(("size", "queries"), [(2, 3), (5, 2), (6, 1)])
def test_every_row_comes_once_whatever_the_batch(django_assert_num_queries: Any, size: int, queries: int) -> None:
    days = ["2026-01-01", "2026-01-01", "2026-01-01", "2026-02-01", "2026-03-01"]
    made = [WorkshopFactory(slug=f"w{number}", starts_on=day) for number, day in enumerate(days)]
    with django_assert_num_queries(queries):
        found = [row.pk for rows in in_batches(Workshop.objects.all(), ("starts_on", "pk"), size) for row in rows]
    assert found == [each.pk for each in sorted(made, key=lambda each: (each.starts_on, each.pk.hex))]


LISTS = {
    "organizations": OrganizationFactory,
    "workshops": WorkshopFactory,
    "recommendations": RecommendationFactory,
    "commitments": CommitmentFactory,
}
#: A filter of each that takes one of a few words.
CHOICE = {"organizations": "kind", "workshops": "kind", "recommendations": "addressee", "commitments": "horizon"}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("person", [None, "bob", "sam"])
def test_a_table_has_the_rows_of_its_list(
    client: Client, request: pytest.FixtureRequest, house: Any, name: str, person: str | None
) -> None:
    LISTS[name].create_batch(2)
    drafted = (
        {"state": "draft", "reference": None} if name in {"recommendations", "commitments"} else {"state": "draft"}
    )
    LISTS[name](**drafted)
    if name == "commitments":
        CommitmentFactory(organization=house)
    if person:
        client.force_login(request.getfixturevalue(person))
    page = client.get(f"/{name}/")
    heads, *rows = table(client, f"/{name}/{name}.csv")
    listed = {each.get_absolute_url() for each in page.context["object_list"]}
    assert {row[heads.index("address")].removeprefix("http://localhost:8000") for row in rows} == listed
    assert len(rows) == page.context["paginator"].count
    assert f'href="/{name}/{name}.csv"' in page.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_a_table_says_what_is_invented_and_keeps_formulas_still(client: Client, name: str) -> None:
    text = {"organizations": "legal_name", "recommendations": "text"}.get(name, "title")
    LISTS[name](**{text: "=1+1"}, is_demonstration=True)
    heads, row = table(client, f"/{name}/{name}.csv")
    assert "'=1+1" in row
    assert row[heads.index("demonstration")] == "invented"


@pytest.mark.parametrize("name", LISTS)
def test_a_table_answers_to_the_filters_of_its_list(client: Client, name: str) -> None:
    LISTS[name]()
    assert len(table(client, f"/{name}/{name}.csv?q=nothing+has+this&page=7")) == 1
    wrong = client.get(f"/{name}/{name}.csv?{CHOICE[name]}=colour")
    assert (wrong.status_code, wrong.content.decode()) == (
        400, "A filter in this address has a wrong value. Open the page to see which.",
    )  # fmt: skip


def test_the_link_to_the_table_keeps_the_filters_and_drops_the_page(client: Client) -> None:
    OrganizationFactory(legal_name="Lantern")
    page = client.get("/organizations/?q=lantern&page=1").content.decode()
    assert 'href="/organizations/organizations.csv?q=lantern"' in page


@pytest.mark.parametrize("name", LISTS)
def test_a_table_asks_the_same_number_of_queries(client: Client, django_assert_max_num_queries: Any, name: str) -> None:
    def asked() -> int:
        with django_assert_max_num_queries(20) as queries:
            table(client, f"/{name}/{name}.csv")
        return len(queries)

    LISTS[name]()
    one = asked()
    LISTS[name].create_batch(2)
    assert asked() == one
