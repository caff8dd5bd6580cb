from __future__ import annotations

import smtplib
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from celery import current_app
from django.core import mail
from django.utils import timezone
from kombu.exceptions import OperationalError

from net4u.base import outbox
from net4u.base.change import change
from net4u.base.mail import message_id, queue_mail
from net4u.base.models import OutboxMessage
from net4u.base.tasks import sweep as sweep_task

pytestmark = pytest.mark.django_db


def queue(key: str = "k", to: str = "a@example.org", **fields: Any) -> None:
    with change(by=None, what="test") as work:
        queue_mail(work, key=key, to=to, subject="Hello\n there", text="Text", html="<p>Text</p>", **fields)


def test_a_mail_is_sent_once_with_an_id_of_its_own_and_its_content_is_dropped() -> None:
    queue()
    assert outbox.sweep(timezone.now()) == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["a@example.org"], "Hello there", "Text\n")
    assert sent.extra_headers == {"Message-ID": message_id("k")}
    assert sent.alternatives[0][0] == "<p>Text</p>"
    message = OutboxMessage.objects.get()
    assert message.done_at is not None
    assert (message.payload, message.attempts, message.lease_until) == ({}, 1, None)
    assert outbox.sweep(timezone.now()) == 0
    assert len(mail.outbox) == 1


def test_what_is_not_due_waits() -> None:
    with change(by=None, what="test") as work:
        work.send(
            "mail", key="later", due=timezone.now() + timedelta(hours=1), to="a@example.org", subject="s", text="t"
        )
    assert outbox.sweep(timezone.now()) == 0
    with time_machine.travel(timezone.now() + timedelta(hours=1, seconds=1)):
        assert outbox.sweep(timezone.now()) == 1


def test_killed_between_claim_and_send_it_goes_out_with_the_same_id_when_the_lease_ran_out() -> None:
    queue()
    (claimed,) = outbox.claim(timezone.now())
    assert claimed.key == "k"
    assert outbox.sweep(timezone.now()) == 0, "it is in somebody's hands"
    with time_machine.travel(timezone.now() + outbox.LEASE + timedelta(seconds=1)):
        assert outbox.sweep(timezone.now()) == 1
    assert [each.extra_headers["Message-ID"] for each in mail.outbox] == [message_id("k")]
    assert OutboxMessage.objects.get().attempts == 2


def test_one_bad_address_never_delays_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("bad", "good"):
        queue(key=name, to=f"{name}@example.org")

    def send(message: OutboxMessage) -> None:
        if message.key == "bad":
            raise ConnectionError("try later")

    monkeypatch.setitem(outbox.SENDERS, "mail", send)
    assert outbox.sweep(timezone.now()) == 1
    bad = OutboxMessage.objects.get(key="bad")
    assert (bad.done_at, bad.gave_up_at, bad.error) == (None, None, "ConnectionError: try later")
    assert bad.due > timezone.now()
    assert OutboxMessage.objects.get(key="good").done_at is not None


def test_it_waits_longer_after_each_failure_and_gives_up_at_last(monkeypatch: pytest.MonkeyPatch) -> None:
    queue()

    def send(_message: OutboxMessage) -> None:
        raise ConnectionError

    monkeypatch.setitem(outbox.SENDERS, "mail", send)
    waits = []
    with time_machine.travel("2026-03-01T12:00:00+00:00", tick=False) as clock:
        for _ in range(outbox.MOST_ATTEMPTS):
            now = timezone.now()
            OutboxMessage.objects.filter(due__lte=now).exists()
            outbox.sweep(max(now, OutboxMessage.objects.get().due))
            waits.append(OutboxMessage.objects.get().due - now)
            clock.move_to(OutboxMessage.objects.get().due)
    assert waits[:4] == [timedelta(minutes=m) for m in (1, 2, 4, 8)]
    assert max(waits) == outbox.LONGEST_WAIT
    message = OutboxMessage.objects.get()
    assert message.gave_up_at is not None
    assert message.attempts == outbox.MOST_ATTEMPTS


@pytest.mark.parametrize(("code", "gave_up"), [(550, True), (450, False)])
def test_a_refusal_for_good_is_not_tried_again(code: int, gave_up: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    queue(to="secret@example.org")

    def refuse(_self: Any, _messages: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({"secret@example.org": (code, b"no")})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    outbox.sweep(timezone.now())
    message = OutboxMessage.objects.get()
    assert (message.gave_up_at is not None) is gave_up
    if gave_up:
        assert message.error == "The mail server refused the address for good (550)."
        assert outbox.sweep(timezone.now() + timedelta(days=2)) == 0


def test_the_task_sweeps() -> None:
    queue()
    assert sweep_task() == 1


def test_the_bell_rings_only_where_somebody_can_hear_it(
    settings: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    rung = []
    monkeypatch.setattr(current_app, "send_task", rung.append)
    settings.REDIS_URL = ""
    with django_capture_on_commit_callbacks(execute=True):
        queue(key="one")
    assert rung == []
    settings.REDIS_URL = "redis://localhost/0"
    with django_capture_on_commit_callbacks(execute=True):
        queue(key="two")
    assert rung == ["base.sweep"]


def test_a_silent_broker_loses_nothing(
    settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    def fail(_name: str) -> None:
        raise OperationalError

    settings.REDIS_URL = "redis://localhost/0"
    monkeypatch.setattr(current_app, "send_task", fail)
    with django_capture_on_commit_callbacks(execute=True):
        queue()
    assert "The broker does not answer" in caplog.text
    assert outbox.sweep(timezone.now()) == 1
