"""The one door for every write.

Why the end of a change has this order. Take READ COMMITTED: T1 renames an organization, which is named in the
document of commitment C; T2 edits the title of C at the same time. If each built C's document when it liked,
neither would see the other's uncommitted half, and whoever commits second would store a document that nobody
would build now. So every publisher takes one lock first and holds it until commit; the second one then reads
what the first one committed. The lookups that say which documents follow run under it too, or a record inserted
meanwhile is missed. SQLite has one writer and is right in any order: **this fault shows on PostgreSQL only**.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from net4u.base import documents, outbox, reminders
from net4u.base.models import JournalEntry, OutboxMessage, Record
from net4u.base.work import (
    Conflict,
    Touched,
    Work,
    WriteOutsideChange,
    _current,
    chunks,
    current,
    journal_columns,
    journal_fields,
    plain,
)

if TYPE_CHECKING:
    from uuid import UUID

    from people.models import User

__all__ = ["Conflict", "Work", "WriteOutsideChange", "change", "current"]


@contextmanager
def change(*, by: User | None, what: str, why: str = "") -> Iterator[Work]:
    """Open the transaction in which records may be written.

    ``by`` is the person who acts (None: the portal itself, from a command or task), ``what`` names what happens
    (``"workshop.published"``), ``why`` is the person's reason. An inner ``change()`` joins the outer one; an
    exception anywhere cancels everything. Do not wait inside for anything slow (mail, HTTP, images): row locks
    are held, and on SQLite every other writer stands still.

    Raises :class:`Conflict` when a record was saved by somebody else since it was read.
    """
    outer = _current.get()
    if outer is not None:
        with transaction.atomic(savepoint=False):
            yield outer
        return
    with transaction.atomic(durable=True):
        work = Work(by=by, what=what, why=why)
        token = _current.set(work)
        try:
            yield work
        finally:
            _current.reset(token)
        _finish(work)


def _finish(work: Work) -> None:
    """Journal, reminders and outbox first, then the lock and the documents; nothing is waited for after the lock.

    Unique inserts (outbox keys) come before the counter: waiting for somebody's uncommitted key while holding
    the counter would be a deadlock.
    """
    JournalEntry.objects.bulk_create(_journal(work), batch_size=500)
    touched = {model: rows.keys() for model, rows in work.touched.items()}
    reminders.follow(touched, timezone.now())
    if work.messages:
        OutboxMessage.objects.bulk_create(
            [OutboxMessage(**message) for message in work.messages], ignore_conflicts=True, batch_size=500
        )
        transaction.on_commit(outbox.ring)
    documents.write(work.pending, touched=touched, merged=work.merged)


def _journal(work: Work) -> list[JournalEntry]:
    """One entry for each record that this change wrote, compared with the database and never with instances."""
    now = timezone.now()
    entries = []
    for model, rows in work.touched.items():
        for chunk in chunks(rows):
            stored = plain(model).filter(pk__in=chunk).values(*journal_columns(model))
            after = {row["pk"]: row for row in stored}
            entries += [
                _entry(work, model, pk, verb, _diff(model, rows[pk].before, after.get(pk)), now)
                for pk in chunk
                if (verb := _verb(rows[pk], after.get(pk)))
            ]
    return entries


def _entry(work: Work, model: type[Record], pk: UUID, verb: str, diff: Any, now: Any) -> JournalEntry:
    return JournalEntry(
        change=work.id, at=now, by=work.by, what=work.what, why=work.why,
        model=model._meta.label_lower, object_id=pk, verb=verb, diff=diff,
    )  # fmt: skip


def _verb(touched: Touched, after: dict[str, Any] | None) -> str:
    """What happened to the row; "" when it was locked and then left as it was, or made and removed again."""
    if touched.before is None:
        return JournalEntry.Verb.CREATED if after else ""
    if after is None:
        return JournalEntry.Verb.DELETED
    return JournalEntry.Verb.CHANGED if after["version"] != touched.before["version"] else ""


def _diff(model: type[Record], before: dict[str, Any] | None, after: dict[str, Any] | None) -> dict[str, list[Any]]:
    before, after = before or {}, after or {}
    return {
        name: [before.get(name), after.get(name)]
        for name in journal_fields(model)
        if before.get(name) != after.get(name)
    }
