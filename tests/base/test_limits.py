from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from net4u.base import limits
from net4u.base.models import Tally

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def allowed(who: str, times: int, *, now: datetime = NOW, what: str = "report") -> list[bool]:
    return [limits.allows(what, who, most=2, now=now) for _ in range(times)]


def test_each_may_so_many_times_a_day_and_things_are_counted_apart() -> None:
    assert allowed("192.0.2.1", 3) == [True, True, False]
    assert allowed("192.0.2.2", 1) == [True]
    assert allowed("192.0.2.1", 1, what="other") == [True]
    assert allowed("192.0.2.1", 1, now=NOW + timedelta(days=1)) == [True]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("unknown", "unknown", True),
    ],
)
def test_who_shares_a_line_is_counted_together(one: str, other: str, same: bool) -> None:
    assert (limits.network_of(one) == limits.network_of(other)) is same


def test_no_address_is_stored_and_the_same_one_has_another_key_tomorrow() -> None:
    allowed("192.0.2.1", 2)
    allowed("192.0.2.1", 1, now=NOW + timedelta(days=1))
    rows = Tally.objects.order_by("until").values_list("number", "until", "key")
    assert [(number, until) for number, until, _key in rows] == [
        (2, NOW + timedelta(days=1)), (1, NOW + timedelta(days=2)),
    ]  # fmt: skip
    assert len({key for _number, _until, key in rows}) == 2
    assert not any("192" in key and "0.2.1" in key for _number, _until, key in rows)


def test_what_is_over_is_forgotten() -> None:
    allowed("192.0.2.1", 1)
    limits.forget(NOW + timedelta(hours=23))
    assert Tally.objects.count() == 1
    limits.forget(NOW + timedelta(days=1))
    assert Tally.objects.count() == 0
