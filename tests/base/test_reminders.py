"""Planned in the change that sets the date, sent once, never for what is closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from commitments import services
from commitments.models import Commitment, Milestone, ProgressUpdate, Verification
from net4u.base import outbox, reminders
from net4u.base.change import change
from net4u.base.mail import message_id
from net4u.base.models import OutboxMessage, Reminder
from net4u.base.tasks import sweep
from organizations.models import NetworkSettings
from organizations.services import save_network_settings
from people.models import OneTimeLink, User
from tests.factories import (
    AffiliationFactory,
    CommitmentFactory,
    MilestoneFactory,
    NetworkFactory,
    OrganizationFactory,
    UserFactory,
)  # fmt: skip

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 1, 10, tzinfo=UTC)
DUE = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def promise(**fields: Any) -> Commitment:
    """A published commitment with one editor, Eva, who is reminded."""
    commitment = CommitmentFactory(**{"due_on": DUE, "title": "Train 40 teachers", "reference": "C-2026-0007"} | fields)
    eva = UserFactory(email="eva@example.org", name="Eva")
    AffiliationFactory(person=eva, organization=commitment.organization, role="editor")
    return commitment


def ledger(**only: Any) -> list[tuple[str, str, int, str]]:
    rows = Reminder.objects.filter(**only).order_by("due", "kind")
    return [(row.kind, str(row.occurrence), row.days, row.state) for row in rows]


def at(day: date, hour: int = 6) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


# -- planning -----------------------------------------------------------------------------------------------


def test_publishing_plans_thirty_and_seven_days_before_and_seven_after(clock: time_machine.Traveller) -> None:
    commitment = promise(state="draft", reference=None)
    assert ledger() == []
    services.publish_commitment(commitment=commitment, by=None)
    assert ledger() == [("commitment", "2026-06-30", days, "planned") for days in (-30, -7, 7)]
    dues = Reminder.objects.order_by("due").values_list("due", flat=True)
    assert list(dues) == [at(date(2026, 5, 31)), at(date(2026, 6, 23)), at(date(2026, 7, 7))]


def test_steps_have_reminders_of_their_own() -> None:
    milestone = MilestoneFactory(commitment=promise(), due_on=date(2026, 4, 30))
    assert ledger(object_id=milestone.pk) == [("milestone", "2026-04-30", days, "planned") for days in (-30, -7, 7)]


def test_what_has_passed_already_is_not_planned() -> None:
    promise(due_on=date(2026, 3, 20))
    assert [row[2] for row in ledger()] == [-7, 7]


def test_moving_a_date_moves_its_reminders() -> None:
    commitment = promise()
    services.move_due_date(commitment=commitment, due_on=date(2026, 9, 30), why="Late start.", by=None)
    assert ledger(state="planned") == [("commitment", "2026-09-30", days, "planned") for days in (-30, -7, 7)]
    assert len(ledger(state="cancelled", occurrence=DUE)) == 3
    services.move_due_date(commitment=commitment, due_on=DUE, why="In time after all.", by=None)
    assert ledger(state="planned") == [("commitment", "2026-06-30", days, "planned") for days in (-30, -7, 7)]
    assert Reminder.objects.count() == 6


CLOSINGS = {
    "withdrawn": lambda c: services.withdraw_commitment(commitment=c, why="Funding ended.", by=None),
    "reported as completed": lambda c: services.report_progress(
        update=ProgressUpdate(commitment=c, progress="completed", text="Done."), by=None
    ),
    "found complete": lambda c: services.verify_commitment(
        verification=Verification(commitment=c, completion="complete", basis="Seen."), by=None
    ),
}


@pytest.mark.parametrize("closing", CLOSINGS)
def test_closing_cancels_the_commitment_and_its_steps(closing: str) -> None:
    commitment = promise()
    MilestoneFactory(commitment=commitment, due_on=date(2026, 5, 31))
    CLOSINGS[closing](commitment)
    assert {row[3] for row in ledger()} == {"cancelled"}
    assert len(ledger()) == 6


def test_a_reached_step_is_not_reminded_of_and_the_rest_is() -> None:
    milestone = MilestoneFactory(commitment=promise(), due_on=date(2026, 5, 31))
    services.reach_milestone(milestone=milestone, done_on=date(2026, 3, 1), by=None)
    assert {row[3] for row in ledger(kind="milestone")} == {"cancelled"}
    assert {row[3] for row in ledger(kind="commitment")} == {"planned"}


def test_what_opens_again_is_reminded_of_again() -> None:
    commitment = promise()
    services.withdraw_commitment(commitment=commitment, why="A mistake.", by=None)
    services.restore_commitment(commitment=commitment, why="No mistake.", by=None)
    assert {row[3] for row in ledger()} == {"planned"}
    assert Reminder.objects.count() == 3


def test_a_cancelled_change_plans_nothing() -> None:
    with pytest.raises(ZeroDivisionError), change(by=None, what="test"):
        promise()
        raise ZeroDivisionError
    assert ledger() == []


def set_rules(before: list[int], after: list[int]) -> None:
    settings = NetworkSettings.objects.first() or NetworkSettings(network=NetworkFactory())
    settings.remind_before, settings.remind_after = before, after
    save_network_settings(settings=settings, by=None)


def test_other_rules_of_the_network_hold_for_what_is_planned_already(clock: time_machine.Traveller) -> None:
    """What was sent stays as it is; what is not wanted any more is cancelled, and what is back is planned again."""
    commitment = promise()
    MilestoneFactory(commitment=commitment, due_on=date(2026, 4, 30))
    clock.move_to(at(date(2026, 5, 31), hour=7))
    reminders.hand_over(timezone.now())
    set_rules([60, 14], [])
    planned = [row[:3] for row in ledger(state="planned")]
    assert planned == [("commitment", "2026-06-30", -14)], "60 days before has passed"
    assert {row[2] for row in ledger(kind="commitment", state="sent")} == {-30}
    set_rules([14, 7], [7])
    assert [row[2] for row in ledger(kind="commitment", state="planned")] == [-14, -7, 7]


def test_new_dates_follow_the_rules_of_the_network() -> None:
    set_rules([90], [1, 30])
    promise()
    assert [row[2] for row in ledger()] == [-90, 1, 30]


def test_without_any_rule_nobody_is_reminded() -> None:
    set_rules([], [])
    promise()
    assert ledger() == []


# -- sending ------------------------------------------------------------------------------------------------


def test_the_reminder_is_read_by_whoever_can_report_and_by_nobody_else(clock: time_machine.Traveller) -> None:
    commitment = promise()
    for email, role, until, active in (
        ("admin@example.org", "admin", None, True), ("viewer@example.org", "viewer", None, True),
        ("former@example.org", "editor", "2026-03-31", True), ("closed@example.org", "editor", None, False),
    ):  # fmt: skip
        person = UserFactory(email=email, is_active=active)
        AffiliationFactory(person=person, organization=commitment.organization, role=role, until=until)
    AffiliationFactory(organization=OrganizationFactory())
    clock.move_to(at(date(2026, 5, 31), hour=7))
    assert sweep() == 2
    assert sorted(address for each in mail.outbox for address in each.to) == ["admin@example.org", "eva@example.org"]
    assert Reminder.objects.get(days=-30).told == 2
    assert sweep() == 0


def test_what_a_reminder_says(clock: time_machine.Traveller, settings: Any) -> None:
    promise(organization__legal_name="Second House Cooperative")
    clock.move_to(at(date(2026, 5, 31), hour=7))
    sweep()
    (message,) = mail.outbox
    assert message.subject == "Due in 30 days: Train 40 teachers"
    body = re.sub(r"/link/[\w-]+/", "/link/…/", str(message.body))
    assert body == (
        "Hello Eva,\n\n"
        "this commitment of Second House Cooperative is due on 30\N{NO-BREAK SPACE}June\N{NO-BREAK SPACE}2026:\n\n"
        "  Train 40 teachers (C-2026-0007)\n\n"
        "Tell us how far you are. This link opens a short form, once and without signing in. "
        "It is for you: do not pass it on.\n"
        f"{settings.SITE_URL}/link/…/\n\n"
        "The commitment itself:\n"
        f"{settings.SITE_URL}/commitments/C-2026-0007/\n\n"
        "You get this because you act for this organization. It is reminded before and after each date, or when the "
        "secretariat asks, and nobody else is.\n"
    )
    html = str(message.alternatives[0][0])
    assert f'<a href="{settings.SITE_URL}/commitments/C-2026-0007/">Train 40 teachers</a>' in html
    assert '<html lang="en">' in html


@pytest.mark.parametrize(("before", "lasts"), [(7, 45), (30, 45), (90, 105)])
def test_the_link_of_a_reminder_lives_until_well_after_the_date(
    clock: time_machine.Traveller, before: int, lasts: int
) -> None:
    set_rules([before], [])
    promise(due_on=date(2026, 12, 31))
    clock.move_to(at(date(2026, 12, 31) - timedelta(days=before), hour=7))
    sweep()
    assert OneTimeLink.objects.get().expires_at - timezone.now() == timedelta(days=lasts)


def test_a_late_step_is_told_as_late(clock: time_machine.Traveller) -> None:
    MilestoneFactory(commitment=promise(), due_on=date(2026, 4, 30), title="First course")
    clock.move_to(at(date(2026, 5, 7), hour=7))
    Reminder.objects.filter(days__lt=0).update(state="sent")
    sweep()
    (message,) = mail.outbox
    assert message.subject == "7 days past the date: Train 40 teachers"
    day = "30\N{NO-BREAK SPACE}April\N{NO-BREAK SPACE}2026"
    told = f"this step was due on {day}, and we have not heard that it was reached:\n\n  First course"
    assert told in message.body


def test_closed_between_planning_and_sending_nothing_is_sent(clock: time_machine.Traveller) -> None:
    commitment = promise()
    clock.move_to(at(date(2026, 5, 31), hour=7))
    assert reminders.hand_over(timezone.now()) == 1
    services.withdraw_commitment(commitment=commitment, why="Funding ended.", by=None)
    assert outbox.sweep(timezone.now()) == 0
    message = OutboxMessage.objects.get()
    assert (message.done_at is not None, message.error) == (True, "Not sent: closed or moved meanwhile.")
    assert mail.outbox == []


def test_somebody_who_left_meanwhile_is_not_told(clock: time_machine.Traveller) -> None:
    promise()
    clock.move_to(at(date(2026, 5, 31), hour=7))
    reminders.hand_over(timezone.now())
    User.objects.filter(email="eva@example.org").update(is_active=False)
    assert outbox.sweep(timezone.now()) == 0
    assert OutboxMessage.objects.get().error == "Not sent: this person is not to be told any more."


def test_a_few_days_late_is_still_sent_and_older_is_missed(clock: time_machine.Traveller) -> None:
    promise()
    clock.move_to(at(date(2026, 6, 3)))
    sweep()
    assert len(mail.outbox) == 1
    clock.move_to(at(date(2026, 6, 29)))
    sweep()
    assert len(mail.outbox) == 1
    assert [(row[2], row[3]) for row in ledger()] == [(-30, "sent"), (-7, "missed"), (7, "planned")]


def test_an_organization_without_people_is_in_the_ledger_as_nobody_told(clock: time_machine.Traveller) -> None:
    CommitmentFactory(due_on=DUE)
    clock.move_to(at(date(2026, 5, 31), hour=7))
    sweep()
    assert [(row.state, row.told) for row in Reminder.objects.filter(days=-30)] == [("sent", 0)]


def test_one_reminder_that_cannot_be_handed_over_does_not_keep_the_others(
    clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = promise(), CommitmentFactory(due_on=DUE)
    eva = User.objects.get()
    AffiliationFactory(person=eva, organization=good.organization, role="editor")
    ask = reminders.OBLIGATIONS["commitment"].recipients

    def recipients(record: Any, *, on: date) -> Any:
        if record.pk == bad.pk:
            raise ZeroDivisionError
        return ask(record, on=on)

    monkeypatch.setattr(reminders.OBLIGATIONS["commitment"], "recipients", recipients)
    clock.move_to(at(date(2026, 5, 31), hour=7))
    assert reminders.hand_over(timezone.now()) == 1
    assert Reminder.objects.get(object_id=bad.pk, days=-30).state == "planned"
    assert "could not be handed over" in caplog.text


def test_the_mail_of_a_repeat_has_the_same_id(clock: time_machine.Traveller) -> None:
    promise()
    clock.move_to(at(date(2026, 5, 31), hour=7))
    reminders.hand_over(timezone.now())
    (claimed,) = outbox.claim(timezone.now())
    outbox.SENDERS["reminder"](claimed)
    clock.shift(outbox.LEASE + timedelta(seconds=1))
    assert outbox.sweep(timezone.now()) == 1
    assert [each.extra_headers["Message-ID"] for each in mail.outbox] == [message_id(claimed.key)] * 2


def test_a_sweep_that_finds_nothing_reads_little(django_assert_num_queries: Any) -> None:
    promise()
    # Nothing to forget (8), how long (2), nothing due, no import, no reminder, no message.
    with django_assert_num_queries(14):
        sweep()


def test_no_milestone_is_forgotten_among_obligations() -> None:
    assert {name: each.model for name, each in reminders.OBLIGATIONS.items()} == {
        "commitment": Commitment, "milestone": Milestone,
    }  # fmt: skip
