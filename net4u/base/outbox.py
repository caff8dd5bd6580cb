"""The database is the queue, Redis is only the bell.

A message is claimed with a lease by a conditional UPDATE, sent with no transaction held, and marked. A worker
that is killed between claim and mark leaves a lease that runs out; the next sweep sends the message again, under
the same Message-ID. That one possible repeat for each send in flight is the price of never losing one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from celery import current_app
from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from net4u.base.models import OutboxMessage

log = logging.getLogger(__name__)

#: Longer than any send may take (the SMTP time-out is 30 s).
LEASE = timedelta(minutes=5)
#: Wait after a failed attempt: 1, 2, 4 … minutes, at most six hours.
LONGEST_WAIT = timedelta(hours=6)
#: About four days of tries; then a person must look.
MOST_ATTEMPTS = 24


class Refused(Exception):
    """The receiver will never take this message: trying again is useless."""


class Unwanted(Exception):
    """What the message is about was closed or changed meanwhile: it is dropped, and the reason kept."""


Sender = Callable[[OutboxMessage], None]
SENDERS: dict[str, Sender] = {}


def register_sender(kind: str) -> Callable[[Sender], Sender]:
    """Function decorator: this function sends messages of this kind, or raises."""

    def keep(sender: Sender) -> Sender:
        SENDERS[kind] = sender
        return sender

    return keep


def ring() -> None:
    """Tell a worker that something is waiting; without a broker the sweep finds it within seconds."""
    if not settings.REDIS_URL:
        return
    try:
        current_app.send_task("base.sweep")
    except OperationalError:
        log.warning("The broker does not answer. The next sweep sends what is waiting.")


def claim(now: datetime, *, limit: int = 200) -> Iterator[OutboxMessage]:
    """Messages that are due and not in somebody's hands, each claimed just before it is yielded."""
    free = OutboxMessage.objects.filter(
        Q(lease_until__isnull=True) | Q(lease_until__lte=now),
        done_at__isnull=True,
        gave_up_at__isnull=True,
        due__lte=now,
    )
    for pk in list(free.order_by("due", "pk").values_list("pk", flat=True)[:limit]):
        lease = timezone.now() + LEASE
        if free.filter(pk=pk).update(lease_until=lease, attempts=F("attempts") + 1):
            yield OutboxMessage.objects.get(pk=pk)


def sweep(now: datetime) -> int:
    """Send whatever is due. One bad address never delays the rest. Returns how many were sent."""
    sent = 0
    for message in claim(now):
        try:
            SENDERS[message.kind](message)
        except Refused as refusal:
            gave_up(message, str(refusal))
        except Unwanted as reason:
            done(message, note=f"Not sent: {reason}.")
        except Exception as error:  # one fault must not stop the others; it is logged and tried again
            log.exception("Outbox message %s (%s) could not be sent.", message.pk, message.kind)
            failed(message, error)
        else:
            done(message)
            sent += 1
    return sent


def done(message: OutboxMessage, *, note: str = "") -> None:
    """Mark as settled and drop the content: links in mails are keys."""
    OutboxMessage.objects.filter(pk=message.pk).update(done_at=timezone.now(), lease_until=None, payload={}, error=note)


def failed(message: OutboxMessage, error: Exception) -> None:
    """Try again later, and give up after :data:`MOST_ATTEMPTS`."""
    text = f"{type(error).__name__}: {error}"[:500]
    if message.attempts >= MOST_ATTEMPTS:
        gave_up(message, text)
        return
    wait = min(timedelta(minutes=2 ** (message.attempts - 1)), LONGEST_WAIT)
    OutboxMessage.objects.filter(pk=message.pk).update(due=timezone.now() + wait, lease_until=None, error=text)


def gave_up(message: OutboxMessage, reason: str) -> None:
    log.error("Outbox message %s (%s) is given up.", message.pk, message.kind)
    OutboxMessage.objects.filter(pk=message.pk).update(gave_up_at=timezone.now(), lease_until=None, error=reason[:500])
