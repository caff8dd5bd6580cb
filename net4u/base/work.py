"""What one change touches, and the guards' side of the one door.

Services never call anything here but :func:`current`; ``touch``, ``created`` and ``bump`` belong to the guards.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from net4u.base import kinds
from net4u.base.translations import translations

if TYPE_CHECKING:
    from net4u.base.models import Record
    from people.models import User

#: How many rows one statement handles: bounds memory and stays under SQLite's limit of variables.
CHUNK = 500


class WriteOutsideChange(RuntimeError):
    """A record was written without an open ``change()``."""

    def __init__(self, what: str = "A record") -> None:
        super().__init__(f"{what} was written outside change(). Open `with change(by=…, what=…):` around it.")


class Conflict(Exception):
    """Somebody saved this record since it was read. ``theirs`` is what is stored now.

    Pages show its sentence as it stands; which record it was is a note for whoever reads the log.
    """

    def __init__(self, instance: Record, theirs: Record | None) -> None:
        self.instance, self.theirs = instance, theirs
        super().__init__(_("Somebody else changed it meanwhile. Look once more."))
        self.add_note(f"{instance._meta.label} {instance.pk}")


def chunks(ids: Iterable[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    """The ids in a fixed order, so that two changes lock the same rows in the same order."""
    ordered = iter(sorted(set(ids)))
    while chunk := list(islice(ordered, CHUNK)):
        yield chunk


def plain(model: type[Record]) -> QuerySet[Any]:
    """Rows as they are stored: no guard, and no rewriting of translated columns."""
    return QuerySet(model)


def journal_fields(model: type[Record]) -> tuple[str, ...]:
    """The column itself holds the English text (``Record.save``); its translations are kept as well."""
    translated = (each.name for each in translations(model) if each.translated_field.name in model.journal_fields)
    return (*model.journal_fields, *translated)


def journal_columns(model: type[Record]) -> tuple[str, ...]:
    return ("pk", "version", *journal_fields(model))


@dataclass
class Touched:
    """A stored record that this change writes: its row before, and whether its version went up already."""

    before: dict[str, Any] | None
    bumped: bool = False


@dataclass
class Work:
    """Everything one outermost ``change()`` collected."""

    by: User | None
    what: str
    why: str = ""
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    touched: dict[type[Record], dict[uuid.UUID, Touched]] = field(default_factory=lambda: defaultdict(dict))
    pending: kinds.Pending = field(default_factory=lambda: defaultdict(set))
    merged: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)
    messages: list[dict[str, Any]] = field(default_factory=list)

    # -- for services ---------------------------------------------------------------------------------

    def send(self, kind: str, *, key: str, due: datetime | None = None, **payload: Any) -> None:
        """Queue a message for the outbox in this same transaction. The same ``key`` is written once, ever."""
        self.messages.append({"kind": kind, "key": key, "due": due or timezone.now(), "payload": payload})

    def merge(self, old: Record, *, into: Record) -> None:
        """The tombstone of ``old`` will name ``into`` as its successor."""
        self.merged[old.pk] = into.pk

    # -- for the guards -------------------------------------------------------------------------------

    def touch(self, model: type[Record], ids: Iterable[uuid.UUID]) -> None:
        """Lock stored rows, keep how they were, and note which documents follow from them as they are now.

        The lookups run before the write because a moved or deleted child no longer leads to its old parent.
        FOR NO KEY UPDATE, since FOR UPDATE collides with every insert that points at the row.
        """
        seen = self.touched[model]
        for chunk in chunks(pk for pk in ids if pk not in seen):
            rows = plain(model).filter(pk__in=chunk).order_by("pk").select_for_update(no_key=True)
            for row in rows.values(*journal_columns(model)):
                seen[row["pk"]] = Touched(before=row)
            kinds.follow(model, chunk, self.pending)

    def created(self, instance: Record) -> None:
        self.touched[type(instance)][instance.pk] = Touched(before=None, bumped=True)

    def check_version(self, instance: Record) -> None:
        """Compare and swap: refuse a record that somebody saved since it was read, else raise its version.

        A copy read before this change's own write to the same row is not stale: the row was locked meanwhile.
        """
        model = type(instance)
        self.touch(model, [instance.pk])
        touched = self.touched[model].get(instance.pk)
        if touched is None:
            raise Conflict(instance, None)
        if touched.before is None:
            return
        stored = touched.before["version"]
        if instance.version not in ({stored, stored + 1} if touched.bumped else {stored}):
            raise Conflict(instance, model._base_manager.get(pk=instance.pk))
        instance.version = stored + 1
        touched.bumped = True

    def bump(self, model: type[Record], ids: Iterable[uuid.UUID]) -> None:
        """Raise the version of rows written without an instance (bulk updates, many-to-many changes), once."""
        rows = self.touched[model]
        for chunk in chunks(pk for pk in ids if pk in rows and not rows[pk].bumped):
            plain(model).filter(pk__in=chunk).update(version=F("version") + 1)
            for pk in chunk:
                rows[pk].bumped = True


_current: ContextVar[Work | None] = ContextVar("change", default=None)


def current(what: str = "A record") -> Work:
    """The open change, or :class:`WriteOutsideChange`."""
    work = _current.get()
    if work is None:
        raise WriteOutsideChange(what)
    return work
