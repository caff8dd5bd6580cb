"""Reminders: planned in the same change that sets a date, sent by the sweep, never lost, never for what is closed.

A package registers what has a due date (:class:`Obligation`) in its ``reminders.py``. When a record changes, the
reminders of the obligations that follow from it are compared with what should be planned, at the end of the same
``change()``: no service can forget it. A row stays in the ledger whatever becomes of it.

When its time comes the sweep turns a reminder into one outbox message for each person who is to be told that day;
the message's key names rule, obligation, occurrence and person, so it is written once, ever. Before a message is
sent it is asked again whether it is still wanted.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from net4u.base.languages import language_for
from net4u.base.mail import Mail, deliver
from net4u.base.models import OutboxMessage, Reminder
from net4u.base.outbox import Unwanted, register_sender
from net4u.base.work import chunks

if TYPE_CHECKING:
    from net4u.base.models import Record
    from people.models import User

log = logging.getLogger(__name__)

#: Morning in Europe, whatever the season.
HOUR = time(6, 0, tzinfo=UTC)
#: After a long standstill, what is older than this is marked as missed instead of sent late.
CATCH_UP = timedelta(days=5)

State = Reminder.State


class Obligation:
    """Something with a due date. ``again`` maps another record's model to ORM lookups from ``model``."""

    kind: ClassVar[str]
    model: ClassVar[type[Record]]
    again: ClassVar[Mapping[type[Record], Sequence[str]]] = {}

    @classmethod
    def open(cls) -> QuerySet[Any]:
        """Those somebody still has to keep; each has ``due_on``."""
        raise NotImplementedError

    @classmethod
    def days(cls) -> Sequence[int]:
        """The rules: days before (negative) and after the due date on which the organization is reminded."""
        raise NotImplementedError

    @classmethod
    def recipients(cls, record: Any, *, on: date) -> Iterable[User]:
        """Who is told today."""
        raise NotImplementedError

    @classmethod
    def mail(cls, record: Any, person: User, *, days: int) -> Mail:
        """What the person reads, in the language that is active; ``days`` is the rule's."""
        raise NotImplementedError


OBLIGATIONS: dict[str, type[Obligation]] = {}


def register(obligation: type[Obligation]) -> type[Obligation]:
    """Class decorator: this kind of record has a due date to be reminded of."""
    OBLIGATIONS[obligation.kind] = obligation
    return obligation


class Key(NamedTuple):
    object_id: UUID
    occurrence: date
    days: int

    @property
    def due(self) -> datetime:
        return datetime.combine(self.occurrence + timedelta(days=self.days), HOUR)


def follow(touched: Mapping[type[Record], Iterable[UUID]], now: datetime) -> None:
    """Compare the reminders of every obligation that this change may concern with what should be planned."""
    for obligation in OBLIGATIONS.values():
        ids: set[UUID] = set()
        for model, changed in touched.items():
            if obligation.model is model:
                ids.update(changed)
            for lookup in obligation.again.get(model, ()):
                rows = QuerySet(obligation.model).filter(**{f"{lookup}__in": list(changed)}).order_by()
                ids.update(rows.values_list("pk", flat=True))
        for chunk in chunks(ids):
            _plan(obligation, chunk, now)


def plan_again(now: datetime) -> None:
    """The rules changed: compare every reminder once more, in the open change. What passed already stays as it is."""
    for obligation in OBLIGATIONS.values():
        for chunk in chunks(obligation.open().values_list("pk", flat=True)):
            _plan(obligation, chunk, now)


def _plan(obligation: type[Obligation], ids: list[UUID], now: datetime) -> None:
    """Plan what is missing, take up again what was cancelled, cancel what is not wanted any more.

    What is due already waits for the sweep alone, somebody's reminder by hand among it: it is wanted, whatever the
    rules are now, for as long as the date stands and is open.
    """
    dates = set(obligation.open().filter(pk__in=ids).values_list("pk", "due_on"))
    rules = obligation.days()
    wanted = {Key(pk, due_on, days) for pk, due_on in dates for days in rules}
    known: dict[str, dict[Key, int]] = defaultdict(dict)
    due = set()
    for row in Reminder.objects.filter(kind=obligation.kind, object_id__in=ids):
        key = Key(row.object_id, row.occurrence, row.days)
        known[row.state][key] = row.pk
        if row.due <= now and key[:2] in dates:
            due.add(key)
    ahead = {key for key in wanted if key.due > now}
    stale = [pk for key, pk in known[State.PLANNED].items() if key not in wanted | due]
    again = [pk for key, pk in known[State.CANCELLED].items() if key in ahead]
    Reminder.objects.filter(pk__in=stale).update(state=State.CANCELLED, settled_at=now)
    Reminder.objects.filter(pk__in=again).update(state=State.PLANNED, settled_at=None)
    new = ahead.difference(*known.values())
    Reminder.objects.bulk_create(
        [Reminder(kind=obligation.kind, due=key.due, **key._asdict()) for key in sorted(new)],
        ignore_conflicts=True,
    )


def hand_over(now: datetime, *, limit: int = 500) -> int:
    """Turn reminders whose time has come into messages; returns how many messages were written."""
    waiting = Reminder.objects.filter(state=State.PLANNED, due__lte=now)
    written = 0
    for pk in list(waiting.order_by("due", "pk").values_list("pk", flat=True)[:limit]):
        try:
            with transaction.atomic():
                if waiting.filter(pk=pk).update(state=State.SENT, settled_at=now):
                    written += _settle(Reminder.objects.get(pk=pk), now)
        except Exception:  # one fault must not keep the others waiting; this one stays planned
            log.exception("Reminder %s could not be handed over.", pk)
    return written


def _settle(reminder: Reminder, now: datetime) -> int:
    """Write a message for each person, or say in the ledger why nobody was told."""
    obligation = OBLIGATIONS[reminder.kind]
    record = obligation.open().filter(pk=reminder.object_id, due_on=reminder.occurrence).first()
    people = list(obligation.recipients(record, on=now.date())) if record else []
    if record is None:
        reminder.state = State.CANCELLED
    elif now - reminder.due > CATCH_UP:
        reminder.state = State.MISSED
    else:
        reminder.told = len(people)
        OutboxMessage.objects.bulk_create([_message(reminder, person, now) for person in people], ignore_conflicts=True)
    reminder.save(update_fields=["state", "told"])
    return reminder.told


def _message(reminder: Reminder, person: User, now: datetime) -> OutboxMessage:
    occasion = f"{reminder.kind}:{reminder.object_id}:{reminder.occurrence}:{reminder.days}"
    return OutboxMessage(
        kind="reminder",
        key=f"reminder:{occasion}:{person.pk}",
        due=now,
        payload={"reminder": reminder.pk, "person": str(person.pk)},
    )


@register_sender("reminder")
def send_reminder(message: OutboxMessage) -> None:
    """Ask once more whether it is wanted, then write and send it in the person's language."""
    reminder = Reminder.objects.get(pk=message.payload["reminder"])
    obligation = OBLIGATIONS[reminder.kind]
    record = obligation.open().filter(pk=reminder.object_id, due_on=reminder.occurrence).first()
    if record is None:
        raise Unwanted("closed or moved meanwhile")
    people = {str(each.pk): each for each in obligation.recipients(record, on=timezone.now().date())}
    person = people.get(message.payload["person"])
    if person is None:
        raise Unwanted("this person is not to be told any more")
    with translation.override(language_for(person)):
        mail = obligation.mail(record, person, days=reminder.days)
    deliver(mail, to=person.email, key=message.key)
