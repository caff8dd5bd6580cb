"""Real processes: a worker that is killed, a broker that rings, a mail server that listens. PostgreSQL only."""

from __future__ import annotations

import os
import re
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from net4u.base import outbox, reminders
from net4u.base.mail import message_id
from net4u.base.models import OutboxMessage, Reminder
from tests.factories import AffiliationFactory, CommitmentFactory, UserFactory
from tests.site.processes import environment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


class Sink(socketserver.ThreadingTCPServer):
    """A mail server that takes everything and keeps it."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.mails: list[EmailMessage] = []

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class Session(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        self.say("220 sink")
        for line in self.rfile:
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.say("354 go on")
                content = b"".join(iter(self.rfile.readline, b".\r\n"))
                mail = message_from_bytes(content, policy=policy.default)
                self.server.mails.append(mail)
            self.say("221 bye" if word == b"QUIT" else "250 ok")
            if word == b"QUIT":
                return

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def variables(tmp_path: Path, sink: Sink) -> dict[str, str]:
    """The environment of a process that works on this test's database."""
    at = connection.settings_dict
    user = f"{at['USER']}:{at['PASSWORD']}" if at["PASSWORD"] else at["USER"]
    address = f"postgres://{user}@{at['HOST']}:{at['PORT'] or 5432}/{at['NAME']}"
    return environment(tmp_path, DATABASE_URL=address, EMAIL_URL=sink.url, REDIS_URL=settings.REDIS_URL)


@pytest.fixture
def due() -> Reminder:
    """A reminder whose time has come, for Eva alone."""
    commitment = CommitmentFactory(due_on=timezone.now().date() + timedelta(days=37), title="Train 40 teachers")
    AffiliationFactory(
        person=UserFactory(email="eva@example.org"), organization=commitment.organization, role="editor",
        since=date(2025, 1, 1),
    )  # fmt: skip
    Reminder.objects.filter(days=-30).update(due=timezone.now() - timedelta(minutes=1))
    return Reminder.objects.get(days=-30)


def run(code: str, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    start = "import os, signal, django; django.setup(); from django.utils import timezone\n"
    return subprocess.run(
        [sys.executable, "-c", start + code],
        env=variables | {"DJANGO_SETTINGS_MODULE": "net4u.settings"},
        cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


BEFORE_SENDING = """
from net4u.base import outbox
outbox.SENDERS["reminder"] = lambda message: os.kill(os.getpid(), signal.SIGKILL)
from net4u.base.tasks import sweep; sweep()
"""
AFTER_SENDING = """
from net4u.base import outbox
outbox.done = lambda message, **_: os.kill(os.getpid(), signal.SIGKILL)
from net4u.base.tasks import sweep; sweep()
"""


@pytest.mark.parametrize(("code", "sent"), [(BEFORE_SENDING, 0), (AFTER_SENDING, 1)])
def test_a_worker_killed_in_the_middle_loses_nothing(
    code: str, sent: int, due: Reminder, sink: Sink, variables: dict[str, str]
) -> None:
    """Killed with -9 between claim and send, or between send and mark: the next sweep sends it, under the same id."""
    assert run(code, variables).returncode == -signal.SIGKILL
    assert len(sink.mails) == sent
    message = OutboxMessage.objects.get(kind="reminder")
    assert (message.done_at, message.attempts) == (None, 1)
    again = "from net4u.base.tasks import sweep; print(sweep())"
    assert run(again, variables).stdout == "0\n", "still in the killed worker's hands"
    OutboxMessage.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert run(again, variables).stdout == "1\n"
    assert [each["Message-ID"] for each in sink.mails] == [message_id(message.key)] * (sent + 1)
    assert [each["To"] for each in sink.mails] == ["eva@example.org"] * (sent + 1)
    assert run(again, variables).stdout == "0\n"


def test_the_bell_wakes_a_worker_through_redis(due: Reminder, sink: Sink, variables: dict[str, str]) -> None:
    """With PostgreSQL, Redis, a worker of Celery and a mail server: the reminder arrives."""
    if not settings.REDIS_URL:
        pytest.fail("This test needs Redis: run it through `make test-services`.")
    queue = f"test-{os.getpid()}-{time.monotonic_ns()}"
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "--app", "net4u", "worker", "--pool", "solo", "--queues", queue],
        env=variables, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        from net4u.celery import app

        app.send_task("base.sweep", queue=queue)
        wait_for(lambda: sink.mails)
    finally:
        worker.terminate()
        worker.wait(timeout=30)
    (mail,) = sink.mails
    assert mail["Subject"] == "Due in 30 days: Train 40 teachers"
    body = mail.get_body(("plain",))
    assert body is not None
    assert re.search(r"Train 40 teachers \(C-2025-\d{4}\)", body.get_content())
    assert Reminder.objects.get(pk=due.pk).state == "sent"


def wait_for(something: Any, seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while not something():
        assert time.monotonic() < until, "nothing came"
        time.sleep(0.1)


def test_two_sweeps_at_once_hand_a_reminder_over_once(due: Reminder) -> None:
    from tests.base.test_concurrency import together

    now = timezone.now()
    assert sorted(together(*[lambda: reminders.hand_over(now)] * 4)) == [0, 0, 0, 1]
    assert OutboxMessage.objects.filter(kind="reminder").count() == 1
    assert outbox.sweep(now) == 1
