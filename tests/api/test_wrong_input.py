"""Whatever is sent: a clear answer, and never a 500."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import WorkshopFactory

MISSING = "9f0c3c6e-3f0b-4bb0-8a55-0d4c1f6f5f3a"

pytestmark = pytest.mark.django_db

NO_SUCH = "There is no such parameter here. There are: country, cursor, kind, limit, network, q, year."
WHOLE = "Write a whole number from 1 to 200."
FROM_NEXT = "Take it from “next” of the page before."
NOT_A_CHOICE = "Select a valid choice. That choice is not one of the available choices."
NULL = "Null characters are not allowed."

WRONG: list[tuple[str, dict[str, list[str]]]] = [
    ("colour=red", {"colour": [NO_SUCH]}),
    ("page=2", {"page": [NO_SUCH]}),
    ("%00=1", {"\x00": [NO_SUCH]}),
    ("limit=", {"limit": [WHOLE]}),
    ("limit=0", {"limit": [WHOLE]}),
    ("limit=201", {"limit": [WHOLE]}),
    ("limit=-1", {"limit": [WHOLE]}),
    ("limit=1.5", {"limit": [WHOLE]}),
    ("limit=1e2", {"limit": [WHOLE]}),
    ("limit=%D9%A5", {"limit": [WHOLE]}),  # an Arabic five
    ("limit=" + "9" * 5000, {"limit": [WHOLE]}),
    ("limit=5&limit=6", {"limit": ["Give it once."]}),
    ("cursor=", {"cursor": [FROM_NEXT]}),
    ("cursor=%00", {"cursor": [FROM_NEXT]}),
    ("cursor=1", {"cursor": [FROM_NEXT]}),
    ("cursor={00000000-0000-0000-0000-000000000000}", {"cursor": [FROM_NEXT]}),
    ("cursor=urn:uuid:00000000-0000-0000-0000-000000000000", {"cursor": [FROM_NEXT]}),
    ("cursor=00000000000000000000000000000000", {"cursor": [FROM_NEXT]}),
    ("cursor=cD0yMDI1", {"cursor": [FROM_NEXT]}),
    ("kind=party", {"kind": ["Select a valid choice. party is not one of the available choices."]}),
    ("country=XX", {"country": [NOT_A_CHOICE]}),
    ("country=%00", {"country": [NULL]}),
    ("network=%F0%9F%92%A3", {"network": [NOT_A_CHOICE]}),
    ("network[]=x", {"network[]": [NO_SUCH]}),
    ("q=a%00b", {"q": [NULL]}),
    ("year=soon", {"year": ["Enter a number."]}),
    ("year=NaN", {"year": ["Enter a number."]}),
    ("year=Infinity", {"year": ["Enter a number."]}),
    ("year=0", {"year": ["Ensure this value is greater than or equal to 1."]}),
    ("year=99999999999999999999999999", {"year": ["Ensure this value is less than or equal to 9999."]}),
    ("year=2025.5", {"year": ["Ensure that there are no more than 0 decimal places."]}),
]


def is_problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert (body["type"], body["status"]) == ("about:blank", status)
    assert body["title"]
    assert body["detail"]
    return body


@pytest.mark.parametrize(("query", "errors"), WRONG)
def test_a_wrong_parameter_is_named_with_what_to_do(client: Client, query: str, errors: dict[str, list[str]]) -> None:
    assert is_problem(client.get(f"/api/v1/workshops/?{query}"), 400) == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "Something in the address cannot be used. “errors” says what, by parameter.",
        "errors": errors,
    }


STRANGE = [
    "q=%ff%fe",
    "q=%ed%a0%80",
    "q=%27%3BDROP+TABLE--%20%25_%5C",
    "q=" + "a+" * 500,
    "year=1e3",
    "year=+2025",
    f"cursor={MISSING}",
    "cursor=ffffffff-ffff-ffff-ffff-ffffffffffff",
    "cursor=00000000-0000-0000-0000-000000000000&limit=1",
    "&&&",
    "q",
]


@pytest.mark.parametrize("query", STRANGE)
def test_strange_but_right_parameters_find_nothing_or_something(client: Client, query: str) -> None:
    WorkshopFactory()
    assert client.get(f"/api/v1/workshops/?{query}").status_code == 200


def test_too_many_parameters_are_refused(client: Client) -> None:
    query = "&".join(f"p{number}=1" for number in range(1500))
    assert is_problem(client.get(f"/api/v1/workshops/?{query}"), 400)["detail"] == "This request cannot be read."


def test_a_parameter_on_a_detail_and_on_the_root_is_unknown(client: Client) -> None:
    workshop = WorkshopFactory()
    is_problem(client.get(f"/api/v1/workshops/{workshop.pk}/?fields=id"), 400)
    is_problem(client.get(f"/api/v1/workshops/{MISSING}/?fields=id"), 400)
    is_problem(client.get("/api/v1/?fields=id"), 400)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["", "workshops/", f"workshops/{MISSING}/", "changes/", "schema/"])
def test_nothing_can_be_written(client: Client, path: str, method: str) -> None:
    for body, kind in (
        (b"", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"\x00\xff", "text/x-odd; charset=nowhere"),
        (b"--x\r\n", "multipart/form-data"),
    ):
        answer = client.generic(method, f"/api/v1/{path}", body, content_type=kind)
        assert is_problem(answer, 405)["detail"] == f'Method "{method}" not allowed.'
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "path",
    [
        "/api/",
        "/api/nonsense/",
        "/api/v2/workshops/",
        "/api/v1/promises/",
        "/api/v1/commitments/C-2026-0001/",
        "/api/v1/workshops/rome-2025/",
        "/api/v1/workshops/1/",
        "/api/v1/workshops/%00/",
        f"/api/v1/workshops/{MISSING}/agenda/",
        "/api/v1/../../etc/passwd/",
        "/api/v1/" + "x" * 5000 + "/",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "BREW"])
def test_every_other_address_is_the_same_404(client: Client, path: str, method: str) -> None:
    answer = client.generic(method, path)
    assert is_problem(answer, 404)["detail"] == "There is nothing at this address, or it is not public."


def test_an_address_without_its_slash_is_completed(client: Client) -> None:
    answer = client.get("/api/v1/workshops?kind=training")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/api/v1/workshops/?kind=training")
