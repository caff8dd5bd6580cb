from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from net4u.base import inbox, outbox
from net4u.base.change import change
from net4u.base.given_up import given_up, put_aside, send_again
from net4u.base.models import OutboxMessage, Report
from net4u.base.states import TransitionError
from people.models import User

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def message(key: str = "account:1", at: datetime = MONDAY, error: str = "Refused.") -> OutboxMessage:
    with change(by=None, what="test") as work:
        work.send("mail", key=key, to="nobody@example.org", subject="s", text="t")
    OutboxMessage.objects.filter(key=key).update(gave_up_at=at, attempts=24, error=error)
    return OutboxMessage.objects.get(key=key)


def report(at: datetime = MONDAY, **fields: Any) -> Report:
    given: dict[str, Any] = {"kind": "other", "text": "Text", "at": at} | fields
    return Report.objects.create(**given)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), 0),
        (date(2026, 3, 2), date(2026, 3, 3), 1),
        (date(2026, 3, 6), date(2026, 3, 9), 1),  # Friday to Monday
        (date(2026, 3, 7), date(2026, 3, 8), 0),  # Saturday to Sunday
        (date(2026, 3, 2), date(2026, 3, 16), 10),
        (date(2026, 3, 1), date(2026, 3, 31), 22),
        (date(2026, 3, 3), date(2026, 3, 2), 0),
    ],
)
def test_working_days(start: date, end: date, days: int) -> None:
    assert inbox.working_days(start, end) == days


def test_urgent_on_top_then_oldest_first_whatever_the_kind() -> None:
    hour = timedelta(hours=1)
    report(MONDAY + 3 * hour)
    message("account:1", MONDAY + hour)
    report(MONDAY, kind="press")
    report(MONDAY + 4 * hour, kind="at_risk")
    message("reminder:commitment:1", MONDAY + 2 * hour)
    report(MONDAY, state="settled", settled_at=MONDAY)
    assert inbox.count() == 5
    assert {key: number for key, number in inbox.numbers().items() if number} == {"mails": 2, "reports": 3}
    expected = ["Somebody is put at risk", "A question from the press", "A mail about an account",
                "A reminder of a due date", "Something else"]  # fmt: skip
    assert [item.words for item in inbox.waiting(most=10)] == expected
    assert [item.words for item in inbox.waiting(most=2)] == expected[:2]
    assert [item.words for item in inbox.waiting(most=10, kind="mails")] == expected[2:4]


def test_what_waits_for_more_than_the_promised_days_is_late() -> None:
    report(MONDAY)
    for day, age, late in ((16, 10, False), (17, 11, True)):
        with time_machine.travel(datetime(2026, 3, day, 12, tzinfo=UTC)):
            (item,) = inbox.waiting(most=1)
            assert (item.age, item.is_late) == (age, late)


def test_counting_is_one_question(django_assert_num_queries: Any) -> None:
    report()
    message()
    with django_assert_num_queries(1):
        assert inbox.count() == 2


# -- mail that was given up ---------------------------------------------------------------------------------


def test_a_mail_that_is_sent_again_is_due_now_and_has_all_its_attempts(sam: User) -> None:
    send_again(message=message(), by=sam)
    assert given_up().count() == 0
    assert outbox.sweep(timezone.now()) == 1
    assert OutboxMessage.objects.get().attempts == 1


def test_a_mail_that_is_put_aside_is_never_sent_and_its_content_is_dropped(sam: User) -> None:
    put_aside(message=message(), by=sam)
    stored = OutboxMessage.objects.get()
    assert (stored.payload, stored.error, given_up().count()) == ({}, "Refused.", 0)
    assert outbox.sweep(timezone.now()) == 0


def test_it_is_decided_once_and_by_the_secretariat(alice: User, sam: User) -> None:
    refused = message()
    for decide in (send_again, put_aside):
        with pytest.raises(PermissionDenied):
            decide(message=refused, by=alice)
    put_aside(message=refused, by=sam)
    with pytest.raises(TransitionError, match="Somebody else decided about this mail meanwhile."):
        send_again(message=refused, by=sam)
